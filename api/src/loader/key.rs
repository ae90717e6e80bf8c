//! The keys of the loader: each is one query to the store.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use podium_store::Session;
use sea_orm::sea_query::Value;
use sea_orm::{EntityTrait, Iterable, ModelTrait};

use crate::error::LoadError;

/// The connection that the loader of a request reads through.
pub(crate) type Db = Session;

/// The values that a batch of keys loaded.
pub(crate) type Loaded<K> = Result<HashMap<K, <K as Key>::Value>, LoadError>;

/// A key of the loader: one query to the store. Its value depends on nothing but the key and the data version.
pub(crate) trait Key: Clone + Eq + Hash + Send + Sync + 'static {
    type Value: Clone + Send + Sync + 'static;

    /// Loads all keys of a round together. A key without a value is left out.
    fn load(db: &Db, keys: &[Self]) -> impl Future<Output = Loaded<Self>> + Send;

    /// About how many bytes of memory a value takes.
    fn bytes(_: &Self::Value) -> usize {
        size_of::<Self::Value>()
    }
}

/// About how many bytes of memory a row takes: its fields, and its texts.
pub(crate) fn row_bytes<M: ModelTrait>(row: &Arc<M>) -> usize {
    let texts = <M::Entity as EntityTrait>::Column::iter().map(|column| match row.get(column) {
        Value::String(Some(text)) => text.len() + 16,
        _ => 0,
    });
    size_of::<M>() + texts.sum::<usize>()
}

/// About how many bytes of memory rows take.
pub(crate) fn rows_bytes<M: ModelTrait>(rows: &[Arc<M>]) -> usize {
    size_of::<Vec<M>>() + rows.iter().map(|row| size_of_val(row) + row_bytes(row)).sum::<usize>()
}

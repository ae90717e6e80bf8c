//! The keys of the loader: each is one query to the store.

use std::collections::HashMap;
use std::hash::Hash;

use podium_store::Session;

use super::heap_size::HeapSize;
use crate::error::LoadError;

/// The connection that the loader of a request reads through.
pub(crate) type Db = Session;

/// The values that a batch of keys loaded.
pub(crate) type Loaded<K> = Result<HashMap<K, <K as Key>::Value>, LoadError>;

/// A key of the loader: one query to the store. Its value depends on nothing but the key and the data version.
pub(crate) trait Key: Clone + Eq + Hash + Send + Sync + 'static {
    type Value: HeapSize + Clone + Send + Sync + 'static;

    /// Loads all keys of a round together. A key without a value is left out.
    fn load(db: &Db, keys: &[Self]) -> impl Future<Output = Loaded<Self>> + Send;
}

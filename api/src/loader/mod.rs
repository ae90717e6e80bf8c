//! Batched loading: one `DataLoader` per request. The names of its keys read like sentences, such as `EditionsOfEvent`.
//!
//! All keys of a round form one batch, and one call of `Key::load` loads all keys of one type. The `DataLoader` sees a single type-erased
//! key, so that its code is compiled once and not for each of a hundred types.

mod among;
mod any_key;
pub(crate) mod heap_size;
mod key;
pub(crate) mod moment;
pub(crate) mod rounds;
pub(crate) mod row_cache;

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::sync::Arc;

use async_graphql::Context;
use async_graphql::dataloader::{DataLoader, HashMapCache, Loader};
use chrono::NaiveDate;
use futures_util::future::{BoxFuture, join_all};
use futures_util::{FutureExt, TryFutureExt};
use podium_entity::slug_history;
use podium_entity::table::Table;
use podium_store::RowOf;
use sea_orm::prelude::*;
use sea_orm::sea_query::NullOrdering;
use sea_orm::{IdenStatic, Iterable, ModelTrait, Order, QueryOrder, QueryTrait};

use crate::error::{LoadError, Result};
pub(crate) use among::among;
use any_key::{AnyKey, AnyValue};
pub(crate) use heap_size::{HeapSize, on_heap};
pub(crate) use key::{Db, Key, Loaded};
use moment::Moment;
use rounds::{NoDelay, Round};
use row_cache::{Row, RowsOfVersion};

/// The loader of one request: it caches what it loaded, and knows the moment of the response.
pub(crate) struct RequestLoader {
    loader: DataLoader<Batches, HashMapCache>,
    moment: Arc<Moment>,
    rows: Option<RowsOfVersion>,
}

/// Loads the batches of a request, and remembers what they loaded.
struct Batches {
    db: Db,
    rows: Option<RowsOfVersion>,
}

/// The foreign keys of the tables exclude it.
const DANGLING: LoadError = LoadError::Inconsistent("a reference to a row that is not there");

/// The maximum number of keys in a batch: as many parameters as SQLite can bind, less a margin for the rest of the statement.
const MAX_BATCH: usize = 32_000;

/// Gives a resolver the loader and the moment of its request.
pub(crate) trait LoaderContext {
    fn loader(&self) -> &RequestLoader;

    /// The day of the answer.
    fn today(&self) -> NaiveDate {
        self.loader().moment.today()
    }

    /// The data version of the answer.
    fn data_version(&self) -> i64 {
        self.loader().moment.data_version()
    }
}

impl LoaderContext for Context<'_> {
    fn loader(&self) -> &RequestLoader {
        self.data_unchecked::<Arc<RequestLoader>>()
    }
}

impl RequestLoader {
    /// A loader for a new request, whose batches run in rounds. `rows` are those of earlier requests with the same data version.
    pub(crate) fn new(db: Db, round: Round, moment: Arc<Moment>, rows: Option<RowsOfVersion>) -> Arc<Self> {
        let batches = Batches { db, rows: rows.clone() };
        let loader = DataLoader::with_cache(batches, round, NoDelay, HashMapCache::default()).max_batch_size(MAX_BATCH);
        Arc::new(Self { loader, moment, rows })
    }

    /// The value of a key, if there is one. The future does not hold the key, which may be large.
    pub(crate) fn get<K: Key>(&self, key: K) -> impl Future<Output = Result<Option<K::Value>>> + Send {
        self.one(AnyKey::new(key)).map_ok(|value| value.and_then(|value| value.downcast_ref::<K::Value>().cloned()))
    }

    /// The value of a key. Without one, an empty list or zero.
    pub(crate) fn get_or_default<K: Key<Value: Default>>(&self, key: K) -> impl Future<Output = Result<K::Value>> + Send {
        self.get(key).map_ok(Option::unwrap_or_default)
    }

    /// The row with this slug, or that once had it. Also caches the row by its id.
    pub(crate) async fn by_slug<E: Table>(&self, slug: String) -> Result<Option<RowOf<E>>> {
        let row = self.get(BySlug::<E>::new(slug)).await?;
        if let Some(row) = &row {
            let id = AnyKey::new(ById::<E>::new(uuid(row, podium_entity::key::column::<E>())));
            let value: AnyValue = Arc::new(Arc::clone(row));
            if let Some(rows) = &self.rows {
                rows.add([(id.clone(), Row { bytes: id.bytes_of(&value), value: Some(Arc::clone(&value)) })]);
            }
            self.loader.feed_one(id, Ok(value)).await;
        }
        Ok(row)
    }

    /// The row that another row refers to by id.
    pub(crate) async fn row<E: Table>(&self, id: Uuid) -> Result<RowOf<E>> {
        let row = self.get(ById::<E>::new(id)).await?;
        row.ok_or_else(|| DANGLING.into())
    }

    /// The rows that other rows refer to by these ids, in their order. They are one load: a load for each of many would take more memory than
    /// the rows.
    pub(crate) async fn rows<E: Table>(&self, ids: impl IntoIterator<Item = Uuid>) -> Result<Vec<RowOf<E>>> {
        let values = self.many(ids.into_iter().map(|id| AnyKey::new(ById::<E>::new(id))).collect()).await?;
        let row = |value: Option<AnyValue>| value?.downcast_ref::<RowOf<E>>().cloned();
        values.into_iter().map(|value| row(value).ok_or_else(|| DANGLING.into())).collect()
    }

    fn many(&self, keys: Vec<AnyKey>) -> BoxFuture<'_, Result<Vec<Option<AnyValue>>>> {
        let known: Vec<Option<Row>> = keys.iter().map(|key| self.rows.as_ref()?.get(key)).collect();
        async move {
            let unknown: Vec<AnyKey> = keys.iter().zip(&known).filter(|(_, row)| row.is_none()).map(|(key, _)| key.clone()).collect();
            let loaded = if unknown.is_empty() { HashMap::new() } else { self.loader.load_many(unknown).await? };
            let value = |(key, row): (&AnyKey, Option<Row>)| match row {
                Some(row) => Ok(row.value),
                None => Ok(loaded.get(key).cloned().transpose()?),
            };
            keys.iter().zip(known).map(value).collect()
        }
        .boxed()
    }

    fn one(&self, key: AnyKey) -> BoxFuture<'_, Result<Option<AnyValue>>> {
        if let Some(row) = self.rows.as_ref().and_then(|rows| rows.get(&key)) {
            return std::future::ready(Ok(row.value)).boxed();
        }
        async move {
            match self.loader.load_one(key).await? {
                Some(value) => Ok(Some(value?)),
                None => Ok(None),
            }
        }
        .boxed()
    }
}

impl Loader<AnyKey> for Batches {
    type Value = std::result::Result<AnyValue, LoadError>;
    type Error = LoadError;

    async fn load(&self, keys: &[AnyKey]) -> std::result::Result<HashMap<AnyKey, Self::Value>, LoadError> {
        let kinds = group(keys.iter().map(|key| (key.kind(), key.clone())));
        let batches = kinds.into_values().filter_map(|keys| Some(keys.first().cloned()?.load_batch(&self.db, keys)));
        let loaded: HashMap<_, _> = join_all(batches).await.into_iter().flatten().collect();
        if let Some(rows) = &self.rows {
            rows.add(keys.iter().filter_map(|key| row_of(key, loaded.get(key)).map(|row| (key.clone(), row))));
        }
        Ok(loaded)
    }
}

/// What a key loaded; none when loading failed.
fn row_of(key: &AnyKey, loaded: Option<&std::result::Result<AnyValue, LoadError>>) -> Option<Row> {
    match loaded {
        Some(Ok(value)) => Some(Row { value: Some(Arc::clone(value)), bytes: key.bytes_of(value) }),
        Some(Err(_)) => None,
        None => Some(Row { value: None, bytes: 0 }),
    }
}

/// The row of a table with this id.
pub(crate) struct ById<E>(Uuid, PhantomData<fn() -> E>);

impl<E> ById<E> {
    pub(crate) fn new(id: Uuid) -> Self {
        Self(id, PhantomData)
    }
}

/// The row of a table with this slug, or that once had it.
pub(crate) struct BySlug<E>(String, PhantomData<fn() -> E>);

impl<E> BySlug<E> {
    pub(crate) fn new(slug: String) -> Self {
        Self(slug, PhantomData)
    }
}

/// Keys are equal if their values are; the table is part of the type. A derive would require the same traits of the table type.
macro_rules! key_of_table {
    ($key:ident) => {
        impl<E> Clone for $key<E> {
            fn clone(&self) -> Self {
                Self(self.0.clone(), PhantomData)
            }
        }
        impl<E> PartialEq for $key<E> {
            fn eq(&self, other: &Self) -> bool {
                self.0 == other.0
            }
        }
        impl<E> Eq for $key<E> {}
        impl<E> Hash for $key<E> {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.0.hash(state);
            }
        }
    };
}
key_of_table!(ById);
key_of_table!(BySlug);

impl<E: Table> Key for ById<E> {
    type Value = RowOf<E>;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let column = podium_entity::key::column::<E>();
        let rows = db.all(E::find().filter(among(db, column.into_expr(), keys.iter().map(|key| key.0)))).await?;
        Ok(rows.into_iter().map(|row| (Self::new(uuid(&row, column)), row)).collect())
    }
}

impl<E: Table> Key for BySlug<E> {
    type Value = RowOf<E>;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let slug = E::Column::iter().find(|column| column.as_str() == "slug").expect("tables looked up by slug have one");
        let rows = db.all(E::find().filter(among(db, slug.into_expr(), keys.iter().map(|key| key.0.clone())))).await?;
        let mut found: HashMap<_, _> = rows.into_iter().map(|row| (Self::new(row.get(slug).unwrap::<String>()), row)).collect();
        let missing: Vec<String> = keys.iter().filter(|key| !found.contains_key(*key)).map(|key| key.0.clone()).collect();
        if !missing.is_empty() {
            found.extend(redirected::<E>(db, missing).await?);
        }
        Ok(found)
    }
}

/// The rows that once had one of these slugs.
async fn redirected<E: Table>(db: &Db, slugs: Vec<String>) -> std::result::Result<Vec<(BySlug<E>, RowOf<E>)>, DbErr> {
    let column = podium_entity::key::column::<E>();
    let had_slug = among(db, slug_history::Column::OldSlug.into_expr(), slugs);
    let former = slug_history::Entity::find().filter(slug_history::COLUMN.kind.eq(E::default().as_str())).filter(had_slug);
    let former = db.all(former).await?;
    if former.is_empty() {
        return Ok(Vec::new());
    }
    let rows = db.all(E::find().filter(among(db, column.into_expr(), former.iter().map(|old| old.subject_id)))).await?;
    let rows: HashMap<Uuid, RowOf<E>> = rows.into_iter().map(|row| (uuid(&row, column), row)).collect();
    Ok(former.into_iter().filter_map(|old| Some((BySlug::new(old.old_slug.clone()), rows.get(&old.subject_id)?.clone()))).collect())
}

fn uuid<M: ModelTrait>(row: &Arc<M>, column: <M::Entity as EntityTrait>::Column) -> Uuid {
    row.get(column).unwrap::<Uuid>()
}

/// A key for all rows of a table with the same parent.
pub(crate) trait Children: Copy + Hash + Eq + Send + Sync + 'static {
    type Entity: Table;
    /// The column with the id of the parent.
    fn owner() -> <Self::Entity as EntityTrait>::Column;
    /// The columns that the rows are ordered by, before the id.
    fn order() -> Vec<<Self::Entity as EntityTrait>::Column>;
    fn of(parent: Uuid) -> Self;
    fn parent(self) -> Uuid;
}

impl<K: Children> Key for K {
    type Value = Vec<RowOf<K::Entity>>;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let mut select = K::Entity::find().filter(among(db, K::owner().into_expr(), keys.iter().map(|key| key.parent())));
        for column in K::order() {
            // The databases disagree on whether nulls sort first or last.
            select = select.order_by_with_nulls(column, Order::Asc, NullOrdering::First);
        }
        let rows = db.all(select.order_by(podium_entity::key::column::<K::Entity>(), Order::Asc)).await?;
        Ok(group(rows.into_iter().map(|row| (K::of(uuid(&row, K::owner())), row))))
    }
}

/// Declares keys for the rows of a table that belong to one parent: `/// Sentence. Key: table by Owner, in [Order]`.
macro_rules! children {
    ($($(#[$doc:meta])* $key:ident: $table:ident by $owner:ident in [$($order:ident),*];)*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) struct $key(pub(crate) uuid::Uuid);

        impl crate::loader::Children for $key {
            type Entity = $table::Entity;
            fn owner() -> $table::Column {
                $table::Column::$owner
            }
            fn order() -> Vec<$table::Column> {
                vec![$($table::Column::$order),*]
            }
            fn of(parent: uuid::Uuid) -> Self {
                Self(parent)
            }
            fn parent(self) -> uuid::Uuid {
                self.0
            }
        }
    )* };
}
pub(crate) use children;

/// Groups values by key, in the order they came.
pub(crate) fn group<K: Hash + Eq, V>(pairs: impl IntoIterator<Item = (K, V)>) -> HashMap<K, Vec<V>> {
    let mut groups: HashMap<K, Vec<V>> = HashMap::new();
    for (key, value) in pairs {
        groups.entry(key).or_default().push(value);
    }
    groups
}

/// The rows that a statement selects, each with the id in its column `owner`.
pub(crate) async fn owned<E: Table>(db: &Db, select: Select<E>) -> std::result::Result<Vec<(Uuid, RowOf<E>)>, DbErr> {
    let rows = db.rows(&select.into_query()).await?;
    rows.into_iter().map(|mut row| Ok((row.get("owner")?, row.model::<E>("")?))).collect()
}

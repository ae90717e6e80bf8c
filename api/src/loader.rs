//! Batched loading: one `DataLoader` per request. The names of its keys read like sentences, such as `EditionsOfEvent`.
//!
//! All keys of a round form one batch, and one call of `Key::load` loads all keys of one type. The `DataLoader` sees a single type-erased
//! key, so that its code is compiled once and not for each of a hundred types.

pub(crate) mod moment;
pub(crate) mod rounds;

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::sync::Arc;

use async_graphql::Context;
use async_graphql::dataloader::{DataLoader, HashMapCache, Loader};
use chrono::NaiveDate;
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, join_all};
use podium_entity::{key, slug_history};
use sea_orm::prelude::*;
use sea_orm::sea_query::NullOrdering;
use sea_orm::{DatabaseConnection, FromQueryResult, IdenStatic, Iterable, ModelTrait, Order, QueryOrder, QueryTrait};

use crate::error::{LoadError, Result};
use moment::Moment;
use rounds::{NoDelay, Round};

/// The connection pool that loaders read from.
#[derive(Clone)]
pub(crate) struct Db(pub(crate) DatabaseConnection);

/// The values that a batch of keys loaded.
pub(crate) type Loaded<K> = std::result::Result<HashMap<K, <K as Key>::Value>, LoadError>;

/// A key of the loader: one query to the store.
pub(crate) trait Key: Clone + Eq + Hash + Send + Sync + 'static {
    type Value: Clone + Send + Sync + 'static;

    /// Loads all keys of a round together. A key without a value is left out.
    fn load(db: &Db, keys: &[Self]) -> impl Future<Output = Loaded<Self>> + Send;
}

/// The loader of one request: it caches what it loaded, and knows the moment of the response.
pub(crate) struct Loads {
    loader: DataLoader<Db, HashMapCache>,
    moment: Arc<Moment>,
}

/// The maximum number of keys in a batch: as many parameters as SQLite can bind, less a margin for the rest of the statement.
const MAX_BATCH: usize = 32_000;

/// Gives a resolver the loader and the moment of its request.
pub(crate) trait Load {
    fn loads(&self) -> &Loads;

    /// The day of the answer.
    fn today(&self) -> NaiveDate {
        self.loads().moment.today()
    }

    /// The data version of the answer.
    fn data_version(&self) -> i64 {
        self.loads().moment.data_version()
    }
}

impl Load for Context<'_> {
    fn loads(&self) -> &Loads {
        self.data_unchecked::<Loads>()
    }
}

impl Loads {
    /// A loader for a new request, whose batches run in rounds.
    pub(crate) fn new(db: DatabaseConnection, round: Round, moment: Arc<Moment>) -> Self {
        Self { loader: DataLoader::with_cache(Db(db), round, NoDelay, HashMapCache::default()).max_batch_size(MAX_BATCH), moment }
    }

    /// The value of a key, if there is one.
    pub(crate) async fn maybe<K: Key>(&self, key: K) -> Result<Option<K::Value>> {
        let value = self.one(AnyKey(Arc::new(key))).await?;
        Ok(value.and_then(|value| value.downcast_ref::<K::Value>().cloned()))
    }

    /// The value of a key. Without one, an empty list or zero.
    pub(crate) async fn all<K: Key<Value: Default>>(&self, key: K) -> Result<K::Value> {
        self.maybe(key).await.map(Option::unwrap_or_default)
    }

    /// The row with this slug, or that once had it. Also caches the row by its id.
    pub(crate) async fn by_slug<E: EntityTrait<Model: Sync>>(&self, slug: String) -> Result<Option<E::Model>> {
        let row = self.maybe(BySlug::<E>::new(slug)).await?;
        if let Some(row) = &row {
            let id = ById::<E>::new(uuid(row, key::column::<E>()));
            self.loader.feed_one(AnyKey(Arc::new(id)), Ok(Arc::new(row.clone()))).await;
        }
        Ok(row)
    }

    /// The row that another row refers to by id.
    pub(crate) async fn row<E: EntityTrait<Model: Sync>>(&self, id: Uuid) -> Result<E::Model> {
        let row = self.maybe(ById::<E>::new(id)).await?;
        row.ok_or_else(|| LoadError::Inconsistent("a reference to a row that is not there").into())
    }

    fn one(&self, key: AnyKey) -> BoxFuture<'_, Result<Option<AnyValue>>> {
        async move {
            match self.loader.load_one(key).await? {
                Some(value) => Ok(Some(value?)),
                None => Ok(None),
            }
        }
        .boxed()
    }
}

/// A type-erased key.
#[derive(Clone)]
struct AnyKey(Arc<dyn ErasedKey>);

/// The value of a type-erased key.
type AnyValue = Arc<dyn Any + Send + Sync>;

/// The values of one batch by key. If one type of key fails, only its own keys fail.
type AnyLoaded = Vec<(AnyKey, std::result::Result<AnyValue, LoadError>)>;

/// The methods of `Key`, without naming the type.
trait ErasedKey: Any + Send + Sync {
    fn equals(&self, other: &AnyKey) -> bool;
    fn digest(&self) -> u64;
    fn load_batch<'a>(&self, db: &'a Db, keys: Vec<AnyKey>) -> BoxFuture<'a, AnyLoaded>;
}

impl<K: Key> ErasedKey for K {
    fn equals(&self, other: &AnyKey) -> bool {
        other.downcast::<K>() == Some(self)
    }

    fn digest(&self) -> u64 {
        let mut hasher = std::hash::DefaultHasher::new();
        Hash::hash(self, &mut hasher);
        hasher.finish()
    }

    fn load_batch<'a>(&self, db: &'a Db, keys: Vec<AnyKey>) -> BoxFuture<'a, AnyLoaded> {
        async move {
            let known: Vec<K> = keys.iter().filter_map(|key| key.downcast::<K>().cloned()).collect();
            match K::load(db, &known).await {
                Ok(values) => values.into_iter().map(|(key, value)| (AnyKey(Arc::new(key)), Ok(Arc::new(value) as AnyValue))).collect(),
                Err(error) => keys.into_iter().map(|key| (key, Err(error.clone()))).collect(),
            }
        }
        .boxed()
    }
}

impl AnyKey {
    fn kind(&self) -> TypeId {
        let key: &dyn Any = &*self.0;
        key.type_id()
    }

    fn downcast<K: Key>(&self) -> Option<&K> {
        let key: &dyn Any = &*self.0;
        key.downcast_ref()
    }
}

impl PartialEq for AnyKey {
    fn eq(&self, other: &Self) -> bool {
        self.0.equals(other)
    }
}

impl Eq for AnyKey {}

impl Hash for AnyKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.0.digest());
    }
}

impl Loader<AnyKey> for Db {
    type Value = std::result::Result<AnyValue, LoadError>;
    type Error = LoadError;

    async fn load(&self, keys: &[AnyKey]) -> std::result::Result<HashMap<AnyKey, Self::Value>, LoadError> {
        let kinds = group(keys.iter().map(|key| (key.kind(), key.clone())));
        let batches = kinds.into_values().filter_map(|keys| Some(keys.first().cloned()?.0.load_batch(self, keys)));
        Ok(join_all(batches).await.into_iter().flatten().collect())
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

impl<E: EntityTrait<Model: Sync>> Key for ById<E> {
    type Value = E::Model;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let column = key::column::<E>();
        let rows = E::find().filter(column.is_in(keys.iter().map(|key| key.0))).all(&db.0).await?;
        Ok(rows.into_iter().map(|row| (Self::new(uuid(&row, column)), row)).collect())
    }
}

impl<E: EntityTrait<Model: Sync>> Key for BySlug<E> {
    type Value = E::Model;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let slug = E::Column::iter().find(|column| column.as_str() == "slug").expect("tables looked up by slug have one");
        let rows = E::find().filter(slug.is_in(keys.iter().map(|key| key.0.as_str()))).all(&db.0).await?;
        let mut found: HashMap<_, _> = rows.into_iter().map(|row| (Self::new(row.get(slug).unwrap::<String>()), row)).collect();
        let missing: Vec<&str> = keys.iter().filter(|key| !found.contains_key(*key)).map(|key| key.0.as_str()).collect();
        if !missing.is_empty() {
            found.extend(redirected::<E>(&db.0, missing).await?);
        }
        Ok(found)
    }
}

/// The rows that once had one of these slugs.
async fn redirected<E: EntityTrait<Model: Sync>>(
    db: &DatabaseConnection,
    slugs: Vec<&str>,
) -> std::result::Result<Vec<(BySlug<E>, E::Model)>, DbErr> {
    let column = key::column::<E>();
    let former = slug_history::Entity::find()
        .filter(slug_history::COLUMN.kind.eq(E::default().as_str()))
        .filter(slug_history::COLUMN.old_slug.is_in(slugs))
        .all(db)
        .await?;
    if former.is_empty() {
        return Ok(Vec::new());
    }
    let rows = E::find().filter(column.is_in(former.iter().map(|old| old.subject_id))).all(db).await?;
    let rows: HashMap<Uuid, E::Model> = rows.into_iter().map(|row| (uuid(&row, column), row)).collect();
    Ok(former.into_iter().filter_map(|old| Some((BySlug::new(old.old_slug), rows.get(&old.subject_id)?.clone()))).collect())
}

fn uuid<M: ModelTrait>(row: &M, column: <M::Entity as EntityTrait>::Column) -> Uuid {
    row.get(column).unwrap::<Uuid>()
}

/// A key for all rows of a table with the same parent.
pub(crate) trait Children: Copy + Hash + Eq + Send + Sync + 'static {
    type Entity: EntityTrait<Model: Sync>;
    /// The column with the id of the parent.
    fn owner() -> <Self::Entity as EntityTrait>::Column;
    /// The columns that the rows are ordered by, before the id.
    fn order() -> Vec<<Self::Entity as EntityTrait>::Column>;
    fn of(parent: Uuid) -> Self;
    fn parent(self) -> Uuid;
}

impl<K: Children> Key for K {
    type Value = Vec<<K::Entity as EntityTrait>::Model>;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let mut select = K::Entity::find().filter(K::owner().is_in(keys.iter().map(|key| key.parent())));
        for column in K::order() {
            // The databases disagree on whether nulls sort first or last.
            select = select.order_by_with_nulls(column, Order::Asc, NullOrdering::First);
        }
        let rows = select.order_by(key::column::<K::Entity>(), Order::Asc).all(&db.0).await?;
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
pub(crate) async fn owned<E: EntityTrait>(db: &Db, select: Select<E>) -> std::result::Result<Vec<(Uuid, E::Model)>, DbErr> {
    let rows = db.0.query_all(&select.into_query()).await?;
    rows.into_iter().map(|row| Ok((row.try_get("", "owner")?, FromQueryResult::from_query_result(&row, "")?))).collect()
}

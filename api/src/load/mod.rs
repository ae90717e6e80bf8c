//! How rows arrive: one `DataLoader` a request, whose keys are sentences. Only this folder and `page` run queries.

pub(crate) mod about;
pub(crate) mod athlete;
pub(crate) mod coverage;
pub(crate) mod edition;
pub(crate) mod event;
pub(crate) mod filter;
pub(crate) mod games;
pub(crate) mod medal;
pub(crate) mod medalist;
pub(crate) mod narrative;
pub(crate) mod nation;
pub(crate) mod record;
pub(crate) mod result;
pub(crate) mod search;

use std::collections::HashMap;
use std::hash::Hash;
use std::marker::PhantomData;

use async_graphql::Context;
use async_graphql::dataloader::{DataLoader, HashMapCache, Loader};
use podium_entity::{key, slug_history};
use sea_orm::prelude::*;
use sea_orm::sea_query::{Alias, NullOrdering};
use sea_orm::{DatabaseConnection, FromQueryResult, IdenStatic, Iterable, ModelTrait, Order, QueryOrder, QueryTrait};

use crate::error::{Error, Result};
use crate::rounds::{NoDelay, Round};

/// Where the loaders read.
#[derive(Clone)]
pub(crate) struct Db(pub(crate) DatabaseConnection);

/// The loader of one request; it keeps what it loaded until the request ends.
pub(crate) struct Loads(DataLoader<Db, HashMapCache>);

/// Keys in one statement: what SQLite can bind, with room for the rest of the statement.
const MAX_BATCH: usize = 32_000;

/// How a resolver reaches the loader of its request.
pub(crate) trait Load {
    fn loads(&self) -> &Loads;
}

impl Load for Context<'_> {
    fn loads(&self) -> &Loads {
        self.data_unchecked::<Loads>()
    }
}

impl Loads {
    /// The loader of a new request, whose batches run in rounds.
    pub(crate) fn new(db: DatabaseConnection, round: Round) -> Self {
        Self(DataLoader::with_cache(Db(db), round, NoDelay, HashMapCache::default()).max_batch_size(MAX_BATCH))
    }

    /// What the key names, if there is such a thing.
    pub(crate) async fn maybe<K>(&self, key: K) -> Result<Option<<Db as Loader<K>>::Value>>
    where
        K: Send + Sync + Hash + Eq + Clone + 'static,
        Db: Loader<K, Error: Into<Error>>,
    {
        self.0.load_one(key).await.map_err(Into::into)
    }

    /// What the key names; nothing is an empty list, or zero.
    pub(crate) async fn all<K>(&self, key: K) -> Result<<Db as Loader<K>>::Value>
    where
        K: Send + Sync + Hash + Eq + Clone + 'static,
        Db: Loader<K, Value: Default, Error: Into<Error>>,
    {
        self.maybe(key).await.map(Option::unwrap_or_default)
    }

    /// The row with this slug, or that once had it; kept by its id too.
    pub(crate) async fn by_slug<E: EntityTrait<Model: Sync>>(&self, slug: String) -> Result<Option<E::Model>> {
        let row = self.maybe(BySlug::<E>::new(slug)).await?;
        if let Some(row) = &row {
            self.0.feed_one(ById::<E>::new(uuid(row, key::column::<E>())), row.clone()).await;
        }
        Ok(row)
    }

    /// The row that another row refers to by id.
    pub(crate) async fn row<E: EntityTrait<Model: Sync>>(&self, id: Uuid) -> Result<E::Model> {
        self.maybe(ById::<E>::new(id)).await?.ok_or(Error::Inconsistent("a reference to a row that is not there"))
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

/// Keys are equal when what they hold is; the table is part of the type.
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
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                self.0.hash(state);
            }
        }
    };
}
key_of_table!(ById);
key_of_table!(BySlug);

impl<E: EntityTrait<Model: Sync>> Loader<ById<E>> for Db {
    type Value = E::Model;
    type Error = DbErr;

    async fn load(&self, keys: &[ById<E>]) -> std::result::Result<HashMap<ById<E>, E::Model>, DbErr> {
        let column = key::column::<E>();
        let rows = E::find().filter(column.is_in(keys.iter().map(|key| key.0))).all(&self.0).await?;
        Ok(rows.into_iter().map(|row| (ById::new(uuid(&row, column)), row)).collect())
    }
}

impl<E: EntityTrait<Model: Sync>> Loader<BySlug<E>> for Db {
    type Value = E::Model;
    type Error = DbErr;

    async fn load(&self, keys: &[BySlug<E>]) -> std::result::Result<HashMap<BySlug<E>, E::Model>, DbErr> {
        let slug = E::Column::iter().find(|column| column.as_str() == "slug").expect("tables looked up by slug have one");
        let rows = E::find().filter(slug.is_in(keys.iter().map(|key| key.0.as_str()))).all(&self.0).await?;
        let mut found: HashMap<_, _> = rows.into_iter().map(|row| (BySlug::new(row.get(slug).unwrap::<String>()), row)).collect();
        let missing: Vec<&str> = keys.iter().filter(|key| !found.contains_key(*key)).map(|key| key.0.as_str()).collect();
        if !missing.is_empty() {
            found.extend(redirected::<E>(&self.0, missing).await?);
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

/// A key that asks for the rows of a table which belong to one parent.
pub(crate) trait Children: Copy + Hash + Eq + Send + Sync + 'static {
    type Entity: EntityTrait<Model: Sync>;
    /// The column that says whose a row is.
    fn owner() -> <Self::Entity as EntityTrait>::Column;
    /// The columns that the rows are ordered by, before the id.
    fn order() -> Vec<<Self::Entity as EntityTrait>::Column>;
    fn of(parent: Uuid) -> Self;
    fn parent(self) -> Uuid;
}

impl<K: Children> Loader<K> for Db {
    type Value = Vec<<K::Entity as EntityTrait>::Model>;
    type Error = DbErr;

    async fn load(&self, keys: &[K]) -> std::result::Result<HashMap<K, Self::Value>, DbErr> {
        let mut select = K::Entity::find().filter(K::owner().is_in(keys.iter().map(|key| key.parent())));
        for column in K::order() {
            // The databases disagree on where nothing stands.
            select = select.order_by_with_nulls(column, Order::Asc, NullOrdering::First);
        }
        let rows = select.order_by(key::column::<K::Entity>(), Order::Asc).all(&self.0).await?;
        Ok(group(rows.into_iter().map(|row| (K::of(uuid(&row, K::owner())), row))))
    }
}

/// Declares keys for the rows of a table that belong to one parent: `/// Sentence. Key: table by Owner, in [Order]`.
macro_rules! children {
    ($($(#[$doc:meta])* $key:ident: $table:ident by $owner:ident in [$($order:ident),*];)*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) struct $key(pub(crate) uuid::Uuid);

        impl crate::load::Children for $key {
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

/// The values of each key, in the order they came.
pub(crate) fn group<K: Hash + Eq, V>(pairs: impl IntoIterator<Item = (K, V)>) -> HashMap<K, Vec<V>> {
    let mut groups: HashMap<K, Vec<V>> = HashMap::new();
    for (key, value) in pairs {
        groups.entry(key).or_default().push(value);
    }
    groups
}

/// Rows with the id in their column `owner`.
pub(crate) async fn owned<E: EntityTrait>(db: &Db, select: Select<E>) -> std::result::Result<Vec<(Uuid, E::Model)>, DbErr> {
    let rows = db.0.query_all(&select.into_query()).await?;
    rows.into_iter().map(|row| Ok((row.try_get("", "owner")?, FromQueryResult::from_query_result(&row, "")?))).collect()
}

/// A name for a computed column.
pub(crate) fn alias(name: &'static str) -> Alias {
    Alias::new(name)
}

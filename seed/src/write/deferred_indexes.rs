//! Drops indexes before a large import and rebuilds them at its end, including the search index. Building each index in one pass
//! takes a fraction of the time of maintaining it, and the gain grows with the number of rows. A failed transaction still leaves
//! the database unchanged. Readers see the data from before the import until it ends. On `PostgreSQL` they would wait for an index that was
//! dropped, so there it is only dropped from tables that nobody else can see yet.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};

/// Secondary indexes of the tables that grow; on `SQLite` also the triggers that keep the search index in step with its table. Each
/// comes with a statement that drops it and one that creates it again.
const ON_SQLITE: &str = "\
SELECT name, 'DROP ' || type || ' ' || name AS leave, sql AS make FROM sqlite_master WHERE sql IS NOT NULL \
    AND (type = 'trigger' AND tbl_name = 'search_term' OR type = 'index' AND tbl_name IN \
    ('athlete', 'athlete_name', 'entry', 'entry_member', 'medal_award', 'medal_recipient', 'external_id', 'search_term'))";
const ON_POSTGRES: &str = "\
SELECT indexname AS name, 'DROP INDEX ' || indexname AS leave, indexdef AS make FROM pg_indexes WHERE schemaname = current_schema() \
    AND indexname NOT IN (SELECT conname FROM pg_constraint) AND tablename IN \
    ('athlete', 'athlete_name', 'entry', 'entry_member', 'medal_award', 'medal_recipient', 'external_id', 'search_term')";

/// Indexes that look up rows which may already be stored. Only a first import can do without them.
const LOOKED_UP: [&str; 5] = ["athlete_name_athlete", "athlete_name_id", "entry_member_id", "medal_recipient_id", "search_term_subject"];

/// Rebuilds the full-text index from its table.
const REBUILD_SEARCH: &str = "INSERT INTO search_index (search_index) VALUES ('rebuild')";

/// The page cache of SQLite while it builds indexes (negative: in KiB). SQLite sorts one cache at a time, which is fastest when
/// that fits into the processor's cache.
const INDEX_BUILD_CACHE: i64 = -2_000;

/// The statements that create the dropped indexes again.
#[derive(Debug, Default)]
pub(crate) struct DeferredIndexes(Vec<String>);

impl DeferredIndexes {
    /// Drops the indexes. The indexes in `LOOKED_UP` are dropped only when `are_new`: then the caller must not write a row of
    /// `athlete_name`, `entry_member`, `medal_recipient` or `search_term` that is already stored.
    pub(crate) async fn defer(db: &impl ConnectionTrait, are_new: bool) -> Result<Self, DbErr> {
        if !are_unseen(db).await? {
            return Ok(Self::default());
        }
        let (sql, mut again) = match db.get_database_backend() {
            DbBackend::Postgres => (ON_POSTGRES, Vec::new()),
            _ => (ON_SQLITE, vec![REBUILD_SEARCH.to_owned()]),
        };
        for found in db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await? {
            if !are_new && LOOKED_UP.contains(&found.try_get::<String>("", "name")?.as_str()) {
                continue;
            }
            db.execute_unprepared(&found.try_get::<String>("", "leave")?).await?;
            again.push(found.try_get("", "make")?);
        }
        Ok(Self(again))
    }

    /// The number of statements.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Creates the indexes again, and calls `on_created` after each with the number created so far.
    pub(crate) async fn create(self, db: &impl ConnectionTrait, on_created: impl Fn(usize)) -> Result<(), DbErr> {
        if self.0.is_empty() {
            return Ok(());
        }
        let room = set_cache(db, INDEX_BUILD_CACHE).await?;
        for (number, sql) in self.0.iter().enumerate() {
            db.execute_unprepared(sql).await?;
            on_created(number + 1);
        }
        if let Some(room) = room {
            set_cache(db, room).await?;
        }
        Ok(())
    }
}

/// Whether indexes can be dropped without holding up readers: on `PostgreSQL`, whether this transaction created the tables.
async fn are_unseen(db: &impl ConnectionTrait) -> Result<bool, DbErr> {
    if db.get_database_backend() != DbBackend::Postgres {
        return Ok(true);
    }
    let created =
        "SELECT COALESCE(pg_xact_status(xmin::text::xid8) = 'in progress', false) AS created FROM pg_class WHERE oid = 'athlete'::regclass";
    let row = db.query_one_raw(Statement::from_string(DbBackend::Postgres, created)).await?;
    row.map_or(Ok(false), |row| row.try_get("", "created"))
}

/// Sets SQLite's `cache_size`, and returns the previous value. Does nothing on PostgreSQL.
async fn set_cache(db: &impl ConnectionTrait, size: i64) -> Result<Option<i64>, DbErr> {
    if db.get_database_backend() == DbBackend::Postgres {
        return Ok(None);
    }
    let before = db.query_one_raw(Statement::from_string(DbBackend::Sqlite, "PRAGMA cache_size")).await?;
    db.execute_unprepared(&format!("PRAGMA cache_size = {size}")).await?;
    before.map(|row| row.try_get_by_index(0)).transpose()
}

//! A large import: the indexes of the tables that grow, and the one for searching, are left until the end, when each is made in
//! one pass. That takes a fraction of the time of keeping them, the more so the more there is, and the database still is as it was
//! when the transaction fails. On `PostgreSQL` questions wait for the import meanwhile; on `SQLite` they see what was there before.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};

/// Indexes of tables that grow, but for those that are keys, and on `SQLite` what the index for searching follows its table by.
/// Each with a statement that takes it away and one that makes it again.
const ON_SQLITE: &str = "\
SELECT name, 'DROP ' || type || ' ' || name AS leave, sql AS make FROM sqlite_master WHERE sql IS NOT NULL \
    AND (type = 'trigger' AND tbl_name = 'search_term' OR type = 'index' AND tbl_name IN \
    ('athlete', 'athlete_name', 'entry', 'entry_member', 'medal_award', 'medal_recipient', 'external_id', 'search_term'))";
const ON_POSTGRES: &str = "\
SELECT indexname AS name, 'DROP INDEX ' || indexname AS leave, indexdef AS make FROM pg_indexes WHERE schemaname = current_schema() \
    AND indexname NOT IN (SELECT conname FROM pg_constraint) AND tablename IN \
    ('athlete', 'athlete_name', 'entry', 'entry_member', 'medal_award', 'medal_recipient', 'external_id', 'search_term')";

/// Those that rows are looked up by which may be there already.
const LOOKED_UP: [&str; 5] = ["athlete_name_athlete", "athlete_name_id", "entry_member_id", "medal_recipient_id", "search_term_subject"];

/// How the index for searching catches up.
const SEARCH_AGAIN: &str = "INSERT INTO search_index (search_index) VALUES ('rebuild')";

/// The cache that SQLite makes indexes with. It sorts as much at once as fits the cache, which is quickest when that fits
/// the processor's.
const SORTING: i64 = -2_000;

/// Statements that make again what was left.
#[derive(Debug, Default)]
pub(crate) struct DeferredIndexes(Vec<String>);

impl DeferredIndexes {
    /// Takes the indexes away; those that rows are looked up by, and the ids that nobody refers to, only when the caller writes no
    /// row of `athlete_name`, `entry_member`, `medal_recipient` and `search_term` meanwhile that is there already.
    pub(crate) async fn defer(db: &impl ConnectionTrait, are_new: bool) -> Result<Self, DbErr> {
        let (sql, mut again) = match db.get_database_backend() {
            DbBackend::Postgres => (ON_POSTGRES, Vec::new()),
            _ => (ON_SQLITE, vec![SEARCH_AGAIN.to_owned()]),
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

    /// How many statements there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Makes them again, and tells after each how many are made.
    pub(crate) async fn create(self, db: &impl ConnectionTrait, on_created: impl Fn(usize)) -> Result<(), DbErr> {
        if self.0.is_empty() {
            return Ok(());
        }
        let room = set_cache(db, SORTING).await?;
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

/// Sets the cache of SQLite in its own terms, and tells what it was.
async fn set_cache(db: &impl ConnectionTrait, size: i64) -> Result<Option<i64>, DbErr> {
    if db.get_database_backend() == DbBackend::Postgres {
        return Ok(None);
    }
    let before = db.query_one_raw(Statement::from_string(DbBackend::Sqlite, "PRAGMA cache_size")).await?;
    db.execute_unprepared(&format!("PRAGMA cache_size = {size}")).await?;
    before.map(|row| row.try_get_by_index(0)).transpose()
}

//! A large import: the indexes of the tables that grow, and the one for searching, are left until the end, when each is made in
//! one pass. That takes a fraction of the time of keeping them, and the database still is as it was when the transaction
//! fails. On `PostgreSQL` questions wait for the import meanwhile; on `SQLite` they see what was there before.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};

/// Indexes of tables that grow, but for those that the keys are made of or an import looks rows up by, and on `SQLite` what the
/// index for searching follows its table by. Each as a statement that takes it away and one that makes it again.
const ON_SQLITE: &str = "\
SELECT 'DROP ' || type || ' ' || name AS leave, sql AS make FROM sqlite_master WHERE sql IS NOT NULL AND (type = 'trigger' AND tbl_name = 'search_term' \
    OR type = 'index' AND name <> 'athlete_name_athlete' \
    AND tbl_name IN ('athlete', 'athlete_name', 'entry', 'entry_member', 'medal_recipient', 'external_id'))";
const ON_POSTGRES: &str = "\
SELECT 'DROP INDEX ' || indexname AS leave, indexdef AS make FROM pg_indexes WHERE schemaname = current_schema() \
    AND tablename IN ('athlete', 'athlete_name', 'entry', 'entry_member', 'medal_recipient', 'external_id', 'search_term') \
    AND indexname NOT IN ('athlete_name_athlete', 'search_term_subject') AND indexname NOT IN (SELECT conname FROM pg_constraint)";

/// How the index for searching catches up.
const SEARCH_AGAIN: &str = "INSERT INTO search_index (search_index) VALUES ('rebuild')";

/// The cache that SQLite makes indexes with. It sorts as much at once as fits the cache, which is quickest when that fits
/// the processor's.
const SORTING: i64 = -2_000;

/// Statements that make again what was left.
#[derive(Debug, Default)]
pub(crate) struct LeftIndexes(Vec<String>);

impl LeftIndexes {
    /// Takes the indexes away.
    pub(crate) async fn leave(db: &impl ConnectionTrait) -> Result<Self, DbErr> {
        let (sql, mut again) = match db.get_database_backend() {
            DbBackend::Postgres => (ON_POSTGRES, Vec::new()),
            _ => (ON_SQLITE, vec![SEARCH_AGAIN.to_owned()]),
        };
        for found in db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await? {
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
    pub(crate) async fn make(self, db: &impl ConnectionTrait, told: impl Fn(usize)) -> Result<(), DbErr> {
        if self.0.is_empty() {
            return Ok(());
        }
        let room = set_cache(db, SORTING).await?;
        for (number, sql) in self.0.iter().enumerate() {
            db.execute_unprepared(sql).await?;
            told(number + 1);
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

//! A large import on `SQLite`: the indexes of the tables that grow, and the one for searching, are left until the end, when
//! each is made in one pass. That takes a fraction of the time of keeping them, and the database still is as it was when the
//! transaction fails.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};

/// Indexes of these tables are left.
const GROWING: &str = "'athlete', 'athlete_name', 'entry', 'entry_member', 'medal_recipient', 'external_id'";

/// What the index for searching follows its table by, and how it is made anew.
const SEARCHED: &str = "search_term";
const SEARCH_AGAIN: &str = "INSERT INTO search_index (search_index) VALUES ('rebuild')";

/// Statements that make again what was left.
#[derive(Debug, Default)]
pub(crate) struct LeftIndexes(Vec<String>);

impl LeftIndexes {
    /// Takes the indexes away, but for those that the keys are made of.
    pub(crate) async fn leave(db: &impl ConnectionTrait) -> Result<Self, DbErr> {
        if db.get_database_backend() != DbBackend::Sqlite {
            return Ok(Self::default());
        }
        let sql = format!(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL \
             AND (type = 'index' AND tbl_name IN ({GROWING}) OR type = 'trigger' AND tbl_name = '{SEARCHED}')"
        );
        let mut again = vec![SEARCH_AGAIN.to_owned()];
        for found in db.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await? {
            let text = |column| found.try_get::<String>("", column);
            db.execute_unprepared(&format!("DROP {} {}", text("type")?, text("name")?)).await?;
            again.push(text("sql")?);
        }
        Ok(Self(again))
    }

    /// How many statements there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Makes them again, and tells after each how many are made.
    pub(crate) async fn make(self, db: &impl ConnectionTrait, told: impl Fn(usize)) -> Result<(), DbErr> {
        for (number, sql) in self.0.iter().enumerate() {
            db.execute_unprepared(sql).await?;
            told(number + 1);
        }
        Ok(())
    }
}

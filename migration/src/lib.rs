//! Schema migrations: a few steps, whose SQL is the same on `SQLite` and `PostgreSQL` except for the search index.

mod trigrams;

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait};
use sea_orm_migration::seaql_migrations;
pub use trigrams::{index_trigrams, lacks_trigrams};

/// All steps, oldest first. A released step is never edited; a change is a new step.
const STEPS: [Step; 4] = [
    Step::shared("m0001_reference", include_str!("m0001_reference.sql")),
    Step::shared("m0002_programme", include_str!("m0002_programme.sql")),
    Step::shared("m0003_people_and_results", include_str!("m0003_people_and_results.sql")),
    Step {
        name: "m0004_search",
        shared: include_str!("m0004_search.sql"),
        sqlite: include_str!("m0004_search.sqlite.sql"),
        postgres: include_str!("m0004_search.postgres.sql"),
    },
];

/// Migrates a database to the schema that this program expects.
#[derive(Debug)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        STEPS.into_iter().map(|step| Box::new(step) as Box<dyn MigrationTrait>).collect()
    }
}

/// The names of the steps that a database has been through, also those of a newer program.
///
/// # Errors
/// When the database does not answer.
pub async fn steps_made(db: &DatabaseConnection) -> Result<Vec<String>, DbErr> {
    if !SchemaManager::new(db).has_table("seaql_migrations").await? {
        return Ok(Vec::new());
    }
    let made = seaql_migrations::Entity::find().all(db).await?;
    Ok(made.into_iter().map(|step| step.version).collect())
}

/// A migration step: the statements that both databases share, and those that only one of them needs.
#[derive(Clone, Copy)]
struct Step {
    name: &'static str,
    shared: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

impl Step {
    /// A step whose SQL is the same on both databases.
    const fn shared(name: &'static str, sql: &'static str) -> Self {
        Self { name, shared: sql, sqlite: "", postgres: "" }
    }

    fn sql(&self, backend: DbBackend) -> String {
        match backend {
            // Collate texts by bytes, as SQLite does, so that lists have the same order on both databases.
            DbBackend::Postgres => self.shared.replace(" text", " text COLLATE \"C\"") + self.postgres,
            _ => self.shared.to_owned() + self.sqlite,
        }
    }
}

impl MigrationName for Step {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(&self.sql(db.get_database_backend())).await.map(drop)
    }

    /// Drops the tables that the step created, newest first.
    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        let sql = self.sql(db.get_database_backend());
        let made = sql.lines().filter_map(|line| line.strip_prefix("CREATE ")).filter_map(|line| {
            let (kind, rest) = line.strip_prefix("VIRTUAL ").unwrap_or(line).split_once(' ')?;
            let name = rest.split([' ', '(']).next()?;
            (kind == "TABLE").then(|| format!("DROP TABLE {name};"))
        });
        let made: Vec<String> = made.collect();
        db.execute_unprepared(&made.into_iter().rev().collect::<String>()).await.map(drop)
    }

    /// A step runs in a transaction, on SQLite too, so that it is applied as a whole or not at all.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

#[cfg(test)]
mod tests {
    use sea_orm_migration::sea_orm::Database;

    use super::*;

    const BROKEN: Step = Step::shared("m9999_broken", "CREATE TABLE half (id integer); CREATE TABLE half (id integer);");

    struct WithBroken;

    impl MigratorTrait for WithBroken {
        fn migrations() -> Vec<Box<dyn MigrationTrait>> {
            vec![Box::new(BROKEN)]
        }
    }

    #[tokio::test]
    async fn a_step_that_fails_halfway_leaves_nothing() {
        let db = Database::connect("sqlite::memory:").await.expect("a database in memory");
        assert!(WithBroken::up(&db, None).await.is_err());
        assert!(!SchemaManager::new(&db).has_table("half").await.expect("an answer"));
        assert_eq!(steps_made(&db).await.expect("an answer"), Vec::<String>::new());
    }
}

//! How the tables came to be: one SQL file per step, the same text on `SQLite` and on `PostgreSQL`.

mod search_index;

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait};
use sea_orm_migration::seaql_migrations;
pub use search_index::index_letters;

macro_rules! step {
    ($name:literal) => {
        Step { name: $name, up: include_str!(concat!($name, ".up.sql")), down: include_str!(concat!($name, ".down.sql")) }
    };
}

/// All steps, oldest first. A released step is never edited; a change is a new step.
const STEPS: &[Step] = &[
    step!("m0001_sources"),
    step!("m0002_games_and_nations"),
    step!("m0003_programme"),
    step!("m0004_athletes_and_results"),
    step!("m0005_medals_and_records"),
    step!("m0006_texts_and_names"),
    step!("m0007_room_for_the_whole_history"),
    step!("m0008_search_by_any_part"),
];

/// Those after the index for searching.
const LATER_STEPS: &[Step] = &[step!("m0010_less_to_look_up"), step!("m0011_leaders"), step!("m0012_ids_as_indexes")];

/// Brings a database to the state that this program expects.
#[derive(Debug)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let boxed = |step: &Step| Box::new(*step) as Box<dyn MigrationTrait>;
        let search = Box::new(search_index::SearchIndex) as Box<dyn MigrationTrait>;
        STEPS.iter().map(boxed).chain([search]).chain(LATER_STEPS.iter().map(boxed)).collect()
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

/// One step: statements that make something, and those that take it away again.
#[derive(Clone, Copy)]
struct Step {
    name: &'static str,
    up: &'static str,
    down: &'static str,
}

impl MigrationName for Step {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, self.up).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, self.down).await
    }

    /// A step is made whole or not at all, on SQLite too.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn run(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    let db = manager.get_connection();
    let sql = match db.get_database_backend() {
        // Texts compare by bytes, as SQLite does, so that lists have one order on both.
        DbBackend::Postgres => sql.replace(" text", " text COLLATE \"C\""),
        _ => sql.to_owned(),
    };
    db.execute_unprepared(&sql).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use sea_orm_migration::sea_orm::Database;

    use super::*;

    const BROKEN: Step = Step { name: "m9999_broken", up: "CREATE TABLE half (id integer); CREATE TABLE half (id integer);", down: "" };

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

//! Who may write to a database, and when.

use crate::support::{Backend, Content, Database, here};
use podium_seed::{BuiltIn, Import, ImportOptions, PodiumFormat};
use podium_store::Store;
use sea_orm::{ConnectionTrait, DbBackend, Statement};

/// The only cell of the only row of an answer.
async fn cell(store: &Store, backend: DbBackend, sql: &str) -> String {
    let row = store.writer.query_one_raw(Statement::from_string(backend, sql)).await.expect("an answer").expect("a row");
    row.try_get_by_index(0).expect("a text")
}

#[tokio::test]
async fn a_database_that_may_only_be_read_is_not_written_to() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let Some(database) = Database::create(backend, Content::Nothing).await else { continue };
        let url = database.url();
        let store = Store::connect(url).await.expect("the database opens");
        podium_seed::prepare(&store, BuiltIn::Pages).await.expect("the data is loaded");
        if backend == Backend::Postgres {
            let name = cell(&store, DbBackend::Postgres, "SELECT current_database()::text").await;
            let sql = format!("ALTER DATABASE \"{name}\" SET default_transaction_read_only = on");
            store.writer.execute_unprepared(&sql).await.expect("the database may only be read");
        }
        store.close().await;
        let store = Store::connect(&url.replace("mode=rwc", "mode=ro")).await.expect("the database opens");
        let import = Import::PodiumFormat(PodiumFormat { folder: here().join("../seed/data") });
        let refused = podium_seed::import(&store, &import, &ImportOptions::default(), &|_| ()).await;
        let refusal = refused.expect_err("nothing may be written").to_string();
        assert!(
            refusal.starts_with("the database cannot be written to, so nothing was changed: get the right to"),
            "{backend:?}: {refusal}"
        );
    }
}

/// The second program waits for the first, and finds the migrations done.
#[tokio::test]
async fn two_programs_may_start_on_one_new_database() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let Some(database) = Database::create(backend, Content::Nothing).await else { continue };
        let url = database.url();
        let [one, other] = [Store::connect(url).await, Store::connect(url).await].map(|store| store.expect("the database opens"));
        let (first, second) = tokio::join!(one.migrate(), other.migrate());
        for (made, store) in [(first, &one), (second, &other)] {
            made.unwrap_or_else(|error| panic!("{backend:?}: {error}"));
            assert!(store.steps().await.expect("the steps").iter().all(|(_, is_made)| *is_made), "{backend:?}");
        }
        if backend == Backend::Sqlite {
            for store in [&one, &other] {
                assert_eq!(cell(store, DbBackend::Sqlite, "PRAGMA journal_mode").await, "wal");
            }
        }
    }
}

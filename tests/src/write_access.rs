//! Who may write to a database, and when.

use std::time::{Duration, Instant};

use crate::support::cluster::Cluster;
use crate::support::{Backend, Content, Database, empty, here};
use async_graphql::Request;
use podium_api::answer::Engine;
use podium_api::cache_sizes::CacheSizes;
use podium_api::limits::Limits;
use podium_seed::{BuiltIn, Import, ImportOptions, PodiumFormat};
use podium_store::Store;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::json;

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
        podium_seed::prepare(&store, BuiltIn::Sample).await.expect("the data is loaded");
        if backend == Backend::Postgres {
            let name = cell(&store, DbBackend::Postgres, "SELECT current_database()::text").await;
            let sql = format!("ALTER DATABASE \"{name}\" SET default_transaction_read_only = on");
            store.writer.execute_unprepared(&sql).await.expect("the database may only be read");
        }
        store.close().await;
        let store = Store::connect(&url.replace("mode=rwc", "mode=ro")).await.expect("the database opens");
        let import = Import::PodiumFormat(PodiumFormat { folder: here().join("../seed/data") });
        let refused = podium_seed::import(&store, &import, &ImportOptions::default(), &|_| ()).await;
        assert!(podium_seed::prepare(&store, BuiltIn::Sample).await.expect("nothing needs to be written").is_none(), "{backend:?}");
        let answer = Engine::new(store.sessions.clone(), Limits::default()).execute(Request::new("{ allGames { totalCount } }")).await;
        assert_eq!(serde_json::to_value(answer).expect("JSON"), json!({ "data": { "allGames": { "totalCount": 64 } } }), "{backend:?}");
        let refusal = refused.expect_err("nothing may be written").to_string();
        assert!(
            refusal.starts_with("the database cannot be written to, so nothing was changed: get the right to"),
            "{backend:?}: {refusal}"
        );
    }
}

#[tokio::test]
async fn who_waits_too_long_for_a_writer_is_told_its_name() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let Some((writing, database)) = empty(backend).await else { continue };
        let transaction = writing.begin().await.expect("nobody else writes");
        let waiting = Store::connect(database.url()).await.expect("the database opens");
        let told = waiting.begin().await.expect_err("only one may write").to_string();
        // The writer is this test. PostgreSQL knows the name that it gave, and Linux its process.
        let expected = match backend {
            Backend::Postgres => "another program is writing to the database (podium-".to_owned(),
            Backend::Sqlite if cfg!(target_os = "linux") => format!(", process {}): try again", std::process::id()),
            Backend::Sqlite => "another program is writing to the database".to_owned(),
        };
        assert!(told.contains(&expected), "{backend:?}: {told}");
        transaction.rollback().await.expect("it is let go");
        waiting.begin().await.expect("nobody else writes");
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

/// A role that may do nothing but read, beside a program that is writing.
#[tokio::test]
async fn a_server_starts_beside_a_writer_and_needs_to_read_only() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let Some(database) = Database::create(backend, Content::BuiltIn).await else { continue };
        let writing = Store::connect(database.url()).await.expect("the database opens");
        let mut url = database.url().to_owned();
        if backend == Backend::Postgres {
            let role = format!("reader_{}", uuid::Uuid::new_v4().simple());
            let rights = format!("CREATE ROLE {role} LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}");
            writing.writer.execute_unprepared(&rights).await.expect("a role");
            let (scheme, place) = url.split_once("://").expect("a URL");
            let host = place.split_once('@').map_or(place, |(_, host)| host);
            url = format!("{scheme}://{role}@{host}");
        }
        let transaction = writing.begin().await.expect("a transaction");
        let begun = Instant::now();
        let store = Store::connect(&url).await.expect("the database opens");
        assert!(podium_seed::prepare(&store, BuiltIn::Sample).await.expect("nothing needs to be written").is_none(), "{backend:?}");
        assert!(begun.elapsed() < Duration::from_secs(2), "{backend:?}: {:?}", begun.elapsed());
        store.watch().await;
        let answer = Engine::new(store.sessions.clone(), Limits::default()).execute(Request::new("{ allGames { totalCount } }")).await;
        assert_eq!(serde_json::to_value(answer).expect("JSON"), json!({ "data": { "allGames": { "totalCount": 64 } } }), "{backend:?}");
        assert!(store.version.get().is_some(), "{backend:?}: the version is not known");
        store.close().await;
        drop(transaction);
        if let Some(role) = url.strip_prefix("postgres://").and_then(|rest| rest.split_once('@')).map(|(role, _)| role.to_owned())
            && role.starts_with("reader_")
        {
            writing.writer.execute_unprepared(&format!("DROP OWNED BY {role}; DROP ROLE {role}")).await.expect("the role goes");
        }
    }
}

/// After a large change the log of the file is empty again.
#[tokio::test]
async fn a_log_does_not_keep_its_size() {
    let Some(database) = Database::create(Backend::Sqlite, Content::BuiltIn).await else { return };
    let store = Store::connect(database.url()).await.expect("the database opens");
    let file = database.url().split_once("://").and_then(|(_, rest)| rest.split('?').next()).expect("a file").to_owned();
    let log = || std::fs::metadata(format!("{file}-wal")).map_or(0, |log| log.len());
    let transaction = store.begin().await.expect("a transaction");
    transaction.execute_unprepared("UPDATE athlete SET slug = slug || 'x'").await.expect("a change");
    store.commit(transaction).await.expect("a commit");
    assert!(log() > 0, "the change is in the log");
    store.tidy_up().await;
    assert_eq!(log(), 0);
}

/// A standby shows what the database commits, and answers alone when the database is gone.
#[tokio::test(flavor = "multi_thread")]
async fn a_standby_follows_and_answers_alone() {
    let Some(cluster) = Cluster::create() else { return };
    let primary = Store::connect(&cluster.url()).await.expect("the database opens");
    podium_seed::prepare(&primary, BuiltIn::Sample).await.expect("the data is loaded");
    let (standby, work) = (cluster.follow(), Duration::from_secs(1));
    let store = Store::connect_to_serve(&cluster.url(), work).await.expect("the database opens");
    let store = store.read_from(&standby.url(), work).await.expect("the standby opens");
    store.watch().await;
    let engine = Engine::new(store.sessions.clone(), Limits::default()).with_caches(CacheSizes::NONE, store.version.clone());
    let name = async || {
        let answer = engine.execute(Request::new("{ athlete(slug: \"chris-hoy\") { name } }")).await;
        serde_json::to_value(answer).expect("JSON")["data"]["athlete"]["name"].clone()
    };
    assert_eq!(name().await, "Chris Hoy");
    let transaction = primary.begin().await.expect("a transaction");
    let rename = "UPDATE athlete SET name = 'Sir Chris Hoy' WHERE slug = 'chris-hoy'; UPDATE data_version SET version = version + 1";
    transaction.execute_unprepared(rename).await.expect("a change");
    primary.commit(transaction).await.expect("a commit");
    let begun = Instant::now();
    while name().await != "Sir Chris Hoy" {
        assert!(begun.elapsed() < Duration::from_secs(2), "the standby does not follow");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    cluster.stop();
    // Longer than the standby is asked for its version, and than it may take to answer.
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert!(engine.is_reachable().await);
    let answers = (0..20).map(|_| name());
    for answer in futures_util::future::join_all(answers).await {
        assert_eq!(answer, "Sir Chris Hoy", "without the database");
    }
    store.close().await;
}

/// Here the replica is another database, so that what is read can be told from what is written.
#[tokio::test(flavor = "multi_thread")]
async fn a_replica_is_read_in_place_of_the_database() {
    let Some(database) = Database::create(Backend::Postgres, Content::BuiltIn).await else { return };
    let replica = Database::create(Backend::Postgres, Content::BuiltIn).await.expect("a second one");
    let follow = Store::connect(replica.url()).await.expect("the replica opens");
    let rename = "UPDATE athlete SET name = 'As the replica says' WHERE slug = 'chris-hoy'; UPDATE data_version SET version = 4711";
    follow.writer.execute_unprepared(rename).await.expect("the replica differs");
    let work = Duration::from_secs(1);
    let store = Store::connect_to_serve(database.url(), work).await.expect("the database opens");
    let store = store.read_from(replica.url(), work).await.expect("the replica opens");
    store.watch().await;
    assert_eq!(store.version.get().map(|version| version.number), Some(4711));
    let engine = Engine::new(store.sessions.clone(), Limits::default());
    let answer = engine.execute(Request::new("{ athlete(slug: \"chris-hoy\") { name } about { dataVersion } }")).await;
    let answer = serde_json::to_value(answer).expect("JSON");
    let expected = json!({ "athlete": { "name": "As the replica says" }, "about": { "dataVersion": "4711" } });
    assert_eq!(answer, json!({ "data": expected }));
    let version = "SELECT 1 FROM data_version WHERE version = 4711";
    let statement = Statement::from_string(DbBackend::Postgres, version);
    assert!(store.writer.query_one_raw(statement).await.expect("an answer").is_none(), "the writer is at the database itself");
    let refusal = Store::connect(database.url()).await.expect("it opens").read_from("sqlite://podium.db", work).await;
    assert!(refusal.is_err_and(|refusal| refusal.to_string().contains("a replica is a PostgreSQL database")));
    store.close().await;
    follow.close().await;
}

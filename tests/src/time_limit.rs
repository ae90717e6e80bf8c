//! A request that exceeds the time limit is aborted, and the database stops working on it.

use std::time::{Duration, Instant};

use crate::support::{Backend, Content, Database};
use async_graphql::Request;
use podium_api::answer::Engine;
use podium_api::limits::Limits;
use podium_store::Store;
use sea_orm::sea_query::{Expr, Query, SelectStatement};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr};
use serde_json::{Value, json};

const BACKENDS: [Backend; 2] = [Backend::Sqlite, Backend::Postgres];

/// How long the work on an answer may take.
const LIMIT: Duration = Duration::from_millis(500);

/// More concurrent requests than the connection pool has connections, on any machine that runs these tests.
const MANY: usize = 256;

/// Rows that are counted well within the timeout, but that call the progress handler at least once.
const FEW: u32 = 20_000;

/// A list without an end.
const ENDLESS: &str = "WITH RECURSIVE endless(n) AS (SELECT 1 UNION ALL SELECT n FROM endless)";

/// A store to serve from, whose list of sports takes for ever to read.
async fn store(backend: Backend) -> Option<(Store, Database)> {
    let database = Database::create(backend, Content::BuiltIn).await?;
    let store = Store::connect_to_serve(database.url(), LIMIT).await.expect("the database opens");
    let list = format!("CREATE VIEW sport AS {ENDLESS} SELECT * FROM kept WHERE key <> '' AND (SELECT MAX(n) FROM endless) > 1");
    for sql in ["ALTER TABLE sport RENAME TO kept", &list] {
        store.writer.execute_unprepared(sql).await.expect("the list is endless");
    }
    Some((store, database))
}

/// Counts so many rows, which takes the longer the more they are.
fn counting(rows: u32) -> SelectStatement {
    Query::select().expr(Expr::cust(format!("({ENDLESS} SELECT MAX(n) FROM (SELECT n FROM endless LIMIT {rows}) AS counted)"))).take()
}

/// Counts rows without a session; tells how long it took.
async fn count(db: &DatabaseConnection, rows: u32) -> Result<Duration, DbErr> {
    let begun = Instant::now();
    db.query_one(&counting(rows)).await?;
    Ok(begun.elapsed())
}

async fn ask(engine: Engine, document: &str) -> Value {
    serde_json::to_value(engine.execute(Request::new(document)).await).expect("an answer is JSON")
}

fn limits(most: Duration) -> Limits {
    Limits { max_milliseconds: u32::try_from(most.as_millis()).expect("a short time"), ..Limits::default() }
}

/// The requests occupy all connections, which are free again after the timeout.
#[tokio::test]
async fn what_is_given_up_is_ended() {
    for backend in BACKENDS {
        let Some((store, _database)) = store(backend).await else { continue };
        let engine = Engine::new(store.sessions.clone(), limits(LIMIT));
        let asked: Vec<_> = (0..MANY).map(|_| tokio::spawn(ask(engine.clone(), "{ sports { slug } }"))).collect();
        for answer in asked {
            let answer = answer.await.expect("an answer");
            assert_eq!((&answer["data"], &answer["errors"][0]["extensions"]), (&Value::Null, &json!({ "code": "TIMEOUT" })), "{backend:?}");
        }
        let next = ask(engine, "{ about { dataVersion } }").await;
        assert_eq!(next, json!({ "data": { "about": { "dataVersion": "1" } } }), "{backend:?}");
    }
}

/// The database may end its work before the time of the answer is over.
#[tokio::test]
async fn what_the_database_ends_took_too_long() {
    for backend in BACKENDS {
        let Some((store, _database)) = store(backend).await else { continue };
        let limits = Limits { max_database_milliseconds: u32::try_from(LIMIT.as_millis()).expect("a short time"), ..Limits::default() };
        let engine = Engine::new(store.sessions.clone(), limits);
        let begun = Instant::now();
        let answer = ask(engine, "{ about { version } sports { slug } }").await;
        assert!(begun.elapsed() < LIMIT * 10, "{backend:?}: {:?}", begun.elapsed());
        let error = json!({
            "message": "The work on this answer took longer than 500 ms, so it was given up; ask for less at once.",
            "extensions": { "code": "TIMEOUT" },
        });
        assert_eq!(answer, json!({ "errors": [error], "data": null }), "{backend:?}");
    }
}

/// On SQLite the statements of an answer add up, and the next answer begins anew. On PostgreSQL each statement has its own time.
#[tokio::test]
async fn the_statements_of_an_answer_add_up() {
    for backend in BACKENDS {
        let Some((store, _database)) = store(backend).await else { continue };
        let work = || {
            store.sessions.run(move |session| {
                Box::pin(async move {
                    let begun = Instant::now();
                    while begun.elapsed() < LIMIT * 3 {
                        session.rows(&counting(FEW)).await?;
                    }
                    Ok::<_, DbErr>(())
                })
            })
        };
        for _ in 0..2 {
            let worked = work().await.expect("a session");
            match backend {
                Backend::Sqlite => {
                    let error = worked.expect_err("it is too much");
                    assert!(podium_store::is_cancelled(&error), "{error}");
                }
                Backend::Postgres => worked.expect("no statement takes long"),
            }
            let one = store.sessions.run(|session| Box::pin(async move { session.rows(&counting(FEW)).await.map(drop) }));
            one.await.expect("a session").expect("the next one begins anew");
        }
    }
}

/// On SQLite an answer takes one thread, so that what is made of the rows counts as well.
#[tokio::test]
async fn work_between_statements_counts() {
    for backend in BACKENDS {
        let Some((store, _database)) = store(backend).await else { continue };
        let work = |time: Duration| {
            store.sessions.run(move |session| {
                Box::pin(async move {
                    let begun = Instant::now();
                    while begun.elapsed() < time {
                        std::hint::black_box(begun);
                    }
                    session.rows(&counting(FEW)).await.map(drop)
                })
            })
        };
        // The thread may have to share its processor.
        let worked = work(LIMIT * 4).await.expect("a session");
        match backend {
            Backend::Sqlite => assert!(podium_store::is_cancelled(&worked.expect_err("it is too much"))),
            Backend::Postgres => worked.expect("only statements count"),
        }
        work(Duration::ZERO).await.expect("a session").expect("the next one begins anew");
    }
}

/// A statement that takes too long is ended, and its connection can be used again.
#[tokio::test]
async fn a_connection_outlives_a_statement_that_was_ended() {
    for backend in BACKENDS {
        let Some((store, _database)) = store(backend).await else { continue };
        let count = async |rows| {
            let counted = store.sessions.run(move |session| Box::pin(async move { session.rows(&counting(rows)).await.map(drop) }));
            counted.await.expect("a session")
        };
        for _ in 0..3 {
            let error = count(u32::MAX).await.expect_err("it takes too long");
            assert!(podium_store::is_cancelled(&error), "{backend:?}: {error}");
            count(FEW).await.expect("the connection can be used again");
        }
    }
}

/// When nobody waits for an answer any more, its statement ends, even one without a timeout.
#[tokio::test]
async fn what_nobody_waits_for_is_ended() {
    let database = Database::create(Backend::Sqlite, Content::Nothing).await.expect("SQLite is always there");
    let sessions = Store::connect(database.url()).await.expect("the database opens").sessions;
    let counts = async |rows| sessions.run(move |session| Box::pin(async move { session.rows(&counting(rows)).await.map(|_| ()) })).await;
    for _ in 0..MANY {
        tokio::time::timeout(Duration::from_millis(1), counts(u32::MAX)).await.expect_err("it takes too long");
    }
    let count = tokio::time::timeout(LIMIT * 10, counts(FEW)).await.expect("a session is free");
    count.expect("a session").expect("a count");
}

/// A store that closes ends what runs, and leaves one file.
#[tokio::test(flavor = "multi_thread")]
async fn what_runs_when_the_store_closes_is_ended() {
    let database = Database::create(Backend::Sqlite, Content::BuiltIn).await.expect("SQLite is always there");
    let store = Store::connect(database.url()).await.expect("the database opens");
    let sessions = store.sessions.clone();
    let (begins, begun) = tokio::sync::oneshot::channel();
    let endless = tokio::spawn(async move {
        let count = sessions.run(move |session| {
            Box::pin(async move {
                session.rows(&counting(FEW)).await.expect("a count");
                begins.send(()).expect("the test waits");
                session.rows(&counting(u32::MAX)).await.map(|_| ())
            })
        });
        count.await.expect("a session")
    });
    begun.await.expect("it begins");
    store.close().await;
    let error = tokio::time::timeout(LIMIT, endless).await.expect("it ends").expect("no panic").expect_err("it takes too long");
    assert!(podium_store::is_cancelled(&error), "{error}");
    let file = database.url().split_once("://").and_then(|(_, rest)| rest.split('?').next()).expect("a file");
    assert!(!std::path::Path::new(&format!("{file}-wal")).exists(), "everything is in the one file");
}

/// Writes, and reads outside of serving, have no timeout.
#[tokio::test]
async fn nothing_else_is_ended() {
    for backend in BACKENDS {
        let Some(database) = Database::create(backend, Content::Nothing).await else { continue };
        let url = database.url();
        let (store, patient) = (Store::connect_to_serve(url, LIMIT).await, Store::connect(url).await);
        let (store, patient) = (store.expect("the database opens"), patient.expect("the database opens"));
        for db in [store.writer, patient.writer, patient.reader] {
            let mut rows = FEW;
            while count(&db, rows).await.unwrap_or_else(|error| panic!("{backend:?}, {rows} rows: {error}")) < LIMIT * 2 {
                rows *= 2;
            }
        }
    }
}

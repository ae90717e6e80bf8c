//! A database that is away: the server says so at once, and answers again as soon as it is back.

use std::time::{Duration, Instant};

use async_graphql::Request;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request as HttpRequest;
use podium_api::answer::Engine;
use podium_api::cache_sizes::CacheSizes;
use podium_api::http::{App, router};
use podium_api::limits::Limits;
use podium_seed::BuiltIn;
use podium_store::Store;
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Func, Query};
use serde_json::json;
use tower::ServiceExt;

use crate::support::cluster::Cluster;
use crate::support::{Backend, Content, Database, Graph};

/// After a restart of the database every connection of the pool is broken. Nobody who asks notices, though there are more answers than
/// connections, and each asks for several lists at once.
#[tokio::test]
async fn broken_connections_are_not_noticed() {
    let Some(graph) = Graph::built_in(Backend::Postgres).await else { return };
    let engine = Engine::new(graph.store.sessions.clone(), Limits::default());
    let ask = || async {
        let question = "{ allGames { totalCount } sports { slug } athletes { totalCount } events { totalCount } nations { totalCount } }";
        let answers = (0..16).map(|_| engine.execute(Request::new(question)));
        futures_util::future::join_all(answers).await
    };
    ask().await;
    let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
    graph.store.writer.execute_unprepared(end).await.expect("the connections end");
    for answer in ask().await {
        let answer = serde_json::to_value(answer).expect("JSON");
        assert_eq!(answer["data"]["allGames"], json!({ "totalCount": 64 }), "{answer}");
    }
}

/// A standby ends a statement whose rows the primary has removed. The next try reads the new ones.
#[tokio::test]
async fn a_read_that_a_standby_ends_is_tried_again() {
    let Some(graph) = Graph::built_in(Backend::Postgres).await else { return };
    // A sequence counts the tries, even those that fail.
    let ends_twice = "CREATE SEQUENCE tries; CREATE FUNCTION ends_twice() RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN \
        IF nextval('tries') <= 2 THEN RAISE EXCEPTION 'conflict with recovery' USING ERRCODE = '40001'; END IF; RETURN currval('tries'); END $$";
    graph.store.writer.execute_unprepared(ends_twice).await.expect("a function");
    let statement = Query::select().expr_as(Func::cust("ends_twice"), "tries").take();
    let rows = graph.store.sessions.pooled().rows(&statement).await.expect("rows at the third try");
    assert_eq!(rows[0].get::<i64>("tries").expect("a number"), 3);
}

const QUESTION: &str = "/graphql?query=%7BallGames%7BtotalCount%7D%7D";

/// The routes of a server over a store, without caches.
fn open(store: &Store) -> Router {
    let app = App::default();
    app.open(Engine::new(store.sessions.clone(), Limits::default()).with_caches(CacheSizes::NONE, store.version.clone()));
    router(app)
}

async fn get(door: &Router, path: &str) -> (u16, String) {
    let request = HttpRequest::get(path).body(Body::empty()).expect("a request");
    let (parts, body) = door.clone().oneshot(request).await.expect("an answer").into_parts();
    (parts.status.as_u16(), String::from_utf8(to_bytes(body, usize::MAX).await.expect("a body").to_vec()).expect("text"))
}

async fn becomes(door: &Router, status: u16, within: Duration) {
    let begun = Instant::now();
    while get(door, "/readyz").await.0 != status {
        assert!(begun.elapsed() < within, "not {status} after {:?}", begun.elapsed());
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Here the tables are away, which is all the same to the server.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_known_to_be_away_is_not_waited_for() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let Some(database) = Database::create(backend, Content::BuiltIn).await else { continue };
        let (store, other) = (Store::connect(database.url()).await, Store::connect(database.url()).await);
        let (store, other) = (store.expect("the database opens"), other.expect("the database opens"));
        store.watch().await;
        let door = open(&store);
        becomes(&door, 200, Duration::from_secs(3)).await;
        assert_eq!(get(&door, QUESTION).await.0, 200);
        other.drop_tables().await.expect("the tables are dropped");
        becomes(&door, 503, Duration::from_secs(3)).await;
        let begun = Instant::now();
        for _ in 0..50 {
            let (status, body) = get(&door, QUESTION).await;
            assert!(status == 503 && body.contains("UNAVAILABLE"), "{backend:?}: {body}");
        }
        assert!(begun.elapsed() < Duration::from_secs(1), "{backend:?}: {:?}", begun.elapsed());
        podium_seed::prepare(&other, BuiltIn::Sample).await.expect("the tables are there again");
        becomes(&door, 200, Duration::from_secs(3)).await;
        assert_eq!(get(&door, QUESTION).await, (200, r#"{"data":{"allGames":{"totalCount":64}}}"#.to_owned()), "{backend:?}");
        store.close().await;
        other.close().await;
    }
}

/// PostgreSQL itself crashes three times. Meanwhile a request is refused at once; a second after it is back, all are answered.
#[tokio::test(flavor = "multi_thread")]
async fn a_crashed_postgresql_is_back_within_a_second() {
    let Some(cluster) = Cluster::create() else { return };
    let store = Store::connect_to_serve(&cluster.url(), Duration::from_secs(1)).await.expect("the database opens");
    podium_seed::prepare(&store, BuiltIn::Sample).await.expect("the data is loaded");
    store.watch().await;
    let door = open(&store);
    becomes(&door, 200, Duration::from_secs(3)).await;
    for _ in 0..3 {
        cluster.stop();
        becomes(&door, 503, Duration::from_secs(3)).await;
        let begun = Instant::now();
        assert_eq!(get(&door, QUESTION).await.0, 503);
        assert!(begun.elapsed() < Duration::from_millis(200), "{:?}", begun.elapsed());
        cluster.start_again();
        becomes(&door, 200, Duration::from_secs(1)).await;
        let answers = (0..20).map(|_| get(&door, QUESTION));
        for answer in futures_util::future::join_all(answers).await {
            assert_eq!(answer, (200, r#"{"data":{"allGames":{"totalCount":64}}}"#.to_owned()));
        }
    }
    store.close().await;
}

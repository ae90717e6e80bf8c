//! What an answer costs is told to those who ask, and what a client may cost within a minute is bounded.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request};
use podium_api::answer::Engine;
use podium_api::cache_sizes::CacheSizes;
use podium_api::http::{Access, App, Traffic, router};
use podium_api::limits::Limits;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::support::{Backend, Graph};

async fn door(max_complexity_per_minute: u32) -> (Graph, Router) {
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    graph.store.watch().await;
    let clients = Access { client_address_header: Some("x-client".parse().expect("a name")), ..Access::default() };
    let app = App::new(Traffic { max_complexity_per_minute, ..Traffic::default() }, clients);
    let engine = Engine::new(graph.store.sessions.clone(), Limits::default());
    app.open(engine.with_caches(CacheSizes { answer_cache_mib: 8, ..CacheSizes::NONE }, graph.store.version.clone()));
    (graph, router(app))
}

async fn ask(door: &Router, client: &str, body: Value) -> (u16, HeaderMap, Value) {
    let request = Request::post("/graphql").header("content-type", "application/json").header("x-client", client);
    let request = request.header("accept", "application/graphql-response+json").body(Body::from(body.to_string())).expect("a request");
    let (parts, body) = door.clone().oneshot(request).await.expect("an answer").into_parts();
    let body = to_bytes(body, usize::MAX).await.expect("a body");
    (parts.status.as_u16(), parts.headers, serde_json::from_slice(&body).expect("JSON"))
}

#[tokio::test]
async fn the_cost_is_told_to_those_who_ask() {
    let (_graph, door) = door(0).await;
    let question = |extensions: Value| json!({ "query": "{ sports { slug name } }", "extensions": extensions });
    let (_, _, plain) = ask(&door, "192.0.2.1", question(json!({ "cost": false }))).await;
    assert_eq!(plain.as_object().map(|answer| answer.keys().cloned().collect::<Vec<_>>()), Some(vec!["data".to_owned()]));
    for _made_and_kept in 0..2 {
        let (status, _, told) = ask(&door, "192.0.2.1", question(json!({ "cost": true }))).await;
        assert_eq!((status, &told["data"]), (200, &plain["data"]));
        let limits = Limits::default();
        let cost = json!({ "maxDepth": limits.max_depth, "maxNodes": limits.max_nodes, "maxComplexity": limits.max_complexity,
            "depth": 2, "nodes": 70, "complexity": 141 });
        assert_eq!(told["extensions"], json!({ "cost": cost }));
    }
    let wrong = json!({ "query": "{ nothing }", "extensions": { "cost": true } });
    let (status, _, refusal) = ask(&door, "192.0.2.1", wrong).await;
    assert_eq!((status, refusal["extensions"]["cost"]["complexity"].is_null()), (400, true), "{refusal}");
    assert!(refusal["errors"][0]["message"].is_string() && refusal["extensions"]["cost"]["maxDepth"].is_u64(), "{refusal}");
}

#[tokio::test]
async fn who_asked_for_too_much_waits() {
    let (_graph, door) = door(400).await;
    let question = |number: usize| json!({ "query": format!("{{ a{number}: sports {{ slug name }} }}"), "extensions": { "cost": true } });
    for (number, left) in [(0, 259), (1, 118), (2, 0)] {
        let (status, _, answer) = ask(&door, "192.0.2.1", question(number)).await;
        let told = answer["extensions"]["cost"]["left"].as_u64().expect("what is left");
        // Some comes back meanwhile.
        assert!(status == 200 && (left..left + 30).contains(&told), "{number}: {told}");
        assert_eq!(answer["extensions"]["cost"]["perMinute"], 400);
    }
    let (status, headers, refusal) = ask(&door, "192.0.2.1", question(3)).await;
    let seconds: u64 = headers["retry-after"].to_str().expect("text").parse().expect("seconds");
    assert!(status == 429 && (1..=15).contains(&seconds), "{status} {seconds}");
    let extensions = &refusal["errors"][0]["extensions"];
    assert_eq!((&extensions["limit"], &extensions["maximum"]), (&json!("maxComplexityPerMinute"), &json!(400)), "{refusal}");
    assert_eq!(ask(&door, "192.0.2.1", question(0)).await.0, 200, "what is kept costs nothing");
    assert_eq!(ask(&door, "192.0.2.2", question(3)).await.0, 200, "others go on");
}

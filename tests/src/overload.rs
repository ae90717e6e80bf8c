//! More requests than can be answered: some are answered, the others are refused at once, and the probe is not in their queue.

use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request};
use futures_util::future::join_all;
use podium_api::answer::Engine;
use podium_api::http::{Access, App, Traffic, router};
use podium_api::limits::Limits;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::support::{Backend, Graph};

/// How long each statement takes here, and so each answer.
const STATEMENT: Duration = Duration::from_millis(20);

/// How long a request may wait.
const WAIT: u64 = 240;

async fn slow_door(max_waiting: usize) -> (Graph, Router) {
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    let traffic = Traffic { max_answers_at_once: 1, max_waiting, max_waiting_milliseconds: WAIT, ..Traffic::default() };
    let clients = Access { client_address_header: Some("x-client".parse().expect("a name")), ..Access::default() };
    let app = App::new(traffic, clients);
    app.open(Engine::new(graph.store.sessions.clone(), Limits::default()).on_statement(|_| std::thread::sleep(STATEMENT)));
    (graph, router(app))
}

async fn ask(door: &Router, client: &str, number: usize) -> (u16, HeaderMap, Value) {
    let question = json!({ "query": format!("{{ a{number}: sports {{ slug }} }}") }).to_string();
    let request = Request::post("/graphql").header("content-type", "application/json").header("x-client", client);
    let response = door.clone().oneshot(request.body(Body::from(question)).expect("a request")).await.expect("an answer");
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.expect("a body");
    (parts.status.as_u16(), parts.headers, serde_json::from_slice(&body).expect("JSON"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_answered_in_time_is_refused() {
    let (_graph, door) = slow_door(100).await;
    let started = Instant::now();
    let answers = join_all((0..40).map(|number| ask(&door, "192.0.2.1", number))).await;
    let took = started.elapsed();
    let answered = answers.iter().filter(|(status, ..)| *status == 200).count();
    assert!((1..=16).contains(&answered), "one after the other, for as long as one may wait: {answered}");
    for (status, headers, body) in &answers {
        if *status != 200 {
            assert_eq!((*status, headers["retry-after"].as_bytes()), (503, b"1".as_slice()), "{body}");
            assert_eq!(body["errors"][0]["message"], "The server is busy; try again in a moment.");
            assert_eq!(body["errors"][0]["extensions"]["code"], "UNAVAILABLE");
        }
    }
    assert!(took < Duration::from_millis(WAIT) + STATEMENT * 10, "{took:?}");
    let (status, ..) = ask(&door, "192.0.2.1", 40).await;
    assert_eq!(status, 200, "and afterwards all is as before");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_queue_is_bounded_and_shared() {
    let (_graph, door) = slow_door(4).await;
    let many = join_all((0..20).map(|number| ask(&door, "192.0.2.1", number)));
    let other = async {
        tokio::time::sleep(Duration::from_millis(10)).await;
        ask(&door, "192.0.2.2", 100).await
    };
    let started = Instant::now();
    let probe = async {
        tokio::time::sleep(Duration::from_millis(10)).await;
        let request = Request::get("/readyz").body(Body::empty()).expect("a request");
        (door.clone().oneshot(request).await.expect("an answer").status().as_u16(), started.elapsed())
    };
    let (many, (other, ..), (ready, told)) = tokio::join!(many, other, probe);
    assert_eq!(other, 200, "one client among many requests of another is next");
    assert!(many.iter().filter(|(status, ..)| *status == 503).count() >= 15);
    assert!(ready == 200 && told < STATEMENT * 5, "{ready} after {told:?}");
}

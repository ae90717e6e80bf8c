//! Automatic persisted queries, as the clients of Apollo and urql speak them.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request};
use podium_api::answer::Engine;
use podium_api::cache_sizes::CacheSizes;
use podium_api::http::{Access, App, Traffic, TrustedDocuments, router};
use podium_api::limits::Limits;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::support::{Backend, Graph};

const DOCUMENT: &str = r#"{ games(slug: "2012-summer") { year } }"#;
/// What `sha256sum` says of it.
const HASH: &str = "4a5c5acd06d4937f749a007219dd05b2ac3af16a894f05c11a4e9cfc85faf076";

async fn door(persisted_document_cache_mib: u32) -> (Graph, Router) {
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    let app = App::default();
    let sizes = CacheSizes { persisted_document_cache_mib, ..CacheSizes::NONE };
    app.open(Engine::new(graph.store.sessions.clone(), Limits::default()).with_caches(sizes, graph.store.version.clone()));
    (graph, router(app))
}

fn persisted(hash: &str) -> Value {
    json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } })
}

async fn send(door: &Router, request: Request<Body>) -> (u16, HeaderMap, Value) {
    let (parts, body) = door.clone().oneshot(request).await.expect("an answer").into_parts();
    let body = to_bytes(body, usize::MAX).await.expect("a body");
    (parts.status.as_u16(), parts.headers, serde_json::from_slice(&body).expect("JSON"))
}

async fn post(door: &Router, body: Value) -> (u16, Value) {
    let request = Request::post("/graphql").header("content-type", "application/json").body(body.to_string().into()).expect("a request");
    let (status, _, body) = send(door, request).await;
    (status, body)
}

async fn get(door: &Router, hash: &str) -> (u16, HeaderMap, Value) {
    let extensions = persisted(hash).to_string().replace('{', "%7B").replace('}', "%7D").replace('"', "%22");
    send(door, Request::get(format!("/graphql?extensions={extensions}")).body(Body::empty()).expect("a request")).await
}

/// The message and the code of the only error.
fn error(body: &Value) -> (&str, &str) {
    let error = &body["errors"][0];
    (error["message"].as_str().expect("a message"), error["extensions"]["code"].as_str().expect("a code"))
}

#[tokio::test]
async fn a_document_is_sent_once_and_named_by_its_hash_afterwards() {
    let (_graph, door) = door(1).await;
    let answer = json!({ "data": { "games": { "year": 2012 } } });
    let unknown = ("PersistedQueryNotFound", "PERSISTED_QUERY_NOT_FOUND");

    let (status, body) = post(&door, json!({ "extensions": persisted(HASH) })).await;
    assert_eq!((status, error(&body)), (200, unknown));
    let (status, headers, body) = get(&door, HASH).await;
    assert_eq!((status, error(&body), headers["cache-control"].as_bytes()), (200, unknown, b"no-store".as_slice()));

    assert_eq!(post(&door, json!({ "query": DOCUMENT, "extensions": persisted(HASH) })).await, (200, answer.clone()));
    assert_eq!(post(&door, json!({ "extensions": persisted(HASH) })).await, (200, answer.clone()));
    let (status, headers, body) = get(&door, HASH).await;
    assert_eq!((status, body, headers["cache-control"].as_bytes()), (200, answer, b"public, no-cache".as_slice()), "a CDN may keep it");
    assert!(headers.contains_key("etag"));
}

#[tokio::test]
async fn a_wrong_hash_keeps_nothing() {
    let (_graph, door) = door(1).await;
    for hash in ["", "7", &HASH.replace('a', "b")] {
        let (status, body) = post(&door, json!({ "query": DOCUMENT, "extensions": persisted(hash) })).await;
        assert_eq!((status, error(&body)), (400, ("The `sha256Hash` is not that of the `query`.", "BAD_USER_INPUT")));
        let (_, body) = post(&door, json!({ "extensions": persisted(hash) })).await;
        assert_eq!(error(&body).0, "PersistedQueryNotFound");
    }
}

#[tokio::test]
async fn a_server_may_keep_none() {
    let (_graph, door) = door(0).await;
    let (status, body) = post(&door, json!({ "extensions": persisted(HASH) })).await;
    assert_eq!((status, error(&body)), (200, ("PersistedQueryNotSupported", "PERSISTED_QUERY_NOT_SUPPORTED")));
    let (status, body) = post(&door, json!({ "query": DOCUMENT, "extensions": persisted(HASH) })).await;
    assert_eq!((status, &body["data"]["games"]["year"]), (200, &json!(2012)), "a client that sends both is answered");
}

#[tokio::test]
async fn only_the_documents_of_a_manifest_are_answered() {
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    let manifest = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(&manifest, json!({ HASH: DOCUMENT }).to_string()).expect("a manifest");
    let documents = TrustedDocuments::read(manifest.path().to_str().expect("a path")).expect("a manifest");
    let app = App::new(Traffic::default(), Access { documents: Some(documents), ..Access::default() });
    app.open(Engine::new(graph.store.sessions.clone(), Limits::default()));
    let door = router(app);
    let answer = json!({ "data": { "games": { "year": 2012 } } });
    for known in [
        json!({ "documentId": HASH }),
        json!({ "id": HASH }),
        json!({ "doc_id": HASH }),
        json!({ "extensions": persisted(HASH) }),
        json!({ "query": DOCUMENT }),
    ] {
        assert_eq!(post(&door, known.clone()).await, (200, answer.clone()), "{known}");
    }
    let (status, _, body) = get(&door, HASH).await;
    assert_eq!((status, body), (200, answer));
    let other = "{ sports { slug } }";
    for unknown in
        [json!({ "query": other }), json!({ "documentId": "7" }), json!({ "query": "{ __schema { types { name } } }" }), json!({})]
    {
        let (status, body) = post(&door, unknown.clone()).await;
        assert_eq!(
            (status, error(&body)),
            (403, ("This server answers only the documents of its own clients.", "BAD_USER_INPUT")),
            "{unknown}"
        );
    }
}

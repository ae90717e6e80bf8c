//! Caches change nothing but the time an answer takes: not its bytes, and never to those of an older version of the data.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use podium_api::answer::Engine;
use podium_api::cache_sizes::CacheSizes;
use podium_api::http::{App, router};
use podium_api::limits::Limits;
use podium_store::Store;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::support::{Backend, Content, Database, files, here};

const BACKENDS: [Backend; 2] = [Backend::Sqlite, Backend::Postgres];
const ALL: CacheSizes = CacheSizes { answer_cache_mib: 8, row_cache_mib: 8, document_cache_mib: 8, persisted_document_cache_mib: 8 };
const ONLY_ROWS: CacheSizes = CacheSizes { answer_cache_mib: 0, ..ALL };

/// A server with caches over a database, and how many statements it ran.
struct Server {
    router: Router,
    store: Store,
    statements: Arc<AtomicUsize>,
}

impl Server {
    /// Serves a database, once its version is known.
    async fn start(database: &Database, sizes: CacheSizes) -> Self {
        let store = Store::connect(database.url()).await.expect("the database opens");
        store.watch().await;
        let statements = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&statements);
        let engine = Engine::new(store.sessions.clone(), Limits::default()).on_statement(move |_| {
            counted.fetch_add(1, Ordering::SeqCst);
        });
        let app = App::default();
        app.open(engine.with_caches(sizes, store.version.clone()));
        Self { router: router(app), store, statements }
    }

    async fn send(&self, request: Request<Body>) -> (StatusCode, HeaderMap, Bytes) {
        let (parts, body) = self.router.clone().oneshot(request).await.expect("an answer").into_parts();
        (parts.status, parts.headers, to_bytes(body, usize::MAX).await.expect("a body"))
    }

    async fn post(&self, question: &Value) -> Value {
        let request = Request::post("/graphql").header("content-type", "application/json");
        let (_, _, body) = self.send(request.body(question.to_string().into()).expect("a request")).await;
        serde_json::from_slice(&body).expect("JSON")
    }

    async fn ask(&self, document: &str) -> Value {
        self.post(&json!({ "query": document })).await
    }

    async fn get(&self, document: &str, headers: &[(&str, &str)]) -> (StatusCode, HeaderMap, Bytes) {
        let query = document.bytes().fold(String::new(), |query, byte| query + &format!("%{byte:02x}"));
        let request = Request::builder().method(Method::GET).uri(format!("/graphql?query={query}"));
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        self.send(request.body(Body::empty()).expect("a request")).await
    }

    /// How many statements ran since this was last asked.
    fn statements(&self) -> usize {
        self.statements.swap(0, Ordering::SeqCst)
    }
}

/// An answer whose rows are all kept needs no session, so that it stays in its thread.
#[tokio::test(flavor = "multi_thread")]
async fn kept_rows_need_no_session() {
    let database = Database::create(Backend::Sqlite, Content::BuiltIn).await.expect("SQLite is always there");
    let server = Server::start(&database, ONLY_ROWS).await;
    let first = server.ask(NAME).await;
    assert!(server.statements() > 0, "{first}");
    server.store.sessions.close().await;
    assert_eq!(server.ask(NAME).await, first);
    assert_eq!(server.statements(), 0);
    let other = server.ask("{ sports { name } }").await;
    assert_eq!(other["errors"][0]["extensions"]["code"], "UNAVAILABLE", "{other}");
}

/// Waits until something holds, for as long as a slow machine may need.
async fn eventually(holds: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !holds() {
        assert!(Instant::now() < deadline, "it does not hold after 20 s");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

/// Renames an athlete.
async fn rename(store: &Store, name: &str) {
    raise(store, &format!("UPDATE athlete SET name = '{name}' WHERE slug = 'chris-hoy'")).await;
}

/// Runs a statement in a transaction that raises the data version.
async fn raise(store: &Store, sql: &str) {
    let transaction = store.begin().await.expect("a transaction");
    transaction.execute_unprepared(sql).await.expect("the statement runs");
    podium_store::data_version::raise(&transaction).await.expect("the version is raised");
    store.commit(transaction).await.expect("a commit");
}

const NAME: &str = "{ athlete(slug: \"chris-hoy\") { name medals { athletes { slug name } } } }";

/// The name of the athlete, which stands in the answer several times.
fn name_in(answer: &Value) -> String {
    let athlete = &answer["data"]["athlete"];
    let medals = athlete["medals"].as_array().unwrap_or_else(|| panic!("{answer}"));
    let others =
        medals.iter().flat_map(|medal| medal["athletes"].as_array().expect("athletes")).filter(|other| other["slug"] == "chris-hoy");
    for other in others {
        assert_eq!(other["name"], athlete["name"], "one answer, one name");
    }
    athlete["name"].as_str().expect("a name").to_owned()
}

/// Every document of the tests has the same answer without caches, with empty ones, with rows, and when it is asked again.
#[tokio::test(flavor = "multi_thread")]
async fn a_cached_answer_is_the_answer() {
    for backend in BACKENDS {
        let Some(database) = Database::create(backend, Content::BuiltIn).await else { continue };
        let (plain, warm, all) = (
            Server::start(&database, CacheSizes::NONE).await,
            Server::start(&database, ONLY_ROWS).await,
            Server::start(&database, ALL).await,
        );
        let mut from_memory = 0;
        for path in files(&here().join("queries"), "graphql") {
            let document = std::fs::read_to_string(&path).expect("a readable document");
            let mut expected = plain.ask(&document).await;
            let mut answers = vec![warm.ask(&document).await];
            warm.statements();
            answers.push(warm.ask(&document).await);
            let is_ok = expected.get("errors").is_none();
            // An answer that tells the version asks whether it still stands.
            assert!(!is_ok || warm.statements() <= 1, "{}: rows that are known are read again", path.display());
            answers.push(all.ask(&document).await);
            all.statements();
            answers.push(all.ask(&document).await);
            if is_ok {
                assert_eq!(all.statements(), 0, "{}", path.display());
                from_memory += 1;
            }
            for answer in &mut answers {
                without_ids(answer);
            }
            without_ids(&mut expected);
            assert!(answers.iter().all(|answer| *answer == expected), "{backend:?} {}: {expected} {answers:?}", path.display());
        }
        assert!(from_memory > 50, "{from_memory}");
    }
}

/// Takes away the ids of the requests, which every answer with errors has of its own.
fn without_ids(answer: &mut Value) {
    for error in answer.get_mut("errors").and_then(Value::as_array_mut).into_iter().flatten() {
        error["extensions"].as_object_mut().expect("extensions").remove("requestId").expect("an id");
    }
}

/// While others read, a change is made. Whoever asks after it was acknowledged gets it.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_answered_from_before_an_own_change() {
    for backend in BACKENDS {
        let Some(database) = Database::create(backend, Content::BuiltIn).await else { continue };
        let server = Arc::new(Server::start(&database, ALL).await);
        let is_done = Arc::new(AtomicBool::new(false));
        let readers: Vec<_> = (0..4)
            .map(|_| {
                let (server, is_done) = (Arc::clone(&server), Arc::clone(&is_done));
                tokio::spawn(async move {
                    while !is_done.load(Ordering::Relaxed) {
                        let answer = server.ask(NAME).await;
                        if answer.get("errors").is_none() {
                            name_in(&answer);
                        }
                        // An answer from memory never waits.
                        tokio::task::yield_now().await;
                    }
                })
            })
            .collect();
        for number in 0..30 {
            let name = format!("Name {number}");
            rename(&server.store, &name).await;
            assert_eq!(name_in(&server.ask(NAME).await), name, "{backend:?}");
        }
        is_done.store(true, Ordering::Relaxed);
        for reader in readers {
            reader.await.expect("no answer mixes two versions");
        }
    }
}

/// Version numbers begin again when the tables are dropped; what was kept of the earlier ones is not answered with.
#[tokio::test(flavor = "multi_thread")]
async fn another_database_in_its_place_is_noticed() {
    for backend in BACKENDS {
        let Some(database) = Database::create(backend, Content::BuiltIn).await else { continue };
        let server = Server::start(&database, ALL).await;
        let version = || server.store.version.get();
        let first = version().expect("a version").number;
        for number in [first + 1, first + 2] {
            raise(&server.store, "SELECT 1").await;
            eventually(|| version().is_some_and(|version| version.number == number)).await;
            server.ask(NAME).await;
        }
        let begin_again =
            format!("UPDATE data_version SET version = {first}; UPDATE athlete SET name = 'Someone' WHERE slug = 'chris-hoy'");
        raise(&server.store, &begin_again).await;
        eventually(|| version().is_some_and(|version| version.number == first + 1)).await;
        assert_eq!(name_in(&server.ask(NAME).await), "Someone", "{backend:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_by_another_program_is_learnt() {
    for backend in BACKENDS {
        let Some(database) = Database::create(backend, Content::BuiltIn).await else { continue };
        let server = Server::start(&database, ALL).await;
        let other = Store::connect(database.url()).await.expect("the database opens");
        for number in 0..5 {
            let (name, before) = (format!("Name {number}"), server.store.version.get());
            server.ask(NAME).await;
            rename(&other, &name).await;
            eventually(|| server.store.version.get().is_some_and(|version| Some(version) > before)).await;
            assert_eq!(name_in(&server.ask(NAME).await), name, "{backend:?}");
        }
        server.store.close().await;
    }
}

/// Equal questions at the same time are one execution.
#[tokio::test(flavor = "multi_thread")]
async fn equal_questions_are_answered_once() {
    let database = Database::create(Backend::Sqlite, Content::BuiltIn).await.expect("SQLite is always there");
    let server = Arc::new(Server::start(&database, ALL).await);
    let one = Server::start(&database, ALL).await;
    one.ask(NAME).await;
    let asked = (0..50).map(|_| {
        let server = Arc::clone(&server);
        tokio::spawn(async move { server.ask(NAME).await })
    });
    let asked: Vec<_> = asked.collect();
    let mut answers = Vec::new();
    for answer in asked {
        answers.push(answer.await.expect("an answer"));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    assert_eq!(server.statements(), one.statements());
}

/// The order of variables does not matter to a cache; their values do.
#[tokio::test(flavor = "multi_thread")]
async fn variables_are_part_of_the_question() {
    let database = Database::create(Backend::Sqlite, Content::BuiltIn).await.expect("SQLite is always there");
    let server = Server::start(&database, ALL).await;
    let query = "query ($a: String!, $b: String!) { a: athlete(slug: $a) { name } b: athlete(slug: $b) { name } }";
    let question = |variables: Value| json!({ "query": query, "variables": variables });
    let first = server.post(&question(json!({ "a": "chris-hoy", "b": "anna-meares" }))).await;
    server.statements();
    let again = server.post(&question(json!({ "b": "anna-meares", "a": "chris-hoy" }))).await;
    assert_eq!((again, server.statements()), (first.clone(), 0));
    let other = server.post(&question(json!({ "a": "anna-meares", "b": "chris-hoy" }))).await;
    assert_eq!((&other["data"]["a"], &other["data"]["b"]), (&first["data"]["b"], &first["data"]["a"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_can_be_revalidated_and_compressed() {
    let database = Database::create(Backend::Sqlite, Content::BuiltIn).await.expect("SQLite is always there");
    let server = Server::start(&database, ALL).await;
    let page = include_str!("../queries/pages/track_time_trial.graphql");
    let (status, headers, plain) = server.get(page, &[]).await;
    let header = |headers: &HeaderMap, name: &str| headers.get(name).map(|value| value.to_str().expect("text").to_owned());
    assert_eq!((status, header(&headers, "cache-control").as_deref()), (StatusCode::OK, Some("public, no-cache")));
    let etag = header(&headers, "etag").expect("an entity tag");
    let vary: Vec<_> = headers.get_all("vary").iter().map(|value| value.to_str().expect("text")).collect();
    assert_eq!(vary, ["accept", "accept-encoding"]);
    for has in [etag.as_str(), "*", &format!("\"other\", {etag}"), etag.trim_start_matches("W/")] {
        let (status, headers, body) = server.get(page, &[("if-none-match", has), ("accept-encoding", "gzip")]).await;
        assert_eq!((status, body.len()), (StatusCode::NOT_MODIFIED, 0), "{has}");
        assert_eq!(header(&headers, "etag"), Some(etag.clone()), "{has}");
    }
    assert_eq!(server.get(page, &[("if-none-match", "\"other\"")]).await.0, StatusCode::OK);
    for (accept, coding) in [("gzip", "gzip"), ("br;q=0.4, gzip;q=0.5", "gzip"), ("gzip, deflate, br, zstd", "br"), ("zstd, gzip", "zstd")]
    {
        let (_, headers, body) = server.get(page, &[("accept-encoding", accept)]).await;
        assert_eq!(header(&headers, "content-encoding").as_deref(), Some(coding), "{accept}");
        let mut read = Vec::new();
        let decoded = match coding {
            "gzip" => std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&body[..]), &mut read).map(drop),
            "br" => brotli::BrotliDecompress(&mut &body[..], &mut read),
            _ => zstd::stream::copy_decode(&body[..], &mut read),
        };
        decoded.expect(coding);
        assert!(read == plain && body.len() * 3 < plain.len(), "{accept}: {} of {}", body.len(), plain.len());
    }
    for accept in ["deflate", "gzip;q=0", "gzip; Q=0", "identity"] {
        assert!(header(&server.get(page, &[("accept-encoding", accept)]).await.1, "content-encoding").is_none(), "{accept}");
    }
    // The tag stands for the bytes: a change of something else leaves it as it was, one of the answer does not.
    raise(&server.store, "SELECT 1").await;
    assert_eq!(server.get(page, &[("if-none-match", &etag)]).await.0, StatusCode::NOT_MODIFIED);
    let before = header(&server.get(NAME, &[]).await.1, "etag");
    rename(&server.store, "Someone").await;
    assert_ne!(header(&server.get(NAME, &[]).await.1, "etag"), before);
}

/// An answer with errors is of its own request, and no cache keeps it, here or elsewhere.
#[tokio::test(flavor = "multi_thread")]
async fn errors_are_not_kept() {
    let database = Database::create(Backend::Sqlite, Content::BuiltIn).await.expect("SQLite is always there");
    let server = Server::start(&database, ALL).await;
    let wrong = "{ athlete(slug: \"chris-hoy\") { medals(filter: { nation: [\"Great Britain\"] }) { medal } } }";
    let id = |answer: &Value| answer["errors"][0]["extensions"]["requestId"].as_str().expect("an id").to_owned();
    assert_ne!(id(&server.ask(wrong).await), id(&server.ask(wrong).await));
    for document in [wrong, "{ nothing }", "{"] {
        let (_, headers, _) = server.get(document, &[]).await;
        assert_eq!((headers.get("cache-control").expect("a rule").as_bytes(), headers.get("etag")), (&b"no-store"[..], None), "{document}");
    }
}

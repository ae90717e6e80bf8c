//! GraphQL over HTTP beyond the audits in `node/`: every invalid request gets its status code and one sentence.

use crate::support::{Backend, Graph};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use podium_api::answer::Engine;
use podium_api::http::{Access, App, Traffic, router};
use podium_api::limits::Limits;
use serde_json::{Value, json};
use tower::ServiceExt;

const NEW: &str = "application/graphql-response+json";

async fn door(graph: &Graph, limits: Limits) -> Router {
    let app = App::default();
    app.open(Engine::new(graph.store.sessions.clone(), limits));
    router(app)
}

async fn built_in() -> (Graph, Router) {
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    let door = door(&graph, Limits::default()).await;
    (graph, door)
}

async fn send(door: &Router, request: Request<Body>) -> (StatusCode, HeaderMap, String) {
    let (parts, body) = door.clone().oneshot(request).await.expect("an answer").into_parts();
    let body = to_bytes(body, usize::MAX).await.expect("a body");
    (parts.status, parts.headers, String::from_utf8(body.to_vec()).expect("text"))
}

fn request(method: Method, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Request<Body> {
    let builder = headers.iter().fold(Request::builder().method(method).uri(path), |builder, (name, value)| builder.header(*name, *value));
    builder.body(body.into()).expect("a request")
}

/// A question by POST, in the newer media type.
fn post(body: &str) -> Request<Body> {
    request(Method::POST, "/graphql", &[("content-type", "application/json"), ("accept", NEW)], body.to_owned())
}

/// Invalid GraphQL parameters, with the status in the newer media type and the message.
fn wrong_questions() -> Vec<(Request<Body>, u16, &'static str)> {
    vec![
        (post("{"), 400, "JSON object"),
        (post("\"{ about { version } }\""), 400, "JSON object"),
        (post(""), 400, "JSON object"),
        (post("{}"), 400, "no `query`"),
        (post(r#"{"id":"7","documentId":8}"#), 400, "no `query`"),
        (post(r#"{"query":null}"#), 400, "no `query`"),
        (post(r#"{"query":7}"#), 400, "JSON object"),
        (post(r#"{"query":"{ about { version } }","variables":[]}"#), 400, "JSON object"),
        (post(r#"{"query":"{ about { version } }","operationName":7}"#), 400, "JSON object"),
        (post(r#"{"query":"{ about { version } }","extensions":"x"}"#), 400, "JSON object"),
        (post(r#"[{"query":"{ about { version } }"}]"#), 400, "several at once"),
        (post(r#"["{ about { version } }"]"#), 400, "several at once"),
        (post(r#"{"query":"{"}"#), 400, "not GraphQL"),
        (post(r#"{"query":""}"#), 400, "not GraphQL"),
        (post(r#"{"query":"{ nope }"}"#), 400, "nope"),
        (post(r#"{"query":"query A { about { version } } query B { about { version } }"}"#), 400, "peration"),
        (post(r#"{"query":"query A { about { version } }","operationName":"B"}"#), 400, "no operation with the name"),
        (post(r#"{"query":"query ($s: String!) { games(slug: $s) { name } }"}"#), 400, "`$s` of type `String!` is missing"),
        (post(r#"{"query":"query ($s: String!) { games(slug: $s) { name } }","variables":{"s":null}}"#), 400, "cannot be null"),
        (post(r#"{"query":"query ($s: String!) { games(slug: $s) { name } }","variables":{"s":7}}"#), 400, "something else than `String`"),
        (
            post(r#"{"query":"query ($n: Int) { allGames(first: $n) { totalCount } }","variables":{"n":2147483648}}"#),
            400,
            "something else than `Int`",
        ),
        (
            post(r#"{"query":"query ($f: GamesFilter) { allGames(filter: $f) { totalCount } }","variables":{"f":{"seasons":1}}}"#),
            400,
            "no field `seasons`",
        ),
        (
            post(r#"{"query":"query ($f: GamesFilter) { allGames(filter: $f) { totalCount } }","variables":{"f":{"season":["SPRING"]}}}"#),
            400,
            "in `season` there is something else than `Season`",
        ),
        (post(r#"{"query":"query ($s: String) { games(slug: $s) { name } }"}"#), 400, "`$s` is of type `String`"),
        (
            post(r#"{"query":"query ($s: [Season]) { allGames(filter: { season: $s }) { totalCount } }"}"#),
            400,
            "`$s` is of type `[Season]`",
        ),
        (post(r#"{"query":"{ allGames(filter: { season: [\"WINTER\"] }) { totalCount } }"}"#), 400, "Season"),
        (post(r#"{"query":"{ allGames(first: 99999999999) { totalCount } }"}"#), 400, "Int"),
        (post(r#"{"query":"{ allGames(first: 1e999) { totalCount } }"}"#), 400, "too large"),
        (post(r#"{"query":"{ __typename(x: 1) }"}"#), 400, "`__typename` has neither"),
        (post(r#"{"query":"{ __typename { x } }"}"#), 400, "`__typename` has neither"),
        (post(r#"{"query":"{ __typename @nope }"}"#), 400, "nope"),
        (post(r#"{"query":"{ __typename @skip }"}"#), 400, "if"),
        (post(r#"{"query":"{ __typename @skip(if: $gone) }"}"#), 400, "gone"),
        (
            post(r#"{"query":"{ a: games(slug: \"2012-summer\") { x: name } a: games(slug: \"2012-summer\") { x: slug } }"}"#),
            400,
            "`x` stands for different things",
        ),
        (post(r#"{"query":"query ($v: Boolean) { about { version @include(if: $v) } }"}"#), 400, "`Boolean!`"),
        (post(r#"{"query":"query ($v: Season = \"SUMMER\") { allGames(filter: { season: [$v] }) { totalCount } }"}"#), 400, "Season"),
        (post(r#"{"query":"query ($v: Int = 99999999999) { allGames(first: $v) { totalCount } }"}"#), 400, "Int"),
        (post(r#"{"query":"query ($v: Int @deprecated) { allGames(first: $v) { totalCount } }"}"#), 400, "for variables"),
        (
            post(
                r#"{"query":"{ search(text: \"hoy\") { hits { item { ... on Athlete { x: games { y: year } } ... on Sport { x: disciplines { y: name } } } } } }"}"#,
            ),
            400,
            "`y` stands for different things",
        ),
        (post(r#"{"query":"mutation { about }"}"#), 400, "mutation"),
        (post(r#"{"query":"subscription { about }"}"#), 400, "ubscription"),
    ]
}

/// Invalid HTTP requests, with the status and the message.
fn wrong_requests() -> Vec<(Request<Body>, u16, &'static str)> {
    let json = [("content-type", "application/json"), ("accept", NEW)];
    let by = |content_type| [("content-type", content_type), ("accept", NEW)];
    let good = r#"{"query":"{ about { version } }"}"#;
    vec![
        (request(Method::POST, "/graphql", &by("text/plain"), good), 415, "application/json"),
        (
            request(Method::POST, "/graphql", &by("application/x-www-form-urlencoded"), "query=%7Babout%7Bversion%7D%7D"),
            415,
            "application/json",
        ),
        (request(Method::POST, "/graphql", &by("multipart/form-data; boundary=x"), "--x"), 415, "application/json"),
        (request(Method::POST, "/graphql", &by("application/json; charset=utf-16"), good), 415, "UTF-8"),
        (request(Method::POST, "/graphql", &[("accept", NEW)], good), 415, "application/json"),
        (request(Method::POST, "/graphql", &[json[0], json[1], ("content-encoding", "gzip")], good), 415, "encoding"),
        (request(Method::POST, "/graphql", &json, vec![b'{', b'"', 0xff, b'"', b'}']), 400, "JSON object"),
        (request(Method::POST, "/graphql", &[json[0], ("accept", "text/html")], good), 406, "accept one"),
        (request(Method::PUT, "/graphql", &json, good), 405, "POST"),
        (request(Method::DELETE, "/graphql", &[], ""), 405, "POST"),
        (request(Method::GET, "/graphql", &[("accept", NEW)], ""), 400, "no `query`"),
        (request(Method::GET, "/graphql?query=%7Babout%7Bversion%7D%7D&variables=7", &[], ""), 400, "`variables` must be"),
        (request(Method::GET, "/graphql?query=%7Babout%7Bversion%7D%7D&extensions=%5B%5D", &[], ""), 400, "`extensions` must be"),
        (request(Method::GET, "/graphql?query=%7Ba%7D&query=%7Bb%7D", &[], ""), 400, "once each"),
        (request(Method::GET, "/graphql?query=mutation%7Babout%7D", &[], ""), 405, "GET can only ask"),
        (request(Method::GET, "/graphql?query=%7Babout%7Bversion%7D%7D", &[("content-type", "text/plain")], ""), 415, "GET"),
        (request(Method::GET, "/nowhere", &[], ""), 404, "/graphql"),
        (request(Method::POST, "/schema.graphql", &[], ""), 405, "/graphql"),
        (request(Method::POST, "/", &[], ""), 405, "/graphql"),
        (request(Method::DELETE, "/readyz", &[], ""), 405, "/graphql"),
    ]
}

#[tokio::test]
async fn every_wrong_request_has_its_status_and_one_sentence() {
    let (_graph, door) = built_in().await;
    for (request, status, sentence) in wrong_questions().into_iter().chain(wrong_requests()) {
        let asked = format!("{request:?}");
        let (answered, _, body) = send(&door, request).await;
        assert_eq!(answered.as_u16(), status, "{asked}: {body}");
        let body: Value = serde_json::from_str(&body).unwrap_or_else(|error| panic!("{asked}: {error}"));
        assert_eq!(body.get("data"), None, "{asked}: nothing was begun");
        let error = &body["errors"][0];
        let message = error["message"].as_str().expect("a message");
        assert!(message.contains(sentence) && !message.contains('\n'), "{asked}: {message}");
        assert!(["Rust", "serde", "axum", "line 1 column", "Err("].iter().all(|internal| !message.contains(internal)), "{message}");
        assert_eq!(error["extensions"]["code"], "BAD_USER_INPUT", "{asked}");
        assert!(error["extensions"]["requestId"].is_string(), "{asked}");
    }
}

#[tokio::test]
async fn the_answer_is_written_as_the_client_likes() {
    let (_graph, door) = built_in().await;
    for (accept, content_type, status) in [
        (NEW, "application/graphql-response+json; charset=utf-8", 400),
        ("application/json", "application/json; charset=utf-8", 200),
        ("*/*", "application/json; charset=utf-8", 200),
    ] {
        let headers = [("content-type", "application/json"), ("accept", accept)];
        let (answered, headers, body) = send(&door, request(Method::POST, "/graphql", &headers, r#"{"query":"{ nope }"}"#)).await;
        assert_eq!((headers["content-type"].as_bytes(), headers["vary"].as_bytes()), (content_type.as_bytes(), b"accept".as_slice()));
        assert_eq!(answered.as_u16(), status, "the older media type has no status for a refused document: {body}");
    }
    let (status, _, body) = send(&door, post(r#"{"query":"{ games(slug: \"London\") { name } about { version } }"}"#)).await;
    assert_eq!(status, 200, "what was begun is answered in part");
    let body: Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!(body["data"], json!({ "games": null, "about": { "version": env!("CARGO_PKG_VERSION") } }));
}

#[tokio::test]
async fn a_request_is_known_by_the_id_that_a_gateway_gave_it() {
    let (_graph, door) = built_in().await;
    for (given, is_kept) in [("trace-7.a_B", true), ("", false), ("two words", false), (&"x".repeat(65), false)] {
        let headers = [("content-type", "application/json"), ("x-request-id", given)];
        for body in [r#"{"query":"{ nope }"}"#, "{"] {
            let (_, headers, body) = send(&door, request(Method::POST, "/graphql", &headers, body)).await;
            let body: Value = serde_json::from_str(&body).expect("JSON");
            let id = body["errors"][0]["extensions"]["requestId"].as_str().expect("an id");
            assert_eq!((id == given, headers["x-request-id"].as_bytes()), (is_kept, id.as_bytes()), "{given:?}");
        }
    }
}

#[tokio::test]
async fn a_body_may_have_so_many_bytes() {
    let (graph, _) = built_in().await;
    let question = r#"{"query":"{ about { version } }"}"#;
    let limits = Limits { max_body_bytes: 64, ..Limits::default() };
    let door = door(&graph, limits).await;
    let (status, _, body) = send(&door, post(&format!("{question:64}"))).await;
    assert_eq!(status, 200, "{body}");
    for length in [65, 10_000] {
        // Once by the declared content length, and once by the bytes received.
        let declared = request(
            Method::POST,
            "/graphql",
            &[("content-type", "application/json"), ("content-length", &length.to_string())],
            format!("{question:length$}"),
        );
        for request in [declared, post(&format!("{question:length$}"))] {
            let (status, _, body) = send(&door, request).await;
            assert_eq!(status, 413, "{body}");
            let body: Value = serde_json::from_str(&body).expect("JSON");
            let extensions = &body["errors"][0]["extensions"];
            assert_eq!((&extensions["code"], &extensions["limit"]), (&json!("LIMIT_EXCEEDED"), &json!("maxBodyBytes")), "{body}");
            assert_eq!(extensions["maximum"], 64);
        }
    }
}

#[tokio::test]
async fn a_question_by_get_is_answered() {
    let (_graph, door) = built_in().await;
    let path = "/graphql?query=query%20Q(%24s%3AString!)%7Bgames(slug%3A%24s)%7Byear%7D%7D&operationName=Q&variables=%7B%22s%22%3A%222012-summer%22%7D";
    let (status, _, body) = send(&door, request(Method::GET, path, &[], "")).await;
    assert_eq!((status.as_u16(), body.as_str()), (200, r#"{"data":{"games":{"year":2012}}}"#));
    let (status, _, body) = send(&door, request(Method::HEAD, path, &[], "")).await;
    assert_eq!((status.as_u16(), body.as_str()), (200, ""));
}

#[tokio::test]
async fn what_the_specification_allows_is_answered() {
    let (_graph, door) = built_in().await;
    for (document, variables, answer) in [
        (
            "query ($a: Boolean!) { about { __typename @skip(if: $a) } }",
            json!({ "a": false }),
            json!({ "about": { "__typename": "About" } }),
        ),
        ("query ($a: Boolean!) { about { __typename @skip(if: $a) } }", json!({ "a": true }), json!({ "about": {} })),
        (r#"query ($s: String = "2012-summer") { games(slug: $s) { year } }"#, json!({}), json!({ "games": { "year": 2012 } })),
        (
            "query ($f: GamesFilter) { allGames(filter: $f) { totalCount } }",
            json!({ "f": { "season": "WINTER" } }),
            json!({ "allGames": { "totalCount": 28 } }),
        ),
        (
            "query ($s: Season!) { allGames(filter: { season: [$s, SUMMER] }) { totalCount } }",
            json!({ "s": "WINTER" }),
            json!({ "allGames": { "totalCount": 63 } }),
        ),
    ] {
        let (status, _, body) = send(&door, post(&json!({ "query": document, "variables": variables }).to_string())).await;
        assert_eq!((status.as_u16(), body), (200, json!({ "data": answer }).to_string()), "{document} {variables}");
    }
}

#[tokio::test]
async fn the_door_is_closed_until_the_store_is_ready() {
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    let app = App::default();
    let door = router(app.clone());
    let ready = || request(Method::GET, "/readyz", &[], "");
    let (status, _, body) = send(&door, ready()).await;
    assert_eq!((status.as_u16(), body.trim()), (503, "the tables are being brought up to date"));
    let (status, headers, body) = send(&door, post(r#"{"query":"{ about { version } }"}"#)).await;
    assert_eq!((status.as_u16(), headers["retry-after"].as_bytes()), (503, b"1".as_slice()));
    assert!(body.contains("UNAVAILABLE"), "{body}");
    let (status, _, _) = send(&door, request(Method::GET, "/healthz", &[], "")).await;
    assert_eq!(status, 200, "the program is well");
    app.open(Engine::new(graph.store.sessions.clone(), Limits::default()));
    let (status, _, body) = send(&door, ready()).await;
    assert_eq!((status.as_u16(), body.trim()), (200, "ready"));
}

#[tokio::test]
async fn a_database_that_is_away_is_not_ready() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let Some(graph) = Graph::built_in(backend).await else { continue };
        let door = door(&graph, Limits::default()).await;
        graph.store.reader.clone().close().await.expect("the connections end");
        graph.store.sessions.close().await;
        let (status, _, body) = send(&door, request(Method::GET, "/readyz", &[], "")).await;
        assert_eq!((status.as_u16(), body.trim()), (503, "the database does not answer"));
        let (status, headers, body) = send(&door, post(r#"{"query":"{ sports { slug } }"}"#)).await;
        assert!(status == 503 && body.contains(r#""data":null"#) && body.contains("UNAVAILABLE"), "{body}");
        assert_eq!(headers["retry-after"].as_bytes(), b"1");
    }
}

/// Whether the program was built with Node. Without it there are no pages, and the explorer comes from elsewhere.
async fn has_pages(door: &Router) -> bool {
    let (_, _, page) = send(door, request(Method::GET, "/", &[], "")).await;
    let has_pages = !page.contains("esm.sh");
    if !has_pages {
        eprintln!("*** SKIPPED: built without Node, so there are no pages to look at");
        assert!(std::env::var_os("PODIUM_REQUIRE_NODE").is_none(), "PODIUM_REQUIRE_NODE is set, and there are no pages");
    }
    has_pages
}

#[tokio::test]
async fn pages_may_load_nothing_from_elsewhere() {
    let (_graph, door) = built_in().await;
    for path in if has_pages(&door).await { &["/", "/explorer/", "/nations/GBR"][..] } else { &["/", "/explorer/"] } {
        let (status, headers, body) = send(&door, request(Method::GET, path, &[], "")).await;
        assert_eq!(status, 200);
        assert!(headers["content-type"].to_str().is_ok_and(|media| media.starts_with("text/html")));
        let policy = headers["content-security-policy"].to_str().expect("a policy");
        let is_built_in = !body.contains("esm.sh");
        assert!(policy.contains("default-src 'none'") == is_built_in && policy.contains("frame-ancestors 'none'"), "{policy}");
        assert_eq!(is_built_in, !policy.contains("https:"), "{policy}");
        let without_javascript = body.rsplit("<noscript>").next().and_then(|rest| rest.split("</noscript>").next()).unwrap_or_default();
        assert!(["curl", "graphql", "schema.graphql"].iter().all(|word| without_javascript.contains(word)), "{path}: {body}");
    }
}

#[tokio::test]
async fn a_page_tells_what_it_is_about_to_those_who_do_not_run_it() {
    let (_graph, door) = built_in().await;
    if !has_pages(&door).await {
        return;
    }
    for (path, title, said) in [
        ("/athletes/chris-hoy", "Chris Hoy", "Great Britain: 1 gold, 0 silver and 0 bronze medals"),
        ("/nations/GBR", "Great Britain", "gold"),
        ("/events/cycling-track/time-trial/men", "Men&#39;s track time trial", "1896"),
        ("/games/2012-summer", "2012 Summer Olympics", "London"),
        ("/editions/2012-summer/cycling-road/individual-time-trial/men", "Men&#39;s road time trial, 2012 Summer Olympics", "SportsEvent"),
        ("/records", "Olympic records", "Every medal"),
    ] {
        let (status, _, body) = send(&door, request(Method::GET, path, &[], "")).await;
        assert_eq!(status, 200, "{path}");
        assert!(body.contains(&format!("<title>{title} – Podium</title>")) && body.contains(said), "{path}: {body}");
    }
}

#[tokio::test]
async fn an_address_that_names_nothing_is_not_found() {
    let (_graph, door) = built_in().await;
    let (browser, has_pages) = ([("accept", "text/html")], has_pages(&door).await);
    for path in ["/athletes/nobody", "/athletes/No%20Slug", "/events/cycling-track", "/nowhere", "/nowhere/at/all"] {
        let (status, headers, body) = send(&door, request(Method::GET, path, &browser, "")).await;
        let is_page = headers["content-type"].to_str().is_ok_and(|media| media.starts_with("text/html"));
        assert_eq!((status.as_u16(), is_page), (404, has_pages), "{path}: {body}");
    }
    let (status, _, body) = send(&door, request(Method::GET, "/nowhere", &[], "")).await;
    assert!(status == 404 && body.contains("/graphql"), "a program is told where it is answered: {body}");
}

#[tokio::test]
async fn a_browser_that_opens_the_address_of_questions_is_shown_the_explorer() {
    let (_graph, door) = built_in().await;
    let browser = [("accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")];
    for (path, explorer) in [("/graphql", "./explorer/"), ("/graphql/", "../explorer/")] {
        let (status, headers, _) = send(&door, request(Method::GET, path, &browser, "")).await;
        assert_eq!((status.as_u16(), headers["location"].as_bytes()), (307, explorer.as_bytes()));
    }
    let (status, _, body) = send(&door, request(Method::GET, "/graphql?query=%7Babout%7B__typename%7D%7D", &browser, "")).await;
    assert_eq!((status.as_u16(), body.as_str()), (200, r#"{"data":{"about":{"__typename":"About"}}}"#), "a question is answered");
}

#[tokio::test]
async fn small_mistakes_of_clients_are_forgiven() {
    let (_graph, door) = built_in().await;
    let question = r#"{"query":"{ about { __typename } }"}"#;
    for (path, content_type) in [("/graphql/", "application/json"), ("/graphql", "application/json; charset=utf8")] {
        let (status, headers, body) = send(&door, request(Method::POST, path, &[("content-type", content_type)], question)).await;
        assert_eq!((status.as_u16(), body.as_str()), (200, r#"{"data":{"about":{"__typename":"About"}}}"#));
        assert_eq!(headers["x-content-type-options"].as_bytes(), b"nosniff");
    }
}

/// A door whose clients are known and may do as `clients` says.
fn door_for(graph: &Graph, clients: Access) -> Router {
    let app = App::new(Traffic::default(), clients);
    app.open(Engine::new(graph.store.sessions.clone(), Limits::default()));
    router(app)
}

#[tokio::test]
async fn pages_of_allowed_origins_may_ask() {
    let (graph, closed) = built_in().await;
    let origin = |value: &str| Access { cors_origin: vec![value.parse().expect("an origin")], ..Access::default() };
    let preflight = |from: &str| {
        let headers = [("origin", from), ("access-control-request-method", "POST"), ("access-control-request-headers", "content-type")];
        request(Method::OPTIONS, "/graphql", &headers, "")
    };
    let ask = |from: &str| {
        let headers = [("origin", from), ("content-type", "application/json")];
        request(Method::POST, "/graphql", &headers, r#"{"query":"{ about { __typename } }"}"#)
    };
    let (here, elsewhere) = ("https://example.org", "https://example.com");
    let (one, all) = (door_for(&graph, origin(here)), door_for(&graph, origin("*")));
    for (door, from, allowed) in
        [(&closed, here, None), (&one, here, Some(here)), (&one, elsewhere, None), (&all, here, Some("*")), (&all, elsewhere, Some("*"))]
    {
        for asked in [preflight(from), ask(from)] {
            let method = asked.method().clone();
            let (status, headers, body) = send(door, asked).await;
            let told = headers.get("access-control-allow-origin").map(|value| value.to_str().expect("text"));
            let refused = std::ptr::eq(door, &raw const closed) && method == Method::OPTIONS;
            assert_eq!((status.as_u16(), told), (if refused { 405 } else { 200 }, allowed), "{method} {from}: {body}");
            assert!(!headers.contains_key("access-control-allow-credentials"));
        }
    }
    let (_, headers, _) = send(&one, preflight(here)).await;
    assert!(headers["access-control-allow-headers"].to_str().is_ok_and(|allowed| allowed.contains("content-type")));
    assert!(headers["access-control-allow-methods"].to_str().is_ok_and(|allowed| allowed.contains("POST")));
}

/// HEAD runs nothing, so that it is as good as GET for whoever only asks whether somebody is there.
#[tokio::test]
async fn head_runs_no_question() {
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    let app = App::default();
    app.open(Engine::new(graph.store.sessions.clone(), Limits::default()).on_statement(|statement| panic!("{statement} ran")));
    let door = router(app);
    let head = request(Method::HEAD, "/graphql?query=%7Bsports%7Bslug%7D%7D", &[("accept", NEW)], "");
    let (status, headers, body) = send(&door, head).await;
    assert_eq!((status, body.as_str()), (StatusCode::OK, ""));
    assert_eq!(headers.get("content-length"), None, "what GET would send is not known");
    assert_eq!(headers["content-type"].as_bytes(), b"application/graphql-response+json; charset=utf-8");
}

#[tokio::test]
async fn suggestions_can_be_switched_off() {
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    let engine = Engine::new(graph.store.sessions.clone(), Limits::default());
    let wrong = || async_graphql::Request::new("{ athlet { name } sport(slug: \"x\") { nam } medalTable(rankng: IOC) { nationCount } }");
    let messages =
        |answer: podium_api::answer::GraphqlResponse| answer.errors.into_iter().map(|error| error.message).collect::<Vec<_>>().join(" ");
    let told = messages(engine.execute(wrong()).await);
    assert!(told.contains("\"athlete\"") || told.contains("`athlete`"), "{told}");
    let told = messages(engine.without_suggestions().execute(wrong()).await);
    assert!(told.contains("athlet") && !told.contains("athlete") && !told.contains("ranking") && !told.contains("mean"), "{told}");
}

#[tokio::test]
async fn the_schema_is_compressed() {
    let (_graph, door) = built_in().await;
    let (_, headers, plain) = send(&door, request(Method::GET, "/schema.graphql", &[], "")).await;
    assert_eq!((headers.get("content-encoding"), headers["vary"].as_bytes()), (None, b"accept-encoding".as_slice()));
    let asked = request(Method::GET, "/schema.graphql", &[("accept-encoding", "br;q=0.1, gzip")], "");
    let (parts, body) = door.clone().oneshot(asked).await.expect("an answer").into_parts();
    assert_eq!(parts.headers["content-encoding"].as_bytes(), b"gzip");
    let body = to_bytes(body, usize::MAX).await.expect("a body");
    let mut text = String::new();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&body[..]), &mut text).expect("gzip");
    assert!(text == plain && body.len() * 3 < plain.len(), "{} of {} bytes", body.len(), plain.len());
}

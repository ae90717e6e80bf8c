//! Broken inputs: cursors, slugs, ids, dates, texts and whole requests. Each is answered in words that give nothing away, and never by an
//! error of the server's own. `PODIUM_FUZZ_CASES` says how many are tried.

use async_graphql::Variables;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use podium_api::answer::Engine;
use podium_api::http::{App, router};
use podium_api::limits::Limits;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use tokio::runtime::Builder;
use tower::ServiceExt;

use crate::fuzz::try_many;
use crate::support::{Backend, Graph};

/// Questions with an input of each kind, `$v`.
const QUESTIONS: [&str; 12] = [
    "query ($v: String!) { athlete(slug: $v) { name } nation(code: $v) { name } }",
    "query ($v: String!) { eventEdition(slug: $v) { title } games(slug: $v) { name } }",
    "query ($v: ID!) { node(id: $v) { id } nodes(ids: [$v, $v]) { id } }",
    "query ($v: String) { athletes(first: 1, after: $v, orderBy: { field: MEDALS }) { nodes { slug } } }",
    "query ($v: String) { events(last: 1, before: $v) { nodes { slug } } }",
    "query ($v: String) { multipleMedalists(first: 1, after: $v) { nodes { athlete { slug } } } }",
    "query ($v: Date) { games(slug: \"2012-summer\") { medalTable(filter: { asOf: $v }) { nationCount } } }",
    "query ($v: Date) { athlete(slug: \"chris-hoy\") { medals(filter: { wonOn: { from: $v } }) { medal } } }",
    "query ($v: String!) { search(text: $v) { hits { matchedText } } }",
    "query ($v: [String!]) { athletes(first: 1, filter: { nation: $v, games: $v, sport: $v }) { totalCount } }",
    "query ($v: [_Any!]!) { _entities(representations: $v) { __typename } }",
    "query ($v: Int) { athletes(first: $v) { totalCount } }",
];

/// What inputs consist of.
const ATOMS: &[&str] = &[
    "",
    "chris-hoy",
    "2012-summer",
    "GBR",
    "-",
    "/",
    "\u{0}",
    "'",
    "\"",
    "\\",
    "%",
    "_",
    ";--",
    "é",
    "\u{202e}",
    "\u{1F600}",
    "=",
    "==",
    "a",
    "0",
    "9",
    "2012-08-01",
    "2012-02-30",
    "-0001-01-01",
    "99999-12-31",
    "T00:00:00Z",
    "1e9",
    "QXRobGV0ZTo",
    "eyJ2IjoxfQ",
    "[",
    "{}",
    " ",
    "\n",
    "~",
    "?",
    "*",
    "A",
];

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => vec(select(ATOMS), 0..6).prop_map(|atoms| atoms.concat()),
        2 => any::<String>(),
        1 => (select(ATOMS), 1..3000_usize).prop_map(|(atom, times)| atom.repeat(times)),
        1 => "[A-Za-z0-9_-]{0,80}",
    ]
}

/// A variable: a text, a list or an object of them, or another value.
fn values() -> impl Strategy<Value = Value> {
    prop_oneof![
        6 => texts().prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => any::<f64>().prop_map(|number| json!(number)),
        1 => vec(texts(), 0..4).prop_map(Value::from),
        1 => (select(vec!["Athlete", "Games", "Query", "x"]), texts(), texts())
            .prop_map(|(name, id, slug)| json!({ "__typename": name, "id": id, "slug": slug })),
        1 => Just(Value::Null),
    ]
}

/// A request as a client would send it, or bytes in place of its parts.
fn requests() -> impl Strategy<Value = Request<Body>> {
    let post = |headers: Vec<(&'static str, String)>, body: Vec<u8>| {
        let request = headers.into_iter().fold(Request::post("/graphql"), |request, (name, value)| request.header(name, value));
        request.body(Body::from(body)).ok()
    };
    let json_type = || vec![("content-type", "application/json".to_owned())];
    let asked = (select(&QUESTIONS[..]), values())
        .prop_map(move |(query, value)| post(json_type(), json!({ "query": query, "variables": { "v": value } }).to_string().into_bytes()));
    let bytes = vec(any::<u8>(), 0..300).prop_map(move |body| post(json_type(), body));
    let fields = select(vec!["query", "variables", "operationName", "extensions", "documentId", "id"]);
    let parts = vec((fields, values()), 0..4).prop_map(move |fields| {
        post(
            json_type(),
            Value::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()).to_string().into_bytes(),
        )
    });
    let names = select(vec!["accept", "content-type", "accept-encoding", "if-none-match", "x-request-id", "origin", "content-encoding"]);
    let headers = vec((names, "[ -~]{0,60}"), 0..4).prop_map(move |headers| post(headers, br#"{"query":"{__typename}"}"#.to_vec()));
    let get = "[!-~]{0,120}".prop_map(|query| Request::get(format!("/graphql?{query}")).body(Body::empty()).ok());
    let path = "/[!-~]{0,60}".prop_map(|path| Request::get(path).body(Body::empty()).ok());
    prop_oneof![8 => asked, 1 => bytes, 2 => parts, 1 => headers, 1 => get, 1 => path]
        .prop_filter_map("HTTP cannot carry it", |request| request)
}

/// Else nothing but the refusal of a question would be tried.
#[tokio::test]
async fn the_questions_can_be_asked() {
    let graph = Graph::with_fixtures(Backend::Sqlite).await.expect("SQLite is there");
    for question in QUESTIONS {
        let value = match question.split([':', ')']).nth(1).map(str::trim) {
            Some("Int") => json!(1),
            Some("[String!]" | "[_Any!]!") => json!([]),
            Some("Date") => json!("2012-08-01"),
            _ if question.contains("after") || question.contains("before") => Value::Null,
            _ => json!("chris-hoy"),
        };
        let variables = Variables::from_json(json!({ "v": value }));
        let (answer, _) = graph.send(async_graphql::Request::new(question).variables(variables)).await;
        let is_of_the_value = |error: &Value| error["path"].is_array();
        assert!(answer["errors"].as_array().is_none_or(|errors| errors.iter().all(is_of_the_value)), "{question}: {answer}");
    }
}

/// What only we should know.
const OURS: [&str; 10] = ["SELECT", "sqlx", "sea_orm", "SeaORM", "rusqlite", "no such ", "panicked", ".rs:", "api/src", "async_graphql"];

#[test]
fn a_broken_input_is_answered() {
    let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
    let graph = runtime.block_on(Graph::with_fixtures(Backend::Sqlite)).expect("SQLite is there");
    let app = App::default();
    app.open(Engine::new(graph.store.sessions.clone(), Limits::default()));
    let door = router(app);
    try_many(&requests(), |request| {
        let told = format!("{request:?}");
        let (status, body) = runtime.block_on(async {
            let (parts, body) = door.clone().oneshot(request).await.expect("an answer").into_parts();
            (parts.status.as_u16(), to_bytes(body, usize::MAX).await.expect("a body"))
        });
        let body = String::from_utf8_lossy(&body);
        prop_assert!(status < 500, "{status} to {told}: {body}");
        // What the client sent may be repeated, and the files of the pages are the libraries'.
        let errors = serde_json::from_str::<Value>(&body).unwrap_or_default()["errors"].to_string();
        let given_away = OURS.iter().find(|word| errors.contains(**word));
        prop_assert!(given_away.is_none(), "{given_away:?} in {errors}, to {told}");
        for code in ["INTERNAL_SERVER_ERROR", "UNAVAILABLE", "TIMEOUT"] {
            prop_assert!(!errors.contains(code), "{errors}, to {told}");
        }
        Ok(())
    });
}

//! The errors that a client sees when the store fails, and when a request exceeds a bound.

use crate::support::{Backend, Graph};
use async_graphql::{Request, Variables};
use podium_api::answer::Engine;
use podium_api::limits::Limits;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

#[tokio::test]
async fn a_store_that_fails_nulls_the_answer_with_one_error() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let Some(graph) = Graph::built_in(backend).await else { continue };
        graph.store.writer.execute_unprepared("ALTER TABLE athlete RENAME TO lost").await.expect("the table is renamed");
        for document in [
            r#"{ about { version } athlete(slug: "chris-hoy") { name } }"#,
            "{ athletes { nodes { name } } allGames { nodes { name } } }",
            r#"{ eventEdition(slug: "2012-summer/cycling-road/individual-time-trial/men") { medals { competitor { name } } } }"#,
        ] {
            let (answer, _) = graph.ask(document).await;
            assert_eq!(answer["data"], Value::Null, "{backend:?} {document}");
            let errors = answer["errors"].as_array().expect("errors");
            assert_eq!(errors.len(), 1, "{backend:?} {document}: {answer}");
            assert_eq!(errors[0]["extensions"], json!({ "code": "UNAVAILABLE" }));
            assert!(!errors[0]["message"].as_str().expect("a message").contains("athlete"), "{answer}");
        }
        let (answer, _) = graph.ask("{ allGames { totalCount } }").await;
        assert_eq!(answer.get("errors"), None, "what does not need the lost table is answered");
    }
}

/// async-graphql cuts the path of an error at the outermost list.
#[tokio::test]
async fn an_error_below_lists_has_its_whole_path() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let Some(graph) = Graph::built_in(backend).await else { continue };
        for (document, expected) in [
            (
                "{ nations(first: 2) { nodes { medalCount(filter: { sport: [\"%\"] }) { total } } } }",
                json!(["nations", "nodes", 0, "medalCount"]),
            ),
            (
                "{ sports { name kinds: disciplines { name x: events(after: \"x\") { totalCount } } } }",
                json!(["sports", 0, "kinds", 0, "x"]),
            ),
            (
                "{ athlete(slug: \"chris-hoy\") { medals { games { medalTable(lineages: [\"%\"]) { total } } } } }",
                json!(["athlete", "medals", 0, "games", "medalTable"]),
            ),
        ] {
            let (answer, _) = graph.ask(document).await;
            assert_eq!(answer["errors"][0]["path"], expected, "{backend:?} {document}: {answer}");
            assert_eq!(answer["errors"].as_array().map(Vec::len), Some(1), "{answer}");
        }
    }
}

/// As deep as the largest limits allow, with the stack that the server has. With the whole path, each field takes more of it.
#[test]
fn the_path_of_the_deepest_error_is_whole() {
    let runtime = tokio::runtime::Builder::new_multi_thread().thread_stack_size(16 * 1024 * 1024).enable_all().build();
    runtime.expect("a runtime").block_on(async { tokio::spawn(deepest_error()).await }).expect("an answer");
}

async fn deepest_error() {
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    let limits = Limits { max_depth: 40, max_brackets: 60, max_nesting: 64, ..Limits::default() };
    let engine = Engine::new(graph.store.sessions.clone(), limits);
    let (levels, steps) = (17, ["next", "previous"]);
    let deep: String = (0..levels).map(|_| steps.map(|step| format!("{step} {{ ")).concat()).collect();
    let document = format!(
        "{{ games(slug: \"2008-summer\") {{ {deep} sports {{ disciplines {{ events(after: \"x\") {{ totalCount }} }} }} {} }} }}",
        "} ".repeat(levels * steps.len())
    );
    let answer = serde_json::to_value(engine.execute(Request::new(document)).await).expect("JSON");
    let path: Vec<Value> = answer["errors"][0]["path"].as_array().cloned().unwrap_or_else(|| panic!("{answer}"));
    assert_eq!(path.len(), 1 + levels * steps.len() + 5, "{answer}");
    assert_eq!(path.last(), Some(&json!("events")), "{answer}");
}

#[tokio::test]
async fn questions_that_are_too_large_are_told_the_bound() {
    let cases = [
        (
            "query ($codes: [String!]) { nations(filter: { code: $codes }) { totalCount } }",
            json!({ "codes": vec!["GBR"; 9000] }),
            "at most 1000",
        ),
        ("query ($text: String!) { search(text: $text) { totalCount } }", json!({ "text": "a".repeat(600_000) }), "at most 200"),
        (
            "query ($text: String!) { athletes(filter: { name: $text }) { totalCount } }",
            json!({ "text": "a".repeat(600_000) }),
            "at most 200",
        ),
        ("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", json!({ "ids": vec!["x"; 101] }), "at most 100"),
    ];
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let Some(graph) = Graph::built_in(backend).await else { continue };
        let send = |document: &str, variables: &Value| Request::new(document).variables(Variables::from_json(variables.clone()));
        for (document, variables, bound) in &cases {
            let (answer, statements) = graph.send(send(document, variables)).await;
            let error = &answer["errors"][0];
            assert_eq!(error["extensions"]["code"], "BAD_USER_INPUT", "{backend:?}: {error}");
            assert!(error["message"].as_str().is_some_and(|message| message.contains(bound)), "{backend:?}: {error}");
            assert_eq!(statements, 0, "{backend:?}: {error}");
        }
        // Enum values are few, however often they are said.
        let document = "query ($seasons: [Season!]) { allGames(filter: { season: $seasons }) { totalCount } }";
        let (answer, _) = graph.send(send(document, &json!({ "seasons": vec!["WINTER"; 9000] }))).await;
        assert_eq!(answer["data"]["allGames"]["totalCount"], 28, "{backend:?}");
    }
}

#[tokio::test]
async fn what_is_not_graphql_is_told_in_one_line() {
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    for document in ["{", "", "{ games(slug: \"2012-summer\") { name }", "{ allGames(first: 2147483648) { totalCount } }", "hello"] {
        let (answer, _) = graph.ask(document).await;
        let message = answer["errors"][0]["message"].as_str().expect("a message");
        assert!(!message.contains('\n') && !message.contains("-->") && message.ends_with('.'), "{document}: {message}");
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
    }
}

#[tokio::test]
async fn a_forged_cursor_is_refused_or_harmless() {
    use base64::Engine;
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    let encode = |text: &str| base64::prelude::BASE64_URL_SAFE_NO_PAD.encode(text);
    // A cursor with the list and order names of a real one, and other values.
    let forge = async |field: &str, values: &str| {
        let real = graph.data(&format!("{{ page: {field}first: 1) {{ pageInfo {{ endCursor }} }} }}")).await;
        let real = real["page"]["pageInfo"]["endCursor"].as_str().expect("a cursor").to_owned();
        let real = base64::prelude::BASE64_URL_SAFE_NO_PAD.decode(real).expect("our own cursor");
        let names: Vec<Value> = serde_json::from_slice(&real).expect("our own cursor");
        encode(&format!("[{},{},{values}]", names[0], names[1]))
    };
    let nobody = r#""00000000000000000000000000000000""#;
    let medals = ("multipleMedalists(ranking: TOTAL, ", "multipleMedalists(");
    for (field, cursor, is_refused) in [
        (medals.0, forge(medals.0, &format!("2147483647,2147483647,1,\"x\",{nobody}")).await, false),
        (medals.1, forge(medals.1, &format!("9223372036854775807,0,0,\"x\",{nobody}")).await, false),
        ("athletes(", forge("athletes(", &format!("\"\\u0000\",{nobody}")).await, true),
        ("athletes(", forge("athletes(", &format!("\"a\",{nobody}")).await, false),
        ("athletes(", forge("athletes(", &format!("\"1900\",\"a\",{nobody}")).await, true),
        ("nations(", forge("nations(", "1,2").await, true),
        ("allGames(", encode("{}"), true),
    ] {
        let (answer, _) = graph.ask(&format!("{{ {field}first: 1, after: \"{cursor}\") {{ pageInfo {{ hasPreviousPage }} }} }}")).await;
        assert_eq!(answer.get("errors").is_some(), is_refused, "{field}: {answer}");
    }
}

//! The limits on the cost of a request: each accepts a document that reaches it, and rejects by name one that exceeds it.

use crate::support::{Backend, Graph};
use async_graphql::{Request, Variables};
use podium_api::answer::Engine;
use podium_api::limits::Limits;
use serde_json::{Value, json};

/// A limit, a setter for it, and a document with exactly this cost.
struct Case {
    limit: &'static str,
    set: fn(&mut Limits, u32),
    costs: u32,
    document: String,
}

fn cases() -> Vec<Case> {
    let case = |limit, set, costs, document: &str| Case { limit, set, costs, document: document.to_owned() };
    let bytes = "{ about { version } }";
    vec![
        case("maxDocumentBytes", |limits, most| limits.max_document_bytes = most, 21, bytes),
        case("maxTokens", |limits, most| limits.max_tokens = most, 6, bytes),
        case(
            "maxBrackets",
            |limits, most| limits.max_brackets = most,
            3,
            r#"{ games(slug: "2012-summer") { hostCities { name } } } # {{{{"#,
        ),
        case(
            "maxSelections",
            |limits, most| limits.max_selections = most,
            9,
            "{ ...F a: about { ...G } b: about { ...G } } fragment F on Query { sports { slug } } fragment G on About { version }",
        ),
        case(
            "maxAliases",
            |limits, most| limits.max_aliases = most,
            2,
            "{ a: about { version } ...F } fragment F on Query { b: about { version } }",
        ),
        case("maxDirectives", |limits, most| limits.max_directives = most, 2, "{ about @include(if: true) { version @skip(if: false) } }"),
        case("maxNesting", |limits, most| limits.max_nesting = most, 4, "{ ...F } fragment F on Query { ... { about { version } } }"),
        case(
            "maxItems",
            |limits, most| limits.max_items = most,
            10,
            "{ ...F a: allGames(filter: { season: [SUMMER, WINTER, WINTER] }) { totalCount } }
            fragment F on Query { allGames(filter: { season: [SUMMER, WINTER], kind: [OLYMPIC, YOUTH] }) { totalCount } }",
        ),
        case(
            "maxIntrospectionLists",
            |limits, most| limits.max_introspection_lists = most,
            2,
            "{ __schema { types { fields { name } } } }",
        ),
        case(
            "maxDepth",
            |limits, most| limits.max_depth = most,
            4,
            r#"{ games(slug: "2012-summer") { previous { hostCities { name } } } }"#,
        ),
        // The list, 7 nodes, and in each of them 5 host cities.
        case("maxNodes", |limits, most| limits.max_nodes = most, 1 + 7 + 7 * 5, "{ allGames(first: 7) { nodes { hostCities { name } } } }"),
        // The list, its nodes, their cities, the names of these.
        case(
            "maxComplexity",
            |limits, most| limits.max_complexity = most,
            1 + 1 + 7 + 7 * 5,
            "{ allGames(first: 7) { nodes { hostCities { name } } } }",
        ),
        case(
            "maxIntrospection",
            |limits, most| limits.max_introspection = most,
            1 + 120 + 120 * 8,
            "{ __schema { types { fields { name } } } }",
        ),
        case(
            "maxRepresentations",
            |limits, most| limits.max_representations = most,
            2,
            r#"{ _entities(representations: [{ __typename: "Athlete", slug: "chris-hoy" }, { __typename: "Athlete" }]) { __typename } }"#,
        ),
    ]
}

async fn ask(graph: &Graph, limits: Limits, request: Request) -> (Value, usize) {
    let answer = Engine::new(graph.store.sessions.clone(), limits).execute(request).await;
    (serde_json::to_value(&answer).expect("an answer is JSON"), answer.statements)
}

#[tokio::test]
async fn each_limit_is_reached_and_not_passed() {
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    for Case { limit, set, costs, document } in cases() {
        let mut limits = Limits::default();
        set(&mut limits, costs);
        let (answer, _) = ask(&graph, limits, Request::new(&document)).await;
        assert_eq!(answer.get("errors"), None, "{limit} of {costs}");
        assert!(answer["data"].is_object(), "{limit} of {costs}: {answer}");
        set(&mut limits, costs - 1);
        let (answer, statements) = ask(&graph, limits, Request::new(&document)).await;
        let error = &answer["errors"][0];
        assert_eq!(error["extensions"], json!({ "code": "LIMIT_EXCEEDED", "limit": limit, "maximum": costs - 1 }), "{answer}");
        let message = error["message"].as_str().expect("a message");
        assert!(message.contains(&format!(" {costs} ")) && message.ends_with('.'), "{message}");
        assert_eq!((answer.get("data"), statements), (None, 0), "{limit}: nothing is begun");
    }
}

#[tokio::test]
async fn every_limit_is_told_and_held() {
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    let told = graph.data(r#"{ __type(name: "Limits") { fields { name } } }"#).await;
    let mut told = crate::support::pluck(&told["__type"]["fields"], "name");
    // These limits are tested with the HTTP routes and the timeout.
    let mut held: Vec<String> = cases().iter().map(|case| case.limit.to_owned()).collect();
    held.extend(["maxBodyBytes", "maxBodyMilliseconds", "maxDatabaseMilliseconds", "maxMilliseconds"].map(str::to_owned));
    told.sort();
    held.sort();
    assert_eq!(told, held);
}

#[tokio::test]
async fn an_answer_that_takes_too_long_is_given_up() {
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    let at_once = Limits { max_milliseconds: 1, ..Limits::default() };
    // A whole page of a reference book, which no machine can execute in time.
    let page = include_str!("../queries/pages/track_time_trial.graphql");
    let (answer, _) = ask(&graph, at_once, Request::new(page)).await;
    assert_eq!(answer["data"], Value::Null);
    assert_eq!(answer["errors"][0]["extensions"]["code"], "TIMEOUT");
    let (answer, _) = ask(&graph, Limits::default(), Request::new(page)).await;
    assert_eq!(answer.get("errors"), None, "the same page has the time it needs");
}

/// The requested page size counts, whether it is a literal, a variable or a default.
#[tokio::test]
async fn the_length_of_a_list_is_found_in_variables_and_defaults() {
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    let limits = Limits { max_nodes: 1 + 30, ..Limits::default() };
    for (document, variables, fits) in [
        ("{ allGames(first: 30) { nodes { slug } } }", json!({}), true),
        ("{ allGames(first: 31) { nodes { slug } } }", json!({}), false),
        ("{ allGames(last: 31) { edges { node { slug } } } }", json!({}), false),
        ("{ allGames { nodes { slug } } }", json!({}), true),
        ("query ($n: Int) { allGames(first: $n) { nodes { slug } } }", json!({ "n": 30 }), true),
        ("query ($n: Int) { allGames(first: $n) { nodes { slug } } }", json!({ "n": 31 }), false),
        ("query ($n: Int) { allGames(first: $n) { nodes { slug } } }", json!({}), true),
        ("query ($n: Int = 31) { allGames(first: $n) { nodes { slug } } }", json!({}), false),
        ("{ allGames(first: 31) { ...F } } fragment F on GamesConnection { nodes { slug } }", json!({}), false),
        ("{ allGames(first: 31) { totalCount pageInfo { hasNextPage } } }", json!({}), true),
        // The rule on page sizes rejects it, not the limit on nodes.
        ("{ allGames(first: 2000000000) { totalCount } }", json!({}), true),
    ] {
        let request = Request::new(document).variables(Variables::from_json(variables.clone()));
        let (answer, _) = ask(&graph, limits, request).await;
        let refused = answer["errors"][0]["extensions"]["limit"] == "maxNodes";
        assert_eq!(refused, !fits, "{document} {variables}: {answer}");
    }
}

#[tokio::test]
async fn representations_are_counted_however_they_are_sent() {
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    let limits = Limits { max_representations: 2, ..Limits::default() };
    let chris = r#"{ __typename: "Athlete", slug: "chris-hoy" }"#;
    for (document, refused) in [
        (format!("{{ _entities(representations: [{chris}, {chris}]) {{ __typename }} }}"), false),
        (format!("{{ _entities(representations: [{chris}, {chris}, {chris}]) {{ __typename }} }}"), true),
        (format!("query ($r: [_Any!]! = [{chris}, {chris}, {chris}]) {{ _entities(representations: $r) {{ __typename }} }}"), true),
        (
            format!(
                "{{ a: _entities(representations: {chris}) {{ __typename }} b: _entities(representations: [{chris}, {chris}]) {{ __typename }} }}"
            ),
            true,
        ),
    ] {
        let (answer, _) = ask(&graph, limits, Request::new(&document)).await;
        assert_eq!(answer["errors"][0]["extensions"]["limit"] == "maxRepresentations", refused, "{document}: {answer}");
    }
}

/// Introspection queries of common tools are executed, which `node/` tests. Circular introspection is rejected.
#[tokio::test]
async fn introspection_in_circles_is_refused() {
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    let (answer, _) =
        graph.ask("{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }").await;
    assert_eq!(answer["errors"][0]["extensions"]["limit"], "maxIntrospectionLists");
}

/// A skipped field costs nothing, and a field selected twice costs once.
#[tokio::test]
async fn a_question_is_priced_by_what_it_asks() {
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    let limits = Limits { max_nodes: 1 + 30 + 30 * 5, ..Limits::default() };
    let cities = "nodes { hostCities { name } }";
    for (document, fits) in [
        (format!("{{ allGames(first: 30) {{ {cities} }} }}"), true),
        (format!("{{ allGames(first: 31) {{ {cities} }} }}"), false),
        (format!("{{ allGames(first: 30) {{ {cities} }} ...F ...F }} fragment F on Query {{ allGames(first: 30) {{ {cities} {cities} }} }}"), true),
        (format!("{{ allGames(first: 30) {{ {cities} }} a: allGames @skip(if: true) {{ {cities} }} }}"), true),
        (format!("{{ allGames(first: 30) {{ {cities} }} a: allGames @include(if: true) {{ {cities} }} }}"), false),
        (r#"{ nodes(ids: ["x"]) { ... on Games { eventEditions(first: 40) { nodes { slug } } } ... on Nation { medalAwards(first: 90) { nodes { medal } } } } }"#.to_owned(), true),
        (r#"{ nodes(ids: ["x", "y", "z"]) { ... on Nation { medalAwards(first: 90) { nodes { medal } } } } }"#.to_owned(), false),
    ] {
        let (answer, _) = ask(&graph, limits, Request::new(&document)).await;
        assert_eq!(answer["errors"][0]["extensions"]["limit"] != "maxNodes", fits, "{document}: {answer}");
    }
}

/// A long list in an argument counts each time that it is used.
#[tokio::test]
async fn the_values_in_arguments_are_priced() {
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    let document = "query ($s: [Season!]) { nations(first: 10) { nodes { medalAwards(filter: { gamesKind: [OLYMPIC], season: $s }) { totalCount } } } }";
    // The list, its nodes, and of each its medals with two fields, a list of one and a list of thirty, and their count.
    let limits = Limits { max_complexity: 1 + 1 + 10 * (1 + 2 + 1 + 30) + 10, ..Limits::default() };
    for (count, fits) in [(30, true), (31, false)] {
        let variables = Variables::from_json(json!({ "s": vec!["SUMMER"; count] }));
        let (answer, _) = ask(&graph, limits, Request::new(document).variables(variables)).await;
        assert_eq!(answer.get("errors").is_none(), fits, "{answer}");
    }
}

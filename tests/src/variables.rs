//! Variables as the specification coerces them: an omitted variable leaves its argument at its default, null does not.
//! `node/variables.test.mjs` makes the same checks against graphql-js.

use async_graphql::{Request, Variables};
use serde_json::{Value, json};

use crate::support::walk::Walk;
use crate::support::{Backend, Graph};

async fn ask(graph: &Graph, document: &str, variables: Value) -> Value {
    graph.send(Request::new(document).variables(Variables::from_json(variables))).await.0
}

#[tokio::test]
async fn every_default_holds_when_its_variable_is_left_out() {
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    let mut tried = 0;
    for field in &Walk::new().fields {
        let plain = graph.data(&format!("{{ {} }}", field.question("x", &[]))).await;
        for argument in field.definition.arguments.iter().map(|argument| &argument.node) {
            let Some(default) = &argument.default_value else { continue };
            let declared = argument.ty.node.to_string();
            let nullable = declared.trim_end_matches('!');
            let question = field.question("x", &[(argument.name.node.as_str(), "$v")]);
            let document = format!("query ($v: {nullable}) {{ {question} }}");
            assert_eq!(ask(&graph, &document, json!({})).await, json!({ "data": plain }), "{document}");
            let null = ask(&graph, &document, json!({ "v": null })).await;
            assert_eq!(null.get("errors").is_some(), declared.ends_with('!'), "{document}: {null}");
            // It is a mistake of this field, not of the whole request.
            assert_eq!(null["errors"][0]["path"].is_array(), declared.ends_with('!'), "{document}: {null}");
            let same = ask(&graph, &document, json!({ "v": default.node.clone().into_json().expect("JSON") })).await;
            assert_eq!(same, json!({ "data": plain }), "{document}");
            tried += 1;
        }
    }
    assert!(tried >= 30, "{tried}");
}

#[tokio::test]
async fn a_field_of_an_input_is_left_out_with_its_variable() {
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    let document = "query ($d: OrderDirection, $s: [Season!]) { \
                    allGames(first: 3, filter: { season: $s }, orderBy: { field: YEAR, direction: $d }) { nodes { slug } } }";
    let plain = graph.data("{ allGames(first: 3, orderBy: { field: YEAR }) { nodes { slug } } }").await;
    assert_eq!(ask(&graph, document, json!({})).await, json!({ "data": plain }));
    assert_ne!(ask(&graph, document, json!({ "d": "DESC" })).await, json!({ "data": plain }));
    let null = ask(&graph, document, json!({ "d": null })).await;
    assert_eq!(null["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{null}");
}

#[tokio::test]
async fn null_in_place_of_a_default_fails_its_field_alone() {
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    let document = "query ($t: TieRanking) { event(slug: \"cycling-track/time-trial/men\") { medalTable(ties: $t) { nationCount } } about { version } }";
    let answer = ask(&graph, document, json!({ "t": null })).await;
    assert_eq!(answer["errors"][0]["path"], json!(["event", "medalTable"]), "{answer}");
    assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{answer}");
    assert_eq!(answer["data"]["event"], Value::Null, "{answer}");
    assert!(answer["data"]["about"]["version"].is_string(), "{answer}");
}

/// async-graphql validates another value in place of an omitted variable. This must not hide any other mistake.
#[tokio::test]
async fn a_variable_that_is_left_out_hides_no_mistake() {
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    for (document, expected) in [
        ("query ($r: Int) { medalTable(ranking: $r) { nationCount } }", "MedalRanking"),
        ("query ($r: MedalRanking) { medalTable { nationCount } }", "not used"),
        ("{ medalTable(ranking: $r) { nationCount } }", "not defined"),
        ("query ($s: String) { games(slug: $s) { name } }", "`$s` is of type `String`"),
        ("query ($s: String!) { games(slug: $s) { name } }", "is missing"),
        (
            "query A($r: MedalRanking) { ...F } query B { ...F } fragment F on Query { medalTable(ranking: $r) { nationCount } }",
            "not defined",
        ),
    ] {
        let mut request = Request::new(document);
        request.operation_name = document.contains("query A").then(|| "A".to_owned());
        let (answer, _) = graph.send(request).await;
        let message = answer["errors"][0]["message"].as_str().unwrap_or_else(|| panic!("it is taken: {document}"));
        assert!(message.contains(expected), "{document}: {message}");
        assert_eq!(answer.get("data"), None, "{document}");
        // Nor does a null.
        if let Some((name, _)) = document.strip_prefix("query ($").and_then(|rest| rest.split_once(':')) {
            let null = ask(&graph, document, json!({ name: null })).await;
            assert_eq!(null.get("data"), None, "{document}: {null}");
        }
    }
}

//! A client's mistake in an argument is reported at its field and affects no sibling: every filter, cursor, slug and bound of the schema.

use serde_json::Value;

use crate::support::walk::{Field, Walk, base};
use crate::support::{Backend, Graph};

/// Malformed values for an argument or a field of an input object, as GraphQL writes them.
fn malformed(name: &str, declared: &str, foreign_cursors: &[String]) -> Vec<String> {
    let is_list = declared.starts_with('[');
    let texts: Vec<&str> = match (base(declared).as_str(), name) {
        ("String", "after" | "before") => {
            return std::iter::once("!").chain(foreign_cursors.iter().map(String::as_str)).map(|cursor| format!("\"{cursor}\"")).collect();
        }
        // Any text may be the name of a section, and any number a distance or a year.
        ("String", "section") | ("Int", "distanceMm" | "year" | "from" | "to") => vec![],
        ("String", "name" | "text") => vec!["!"],
        ("String", _) | ("ID", "id") => vec!["%"],
        ("ID", "ids") => return vec![format!("[{}]", "\"R2FtZXM6Nw\", ".repeat(101))],
        ("Int", "first" | "last") => return vec!["-1".to_owned()],
        ("Int", "minMedals" | "minGames" | "minNations" | "minimum") => return vec!["0".to_owned()],
        ("Int", "month" | "day") => return vec!["40".to_owned()],
        (kind @ ("ID" | "Int"), _) => panic!("there is no malformed `{name}: {kind}` yet: add one"),
        // Validation rejects invalid enums, dates and booleans before execution.
        _ => vec![],
    };
    texts.into_iter().map(|text| if is_list { format!("[\"{text}\"]") } else { format!("\"{text}\"") }).collect()
}

/// Every invalid argument of a field, with its value.
fn mistakes(walk: &Walk, field: &Field, foreign_cursors: &[String]) -> Vec<(String, String)> {
    let mut mistakes = Vec::new();
    for argument in field.definition.arguments.iter().map(|argument| &argument.node) {
        let (name, declared) = (argument.name.node.to_string(), argument.ty.node.to_string());
        match walk.input(&declared) {
            Some(fields) => {
                for inner in fields {
                    let values = malformed(inner.name.node.as_str(), &inner.ty.node.to_string(), foreign_cursors);
                    mistakes.extend(values.into_iter().map(|value| (name.clone(), format!("{{ {}: {value} }}", inner.name.node))));
                }
            }
            None => mistakes.extend(malformed(&name, &declared, foreign_cursors).into_iter().map(|value| (name.clone(), value))),
        }
    }
    mistakes
}

#[tokio::test]
async fn a_mistake_is_told_at_its_field_and_concerns_no_sibling() {
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    // Real cursors: one of another order, and one that differs from those of other lists by slug only in the name of its list.
    let cursors = graph
        .data("{ held: events(orderBy: { field: LAST_HELD }, first: 1) { pageInfo { endCursor } } slugs: events(first: 1) { pageInfo { endCursor } } }")
        .await;
    let cursor = |list: &str| cursors[list]["pageInfo"]["endCursor"].as_str().expect("a cursor").to_owned();
    let walk = Walk::new();
    let mut tried = 0;
    for field in &walk.fields {
        let good = field.question("good", &[]);
        let (alone, statements_alone) = graph.ask(&format!("{{ {good} }}")).await;
        assert_eq!(alone.get("errors"), None, "{good}: {alone}");
        let is_events = field.path("events") == ["events"];
        let foreign = if is_events { vec![cursor("held")] } else { vec![cursor("held"), cursor("slugs")] };
        for (argument, value) in mistakes(&walk, field, &foreign) {
            let document = format!("{{ {} {good} }}", field.question("bad", &[(&argument, &value)]));
            let (answer, statements) = graph.ask(&document).await;
            // The way to both fields is the same, and nothing is loaded for the wrong one.
            assert!(statements <= statements_alone, "{document}: {statements} statements, but {statements_alone} without the wrong field");
            let errors = answer["errors"].as_array().unwrap_or_else(|| panic!("it is taken: {document}"));
            assert_eq!(errors.len(), 1, "{document}: {answer}");
            assert_eq!(errors[0]["extensions"]["code"], "BAD_USER_INPUT", "{document}: {answer}");
            assert_eq!(errors[0]["path"], Value::from(field.path("bad")), "{document}: {answer}");
            // If no field around it is nullable, the whole response is null, as the specification requires.
            if field.is_contained {
                assert_eq!(answer["data"]["good"], alone["data"]["good"], "{document}");
            }
            tried += 1;
        }
    }
    assert!(tried > 250, "{tried}");
}

/// Offers the cursors of every list of the schema, in every order, to every list in every order.
#[tokio::test]
async fn a_list_accepts_its_own_cursors_in_the_same_order_only() {
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    let walk = Walk::new();
    let lists = walk.lists();
    let mut cursors = Vec::new();
    for list in &lists {
        let document = list.question([("first", "2"), ("last", "null")]);
        let (answer, _) = graph.ask(&document).await;
        let steps = list.field.path("/data/list").into_iter().map(|step| step.as_str().map_or_else(|| step.to_string(), str::to_owned));
        let list = answer.pointer(&steps.collect::<Vec<_>>().join("/")).unwrap_or_else(|| panic!("{document}: {answer}"));
        cursors.push(list["pageInfo"]["endCursor"].as_str().map(|cursor| format!("\"{cursor}\"")));
    }
    assert_eq!(cursors.iter().filter(|cursor| cursor.is_none()).count(), 1, "only phases have no results in the sample");
    assert!(lists.len() > 50, "{}", lists.len());
    for (own, list) in lists.iter().enumerate() {
        for (other, cursor) in cursors.iter().enumerate().filter_map(|(other, cursor)| Some((other, cursor.as_ref()?))) {
            let (extent, bound) = if other % 2 == 0 { ("first", "after") } else { ("last", "before") };
            let document = list.question([(extent, "1"), (bound, cursor)]);
            let (answer, _) = graph.ask(&document).await;
            if own == other {
                assert_eq!(answer.get("errors"), None, "{document}: {answer}");
            } else {
                assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{document}: {answer}");
                assert_eq!(answer["errors"][0]["path"], Value::from(list.field.path("list")), "{document}: {answer}");
            }
        }
    }
}

/// The request that first showed this defect.
#[tokio::test]
async fn one_wrong_filter_does_not_fail_its_sibling() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let Some(graph) = Graph::built_in(backend).await else { continue };
        let (answer, _) = graph
            .ask(
                r#"{ a: athlete(slug: "chris-hoy") { medals { medal } }
                     b: athlete(slug: "niels-fredborg") { medals(filter: { nation: ["Great Britain"] }) { medal } } }"#,
            )
            .await;
        assert!(answer["data"]["a"]["medals"].as_array().is_some_and(|medals| !medals.is_empty()), "{backend:?}: {answer}");
        assert_eq!((&answer["data"]["b"], &answer["errors"][0]["path"]), (&Value::Null, &Value::from(vec!["b", "medals"])), "{answer}");
    }
}

/// Well-formed names of nothing, for a field of a filter; none where it takes no names.
fn unknown(filter: &str, name: &str, declared: &str) -> Option<String> {
    let slug = match (name, filter) {
        ("games" | "heldAt" | "notHeldAt", _) | ("slug", "GamesFilter") => "2044-summer",
        ("nation" | "hostNation" | "code", _) | ("slug", "NationFilter") => "XYZ",
        ("sport", _) => "chess",
        ("discipline", _) => "chess-boxing",
        ("family", _) => "chess-boxing/blitz",
        ("event", _) | ("slug", "EventFilter") => "chess-boxing/blitz/men",
        ("slug", "AthleteFilter") => "nobody-at-all",
        ("lineage", _) => "martian",
        // `MedalTableOptions` is no filter: its error is that of the argument `lineages`, in `queries/errors`.
        ("name", _) | ("lineages", "MedalTableOptions") => return None,
        _ if base(declared) == "String" => panic!("there is no unknown `{filter}.{name}: {declared}` yet: add one"),
        _ => return None,
    };
    Some(if declared.starts_with('[') { format!("[\"{slug}\"]") } else { format!("\"{slug}\"") })
}

#[tokio::test]
async fn a_name_of_nothing_is_refused_in_every_filter() {
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    let walk = Walk::new();
    let mut tried = 0;
    for field in &walk.fields {
        for argument in field.definition.arguments.iter().map(|argument| &argument.node) {
            let (name, filter) = (argument.name.node.as_str(), base(&argument.ty.node.to_string()));
            for inner in walk.input(&argument.ty.node.to_string()).into_iter().flatten() {
                let Some(value) = unknown(&filter, inner.name.node.as_str(), &inner.ty.node.to_string()) else { continue };
                let value = format!("{{ {}: {value} }}", inner.name.node);
                let document = format!("{{ {} }}", field.question("bad", &[(name, &value)]));
                let (answer, _) = graph.ask(&document).await;
                let error = &answer["errors"][0];
                assert_eq!(error["extensions"]["code"], "BAD_USER_INPUT", "{document}: {answer}");
                assert_eq!(error["path"], Value::from(field.path("bad")), "{document}: {answer}");
                assert!(error["message"].as_str().is_some_and(|message| message.contains(" names no ")), "{answer}");
                tried += 1;
            }
        }
    }
    assert!(tried > 80, "{tried}");
}

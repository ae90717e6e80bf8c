//! Podium as a subgraph: entities that a gateway requests by key.

use crate::support::{Backend, Graph, pluck};
use async_graphql::{Request, Variables};
use serde_json::{Value, json};

const DOCUMENT: &str = "query ($representations: [_Any!]!) {
    _entities(representations: $representations) {
        __typename
        ... on Athlete { slug } ... on Nation { slug } ... on Games { slug }
        ... on EventFamily { slug } ... on Event { slug } ... on EventEdition { slug }
    }
}";

/// Lists of the graph with every type of entity that a gateway may refer to.
const EVERYTHING: &str = "{
    athletes(first: 100) { nodes { __typename id slug } }
    nations(first: 100) { nodes { __typename id slug } }
    allGames(first: 100) { nodes { __typename id slug } }
    events(first: 100) { nodes { __typename id slug family { __typename id slug } editions { __typename id slug } } }
}";

async fn entities(graph: &Graph, representations: &[Value]) -> (Value, usize) {
    let variables = Variables::from_json(json!({ "representations": representations }));
    graph.send(Request::new(DOCUMENT).variables(variables)).await
}

/// Collects all objects with a global id and a slug from a response.
fn things(answer: &Value, found: &mut Vec<Value>) {
    match answer {
        Value::Object(fields) => {
            if fields.contains_key("__typename") {
                found.push(json!({ "__typename": fields["__typename"], "id": fields["id"], "slug": fields["slug"] }));
            }
            fields.values().for_each(|value| things(value, found));
        }
        Value::Array(items) => items.iter().for_each(|item| things(item, found)),
        _ => {}
    }
}

#[tokio::test]
async fn every_type_is_found_by_each_of_its_keys() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let Some(graph) = Graph::built_in(backend).await else { continue };
        let mut all = Vec::new();
        things(&graph.data(EVERYTHING).await, &mut all);
        for typename in ["Athlete", "Nation", "Games", "EventFamily", "Event", "EventEdition"] {
            assert!(all.iter().any(|thing| thing["__typename"] == typename), "{typename}");
        }
        for key in ["id", "slug"] {
            let representations: Vec<Value> =
                all.iter().map(|thing| json!({ "__typename": thing["__typename"], key: thing[key] })).take(1000).collect();
            let (answer, _) = entities(&graph, &representations).await;
            assert_eq!(answer.get("errors"), None);
            let found = answer["data"]["_entities"].as_array().expect("a list");
            assert_eq!(found.len(), representations.len());
            for (found, thing) in found.iter().zip(&all) {
                assert_eq!((&found["__typename"], &found["slug"]), (&thing["__typename"], &thing["slug"]), "{backend:?} by {key}");
            }
        }
    }
}

/// A hundred entities take one statement for each type and key. A mixed batch takes no more than that.
#[tokio::test]
async fn entities_come_in_batches() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let Some(graph) = Graph::built_in(backend).await else { continue };
        let athletes = graph.data("{ athletes(first: 100) { nodes { __typename id slug } } }").await;
        let mut athletes_only = Vec::new();
        things(&athletes, &mut athletes_only);
        assert_eq!(athletes_only.len(), 100);
        let by = |key: &str, count: usize| -> Vec<Value> {
            athletes_only.iter().take(count).map(|thing| json!({ "__typename": "Athlete", key: thing[key] })).collect()
        };
        assert_eq!(entities(&graph, &by("id", 100)).await.1, 1, "{backend:?}");
        assert_eq!(entities(&graph, &by("slug", 100)).await.1, 1, "{backend:?}");
        let mixed = [by("id", 50), by("slug", 100)[50..].to_vec(), vec![json!({ "__typename": "Nation", "slug": "GBR" })]].concat();
        assert_eq!(entities(&graph, &mixed).await.1, 3, "{backend:?}");
    }
}

#[tokio::test]
async fn a_key_that_names_nothing_is_null_for_itself_alone() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let Some(graph) = Graph::built_in(backend).await else { continue };
        let nation = graph.data(r#"{ nation(code: "GBR") { id } }"#).await["nation"]["id"].clone();
        let good = json!({ "__typename": "Athlete", "slug": "chris-hoy" });
        let nothing = [
            json!({ "__typename": "Athlete", "slug": "nobody-at-all" }),
            json!({ "__typename": "Athlete", "slug": "No Slug" }),
            json!({ "__typename": "Athlete", "slug": 7 }),
            json!({ "__typename": "Athlete", "slug": null }),
            json!({ "__typename": "Athlete", "slug": ["chris-hoy"] }),
            json!({ "__typename": "Athlete", "id": "nonsense" }),
            json!({ "__typename": "Athlete", "id": nation }),
            json!({ "__typename": "Athlete", "id": 7 }),
            json!({ "__typename": "Athlete" }),
            json!({ "__typename": "Stadium", "slug": "chris-hoy" }),
            json!({ "__typename": "Query" }),
            json!({ "__typename": 7 }),
            json!({ "slug": "chris-hoy" }),
            json!("chris-hoy"),
            json!(null),
        ];
        // `null` is no `_Any!`, so it alone is refused.
        for wrong in &nothing[..nothing.len() - 1] {
            let (answer, _) = entities(&graph, &[good.clone(), wrong.clone(), good.clone()]).await;
            let chris = json!({ "__typename": "Athlete", "slug": "chris-hoy" });
            assert_eq!(answer, json!({ "data": { "_entities": [chris, null, chris] } }), "{backend:?} {wrong}");
        }
    }
}

#[tokio::test]
async fn a_thousand_entities_are_the_most() {
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    let many = vec![json!({ "__typename": "Athlete", "slug": "chris-hoy" }); 1001];
    let (answer, statements) = entities(&graph, &many[1..]).await;
    assert_eq!((answer["data"]["_entities"].as_array().map(Vec::len), statements), (Some(1000), 1));
    let (answer, statements) = entities(&graph, &many).await;
    assert_eq!((&answer["errors"][0]["extensions"]["limit"], statements), (&json!("maxRepresentations"), 0));
}

#[tokio::test]
async fn the_subgraph_says_what_it_is() {
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    let service = graph.data("{ _service { sdl } }").await;
    assert_eq!(service["_service"]["sdl"], podium_api::answer::schema::federation_sdl());
}

#[tokio::test]
async fn clients_see_nothing_of_gateways() {
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    let shown =
        graph.data("{ __schema { queryType { fields { name } } types { name } } service: __type(name: \"_Service\") { name } }").await;
    let names = |list: &Value| -> Vec<String> {
        let items = list.as_array().expect("a list").iter();
        items.map(|item| item["name"].as_str().expect("a name").to_owned()).collect()
    };
    let (fields, types) = (names(&shown["__schema"]["queryType"]["fields"]), names(&shown["__schema"]["types"]));
    let is_a_gateways = |name: &&String| name.starts_with('_') && !name.starts_with("__");
    assert_eq!(fields.iter().chain(&types).find(is_a_gateways), None);
    assert!(fields.contains(&"athlete".to_owned()) && types.contains(&"Athlete".to_owned()));
    assert_eq!(shown["service"], Value::Null);
}

/// A gateway must know which of the entities that it asked for has the error.
#[tokio::test]
async fn an_error_of_an_entity_names_its_place() {
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    let document = "query ($representations: [_Any!]!) {
        _entities(representations: $representations) { ... on Nation { medalCount(filter: { sport: [\"%\"] }) { total } } }
    }";
    let representations = json!([{ "__typename": "Games", "slug": "2012-summer" }, { "__typename": "Nation", "slug": "GBR" }]);
    let variables = Variables::from_json(json!({ "representations": representations }));
    let (answer, _) = graph.send(Request::new(document).variables(variables)).await;
    assert_eq!(answer["errors"][0]["path"], json!(["_entities", 1, "medalCount"]), "{answer}");
}

/// PostgreSQL takes long lists of ids as one array, and short ones id by id.
#[tokio::test]
async fn any_number_of_ids_is_found() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let Some(graph) = Graph::built_in(backend).await else { continue };
        let games = graph.data("{ allGames(first: 20) { nodes { id } } }").await;
        let ids = pluck(&games["allGames"]["nodes"], "id");
        for length in 1..=ids.len() {
            let found = graph.data(&format!("{{ nodes(ids: {:?}) {{ id }} }}", &ids[..length])).await;
            assert_eq!(pluck(&found["nodes"], "id"), ids[..length], "{backend:?}");
        }
        assert_eq!(ids.len(), 20);
    }
}

//! Walking a list page by page: no row is repeated or missing, among ties, during writes, and from both ends.

use std::collections::BTreeSet;

use crate::support::{Backend, Graph, pluck};
use podium_seed::DataSet;
use serde_json::Value;

/// A list and the argument that orders it.
type Ordered = (&'static str, &'static str);

/// Lists with many equals.
const ORDERS: [Ordered; 14] = [
    ("athletes", "field: MEDALS, direction: DESC"),
    ("athletes", "field: MEDALS, direction: ASC"),
    ("athletes", "field: BORN, direction: ASC"),
    ("athletes", "field: BORN, direction: DESC"),
    ("athletes", "field: NAME, direction: ASC"),
    ("athletes", "field: NAME, direction: DESC"),
    ("events", "field: LAST_HELD, direction: ASC"),
    ("events", "field: LAST_HELD, direction: DESC"),
    ("medalAwards", "field: GAMES, direction: ASC"),
    ("medalAwards", "field: GAMES, direction: DESC"),
    ("medalAwards", "field: MEDAL, direction: ASC"),
    ("medalAwards", "field: MEDAL, direction: DESC"),
    ("nations", "field: MEDALS, direction: ASC"),
    ("nations", "field: MEDALS, direction: DESC"),
];

async fn page(graph: &Graph, (list, order): Ordered, extent: &str) -> Value {
    let question = format!(
        "{{ {list}(orderBy: {{ {order} }}, {extent}) {{ totalCount nodes {{ id }} pageInfo {{ startCursor endCursor hasNextPage hasPreviousPage }} }} }}"
    );
    graph.data(&question).await[list].take()
}

/// All ids of a walk, one page after another; `between` runs after every page.
async fn walk(graph: &Graph, order: Ordered, backwards: bool, mut between: impl AsyncFnMut(usize)) -> Vec<String> {
    let (extent, bound, cursor, more) =
        if backwards { ("last", "before", "startCursor", "hasPreviousPage") } else { ("first", "after", "endCursor", "hasNextPage") };
    let (mut found, mut from, mut pages) = (Vec::new(), String::new(), 0);
    loop {
        let page = page(graph, order, &format!("{extent}: 13{from}")).await;
        let ids = pluck(&page["nodes"], "id");
        match backwards {
            true => found.extend(ids.into_iter().rev()),
            false => found.extend(ids),
        }
        if page["pageInfo"][more] == false {
            return found;
        }
        from = format!(", {bound}: {}", page["pageInfo"][cursor]);
        pages += 1;
        between(pages).await;
    }
}

#[tokio::test]
async fn every_order_from_both_ends() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let Some(graph) = Graph::built_in(backend).await else { continue };
        for order in ORDERS {
            let total = page(&graph, order, "first: 1").await["totalCount"].as_u64().expect("a number");
            let forwards = walk(&graph, order, false, async |_| ()).await;
            let mut backwards = walk(&graph, order, true, async |_| ()).await;
            backwards.reverse();
            assert_eq!(forwards, backwards, "{backend:?} {order:?}");
            let distinct: BTreeSet<&String> = forwards.iter().collect();
            assert_eq!((distinct.len(), forwards.len() as u64), (forwards.len(), total), "{backend:?} {order:?}");
        }
    }
}

#[tokio::test]
async fn rows_written_meanwhile_shift_nothing() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let Some(graph) = Graph::built_in(backend).await else { continue };
        let before = walk(&graph, ORDERS[0], false, async |_| ()).await;
        let meanwhile = walk(&graph, ORDERS[0], false, async |pages| {
            let mut athlete = DataSet::default();
            let line = format!("key,name,name_order,sort_name,gender,source\nnew-{pages},New {pages},MONONYM,A New {pages},MALE,podium\n");
            athlete.add("athletes", &line);
            podium_seed::load(&graph.store.writer, &athlete).await.expect("the athlete loads");
        })
        .await;
        let old: Vec<&String> = meanwhile.iter().filter(|id| before.contains(id)).collect();
        assert_eq!(old, before.iter().collect::<Vec<_>>(), "{backend:?}");
    }
}

/// Lists below a parent: a question with many parents, the field with one of them, and the list.
const BELOW: [(&str, &str, &str); 8] = [
    ("{ allGames(first: 40) { nodes { slug LIST } } }", "games(slug: SLUG)", "eventEditions"),
    ("{ allGames(first: 40) { nodes { slug LIST } } }", "games(slug: SLUG)", "athletes"),
    ("{ athletes(first: 100, orderBy: { field: MEDALS, direction: DESC }) { nodes { slug LIST } } }", "athlete(slug: SLUG)", "entries"),
    ("{ athletes(first: 100, orderBy: { field: MEDALS, direction: DESC }) { nodes { slug LIST } } }", "athlete(slug: SLUG)", "results"),
    ("{ nations(first: 40) { nodes { slug LIST } } }", "nation(code: SLUG)", "athletes"),
    ("{ nations(first: 40) { nodes { slug LIST } } }", "nation(code: SLUG)", "medalAwards"),
    ("{ sports { disciplines { slug LIST } } }", "discipline(slug: SLUG)", "events"),
    (
        "{ allGames(filter: { years: { from: 2008 } }) { nodes { eventEditions(first: 2) { nodes { slug LIST } } } } }",
        "eventEdition(slug: SLUG)",
        "results",
    ),
];

/// One parent and many parents are asked for by different statements.
#[tokio::test]
async fn a_parent_has_the_same_page_alone_and_beside_others() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let Some(graph) = Graph::built_in(backend).await else { continue };
        for (many, one, list) in BELOW {
            let mut full = 0;
            for extent in ["first", "last"] {
                let shown = format!("{list}({extent}: 2) {{ totalCount edges {{ cursor node {{ id }} }} pageInfo {{ hasNextPage }} }}");
                for parent in with_slugs(graph.data(&many.replace("LIST", &shown)).await) {
                    let edges = &parent[list]["edges"];
                    let next = match edges[0]["cursor"].as_str() {
                        Some(cursor) => format!("next: {list}(first: 1, after: \"{cursor}\") {{ edges {{ cursor node {{ id }} }} }}"),
                        None => String::new(),
                    };
                    let one = one.replace("SLUG", &parent["slug"].to_string());
                    let alone = graph.data(&format!("{{ one: {one} {{ {shown} {next} }} }}")).await["one"].take();
                    assert_eq!(alone[list], parent[list], "{backend:?} {one} {list}");
                    assert_eq!(alone["next"]["edges"][0], edges[1], "{backend:?} {one} {list}");
                    full += usize::from(!edges[1].is_null());
                }
            }
            assert!(full > 1, "{backend:?} {one} {list}: {full} pages are full");
        }
    }
}

/// All objects with a slug within a value.
fn with_slugs(value: Value) -> Vec<Value> {
    match value {
        Value::Object(fields) if fields.contains_key("slug") => vec![Value::Object(fields)],
        Value::Object(fields) => fields.into_iter().flat_map(|(_, value)| with_slugs(value)).collect(),
        Value::Array(items) => items.into_iter().flat_map(with_slugs).collect(),
        _ => Vec::new(),
    }
}

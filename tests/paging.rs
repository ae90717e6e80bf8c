//! Walking a list page by page: no row twice and none missing, among equals, while others write, from both ends.

use std::collections::BTreeSet;

use podium_seed::DataSet;
use podium_tests::{Backend, Graph, pluck};
use serde_json::Value;

/// Lists with many equals, by an argument that orders them.
const ORDERS: [&str; 6] = [
    "field: MEDALS, direction: DESC",
    "field: MEDALS, direction: ASC",
    "field: BORN, direction: ASC",
    "field: BORN, direction: DESC",
    "field: NAME, direction: ASC",
    "field: NAME, direction: DESC",
];

async fn page(graph: &Graph, order: &str, extent: &str) -> Value {
    let question = format!(
        "{{ athletes(orderBy: {{ {order} }}, {extent}) {{ totalCount nodes {{ slug }} pageInfo {{ startCursor endCursor hasNextPage hasPreviousPage }} }} }}"
    );
    graph.data(&question).await["athletes"].take()
}

/// All slugs of a walk, one page after another; `between` runs after every page.
async fn walk(graph: &Graph, order: &str, backwards: bool, mut between: impl AsyncFnMut(usize)) -> Vec<String> {
    let (extent, bound, cursor, more) =
        if backwards { ("last", "before", "startCursor", "hasPreviousPage") } else { ("first", "after", "endCursor", "hasNextPage") };
    let (mut found, mut from, mut pages) = (Vec::new(), String::new(), 0);
    loop {
        let page = page(graph, order, &format!("{extent}: 13{from}")).await;
        let slugs = pluck(&page["nodes"], "slug");
        match backwards {
            true => found.extend(slugs.into_iter().rev()),
            false => found.extend(slugs),
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
        let total = page(&graph, ORDERS[0], "first: 1").await["totalCount"].as_u64().expect("a number");
        for order in ORDERS {
            let forwards = walk(&graph, order, false, async |_| ()).await;
            let mut backwards = walk(&graph, order, true, async |_| ()).await;
            backwards.reverse();
            assert_eq!(forwards, backwards, "{backend:?} {order}");
            let distinct: BTreeSet<&String> = forwards.iter().collect();
            assert_eq!((distinct.len(), forwards.len() as u64), (forwards.len(), total), "{backend:?} {order}");
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
        let old: Vec<&String> = meanwhile.iter().filter(|slug| before.contains(slug)).collect();
        assert_eq!(old, before.iter().collect::<Vec<_>>(), "{backend:?}");
    }
}

//! The number of SQL statements belongs to the document, not to the number of rows.

use podium_tests::{Backend, Graph};

/// Documents with a number of rows that `N` stands for; the least number of rows has one of each kind.
const DOCUMENTS: [&str; 6] = [
    "{ athletes(first: N) { nodes { name medals { medal games { name medalTable { nationCount complete rows(first: 1) { nation { code } } } } } } } }",
    "{ athletes(first: N) { nodes { nations { code } games { slug previous { slug } } results(first: 2) { totalCount nodes { rankText gap { text } } } } } }",
    "{ allGames(first: N) { nodes { hostCities { name nation { code } } eventEditions(first: 3) { totalCount nodes { slug medals { competitor { name } } } } } } }",
    "{ nations(first: N) { nodes { medalCount { total complete } medalAwards(first: 1) { nodes { reason } } athletes(first: 1) { nodes { name } } predecessors { code } } } }",
    "{ events(first: N) { nodes { yearsHeld status recordProgression { mark { speedKmh } improvement { text } } multipleMedalists { athlete { name } nations { code } } } } }",
    "{ medalAwards(filter: { years: { to: 2008 } }, first: N) { nodes { competitor { name ... on Team { athletes { name } } } nation { lineages { slug } } edition { title winningMark { text } previous { slug } sources { title } } } } }",
];

#[tokio::test]
async fn statements_do_not_grow_on_sqlite() {
    compare(Graph::with_fixtures(Backend::Sqlite).await).await;
}

#[tokio::test]
async fn statements_do_not_grow_on_postgres() {
    compare(Graph::with_fixtures(Backend::Postgres).await).await;
}

async fn compare(graph: Option<Graph>) {
    let Some(graph) = graph else { return };
    for document in DOCUMENTS {
        let mut counts = Vec::new();
        for rows in [60, 80, 100] {
            let (answer, statements) = graph.ask(&document.replace("first: N", &format!("first: {rows}"))).await;
            assert_eq!(answer.get("errors"), None, "{document}");
            counts.push(statements);
        }
        assert_eq!(counts, vec![counts[0]; 3], "{document}");
        assert!(counts[0] > 1, "{document}");
    }
}

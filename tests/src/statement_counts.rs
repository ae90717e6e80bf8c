//! The number of SQL statements depends on the document, not on the number of rows.

use std::fmt::Write;

use crate::support::{Backend, Graph, files, here};
use podium_seed::DataSet;

/// Documents with `N` for a page size. Even the smallest page has a row of each kind.
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

/// Any number of siblings shares one batch.
#[tokio::test]
async fn statements_do_not_grow_with_siblings() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let Some(graph) = Graph::built_in(backend).await else { continue };
        let mut counts = Vec::new();
        for siblings in [1, 20, 40] {
            let fields: Vec<String> = (0..siblings).map(|name| format!("a{name}: nations {{ name }}")).collect();
            let fields = fields.join(" ");
            let (answer, statements) = graph.ask(&format!("{{ athletes(first: 100) {{ nodes {{ {fields} }} }} }}")).await;
            assert_eq!(answer.get("errors"), None, "{siblings}");
            counts.push(statements);
        }
        assert_eq!(counts, vec![counts[0]; 3], "{backend:?}");
    }
}

/// Every test document takes the same number of statements, even with three times the athletes, entries, results and medals.
#[tokio::test]
async fn no_document_grows() {
    let small = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    let large = Graph::over(Backend::Sqlite, &grown(300)).await.expect("SQLite is always there");
    let documents = files(&here().join("queries"), "graphql");
    assert!(documents.len() > 100);
    for path in documents {
        let document = std::fs::read_to_string(&path).expect("a readable document");
        let ((_, before), (_, after)) = (small.ask(&document).await, large.ask(&document).await);
        assert_eq!(after, before, "{}", path.display());
    }
    let count = "{ athletes { totalCount } medalAwards { totalCount } }";
    let (small, large) = (small.data(count).await, large.data(count).await);
    assert_eq!(large["athletes"]["totalCount"].as_i64(), small["athletes"]["totalCount"].as_i64().map(|count| count + 300));
    assert_eq!(large["medalAwards"]["totalCount"].as_i64(), small["medalAwards"]["totalCount"].as_i64().map(|count| count + 300));
}

/// The built-in data, plus this many riders with medals in the road time trial of 2012.
fn grown(riders: usize) -> DataSet {
    let edition = "cycling-road/individual-time-trial/men,2012-summer";
    let mut athletes = "key,name,name_order,sort_name,gender,born,source\n".to_owned();
    let mut entries = "event,games,athlete,nation,status,source\n".to_owned();
    let mut results = "event,games,athlete,rank,mark,status,source\n".to_owned();
    let mut awards = "event,games,athlete,medal,status,won_on,source\n".to_owned();
    for rider in 0..riders {
        let (rank, nation) = (38 + rider, ["GBR", "GER", "DEN", "USA", "FRA"][rider % 5]);
        let written = [
            writeln!(athletes, "rider-{rider},Rider {rider},MONONYM,Rider {rider},MALE,1980-08-01,podium"),
            writeln!(entries, "{edition},rider-{rider},{nation},STARTED,podium"),
            writeln!(results, "{edition},rider-{rider},{rank},1:00:00.00,OFFICIAL,podium"),
            writeln!(awards, "{edition},rider-{rider},BRONZE,AWARDED,2012-08-01,podium"),
        ];
        assert!(written.iter().all(Result::is_ok));
    }
    let mut data = DataSet::sample();
    for (name, text) in [("athletes", athletes), ("entries", entries), ("results", results), ("medal_awards", awards)] {
        data.add(name, &text);
    }
    data
}

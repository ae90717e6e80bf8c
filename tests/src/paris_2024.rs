//! The results of Paris 2024, imported: medal tables, results with their phases, export and re-import. Needs the folder that `PODIUM_DATA`
//! names.

use std::collections::BTreeMap;

use crate::support::{Backend, Graph, Snapshots, files, here, real_data};
use podium_seed::{DataSet, Import, Paris2024, PodiumFormat};
use tempfile::TempDir;

#[tokio::test(flavor = "multi_thread")]
async fn the_results_of_paris_on_sqlite() {
    the_results_of_paris(Backend::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_results_of_paris_on_postgres() {
    the_results_of_paris(Backend::Postgres).await;
}

/// All checks share one import.
async fn the_results_of_paris(backend: Backend) {
    let Some(folder) = real_data("paris-2024") else { return };
    let Some(graph) = Graph::built_in(backend).await else { return };
    let source = Import::Paris2024(Paris2024 { folder: folder.clone() });
    let first = graph.import(&source).await;
    let inserted = |table: &str| first.tables.iter().find(|(name, _)| name == table).map(|(_, tally)| tally.inserted);
    assert_eq!(["athletes", "phases", "results", "medal_awards"].map(inserted), [10_923, 4_369, 26_729, 1_038].map(Some));
    let second = graph.import(&source).await;
    assert!(!second.changed(), "{}", second.table());
    medals_are_those_of_the_table(&graph, &folder).await;
    for path in files(&here().join("paris_2024"), "graphql") {
        let document = std::fs::read_to_string(&path).expect("a document");
        let (answer, statements) = graph.ask(&document).await;
        Snapshots::hold(&path, &answer, statements);
    }
    it_goes_out_and_in_again(backend, &graph).await;
}

/// The file of totals lacks one medal that the file of medals has: the bronze of Gregoria Mariska Tunjung of Indonesia.
async fn medals_are_those_of_the_table(graph: &Graph, folder: &std::path::Path) {
    let mut totals = csv::Reader::from_path(folder.join("medals_total.csv")).expect("the file of totals");
    let header = totals.headers().expect("a header").clone();
    let column = |name: &str| header.iter().position(|column| column == name).unwrap_or_else(|| panic!("{name}: {header:?}"));
    let (code, gold, silver, bronze) = (column("country_code"), column("Gold Medal"), column("Silver Medal"), column("Bronze Medal"));
    let mut expected: BTreeMap<String, [i64; 3]> = BTreeMap::new();
    for row in totals.records() {
        let row = row.expect("a row");
        expected
            .insert(row[code].to_owned(), [gold, silver, bronze].map(|place| row[place].trim_end_matches(".0").parse().expect("a number")));
    }
    expected.entry("INA".to_owned()).or_default()[2] += 1;
    let question = "{ games(slug: \"2024-summer\") { medalTable { complete rows(first: 200) { nation { code } gold silver bronze } } } }";
    let answer = graph.data(question).await;
    let table = &answer["games"]["medalTable"];
    let rows = table["rows"].as_array().expect("rows").iter().map(|row| {
        (
            row["nation"]["code"].as_str().expect("a code").to_owned(),
            ["gold", "silver", "bronze"].map(|colour| row[colour].as_i64().expect("a number")),
        )
    });
    assert_eq!((rows.collect::<BTreeMap<_, _>>(), &table["complete"]), (expected, &true.into()));
}

/// Re-importing an export changes nothing, and a database made from it gives the same responses.
async fn it_goes_out_and_in_again(backend: Backend, graph: &Graph) {
    let folder = TempDir::new().expect("a folder");
    podium_seed::export(&graph.store, folder.path()).await.expect("the export is written");
    let export = DataSet::read(folder.path()).expect("the export is read");
    let report = graph.import(&Import::PodiumFormat(PodiumFormat { folder: folder.path().to_owned() })).await;
    assert!(!report.changed() && report.total().kept == 0, "{backend:?}:\n{}", report.table());
    let Some(copy) = Graph::over(backend, &export).await else { return };
    for path in files(&here().join("paris_2024"), "graphql") {
        let document = std::fs::read_to_string(&path).expect("a document");
        assert_eq!(copy.ask(&document).await, graph.ask(&document).await, "{}", path.display());
    }
}

//! An export is the whole database: importing it changes nothing, and a database made from it gives the same responses.

use std::path::Path;

use crate::support::{Backend, Graph, files, here};
use podium_seed::{DataSet, Import, PodiumFormat};
use sea_orm::ConnectionTrait;
use tempfile::TempDir;

const BACKENDS: [Backend; 2] = [Backend::Sqlite, Backend::Postgres];

async fn export(graph: &Graph, folder: &Path) -> DataSet {
    let written = podium_seed::export(&graph.store, folder).await.expect("the export is written");
    assert_eq!(written.len(), 34, "every file of the format");
    assert!(written.iter().map(|(_, lines)| lines).sum::<usize>() > 2000);
    DataSet::read(folder).expect("the export is read")
}

#[tokio::test]
async fn to_import_an_export_changes_nothing() {
    for backend in BACKENDS {
        let Some(graph) = Graph::with_fixtures(backend).await else { continue };
        let folder = TempDir::new().expect("a folder");
        export(&graph, folder.path()).await;
        let report = graph.import(&Import::PodiumFormat(PodiumFormat { folder: folder.path().to_owned() })).await;
        assert!(!report.changed() && report.total().kept == 0, "{backend:?}:\n{}", report.table());
        assert_eq!(graph.data("{ about { dataVersion } }").await["about"]["dataVersion"], "1");
    }
}

/// A database made only from the export gives the same response to every test document, and exports the same files.
#[tokio::test]
async fn a_database_made_of_an_export_answers_alike() {
    for backend in BACKENDS {
        for folder in ["queries", "quirks"] {
            let original = if folder == "queries" { Graph::built_in(backend).await } else { Graph::with_fixtures(backend).await };
            let Some(original) = original else { continue };
            let (first, second) = (TempDir::new().expect("a folder"), TempDir::new().expect("a folder"));
            let data = export(&original, first.path()).await;
            let copy = Graph::over(backend, &data).await.expect("as before");
            for path in files(&here().join(folder), "graphql") {
                let document = std::fs::read_to_string(&path).expect("a readable document");
                assert_eq!(copy.ask(&document).await.0, original.ask(&document).await.0, "{backend:?}: {}", path.display());
            }
            export(&copy, second.path()).await;
            for path in files(first.path(), "csv") {
                let again = second.path().join(path.file_name().expect("a name"));
                assert_eq!(std::fs::read(&again).expect("a file"), std::fs::read(&path).expect("a file"), "{}", path.display());
            }
        }
    }
}

#[tokio::test]
async fn nothing_is_written_over() {
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    let folder = TempDir::new().expect("a folder");
    std::fs::write(folder.path().join("notes.txt"), "mine").expect("a file");
    let refusal = podium_seed::export(&graph.store, folder.path()).await.expect_err("there is something in it").to_string();
    assert!(refusal.contains("there is something in it") && refusal.contains("new or empty folder"), "{refusal}");
    assert_eq!(files(folder.path(), "csv").len(), 0);
    let file = folder.path().join("notes.txt");
    assert!(podium_seed::export(&graph.store, &file).await.is_err());
}

#[tokio::test]
async fn half_an_export_is_none() {
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    graph.store.writer.execute_unprepared("ALTER TABLE slug_history RENAME TO elsewhere").await.expect("a table that is not there");
    let folder = TempDir::new().expect("a folder");
    podium_seed::export(&graph.store, folder.path()).await.expect_err("the last table is not there");
    assert_eq!(files(folder.path(), "csv").len(), 0);
}

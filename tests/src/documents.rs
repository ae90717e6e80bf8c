//! Every document with its response and its number of SQL statements, the same on `SQLite` and on `PostgreSQL`.

use crate::support::{Backend, Graph, Snapshots, files, here};
use tokio::runtime::{Builder, Runtime};

/// Every folder of documents.
const FOLDERS: [&str; 6] = ["queries", "quirks", "readme", "journalist", "history", "paris_2024"];

#[test]
fn built_in_data_on_sqlite() {
    answer_all("queries", |runtime| runtime.block_on(Graph::built_in(Backend::Sqlite)));
}

#[test]
fn built_in_data_on_postgres() {
    answer_all("queries", |runtime| runtime.block_on(Graph::built_in(Backend::Postgres)));
}

#[test]
fn fixtures_on_sqlite() {
    answer_all("quirks", |runtime| runtime.block_on(Graph::with_fixtures(Backend::Sqlite)));
}

#[test]
fn fixtures_on_postgres() {
    answer_all("quirks", |runtime| runtime.block_on(Graph::with_fixtures(Backend::Postgres)));
}

#[test]
fn every_medal_on_sqlite() {
    answer_all("readme", |runtime| runtime.block_on(Graph::everything(Backend::Sqlite)));
}

#[test]
fn every_medal_on_postgres() {
    answer_all("readme", |runtime| runtime.block_on(Graph::everything(Backend::Postgres)));
}

#[test]
fn questions_of_journalists_on_sqlite() {
    answer_all("journalist", |runtime| runtime.block_on(Graph::everything(Backend::Sqlite)));
}

#[test]
fn questions_of_journalists_on_postgres() {
    answer_all("journalist", |runtime| runtime.block_on(Graph::everything(Backend::Postgres)));
}

/// Compares the response to every document below a folder with its snapshot.
fn answer_all(folder: &str, graph: impl Fn(&Runtime) -> Option<Graph>) {
    let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    let Some(graph) = graph(&runtime) else { return };
    let mut answered = 0;
    insta::glob!(here(), &format!("{folder}/**/*.graphql"), |path| {
        let document = std::fs::read_to_string(path).expect("a readable document");
        let (answer, statements) = runtime.block_on(graph.ask(&document));
        Snapshots::hold(path, &answer, statements);
        answered += 1;
    });
    assert_eq!(answered, files(&here().join(folder), "graphql").len());
    runtime.block_on(async { drop(graph) });
}

#[test]
fn every_answer_has_its_document() {
    for folder in FOLDERS {
        for answer in files(&here().join(folder), "snap") {
            assert!(answer.with_extension("graphql").exists(), "{} is the answer to nothing: delete it", answer.display());
        }
    }
}

/// Only documents in the folder of errors have a response with errors, so that no defect hides in a snapshot.
#[test]
fn only_errors_are_errors() {
    for folder in FOLDERS {
        for answer in files(&here().join(folder), "snap") {
            let is_about_errors = answer.parent().is_some_and(|parent| parent.ends_with("errors"));
            let text = std::fs::read_to_string(&answer).expect("a readable answer");
            assert_eq!(text.contains("\n  \"errors\": ["), is_about_errors, "{}", answer.display());
        }
    }
}

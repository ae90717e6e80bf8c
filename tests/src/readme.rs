//! The README is tested: its queries are documents of the tests, and its response is the server's.

use crate::support::{Backend, Graph, files, here};
use serde_json::Value;

/// The code blocks of the README in one language.
fn blocks(language: &str) -> Vec<String> {
    let readme = std::fs::read_to_string(here().join("../README.md")).expect("README.md at the root");
    let fence = format!("```{language}\n");
    readme.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap_or_default().trim().to_owned()).collect()
}

#[test]
fn every_question_is_a_document() {
    let without_comments =
        |text: String| text.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join("\n").trim().to_owned();
    let documents = files(&here().join("readme"), "graphql").into_iter();
    let mut documents: Vec<String> =
        documents.map(|path| without_comments(std::fs::read_to_string(path).expect("a readable document"))).collect();
    let mut questions = blocks("graphql");
    documents.sort();
    questions.sort();
    assert_eq!(questions, documents);
}

#[tokio::test]
async fn the_first_answer_is_true() {
    let graph = Graph::everything(Backend::Sqlite).await.expect("SQLite is always there");
    let (answer, _) = graph.ask(&blocks("graphql")[0]).await;
    let printed: Value = serde_json::from_str(&blocks("json")[0]).expect("the answer is JSON");
    assert_eq!(answer, printed);
}

#[test]
fn no_answer_is_incomplete() {
    for answer in files(&here().join("readme"), "snap") {
        let text = std::fs::read_to_string(&answer).expect("a readable answer");
        assert!(!text.contains("\"complete\": false"), "{}", answer.display());
    }
}

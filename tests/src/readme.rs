//! The README and the tour of the schema are tested: their queries are documents of the tests, and a response is the server's.

use std::path::Path;

use crate::support::{Backend, Graph, files, here};
use serde_json::Value;

/// The code blocks of the README in one language.
fn blocks(language: &str) -> Vec<String> {
    blocks_of("README.md", language)
}

fn blocks_of(page: &str, language: &str) -> Vec<String> {
    let page = std::fs::read_to_string(here().join("..").join(page)).expect("a page");
    let fence = format!("```{language}\n");
    page.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap_or_default().trim().to_owned()).collect()
}

/// The documents of a folder, without their comments.
fn documents(folder: &str) -> Vec<String> {
    let without_comments =
        |text: String| text.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join("\n").trim().to_owned();
    let documents = files(&here().join(folder), "graphql").into_iter();
    documents.map(|path| without_comments(std::fs::read_to_string(path).expect("a readable document"))).collect()
}

#[test]
fn every_question_of_the_tour_is_a_document() {
    let documents = [documents("readme"), documents("journalist")].concat();
    let questions = blocks_of("docs/schema.md", "graphql");
    assert_eq!(questions.len(), 10);
    for question in questions {
        assert!(documents.contains(&question), "no document of the tests is {question}");
    }
}

#[test]
fn every_question_is_a_document() {
    let mut documents = documents("readme");
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

/// A page names a file of the sources by the end of its path, as `rules/event_history/mod.rs`.
#[test]
fn files_that_the_pages_name_exist() {
    let root = here().join("..");
    let sources: Vec<_> = ["almanac", "api", "bench", "entity", "migration", "podium", "seed", "store", "tests/src"]
        .iter()
        .flat_map(|krate| files(&root.join(krate), "rs"))
        .collect();
    let pages = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "bench/README.md"].map(|page| root.join(page));
    let mut count = 0;
    for page in pages.into_iter().chain(files(&root.join("docs"), "md")) {
        let text = std::fs::read_to_string(&page).expect("a page");
        for name in
            text.split('`').skip(1).step_by(2).filter(|name| name.contains('/') && Path::new(name).extension() == Some("rs".as_ref()))
        {
            assert!(sources.iter().any(|source| source.ends_with(name)), "{} names {name}", page.display());
            count += 1;
        }
    }
    assert!(count > 5, "{count}");
}

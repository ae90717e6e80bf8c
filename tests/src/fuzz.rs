//! Broken documents: whatever is sent, the server answers, and never by an error of its own. `PODIUM_FUZZ_CASES` says how many are
//! tried.

use std::path::PathBuf;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, FileFailurePersistence, TestRunner};
use tokio::runtime::Builder;

use crate::support::{Backend, Graph, files, here};

/// What documents consist of, and what they should not contain.
const TOKENS: &[&str] = &[
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    ":",
    "=",
    "!",
    "$",
    "@",
    "...",
    "|",
    "&",
    "#",
    "\"",
    "\"\"\"",
    "\\u{1F600}",
    "\\uD800",
    "\u{feff}",
    "\u{0}",
    "é",
    "query",
    "mutation",
    "subscription",
    "fragment",
    "on",
    "Query",
    "Athlete",
    "Node",
    "null",
    "true",
    "-0",
    "1",
    "9999999999999999999",
    "1e400",
    "0.1",
    "$v",
    "$v: Int",
    "@skip(if: true)",
    "@include(if: $v)",
    "@deprecated",
    "first",
    "after",
    "filter",
    "athlete",
    "events",
    "edges",
    "node",
    "__typename",
    "__schema",
    "__type(name: \"Query\")",
    "_entities(representations: [])",
    "id",
    "slug: \"chris-hoy\"",
    ",",
    " ",
];

/// A change of one place in a document.
#[derive(Clone, Debug)]
enum Mutation {
    Delete,
    Repeat,
    Swap(usize),
    Insert(&'static str),
}

fn mutation() -> impl Strategy<Value = (usize, Mutation)> {
    let mutation = prop_oneof![
        Just(Mutation::Delete),
        Just(Mutation::Repeat),
        any::<usize>().prop_map(Mutation::Swap),
        select(TOKENS).prop_map(Mutation::Insert),
    ];
    (any::<usize>(), mutation)
}

/// A document of the tests with a few places changed, or no document at all.
fn documents() -> impl Strategy<Value = String> {
    let known: Vec<String> =
        [files(&here().join("queries"), "graphql"), files(&here().join("quirks"), "graphql")].concat().iter().map(text).collect();
    let changed = (select(known), vec(mutation(), 1..4)).prop_map(|(document, mutations)| mutate(&document, &mutations));
    let soup = vec(select(TOKENS), 0..40).prop_map(|tokens| tokens.concat());
    let spaced = vec(select(TOKENS), 0..40).prop_map(|tokens| tokens.join(" "));
    prop_oneof![6 => changed, 1 => soup, 1 => spaced, 1 => any::<String>()]
}

fn text(path: &PathBuf) -> String {
    std::fs::read_to_string(path).expect("a readable document")
}

/// Changes the tokens of a document: its words, and each sign between them.
fn mutate(document: &str, mutations: &[(usize, Mutation)]) -> String {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '-';
    let mut tokens: Vec<String> = Vec::new();
    let mut last = None;
    for letter in document.chars() {
        match tokens.last_mut().filter(|_| last.is_some_and(is_word) && is_word(letter)) {
            Some(word) => word.push(letter),
            None => tokens.push(letter.to_string()),
        }
        last = Some(letter);
    }
    for (place, mutation) in mutations {
        if tokens.is_empty() {
            break;
        }
        let place = place % tokens.len();
        match mutation {
            Mutation::Delete => drop(tokens.remove(place)),
            Mutation::Repeat => tokens.insert(place, tokens[place].clone()),
            Mutation::Swap(other) => {
                let other = other % tokens.len();
                tokens.swap(place, other);
            }
            Mutation::Insert(token) => tokens.insert(place, (*token).to_owned()),
        }
    }
    tokens.concat()
}

/// Tries as many values as the environment says.
pub(crate) fn try_many<S: Strategy>(values: &S, test: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let cases: u32 = std::env::var("PODIUM_FUZZ_CASES").ok().map_or(1_000, |cases| cases.parse().expect("PODIUM_FUZZ_CASES is a number"));
    let seeds = FileFailurePersistence::Off;
    // The HTTP library refuses some requests, such as those with quotation marks in their path.
    let max_local_rejects = cases.saturating_mul(100);
    let mut runner = TestRunner::new(Config { cases, max_local_rejects, failure_persistence: Some(Box::new(seeds)), ..Config::default() });
    runner.run(values, test).unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn a_broken_document_is_answered() {
    let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
    let graph = runtime.block_on(Graph::with_fixtures(Backend::Sqlite)).expect("SQLite is there");
    try_many(&documents(), |document| {
        let (answer, _) = runtime.block_on(graph.ask(&document));
        let errors: Vec<&str> =
            answer["errors"].as_array().into_iter().flatten().filter_map(|error| error["extensions"]["code"].as_str()).collect();
        prop_assert!(answer.get("data").is_some() || answer["errors"].is_array(), "{answer}");
        prop_assert!(!errors.iter().any(|code| ["INTERNAL_SERVER_ERROR", "UNAVAILABLE", "TIMEOUT"].contains(code)), "{answer}");
        Ok(())
    });
}

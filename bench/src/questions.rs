//! The five questions of the comparison with other servers, each with many variables.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::server::Server;

/// A question with the bodies of its requests.
#[derive(Clone, Debug)]
pub struct Question {
    /// The name of its file.
    pub name: String,
    pub bodies: Vec<String>,
}

/// Reads the questions of `bench/questions`, each with so many different variables, as far as a server finds them in its data.
pub fn read(server: &mut Server, variants: usize) -> Result<Vec<Question>> {
    let athletes =
        found(server, "{ athletes(first: 100, orderBy: { field: MEDALS, direction: DESC }) { nodes { slug name } } }", "athletes")?;
    let nations = found(server, "{ nations(first: 100) { nodes { code } } }", "nations")?;
    let games = found(server, "{ allGames(first: 100, filter: { status: [HELD] }) { nodes { slug } } }", "allGames")?;
    let text = |row: &Value, field: &str| row[field].as_str().unwrap_or_default().to_owned();
    let variables: [Vec<Value>; 5] = [
        athletes.iter().map(|row| json!({ "slug": text(row, "slug") })).collect(),
        nations.iter().map(|row| json!({ "nation": [text(row, "code")] })).collect(),
        games.iter().map(|row| json!({ "slug": text(row, "slug") })).collect(),
        games.iter().map(|row| json!({ "slug": text(row, "slug") })).collect(),
        athletes.iter().map(|row| json!({ "text": part(&text(row, "name")) })).collect(),
    ];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("questions");
    let mut paths: Vec<_> = fs::read_dir(&folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "graphql"));
    paths.sort();
    ensure!(paths.len() == variables.len(), "{} has not {} questions", folder.display(), variables.len());
    let mut questions = Vec::new();
    for (path, variables) in paths.iter().zip(variables) {
        let document = fs::read_to_string(path)?;
        let bodies = variables.into_iter().take(variants).map(|variables| json!({ "query": document, "variables": variables }).to_string());
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        questions.push(Question { name, bodies: bodies.collect() });
    }
    Ok(questions)
}

/// The items of a connection.
fn found(server: &mut Server, document: &str, field: &str) -> Result<Vec<Value>> {
    let answer: Value = serde_json::from_slice(&server.ask(&json!({ "query": document }).to_string())?)?;
    answer["data"][field]["nodes"].as_array().cloned().with_context(|| format!("{document}: {answer}"))
}

/// Drops the texts of a search that one statement cannot answer alike: it would have to fold accents, and it knows nothing of short texts and of
/// names that only sound alike.
pub fn keep_plain_texts(server: &mut Server, question: &mut Question) -> Result<()> {
    let mut plain = Vec::new();
    for body in question.bodies.drain(..) {
        let content: Value = serde_json::from_str(&body)?;
        match content["variables"]["text"].as_str() {
            Some(text) if text.len() < 3 || !text.is_ascii() || !is_contained(server, text)? => {}
            _ => plain.push(body),
        }
    }
    ensure!(!plain.is_empty(), "{}: no text is left", question.name);
    question.bodies = plain;
    Ok(())
}

/// Whether all athletes that are found have the text in their names, and are few enough to see that.
fn is_contained(server: &mut Server, text: &str) -> Result<bool> {
    let document = format!("{{ search(text: \"{text}\", kinds: [ATHLETE], first: 50) {{ totalCount hits {{ closeness }} }} }}");
    let answer: Value = serde_json::from_slice(&server.ask(&json!({ "query": document }).to_string())?)?;
    let hits = answer["data"]["search"]["hits"].as_array().with_context(|| format!("{document}: {answer}"))?;
    Ok(answer["data"]["search"]["totalCount"] == hits.len() && hits.iter().all(|hit| hit["closeness"] == 1.0))
}

/// The end of a family name: letters that a search must look for within words.
fn part(name: &str) -> String {
    let word: Vec<char> = name.split_whitespace().last().unwrap_or_default().chars().collect();
    word[word.len().saturating_sub(5)..].iter().collect::<String>().to_lowercase()
}

/// Asks every request once. An answer with errors fails; the others are returned, to be compared.
pub fn answers(server: &mut Server, question: &Question) -> Result<Vec<Vec<u8>>> {
    question
        .bodies
        .iter()
        .map(|body| {
            let answer = server.ask(body).with_context(|| question.name.clone())?;
            let content: Value = serde_json::from_slice(&answer)?;
            ensure!(content.get("errors").is_none(), "{}: {body}: {content}", question.name);
            Ok(answer)
        })
        .collect()
}

//! Measures what the server needs to answer the main documents.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::server::Server;

/// A document is asked again until the server has spent this many CPU seconds on it, since CPU time is only known to the hundredth.
const ENOUGH_CPU: f64 = 0.3;
/// A document that was asked this often is not asked again, even when it took less than `ENOUGH_CPU`.
const ENOUGH_ANSWERS: u32 = 400;
/// A slow document is not asked again once the server has spent this many CPU seconds on it.
const PLENTY_OF_CPU: f64 = 10.0;

/// A GraphQL document.
#[derive(Clone, Debug)]
pub struct Document {
    /// The name of its file.
    pub name: String,
    /// The body of its request.
    body: String,
}

/// The cost of an answer.
#[derive(Clone, Copy, Debug)]
pub struct Answer {
    /// Processor milliseconds of the server.
    pub milliseconds: f64,
    /// The length of the answer in bytes.
    pub bytes: usize,
}

/// Reads the documents of `bench/documents`, and those of `tests/journalist`, each ordered by file name.
pub fn read() -> Result<Vec<Document>> {
    let mut documents = Vec::new();
    for folder in ["documents", "../tests/journalist"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let entries = fs::read_dir(&folder).with_context(|| folder.display().to_string())?;
        let paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<BTreeSet<_>>>()?;
        for path in paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "graphql")) {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            documents.push(Document { name, body: json!({ "query": fs::read_to_string(path)? }).to_string() });
        }
    }
    Ok(documents)
}

/// Asks each document once to warm up, then at least `answers` times unless it is slow. A document that fails does not hide the
/// costs of the others.
pub fn measure(program: &Path, database: &Path, documents: &[Document], answers: u32) -> Result<Vec<Result<Answer>>> {
    let mut server = Server::start(program, database)?;
    Ok(documents.iter().map(|document| measure_one(&mut server, document, answers)).collect())
}

fn measure_one(server: &mut Server, document: &Document, answers: u32) -> Result<Answer> {
    server.settle()?;
    let bytes = ask(server, document)?;
    let (before, mut asked) = (server.cpu()?, 0);
    loop {
        ask(server, document)?;
        asked += 1;
        let cpu = server.cpu()? - before;
        if cpu >= PLENTY_OF_CPU || asked >= answers && (cpu >= ENOUGH_CPU || asked >= ENOUGH_ANSWERS) {
            return Ok(Answer { milliseconds: cpu * 1000.0 / f64::from(asked), bytes });
        }
    }
}

/// Asks a document and returns the length of the answer. An answer with errors, or without data, is a failure.
fn ask(server: &mut Server, document: &Document) -> Result<usize> {
    let answer = server.ask(&document.body).with_context(|| document.name.clone())?;
    let content: Value = serde_json::from_slice(&answer).with_context(|| document.name.clone())?;
    let found = content["data"].as_object().is_some_and(|data| data.values().all(|field| !field.is_null()));
    ensure!(found && content.get("errors").is_none(), "{}: {}", document.name, content);
    Ok(answer.len())
}

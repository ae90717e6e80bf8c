//! What the main documents cost the server to answer.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::server::Server;

/// A document is asked on until the server has worked so many seconds on it, since its clock has hundredths,
const ENOUGH_CPU: f64 = 0.3;
/// or until it was asked so often.
const ENOUGH_ANSWERS: u32 = 400;
/// A slow document is asked no more once the server has worked so many seconds on it.
const PLENTY_OF_CPU: f64 = 10.0;

/// A question.
#[derive(Clone, Debug)]
pub struct Document {
    /// The name of its file.
    pub name: String,
    /// The request that asks it.
    body: String,
}

/// What an answer costs.
#[derive(Clone, Copy, Debug)]
pub struct Answer {
    /// Processor milliseconds of the server.
    pub milliseconds: f64,
    /// How long it is.
    pub bytes: usize,
}

/// The documents of `bench/documents`, in their order.
pub fn read() -> Result<Vec<Document>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("documents");
    let mut documents = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        documents.push(Document { name, body: json!({ "query": fs::read_to_string(&path)? }).to_string() });
    }
    documents.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(documents)
}

/// Asks each document once to warm up and then at least so often, unless it is slow. One that fails does not hide what the
/// others cost.
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

/// How long the answer is, which must be one.
fn ask(server: &mut Server, document: &Document) -> Result<usize> {
    let answer = server.ask(&document.body).with_context(|| document.name.clone())?;
    let content: Value = serde_json::from_slice(&answer).with_context(|| document.name.clone())?;
    let found = content["data"].as_object().is_some_and(|data| data.values().all(|field| !field.is_null()));
    ensure!(found && content.get("errors").is_none(), "{}: {}", document.name, content);
    Ok(answer.len())
}

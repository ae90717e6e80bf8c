//! Benchmarks the import as the history grows, and then the main documents over the result.
//!
//! The file "120 years of Olympic history" is written once, three times and ten times over. Each copy has athletes and teams of its
//! own. The shells of the databases import each file into one bare table with four indexes, which is the minimum cost of any
//! import. Then Podium imports it, and a server over the result answers the documents of `bench/documents`. `bench/README.md` says
//! how to run this, and what the columns of the tables mean.

use std::io::{Write, stdout};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use podium_bench::documents::{self, Answer, Document};
use podium_bench::options::Options;
use podium_bench::table::{self, Measured};
use podium_bench::{copies, postgres, sqlite};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let options = Options::read(&[1, 3, 10])?;
    let documents = documents::read()?;
    let server = postgres::Server::find();
    let mut measured = Vec::new();
    for copies in &options.copies {
        measured.push(measure(&options, *copies, &documents, server.as_ref()).with_context(|| format!("{copies} copies"))?);
    }
    stdout().write_all(table::all(&measured, &documents).as_bytes())?;
    let failed = measured.iter().flat_map(|row| &row.answers).filter(|answer| answer.is_err()).count();
    ensure!(failed == 0, "{failed} documents failed, as told above");
    Ok(())
}

/// Runs all measurements for one number of copies, in a temporary folder.
fn measure(options: &Options, copies: u32, documents: &[Document], server: Option<&postgres::Server>) -> Result<Measured> {
    let folder = tempfile::tempdir()?;
    let (file, database) = (folder.path().join("history.csv"), folder.path().join("podium.db"));
    let lines = told(copies, "writing the file", || copies::write(&options.history, copies, &file))?;
    let sqlite = told(copies, "SQLite", || sqlite::measure(&options.program, &file, &database))?;
    let postgres = server.map(|server| told(copies, "PostgreSQL", || server.measure(&options.program, &file))).transpose()?;
    let answers = told(copies, "documents", || answers(options, &database, documents))?;
    Ok(Measured { copies, lines, sqlite, postgres, answers })
}

/// Measures each document. Failures are printed at once.
fn answers(options: &Options, database: &Path, documents: &[Document]) -> Result<Vec<Result<Answer>>> {
    let answers = documents::measure(&options.program, database, documents, options.answers)?;
    answers.iter().filter_map(|answer| answer.as_ref().err()).for_each(|error| eprintln!("{error:#}"));
    Ok(answers)
}

/// Prints each step to standard error, since all of them together take minutes.
fn told<T>(copies: u32, what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    eprintln!("copies: {copies}, {what}");
    work()
}

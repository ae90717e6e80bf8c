//! What an import costs as the history grows, and what the main documents then cost to answer.
//!
//! The history "120 years of Olympic history" is written once, thrice and ten times over, each copy with athletes and teams
//! of its own. Each such file is imported by the shells of the databases into one bare table with four indexes, which is the
//! least that any import costs, then by Podium; and then a server over the result is asked the documents of
//! `bench/documents`. `bench/README.md` says how to run it, and what the columns of the tables mean.

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
    let options = Options::read()?;
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

/// Everything over one number of copies, in a folder that is then removed.
fn measure(options: &Options, copies: u32, documents: &[Document], server: Option<&postgres::Server>) -> Result<Measured> {
    let folder = tempfile::tempdir()?;
    let (file, database) = (folder.path().join("history.csv"), folder.path().join("podium.db"));
    let lines = told(copies, "writing the file", || copies::write(&options.history, copies, &file))?;
    let sqlite = told(copies, "SQLite", || sqlite::measure(&options.program, &file, &database))?;
    let postgres = server.map(|server| told(copies, "PostgreSQL", || server.measure(&options.program, &file))).transpose()?;
    let answers = told(copies, "documents", || answers(options, &database, documents))?;
    Ok(Measured { copies, lines, sqlite, postgres, answers })
}

/// What each document costs; the failures are told at once.
fn answers(options: &Options, database: &Path, documents: &[Document]) -> Result<Vec<Result<Answer>>> {
    let answers = documents::measure(&options.program, database, documents, options.answers)?;
    answers.iter().filter_map(|answer| answer.as_ref().err()).for_each(|error| eprintln!("{error:#}"));
    Ok(answers)
}

/// Says on standard error what is being done: all of it takes minutes.
fn told<T>(copies: u32, what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    eprintln!("copies: {copies}, {what}");
    work()
}

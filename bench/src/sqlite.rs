//! Measures imports on `SQLite`.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::child::{self, Cost};
use crate::{bare_indexes, bare_table};

/// The cost of importing one file.
#[derive(Debug)]
pub struct Growth {
    /// Into a bare table, by the shell of `SQLite`.
    pub bare: Cost,
    /// Into a new database.
    pub first: Cost,
    /// The same again.
    pub second: Cost,
    /// The size of the database, in bytes.
    pub bytes: u64,
}

/// Imports the file into a bare table, and twice into a new database, which stays.
pub fn measure(program: &Path, file: &Path, database: &Path) -> Result<Growth> {
    let bare = bare(file, &database.with_extension("bare"))?;
    let first = import(program, file, &url(database))?;
    let bytes = size(database)?;
    let second = import(program, file, &url(database))?;
    ensure!(second.told.contains("Everything was there already."), "a second import is not idle: {}", second.told);
    Ok(Growth { bare, first, second, bytes })
}

/// The database URL for the program.
pub fn url(database: &Path) -> String {
    format!("sqlite://{}?mode=rwc", database.display())
}

/// The least that any import costs: the lines in one table, with indexes.
fn bare(file: &Path, database: &Path) -> Result<Cost> {
    let mut command = Command::new("sqlite3");
    command.args(["-batch", "-bail"]).arg(database).arg(bare_table());
    command.arg(format!(".import --csv --skip 1 \"{}\" bare", file.display())).args(bare_indexes());
    let cost = child::run(&mut command).context("the baseline on SQLite")?;
    fs::remove_file(database)?;
    Ok(cost)
}

/// Imports the file as a user would, but that no line may be rejected.
pub(crate) fn import(program: &Path, file: &Path, url: &str) -> Result<Cost> {
    let mut command = Command::new(program);
    command.env_clear().current_dir(file.parent().context("a file in a folder")?);
    command.args(["import", "athlete-events", "--max-rejects", "0", "--database-url", url]).arg(file);
    child::run(&mut command)
}

/// The size of the database and its write-ahead log, in bytes.
fn size(database: &Path) -> Result<u64> {
    let log = database.with_file_name(format!("{}-wal", database.file_name().unwrap_or_default().display()));
    Ok(fs::metadata(database)?.len() + fs::metadata(log).map_or(0, |log| log.len()))
}

//! Measures imports on `PostgreSQL`, if there is one. Its server does most of the work, so the server's CPU time counts too.

use std::path::Path;
use std::process::Command;
use std::{env, process};

use anyhow::{Context, Result, ensure};

use crate::child::{self, Cost};
use crate::process::cpu_of_all;
use crate::{bare_indexes, bare_table, sqlite};

/// The cost of importing one file.
#[derive(Debug)]
pub struct Growth {
    /// Into a bare table, by the shell of `PostgreSQL`.
    pub bare: Cost,
    /// Into a new database.
    pub first: Cost,
    /// The size of the database, in bytes.
    pub bytes: u64,
}

/// A server where databases may be created.
#[derive(Debug)]
pub struct Server {
    url: String,
}

impl Server {
    /// Finds the server that `TEST_POSTGRES_URL` names, or the one on this machine. When it does not answer, a loud message is
    /// printed and `None` is returned.
    pub fn find() -> Option<Self> {
        let named = env::var("TEST_POSTGRES_URL").ok();
        let server = Self { url: named.unwrap_or_else(|| "postgres://postgres@127.0.0.1:5432/postgres".to_owned()) };
        match psql(&server.url, &["SELECT 1"]) {
            Ok(_) => Some(server),
            Err(error) => {
                eprintln!("\n*** SKIPPED: no PostgreSQL, set TEST_POSTGRES_URL to a server where databases may be created: {error:#}\n");
                None
            }
        }
    }

    /// Imports the file into a bare table and into a new database. Both databases are dropped afterwards.
    pub fn measure(&self, program: &Path, file: &Path) -> Result<Growth> {
        let bare = Database::create(self, "bare")?;
        let bare = with_server(|| bare.bare(file)).context("the baseline on PostgreSQL")?;
        let database = Database::create(self, "podium")?;
        let first = with_server(|| sqlite::import(program, file, &database.url))?;
        Ok(Growth { bare, first, bytes: database.size()? })
    }
}

/// The cost of some work, including the CPU time of the server. Anything else that the server does meanwhile counts too.
fn with_server(work: impl FnOnce() -> Result<Cost>) -> Result<Cost> {
    let before = cpu_of_all("postgres")?;
    ensure!(before > 0.0, "the PostgreSQL server is on another machine, so that its processor time cannot be read");
    let cost = work()?;
    Ok(Cost { cpu: cost.cpu + cpu_of_all("postgres")? - before, ..cost })
}

/// A database that is dropped with this value.
#[derive(Debug)]
pub struct Database<'a> {
    server: &'a Server,
    name: String,
    pub(crate) url: String,
}

impl<'a> Database<'a> {
    pub(crate) fn create(server: &'a Server, what: &str) -> Result<Self> {
        let name = format!("podium_bench_{what}_{}", process::id());
        let (base, _) = server.url.rsplit_once('/').context("a URL with a database")?;
        psql(&server.url, &[&format!("CREATE DATABASE {name}")])?;
        Ok(Self { server, url: format!("{base}/{name}"), name })
    }

    /// The least that any import costs: the lines in one table, with indexes.
    fn bare(&self, file: &Path) -> Result<Cost> {
        let copy = format!("\\copy bare FROM '{}' WITH (FORMAT csv, HEADER)", file.display());
        let commands = [bare_table(), copy].into_iter().chain(bare_indexes()).collect::<Vec<_>>();
        psql(&self.url, &commands.iter().map(String::as_str).collect::<Vec<_>>())
    }

    fn size(&self) -> Result<u64> {
        let told = psql(&self.url, &["SELECT pg_database_size(current_database())"])?.told;
        Ok(told.trim().parse()?)
    }
}

impl Drop for Database<'_> {
    fn drop(&mut self) {
        if let Err(error) = psql(&self.server.url, &[&format!("DROP DATABASE {} WITH (FORCE)", self.name)]) {
            eprintln!("the database {} was left behind: {error:#}", self.name);
        }
    }
}

fn psql(url: &str, commands: &[&str]) -> Result<Cost> {
    let mut command = Command::new("psql");
    command.args(["-XqAt", "-v", "ON_ERROR_STOP=1", "-d", url]);
    for text in commands {
        command.args(["-c", text]);
    }
    child::run(&mut command)
}

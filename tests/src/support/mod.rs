//! Test support: a graph over its own database, on SQLite or PostgreSQL, that counts its statements.

pub(crate) mod cluster;
mod database;
pub(crate) mod postgres;
mod snapshots;
pub(crate) mod walk;

use std::path::{Path, PathBuf};

use async_graphql::Request;
use podium_api::answer::Engine;
use podium_api::limits::Limits;
use podium_seed::{DataSet, Import, ImportOptions, Report, TransferError};
use podium_store::Store;
use serde_json::Value;

pub(crate) use database::{Backend, Content, Database};
pub(crate) use snapshots::Snapshots;

/// A graph over a database of its own.
pub(crate) struct Graph {
    pub(crate) store: Store,
    pub(crate) engine: Engine,
    /// Removed when the graph is dropped.
    _database: Database,
}

/// A new database without tables; `None`, with a loud message, if there is no PostgreSQL.
pub(crate) async fn empty(backend: Backend) -> Option<(Store, Database)> {
    let database = Database::create(backend, Content::Nothing).await?;
    Some((Store::connect(database.url()).await.expect("the database opens"), database))
}

impl Graph {
    /// A graph over the built-in data.
    pub(crate) async fn built_in(backend: Backend) -> Option<Self> {
        Self::on(Database::create(backend, Content::BuiltIn).await?).await
    }

    /// A graph over every medal of every Games.
    pub(crate) async fn everything(backend: Backend) -> Option<Self> {
        Self::on(Database::create(backend, Content::Everything).await?).await
    }

    /// A graph over the built-in data and the fixtures.
    pub(crate) async fn with_fixtures(backend: Backend) -> Option<Self> {
        Self::on(Database::create(backend, Content::Fixtures).await?).await
    }

    /// A graph over a data set.
    pub(crate) async fn over(backend: Backend, data: &DataSet) -> Option<Self> {
        let graph = Self::on(Database::create(backend, Content::Nothing).await?).await?;
        graph.store.migrate().await.expect("the migrations run");
        podium_seed::load(&graph.store.writer, data).await.unwrap_or_else(|error| panic!("{error}"));
        Some(graph)
    }

    async fn on(database: Database) -> Option<Self> {
        let store = Store::connect(database.url()).await.expect("the database opens");
        Some(Self { engine: Engine::new(store.sessions.clone(), Limits::default()), store, _database: database })
    }

    /// The answer to a document, and how many statements it took.
    pub(crate) async fn ask(&self, document: &str) -> (Value, usize) {
        self.send(Request::new(document)).await
    }

    /// The answer to a request, and how many statements it took.
    pub(crate) async fn send(&self, request: Request) -> (Value, usize) {
        let answer = self.engine.execute(request).await;
        (serde_json::to_value(&answer).expect("an answer is JSON"), answer.statements)
    }

    /// The data of an answer that has no errors.
    pub(crate) async fn data(&self, document: &str) -> Value {
        let (mut answer, _) = self.ask(document).await;
        assert_eq!(answer.get("errors"), None, "{document}");
        answer["data"].take()
    }

    /// Imports a source. No row may be rejected.
    pub(crate) async fn import(&self, source: &Import) -> Report {
        self.try_import(source).await.unwrap_or_else(|error| panic!("{error}"))
    }

    pub(crate) async fn try_import(&self, source: &Import) -> Result<Report, TransferError> {
        podium_seed::import(&self.store, source, &ImportOptions::default(), &|_| {}).await
    }
}

/// Reports loudly that something was not tested. The test harness would hide ordinary output of a passing test.
pub(crate) fn skip(reason: &str) {
    use std::io::Write;
    let told = writeln!(std::io::stderr(), "\n*** SKIPPED: {reason}\n");
    told.expect("standard error takes a line");
}

/// A folder with real data of other projects; `None`, with a loud message, unless `PODIUM_DATA` names the folder it is in.
pub(crate) fn real_data(folder: &str) -> Option<PathBuf> {
    let found = std::env::var_os("PODIUM_DATA").map(|data| Path::new(&data).join(folder)).filter(|folder| folder.is_dir());
    if found.is_none() {
        let reason = format!("no folder `{folder}`: set PODIUM_DATA to the folder that it is in");
        assert!(std::env::var_os("PODIUM_REQUIRE_DATA").is_none(), "{reason}");
        skip(&reason);
    }
    found
}

/// The folder of the tests.
pub(crate) fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

/// The files with an ending below a folder, in order.
pub(crate) fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("a readable folder").path();
        match path.is_dir() {
            true => found.extend(files(&path, ending)),
            false if path.extension().is_some_and(|extension| extension == ending) => found.push(path),
            false => {}
        }
    }
    found.sort();
    found
}

/// The strings at a path of keys in every item of a list: `pluck(&rows, "nation.code")`.
pub(crate) fn pluck(list: &Value, path: &str) -> Vec<String> {
    let items = list.as_array().unwrap_or_else(|| panic!("a list, not {list}"));
    let at = |item: &Value| path.split('.').fold(item.clone(), |value, key| value[key].clone());
    items.iter().map(|item| at(item).as_str().map_or_else(|| at(item).to_string(), str::to_owned)).collect()
}

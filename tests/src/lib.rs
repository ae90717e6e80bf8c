//! What the tests stand on: a fresh store with the built-in data, on `SQLite` or `PostgreSQL`, that counts its statements.

#![expect(clippy::missing_panics_doc, reason = "a test helper that panics is a test that fails")]

mod postgres;
mod snapshots;

use std::path::{Path, PathBuf};

use async_graphql::Request;
use podium_api::limits::Limits;
use podium_api::schema::Schema;
use podium_api::store::Store;
use podium_seed::DataSet;
use serde_json::Value;
use tempfile::TempDir;

pub use postgres::Postgres;
pub use snapshots::Snapshots;

/// Which database a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    Sqlite,
    Postgres,
}

/// A graph over a store of its own.
pub struct Graph {
    pub store: Store,
    pub schema: Schema,
    /// Removed when the graph is dropped.
    _home: Home,
}

/// Where the store of a test lives.
pub enum Home {
    Folder(TempDir),
    Database(Postgres),
}

/// The URL of a database of one's own; none, said loudly, where there is no `PostgreSQL`.
pub async fn place(backend: Backend) -> Option<(String, Home)> {
    Some(match backend {
        Backend::Sqlite => {
            let folder = TempDir::new().expect("a temporary folder");
            (format!("sqlite://{}?mode=rwc", folder.path().join("podium.db").display()), Home::Folder(folder))
        }
        Backend::Postgres => {
            let database = Postgres::create().await?;
            (database.url().to_owned(), Home::Database(database))
        }
    })
}

/// A database of one's own without tables.
pub async fn empty(backend: Backend) -> Option<(Store, Home)> {
    let (url, home) = place(backend).await?;
    Some((Store::connect(&url).await.expect("the database opens"), home))
}

impl Graph {
    /// A graph over the built-in data.
    pub async fn built_in(backend: Backend) -> Option<Self> {
        Self::over(backend, &DataSet::built_in()).await
    }

    /// A graph over the built-in data and the fixtures.
    pub async fn with_fixtures(backend: Backend) -> Option<Self> {
        let mut data = DataSet::built_in();
        for file in files(&here().join("fixtures"), "csv") {
            let name = file.file_stem().and_then(|stem| stem.to_str()).expect("a file name");
            data.add(name, &std::fs::read_to_string(&file).expect("a readable fixture"));
        }
        Self::over(backend, &data).await
    }

    /// A graph over a data set.
    pub async fn over(backend: Backend, data: &DataSet) -> Option<Self> {
        let (store, home) = empty(backend).await?;
        store.migrate().await.expect("the migrations run");
        podium_seed::load(&store.writer, data).await.unwrap_or_else(|error| panic!("{error}"));
        Some(Self { schema: Schema::new(store.reader.clone(), Limits::default()), store, _home: home })
    }

    /// The answer to a document, and how many statements it took.
    pub async fn ask(&self, document: &str) -> (Value, usize) {
        self.send(Request::new(document)).await
    }

    /// The answer to a request, and how many statements it took.
    pub async fn send(&self, request: Request) -> (Value, usize) {
        let answer = self.schema.execute(request).await;
        (serde_json::to_value(&answer).expect("an answer is JSON"), answer.statements)
    }

    /// The data of an answer that has no errors.
    pub async fn data(&self, document: &str) -> Value {
        let (mut answer, _) = self.ask(document).await;
        assert_eq!(answer.get("errors"), None, "{document}");
        answer["data"].take()
    }
}

/// Says loudly that something was not tested; the test harness would keep an ordinary line of a passing test to itself.
pub fn skip(reason: &str) {
    use std::io::Write;
    let told = writeln!(std::io::stderr(), "\n*** SKIPPED: {reason}\n");
    told.expect("standard error takes a line");
}

/// The folder of the tests.
pub fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

/// The files with an ending below a folder, in order.
pub fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
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
pub fn pluck(list: &Value, path: &str) -> Vec<String> {
    let items = list.as_array().unwrap_or_else(|| panic!("a list, not {list}"));
    let at = |item: &Value| path.split('.').fold(item.clone(), |value, key| value[key].clone());
    items.iter().map(|item| at(item).as_str().map_or_else(|| at(item).to_string(), str::to_owned)).collect()
}

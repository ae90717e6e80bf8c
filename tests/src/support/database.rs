//! Databases for tests. One with data is a copy of a template that is loaded once for each build of the tests.

use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;

use podium_seed::{BuiltIn, DataSet};
use podium_store::Store;
use tempfile::TempDir;

use super::postgres::{self, Postgres};
use super::{files, here};

/// Which database a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Backend {
    Sqlite,
    Postgres,
}

/// What is in a new database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    Nothing,
    /// The sample: small, so that the tests of rules do not change with every new Games.
    BuiltIn,
    /// The built-in data and the fixtures.
    Fixtures,
    /// Everything that a new database of the server has: the built-in data and the almanac.
    Everything,
}

/// A database that is deleted when this value is dropped.
pub(crate) enum Database {
    Sqlite { url: String, _folder: TempDir },
    Postgres(Postgres),
}

impl Database {
    /// A new database; `None`, with a loud message, if there is no PostgreSQL.
    pub(crate) async fn create(backend: Backend, content: Content) -> Option<Self> {
        let server = match backend {
            Backend::Sqlite => None,
            Backend::Postgres => Some(postgres::server()?),
        };
        let name = format!("{}_{content:?}", build()).to_lowercase();
        Some(match server {
            None => {
                let folder = TempDir::new().expect("a temporary folder");
                let path = folder.path().join("podium.db");
                if content != Content::Nothing {
                    std::fs::copy(sqlite_template(&name, content).await, &path).expect("the template is copied");
                }
                Self::Sqlite { url: url_of(&path), _folder: folder }
            }
            Some(server) => {
                let template = match content {
                    Content::Nothing => None,
                    _ => Some(postgres_template(server, &name, content).await),
                };
                Self::Postgres(Postgres::create(server, template.as_deref()).await)
            }
        })
    }

    pub(crate) fn url(&self) -> &str {
        match self {
            Self::Sqlite { url, .. } => url,
            Self::Postgres(database) => database.url(),
        }
    }
}

fn with_fixtures() -> DataSet {
    let mut data = DataSet::sample();
    for file in files(&here().join("fixtures"), "csv") {
        let name = file.file_stem().and_then(|stem| stem.to_str()).expect("a file name");
        data.add(name, &std::fs::read_to_string(&file).expect("a readable fixture"));
    }
    data
}

fn url_of(path: &std::path::Path) -> String {
    format!("sqlite://{}?mode=rwc", path.display())
}

/// The prefix of the templates of this checkout, which may share a server with others.
fn checkout() -> String {
    let mut hasher = DefaultHasher::new();
    env!("CARGO_TARGET_TMPDIR").hash(&mut hasher);
    format!("podium_template_{:016x}_", hasher.finish())
}

/// A name that identifies this build of the tests.
fn build() -> String {
    let program = std::env::current_exe().expect("this program");
    let about = std::fs::metadata(&program).expect("a file");
    let mut hasher = DefaultHasher::new();
    (program, about.len(), about.modified().ok()).hash(&mut hasher);
    let fixtures = files(&here().join("fixtures"), "csv");
    for file in fixtures {
        std::fs::metadata(file).and_then(|about| about.modified()).ok().hash(&mut hasher);
    }
    format!("{}{:016x}", checkout(), hasher.finish())
}

/// The folder with the templates, and its lock, held until the file is closed.
fn templates() -> (PathBuf, File) {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("templates");
    std::fs::create_dir_all(&folder).expect("a folder");
    let lock = File::create(folder.join("lock")).expect("a file");
    lock.lock().expect("a lock");
    (folder, lock)
}

async fn sqlite_template(name: &str, content: Content) -> PathBuf {
    let (folder, _lock) = templates();
    let path = folder.join(name).with_extension("db");
    if !path.exists() {
        for old in files(&folder, "db").into_iter().filter(|old| !old.display().to_string().contains(&build())) {
            std::fs::remove_file(old).expect("an old template goes");
        }
        let unfinished = path.with_extension("unfinished");
        drop(std::fs::remove_file(&unfinished));
        fill(&url_of(&unfinished), content).await;
        std::fs::rename(unfinished, &path).expect("the template has its name");
    }
    path
}

async fn postgres_template(server: &str, name: &str, content: Content) -> String {
    let (_, _lock) = templates();
    if !postgres::exists(server, name).await {
        for old in postgres::databases_like(server, &checkout()).await.into_iter().filter(|old| !old.contains(&build())) {
            postgres::drop_database(server, &old).await;
        }
        let unfinished = Postgres::create(server, None).await;
        fill(unfinished.url(), content).await;
        unfinished.rename(name).await;
    }
    name.to_owned()
}

async fn fill(url: &str, content: Content) {
    let store = Store::connect(url).await.expect("the template opens");
    let data = match content {
        Content::Fixtures => with_fixtures(),
        _ => DataSet::sample(),
    };
    if content == Content::Everything {
        podium_seed::prepare(&store, BuiltIn::Everything).await.unwrap_or_else(|error| panic!("{error}"));
    } else {
        store.migrate().await.expect("the migrations run");
        podium_seed::load(&store.writer, &data).await.unwrap_or_else(|error| panic!("{error}"));
    }
    store.close().await;
}

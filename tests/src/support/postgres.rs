//! PostgreSQL for tests: the server that `TEST_POSTGRES_URL` names, or else a cluster. The tests start the cluster if PostgreSQL is
//! installed, and all their processes share it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use sea_orm::{ConnectionTrait, Database, DbBackend, Statement};
use tempfile::TempDir;
use uuid::Uuid;

use super::cluster;

/// A database that is deleted when this value is dropped.
pub(crate) struct Postgres {
    server: String,
    name: String,
    url: String,
}

impl Postgres {
    /// A new database, a copy of another one if there is a template.
    pub(crate) async fn create(server: &str, template: Option<&str>) -> Self {
        let name = format!("podium_test_{}", Uuid::new_v4().simple());
        let copied = template.map(|template| format!(" TEMPLATE {template}")).unwrap_or_default();
        run(server, &format!("CREATE DATABASE {name}{copied}")).await;
        let (base, _) = server.rsplit_once('/').expect("a URL with a database");
        Self { server: server.to_owned(), url: format!("{base}/{name}"), name }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Renames the database and keeps it.
    pub(crate) async fn rename(mut self, name: &str) {
        run(&self.server, &format!("ALTER DATABASE {} RENAME TO {name}", self.name)).await;
        self.name.clear();
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if self.name.is_empty() {
            return;
        }
        let (server, name) = (self.server.clone(), self.name.clone());
        // On its own runtime, since that of the test may be shutting down.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.map(|runtime| runtime.block_on(drop_database(&server, &name)))
        });
        if dropping.join().is_err() {
            eprintln!("the database {} was left behind", self.name);
        }
    }
}

const NO_SERVER: &str =
    "no PostgreSQL: set TEST_POSTGRES_URL to a server where databases may be created, or install its programs (initdb, postgres)";

async fn run(server: &str, statement: &str) {
    let db = Database::connect(server).await.unwrap_or_else(|error| panic!("{server}: {error}"));
    db.execute_unprepared(statement).await.unwrap_or_else(|error| panic!("{statement}: {error}"));
    db.close().await.unwrap_or_else(|error| panic!("{error}"));
}

pub(crate) async fn drop_database(server: &str, name: &str) {
    run(server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
}

/// Whether there is a database of this name.
pub(crate) async fn exists(server: &str, name: &str) -> bool {
    databases(server).await.iter().any(|database| database == name)
}

/// The databases whose names begin with a prefix.
pub(crate) async fn databases_like(server: &str, prefix: &str) -> Vec<String> {
    let all = databases(server).await.into_iter();
    all.filter(|name| name.starts_with(prefix)).collect()
}

async fn databases(server: &str) -> Vec<String> {
    let db = Database::connect(server).await.unwrap_or_else(|error| panic!("{server}: {error}"));
    let all = Statement::from_string(DbBackend::Postgres, "SELECT datname::text AS name FROM pg_database");
    let rows = db.query_all_raw(all).await.expect("an answer");
    rows.iter().map(|row| row.try_get("", "name").expect("a name")).collect()
}

/// The server for the tests; `None`, with a loud message, if there is none.
///
/// # Panics
/// When there is none although `PODIUM_REQUIRE_POSTGRES` is set.
pub(crate) fn server() -> Option<&'static str> {
    static SERVER: OnceLock<Option<String>> = OnceLock::new();
    let server = SERVER.get_or_init(|| std::env::var("TEST_POSTGRES_URL").ok().or_else(shared_cluster)).as_deref();
    server.or_else(|| missing(NO_SERVER))
}

/// Nothing, with a loud message.
///
/// # Panics
/// When `PODIUM_REQUIRE_POSTGRES` is set.
pub(super) fn missing<T>(what: &str) -> Option<T> {
    assert!(std::env::var_os("PODIUM_REQUIRE_POSTGRES").is_none(), "{what}");
    super::skip(what);
    None
}

/// The running cluster, or a new one. Each test process registers its id beside it. A shell script stops the cluster when all of them have
/// ended.
fn shared_cluster() -> Option<String> {
    let home = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("postgres");
    let users = home.join("users");
    std::fs::create_dir_all(&users).ok()?;
    let starting = std::fs::File::create(home.join("starting")).ok()?;
    starting.lock().ok()?;
    std::fs::write(users.join(std::process::id().to_string()), "").ok()?;
    let url = home.join("url");
    if let Ok(running) = std::fs::read_to_string(&url)
        && answers(&running)
    {
        return Some(running);
    }
    let started = start(&home)?;
    std::fs::write(url, &started).ok()?;
    Some(started)
}

/// Whether something listens on the port of a URL.
fn answers(url: &str) -> bool {
    let address = url.split_once('@').and_then(|(_, rest)| rest.split('/').next()).unwrap_or_default();
    std::net::TcpStream::connect(address).is_ok()
}

fn start(home: &Path) -> Option<String> {
    let (folder, port) = (TempDir::new().ok()?.keep(), cluster::free_port());
    let stop = cluster::command(&folder, "pg_ctl -D db -m immediate stop")?;
    if !cluster::create(&folder, port) {
        return None;
    }
    let (data, home) = (folder.display(), home.display());
    // Stops after ten seconds without a test process, since the next one may be about to start.
    let watch = format!(
        "idle=0; while [ $idle -lt 10 ]; do sleep 1; idle=$((idle + 1)); \
         for user in {home}/users/*; do kill -0 $(basename $user) 2>/dev/null && idle=0 || rm -f $user; done; done; \
         rm -f {home}/url; {stop}; cd /; rm -rf {data}"
    );
    let silent = || Stdio::null();
    Command::new("sh").args(["-c", &watch]).current_dir("/").stdin(silent()).stdout(silent()).stderr(silent()).spawn().ok()?;
    Some(cluster::url(port))
}

//! A `PostgreSQL` database for one test: on the server that `TEST_POSTGRES_URL` names, or on a cluster that the tests start
//! themselves when its programs are installed.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use sea_orm::{ConnectionTrait, Database};
use tempfile::TempDir;
use uuid::Uuid;

/// A database that is dropped with this value.
pub struct Postgres {
    server: String,
    name: String,
    url: String,
}

impl Postgres {
    /// A new database; none, said loudly, where there is no server and none can be started.
    ///
    /// # Panics
    /// When there is none although `PODIUM_REQUIRE_POSTGRES` is set.
    pub async fn create() -> Option<Self> {
        let Some(server) = server() else {
            assert!(std::env::var_os("PODIUM_REQUIRE_POSTGRES").is_none(), "{NO_SERVER}");
            crate::skip(NO_SERVER);
            return None;
        };
        let name = format!("podium_test_{}", Uuid::new_v4().simple());
        run(server, &format!("CREATE DATABASE {name}")).await;
        let (base, _) = server.rsplit_once('/').expect("a URL with a database");
        Some(Self { server: server.to_owned(), url: format!("{base}/{name}"), name })
    }

    /// Where it is.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let (server, statement) = (self.server.clone(), format!("DROP DATABASE {} WITH (FORCE)", self.name));
        // A runtime of its own: the test's may be ending.
        let dropping = std::thread::spawn(move || {
            tokio::runtime::Builder::new_current_thread().enable_all().build().map(|runtime| runtime.block_on(run(&server, &statement)))
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

/// The server of this process.
fn server() -> Option<&'static str> {
    static SERVER: OnceLock<Option<String>> = OnceLock::new();
    SERVER.get_or_init(|| std::env::var("TEST_POSTGRES_URL").ok().or_else(start_cluster)).as_deref()
}

/// Starts a cluster in a temporary folder. A shell waits for this process to end, then stops the cluster and removes it.
fn start_cluster() -> Option<String> {
    let programs = programs()?;
    let folder = TempDir::new().ok()?.keep();
    let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).ok()?.port();
    // PostgreSQL refuses to run as root.
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout == b"0\n");
    let (bin, data, process) = (programs.display(), folder.display(), std::process::id());
    let as_owner = if is_root { "runuser -u postgres --" } else { "" };
    let own = if is_root { format!("chown postgres {data} &&") } else { String::new() };
    let start = format!(
        "{own} cd {data} && {as_owner} {bin}/initdb -D {data}/db -U postgres -A trust -E UTF8 >initdb.log 2>&1 && \
         {as_owner} {bin}/pg_ctl -D {data}/db -o '-c listen_addresses=127.0.0.1 -k {data} -p {port} -c fsync=off' -l {data}/log -w start >/dev/null"
    );
    let started = Command::new("sh").args(["-c", &start]).stdin(Stdio::null()).status().ok()?;
    let watch = format!(
        "while kill -0 {process} 2>/dev/null; do sleep 1; done; {as_owner} {bin}/pg_ctl -D {data}/db -m immediate stop; rm -rf {data}"
    );
    let silent = || Stdio::null();
    Command::new("sh").args(["-c", &watch]).stdin(silent()).stdout(silent()).stderr(silent()).spawn().ok()?;
    started.success().then(|| format!("postgres://postgres@127.0.0.1:{port}/postgres"))
}

/// The folder with `initdb`, as `pg_config` knows it or as Debian lays it out.
fn programs() -> Option<PathBuf> {
    let asked = Command::new("pg_config").arg("--bindir").output().ok();
    let asked = asked.and_then(|output| String::from_utf8(output.stdout).ok()).map(|folder| PathBuf::from(folder.trim()));
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|version| version.path().join("bin"));
    asked.into_iter().chain(debian).find(|folder| folder.join("initdb").exists())
}

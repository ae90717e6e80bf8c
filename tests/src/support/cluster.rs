//! A PostgreSQL cluster of a test's own, which it may stop, start again and follow with a standby.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

const NOT_INSTALLED: &str =
    "PostgreSQL is not installed: install its programs (initdb, pg_ctl, pg_basebackup), since this test stops its server";

/// A running cluster. It ends when this value is dropped.
pub(crate) struct Cluster {
    folder: TempDir,
    port: u16,
}

impl Cluster {
    /// A new cluster; `None`, with a loud message, if PostgreSQL is not installed.
    ///
    /// # Panics
    /// When it is installed and does not start, or is not, although `PODIUM_REQUIRE_POSTGRES` is set.
    pub(crate) fn create() -> Option<Self> {
        if programs().is_none() {
            return super::postgres::missing(NOT_INSTALLED);
        }
        let cluster = Self { folder: TempDir::new().expect("a folder"), port: free_port() };
        let log = || std::fs::read_to_string(cluster.folder.path().join("log")).unwrap_or_default();
        assert!(create(cluster.folder.path(), cluster.port), "PostgreSQL does not start: {}", log());
        Some(cluster)
    }

    /// A standby that follows this cluster.
    pub(crate) fn follow(&self) -> Self {
        let standby = Self { folder: TempDir::new().expect("a folder"), port: free_port() };
        let source = format!("host=127.0.0.1 port={} user=postgres", self.port);
        let copy = format!("pg_basebackup -D {}/db -d '{source}' -R -c fast", standby.folder.path().display());
        assert!(run(standby.folder.path(), &copy), "the cluster is copied");
        assert!(start(standby.folder.path(), standby.port), "the standby starts");
        standby
    }

    /// Ends the cluster without a clean shutdown, as a crash does.
    pub(crate) fn stop(&self) {
        assert!(run(self.folder.path(), "pg_ctl -D db -m immediate -w stop"), "the cluster stops");
    }

    /// Starts a cluster that was stopped.
    pub(crate) fn start_again(&self) {
        assert!(start(self.folder.path(), self.port), "the cluster starts again");
    }

    /// The URL of its first database.
    pub(crate) fn url(&self) -> String {
        url(self.port)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        run(self.folder.path(), "pg_ctl -D db -m immediate stop");
    }
}

/// The URL of the first database of a cluster.
pub(super) fn url(port: u16) -> String {
    format!("postgres://postgres@127.0.0.1:{port}/postgres")
}

pub(super) fn free_port() -> u16 {
    let socket = std::net::TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr());
    socket.expect("a free port").port()
}

/// Makes a cluster in a folder and starts it. Whether that worked.
pub(super) fn create(folder: &Path, port: u16) -> bool {
    run(folder, "initdb -D db -U postgres -A trust -E UTF8") && start(folder, port)
}

fn start(folder: &Path, port: u16) -> bool {
    let options = format!("-c listen_addresses=127.0.0.1 -k {} -p {port} -c fsync=off", folder.display());
    run(folder, &format!("pg_ctl -D db -o '{options}' -l log -w start"))
}

/// Runs a program of PostgreSQL in a folder. Whether it succeeded.
fn run(folder: &Path, program: &str) -> bool {
    let Some(command) = command(folder, program) else { return false };
    let silent = || Stdio::null();
    let done = Command::new("sh").args(["-c", &command]).stdin(silent()).stdout(silent()).stderr(silent()).status();
    done.is_ok_and(|status| status.success())
}

/// The shell command for a program of PostgreSQL; `None` if it is not installed. PostgreSQL refuses to run as root.
pub(super) fn command(folder: &Path, program: &str) -> Option<String> {
    let (bin, folder) = (programs()?, folder.display());
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout == b"0\n");
    let (own, owner) = match is_root {
        true => (format!("chown postgres {folder} && "), "runuser -u postgres -- "),
        false => (String::new(), ""),
    };
    Some(format!("{own}cd {folder} && {owner}{}/{program}", bin.display()))
}

/// The folder with `initdb`, from `pg_config` or in the Debian layout.
fn programs() -> Option<PathBuf> {
    let asked = Command::new("pg_config").arg("--bindir").output().ok();
    let asked = asked.and_then(|output| String::from_utf8(output.stdout).ok()).map(|folder| PathBuf::from(folder.trim()));
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|version| version.path().join("bin"));
    asked.into_iter().chain(debian).find(|folder| folder.join("initdb").exists())
}

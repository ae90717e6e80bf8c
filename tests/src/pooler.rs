//! PgBouncer in transaction mode, which hands a client's statements to changing sessions: Podium says at the start that it cannot work so.

use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use podium_store::{Store, StoreError};
use tempfile::TempDir;

use crate::support::{postgres, skip};

/// A PgBouncer before a server, which ends with this value.
struct PgBouncer {
    process: Child,
    url: String,
    _folder: TempDir,
}

impl PgBouncer {
    /// Starts PgBouncer; `None`, with a loud message, if it is not installed.
    async fn before(server: &str, settings: &str) -> Option<Self> {
        let program = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer"];
        let Some(program) = program.into_iter().find(|path| std::path::Path::new(path).exists()) else {
            assert!(std::env::var_os("PODIUM_REQUIRE_POSTGRES").is_none(), "PODIUM_REQUIRE_POSTGRES is set, and there is no PgBouncer");
            skip("no PgBouncer: what Podium says of poolers was not tried");
            return None;
        };
        let (credentials, rest) =
            server.split_once("://").and_then(|(_, rest)| rest.split_once('@')).expect("a URL with a user and a host");
        let credentials = match credentials.split_once(':') {
            Some((user, password)) => format!("user={user} password={password}"),
            None => format!("user={credentials}"),
        };
        let address = rest.split('/').next().unwrap_or_default();
        let (host, behind) = address.split_once(':').unwrap_or((address, "5432"));
        let port = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a free port").port();
        let folder = TempDir::new().expect("a folder");
        let file = folder.path().join("pgbouncer.ini");
        let text = format!(
            "[databases]\npostgres = host={host} port={behind} dbname=postgres {credentials}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\n\
             unix_socket_dir =\nauth_type = any\npool_mode = transaction\n{settings}\n"
        );
        std::fs::write(&file, text).expect("a file");
        std::fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o755)).expect("a folder of one's own");
        // PgBouncer refuses to run as root.
        let is_root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout == b"0\n");
        let mut command = Command::new(if is_root { "runuser" } else { program });
        if is_root {
            command.args(["-u", "postgres", "--", program]);
        }
        let process = command.arg("-q").arg(&file).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let bouncer =
            Self { process: process.expect("it starts"), url: format!("postgres://postgres@127.0.0.1:{port}/postgres"), _folder: folder };
        for _ in 0..100 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Some(bouncer);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("PgBouncer does not listen");
    }
}

impl Drop for PgBouncer {
    fn drop(&mut self) {
        let ended = Command::new("kill").arg(self.process.id().to_string()).status().and_then(|_| self.process.wait());
        if ended.is_err() {
            eprintln!("PgBouncer was left behind");
        }
    }
}

/// However it is configured: refusing what Podium asks of a session, or dropping it silently.
#[tokio::test]
async fn podium_says_that_it_cannot_work_through_one() {
    let Some(server) = postgres::server() else { return };
    for settings in ["", "ignore_startup_parameters = extra_float_digits", "ignore_startup_parameters = extra_float_digits,options"] {
        let Some(bouncer) = PgBouncer::before(server, settings).await else { return };
        let refusal = Store::connect(&bouncer.url).await.err();
        assert!(matches!(refusal, Some(StoreError::Pooler(_))), "{settings}: {refusal:?}");
        let refusal = Store::connect_to_serve(&bouncer.url, Duration::from_secs(1)).await.err();
        assert!(matches!(refusal, Some(StoreError::Pooler(_))), "{settings}: {refusal:?}");
    }
}

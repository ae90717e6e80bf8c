//! Another GraphQL server over the tables of Podium: Mercurius, which runs on Node. See `bench/peers`.

use std::env;
use std::path::Path;
use std::process::Command;

use anyhow::{Result, ensure};

use crate::server::Server;

/// Starts Mercurius over a PostgreSQL database. When it is not installed, a loud message is printed and `None` is returned.
pub fn mercurius(url: &str) -> Result<Option<Server>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers");
    let has_node = Command::new("node").arg("--version").output().is_ok_and(|output| output.status.success());
    if !has_node || !folder.join("node_modules").is_dir() {
        ensure!(env::var_os("PODIUM_REQUIRE_NODE").is_none(), "PODIUM_REQUIRE_NODE is set, but nothing is installed in bench/peers");
        eprintln!("\n*** SKIPPED: Mercurius needs Node, and npm ci in bench/peers\n");
        return Ok(None);
    }
    let mut command = Command::new("node");
    command.current_dir(folder).arg("mercurius.mjs").env("DATABASE_URL", url);
    Server::run(command).map(Some)
}

//! A disk that becomes full in the middle of an import: the import says so, the server goes on, and the next import succeeds.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{fs, thread};

use anyhow::{Context, Result, ensure};

use super::additions;
use super::finding::{Finding, Plan};
use crate::server::{NOTHING_CACHED, Server};
use crate::sqlite;

const QUESTION: &str = r#"{"query":"{ athletes { totalCount } about { dataVersion } }"}"#;

/// The room left beside the database, in bytes.
const ROOM: u64 = 1 << 20;

/// The log that a failed import may leave beside the database, in bytes.
const MAX_LOG: u64 = 64 << 10;

/// Tries it on a disk in memory; does nothing, and says so, where none may be mounted.
pub(super) fn attempt(plan: &Plan) -> Result<Vec<Finding>> {
    let folder = tempfile::tempdir()?;
    let Some(disk) = Disk::mount(folder.path())? else {
        eprintln!("\n*** SKIPPED: no disk was filled, since this user may not mount one\n");
        return Ok(Vec::new());
    };
    let (database, additions) = (disk.0.join("podium.db"), folder.path().join("additions"));
    let url = sqlite::url(&database);
    additions::write(&additions, "full-disk", 20_000)?;
    let mut server = Server::start_with(&plan.program, &url, &[&NOTHING_CACHED[..], plan.new_database()].concat())?;
    let before = server.ask(QUESTION)?;
    disk.resize(disk.used()? + ROOM)?;
    let failed = import(&plan.program, &additions, &url)?;
    let said = String::from_utf8_lossy(&failed.stderr).trim().to_owned();
    ensure!(!failed.status.success(), "an import of 20,000 athletes had room in {ROOM} bytes");
    let (same, log) = (server.ask(QUESTION)? == before, size(&database.with_extension("db-wal")));
    disk.resize(1 << 30)?;
    let again = import(&plan.program, &additions, &url)?;
    let is_mended = again.status.success() && server.ask(QUESTION)? != before;
    drop(server);
    let (is_said, is_emptied) = (said.lines().count() == 1 && said.contains("disk"), log <= MAX_LOG);
    Ok(vec![Finding::new(
        "disk full in an import",
        "one sentence, the same answers, no log left, and the next one succeeds",
        format!("{said:?}; the same: {same}; {} KiB of log; then: {is_mended}", log >> 10),
        is_said && same && is_emptied && is_mended,
    )])
}

fn import(program: &Path, folder: &Path, url: &str) -> Result<std::process::Output> {
    Ok(additions::import(program, folder, url).stdin(Stdio::null()).output()?)
}

fn size(file: &Path) -> u64 {
    fs::metadata(file).map_or(0, |file| file.len())
}

/// A disk in memory.
struct Disk(PathBuf);

impl Disk {
    /// None where this user may mount none.
    fn mount(folder: &Path) -> Result<Option<Self>> {
        let disk = folder.join("disk");
        fs::create_dir(&disk)?;
        let mut command = Command::new("mount");
        command.args(["-t", "tmpfs", "-o", "size=1g", "tmpfs"]).arg(&disk).stderr(Stdio::null());
        Ok(command.status().is_ok_and(|status| status.success()).then_some(Self(disk)))
    }

    fn resize(&self, bytes: u64) -> Result<()> {
        let mut command = Command::new("mount");
        command.args(["-o", &format!("remount,size={bytes}")]).arg(&self.0);
        ensure!(command.status()?.success(), "the disk cannot be resized");
        Ok(())
    }

    /// The bytes in use.
    fn used(&self) -> Result<u64> {
        let output = Command::new("df").args(["--block-size=1", "--output=used"]).arg(&self.0).output()?;
        let told = String::from_utf8(output.stdout)?;
        told.split_whitespace().last().context("df tells nothing")?.parse().context("df tells no number")
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // The server may hold it for a moment longer.
        for _ in 0..50 {
            if Command::new("umount").arg(&self.0).stderr(Stdio::null()).status().is_ok_and(|status| status.success()) {
                return;
            }
            thread::sleep(std::time::Duration::from_millis(100));
        }
    }
}

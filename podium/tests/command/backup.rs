//! Preparing, copying and restoring a database, and serving one that nobody may write.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;

use tempfile::TempDir;

use crate::server::{Server, podium, refusal, said};

const QUESTION: &str = r#"{"query":"{ allGames { totalCount } }"}"#;
const ANSWER: &str = r#"{"data":{"allGames":{"totalCount":64}}}"#;

fn run(folder: &Path, arguments: &[&str]) -> std::process::Output {
    podium(folder).args(arguments).output().expect("podium runs")
}

fn prepared() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    said(&run(folder.path(), &["prepare"]));
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "one file, podium.db");
    said(&run(folder.path(), &["prepare"]));
    folder
}

#[test]
fn a_backup_is_made_beside_a_server_and_restored() {
    let folder = prepared();
    let server = Server::start(folder.path());
    let told = said(&run(folder.path(), &["backup", "copy.db"]));
    assert!(told.contains("copy.db") && told.contains("restore"), "{told}");
    assert_eq!(server.post(QUESTION), ANSWER);
    server.stop("-TERM");
    let again = refusal(&run(folder.path(), &["backup", "copy.db"]));
    assert!(again.contains("copy.db is there already"), "{again}");
    fs::rename(folder.path().join("copy.db"), folder.path().join("podium.db")).expect("it is restored");
    assert_eq!(Server::start(folder.path()).post(QUESTION), ANSWER);
}

#[test]
fn a_backup_that_cannot_be_made_leaves_nothing() {
    let folder = prepared();
    let nowhere = refusal(&run(folder.path(), &["backup", "nowhere/copy.db"]));
    assert!(nowhere.contains("nothing was copied to nowhere/copy.db"), "{nowhere}");
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    let empty = TempDir::new().expect("a folder");
    let none = refusal(&run(empty.path(), &["backup", "copy.db"]));
    assert!(none.contains("there is no database podium.db"), "{none}");
}

/// Someone who owns nothing, not even as an administrator.
const NOBODY: u32 = 65_534;

#[test]
fn a_file_that_nobody_may_write_is_served() {
    let folder = prepared();
    let set = |path: &Path, mode| fs::set_permissions(path, Permissions::from_mode(mode)).expect("permissions");
    set(&folder.path().join("podium.db"), 0o444);
    set(folder.path(), 0o555);
    let mut reading = podium(folder.path());
    if fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0) {
        reading.uid(NOBODY).gid(NOBODY);
    }
    let server = Server::start_as(reading, &["--listen", "127.0.0.1:0", "--database-url", "sqlite://podium.db?mode=ro"]);
    assert_eq!(server.post(QUESTION), ANSWER);
    assert_eq!(server.get("/readyz").0, 200);
    let lines = server.lines(0).join("\n");
    assert!(lines.contains("is read as a file that nobody changes"), "{lines}");
    server.stop("-TERM");
    set(folder.path(), 0o755);
}

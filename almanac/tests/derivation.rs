//! The derivation: the same sources and decisions give the same bytes, and a source that is missing is named.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn derive(data: &Path, into: &Path) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_podium-almanac"));
    program.arg("--data").arg(data).arg("--into").arg(into).env_remove("RUST_BACKTRACE");
    program.output().expect("the program runs")
}

/// The files below a folder, by name.
fn texts(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    for part in ["athletes", "medals"] {
        for file in std::fs::read_dir(folder.join(part)).expect("a folder of the almanac") {
            let path = file.expect("a readable folder").path();
            let name = path.strip_prefix(folder).expect("a file below the folder").to_owned();
            found.insert(name, std::fs::read_to_string(&path).expect("a readable file"));
        }
    }
    found
}

#[test]
fn the_files_are_what_the_sources_and_the_decisions_give() {
    let Some(data) = std::env::var_os("PODIUM_DATA").map(PathBuf::from) else {
        assert!(std::env::var_os("PODIUM_REQUIRE_DATA").is_none(), "PODIUM_DATA names no folder");
        let told = writeln!(std::io::stderr(), "\n*** SKIPPED: set PODIUM_DATA to derive the almanac again\n");
        return told.expect("standard error takes a line");
    };
    let folder = tempfile::tempdir().expect("a folder");
    let done = derive(&data, folder.path());
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let (derived, committed) = (texts(folder.path()), texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../seed/almanac")));
    assert_eq!(derived.keys().collect::<Vec<_>>(), committed.keys().collect::<Vec<_>>());
    for (name, text) in &derived {
        assert!(*text == committed[name], "{} is not what the sources and the decisions give", name.display());
    }
}

#[test]
fn a_missing_source_is_named_and_nothing_is_written() {
    let (data, folder) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let refused = derive(data.path(), folder.path());
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(!refused.status.success() && said.contains("athlete_events.csv.gz"), "{said}");
    assert!(std::fs::read_dir(folder.path()).expect("the folder").next().is_none());
}

#[test]
fn another_version_of_a_source_is_refused_and_nothing_is_written() {
    let (data, folder) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let events = data.path().join("athlete-events-1896-2016");
    std::fs::create_dir(&events).expect("a folder");
    std::fs::write(events.join("athlete_events.csv.gz"), "another version").expect("a file");
    let refused = derive(data.path(), folder.path());
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(!refused.status.success() && said.contains("athlete_events.csv.gz is not the version that is known"), "{said}");
    assert!(std::fs::read_dir(folder.path()).expect("the folder").next().is_none());
}

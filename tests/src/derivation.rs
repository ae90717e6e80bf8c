//! The derivation of the almanac: the same sources and decisions give the same bytes, and a source that is missing is named.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use podium_almanac::derive;

use crate::support::{here, real_data};

/// The files below a folder, by name.
fn texts(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    for part in ["", "athletes", "medals"] {
        for file in std::fs::read_dir(folder.join(part)).expect("a folder of the almanac") {
            let path = file.expect("a readable folder").path();
            if path.extension().is_none_or(|extension| extension != "csv") {
                continue;
            }
            let name = path.strip_prefix(folder).expect("a file below the folder").to_owned();
            found.insert(name, std::fs::read_to_string(&path).expect("a readable file"));
        }
    }
    found
}

#[tokio::test]
async fn the_files_are_what_the_sources_and_the_decisions_give() {
    let Some(events) = real_data("athlete-events-1896-2016") else { return };
    let data = events.parent().expect("the folder of all sources");
    let folder = tempfile::tempdir().expect("a folder");
    derive(data, folder.path()).await.unwrap_or_else(|error| panic!("{error:#}"));
    let (derived, committed) = (texts(folder.path()), texts(&here().join("../seed/almanac")));
    assert_eq!(derived.keys().collect::<Vec<_>>(), committed.keys().collect::<Vec<_>>());
    for (name, text) in &derived {
        assert!(*text == committed[name], "{} is not what the sources and the decisions give", name.display());
    }
}

/// Why the sources in a folder are refused. Nothing may be written.
async fn refusal(data: &Path) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let refused = derive(data, folder.path()).await.expect_err("the sources are refused");
    assert!(std::fs::read_dir(folder.path()).expect("the folder").next().is_none());
    format!("{refused:#}")
}

#[tokio::test]
async fn a_missing_source_is_named_and_nothing_is_written() {
    let data = tempfile::tempdir().expect("a folder");
    let said = refusal(data.path()).await;
    assert!(said.contains("athlete_events.csv.gz"), "{said}");
}

#[tokio::test]
async fn another_version_of_a_source_is_refused_and_nothing_is_written() {
    let data = tempfile::tempdir().expect("a folder");
    let events = data.path().join("athlete-events-1896-2016");
    std::fs::create_dir(&events).expect("a folder");
    std::fs::write(events.join("athlete_events.csv.gz"), "another version").expect("a file");
    let said = refusal(data.path()).await;
    assert!(said.contains("athlete_events.csv.gz is not the version that is known"), "{said}");
}

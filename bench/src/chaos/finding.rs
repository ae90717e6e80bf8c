//! What is tried, and what is found.

use std::path::PathBuf;
use std::time::Duration;

/// How much to try.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The program under test.
    pub program: PathBuf,
    /// The history that the databases hold; none for a sample of the built-in data alone.
    pub history: Option<PathBuf>,
    /// How long an overload lasts.
    pub overload: Duration,
    /// How long expensive documents are searched for.
    pub search: Duration,
    /// How many connections are silent.
    pub silent: usize,
}

impl Plan {
    /// The options of a server that fills a new database.
    pub(super) fn new_database(&self) -> &'static [&'static str] {
        if self.history.is_some() { &[] } else { &["--built-in", "sample"] }
    }
}

/// A promise, and what was seen of it.
#[derive(Debug)]
pub struct Finding {
    pub(super) trial: &'static str,
    pub(super) promise: String,
    pub(super) seen: String,
    /// Whether the promise was kept.
    pub is_kept: bool,
}

impl Finding {
    pub(super) fn new(trial: &'static str, promise: impl Into<String>, seen: impl Into<String>, is_kept: bool) -> Self {
        Self { trial, promise: promise.into(), seen: seen.into(), is_kept }
    }
}

//! How an import is made, whatever its source.

use std::path::PathBuf;

/// How an import is made. `default()` allows no rejected row and writes no file.
#[derive(clap::Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportOptions {
    /// Say what would happen, and change nothing.
    #[arg(long, global = true)]
    pub dry_run: bool,
    /// Write rows that are not understood to this file, each with its line and the reason.
    #[arg(long, global = true, value_name = "FILE")]
    pub rejects: Option<PathBuf>,
    /// Import nothing when more rows than this are not understood.
    #[arg(long, global = true, value_name = "NUMBER", default_value_t = 100)]
    pub max_rejects: usize,
    /// Write to this file what was imported and a person may want to check, each with its line: lines that contradict each other,
    /// events recognised by their words, athletes whom another source may know.
    #[arg(long, global = true, value_name = "FILE")]
    pub notes: Option<PathBuf>,
}

//! The options of imports, and what an empty database starts with.

use std::path::PathBuf;

/// What an empty database starts with.
#[derive(clap::ValueEnum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BuiltIn {
    /// Every medal of every Games.
    #[default]
    Everything,
    /// A sample: a few events and athletes in full detail. Small, for tests of programs that use Podium.
    // As it was called before.
    #[value(alias = "pages")]
    Sample,
}

/// Options of an import. `default()` allows no rejected row and writes no file.
#[derive(clap::Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportOptions {
    /// Report what would change, and change nothing.
    #[arg(long, global = true)]
    pub dry_run: bool,
    /// Write rejected rows to this file, each with its line and the reason. A `podium` folder is imported whole or not at all, so it has
    /// neither these nor notes.
    #[arg(long, global = true, value_name = "FILE")]
    pub rejects: Option<PathBuf>,
    /// Import nothing when more rows than this are rejected.
    #[arg(long, global = true, value_name = "NUMBER", default_value_t = 100)]
    pub max_rejects: usize,
    /// Write notes to this file, each with its line, for a person to check: lines that contradict each other, events recognised by
    /// their words, and athletes that another source may already have.
    #[arg(long, global = true, value_name = "FILE")]
    pub notes: Option<PathBuf>,
    /// What an empty database starts with.
    #[arg(skip)]
    pub built_in: BuiltIn,
}

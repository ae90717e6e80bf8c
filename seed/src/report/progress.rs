//! The progress of an import.

/// The step that an import is at, and how much of it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Bytes of the file read in the first pass.
    Surveyed { done: u64, of: u64 },
    /// Rows written.
    Written { done: u64, of: u64 },
    /// Indexes created.
    Indexed { done: u64, of: u64 },
}

/// Called at each step of an import.
pub type OnProgress<'a> = &'a (dyn Fn(Progress) + Send + Sync);

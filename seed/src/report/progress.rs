//! How far an import is.

/// A step of an import: so much of how much is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Bytes of the file that have been looked through.
    Surveyed { done: u64, of: u64 },
    /// Rows that have been written.
    Written { done: u64, of: u64 },
    /// Indexes that have been made.
    Indexed { done: u64, of: u64 },
}

/// Whoever wants to know.
pub type OnProgress<'a> = &'a (dyn Fn(Progress) + Send + Sync);

//! What the log and the metrics tell of a request.

/// What became of a request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) operation: Option<String>,
    /// The codes of its errors.
    pub(crate) codes: Vec<String>,
    /// The limits that it exceeded.
    pub(crate) limits: Vec<String>,
    /// What it was estimated to cost before it was executed.
    pub(crate) complexity: Option<u64>,
    pub(crate) statements: usize,
    pub(crate) is_cached: bool,
}

//! What the log and the metrics tell of a request.

/// What became of a request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) operation: Option<String>,
    /// The codes of its errors.
    pub(crate) codes: Vec<String>,
    pub(crate) statements: usize,
    pub(crate) is_cached: bool,
}

//! What the log and the metrics tell of a request.

/// What became of a request.
#[derive(Clone, Debug, Default)]
pub(super) struct Outcome {
    pub(super) operation: Option<String>,
    /// The codes of its errors.
    pub(super) codes: Vec<String>,
    pub(super) statements: usize,
    pub(super) is_cached: bool,
}

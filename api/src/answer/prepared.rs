//! A request that is ready to be answered.

use std::sync::Arc;

use crate::document::{Measured, Priced};

/// A request whose document has been read: one that was priced before, or a new one.
pub(crate) struct Prepared {
    /// The key of the request in the caches; none when nothing is to be kept of it.
    pub(super) key: Option<Arc<str>>,
    pub(super) document: Document,
}

/// The document of a request, as far as it is known.
pub(super) enum Document {
    Known(Arc<Priced>),
    New(Measured),
}

impl Prepared {
    /// Whether the operation to execute is a query.
    pub(crate) fn is_query(&self) -> bool {
        match &self.document {
            Document::Known(priced) => priced.is_query(),
            Document::New(measured) => measured.is_query(),
        }
    }

    /// The name of the operation to execute.
    pub(crate) fn operation_name(&self) -> Option<&str> {
        match &self.document {
            Document::Known(priced) => priced.name.as_deref(),
            Document::New(measured) => measured.operation_name(),
        }
    }
}

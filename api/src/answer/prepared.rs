//! A request that is ready to be answered.

use std::sync::Arc;

use async_graphql::parser::types::OperationType;

use crate::document::{Measured, Priced};

/// A request whose document has been read: one that was priced before, or a new one.
pub(crate) struct Prepared {
    /// The key of the request in the caches; `None` when it must not be cached.
    pub(super) key: Option<Arc<str>>,
    pub(super) document: Document,
}

/// The document of a request, as far as it is known.
pub(super) enum Document {
    Known(Arc<Priced>),
    New(Measured),
}

/// The operation that a request executes.
#[derive(Clone, Debug)]
pub(crate) struct Operation {
    pub(crate) name: Option<String>,
    pub(crate) operation_type: OperationType,
}

/// The operation of a request that did not parse.
impl Default for Operation {
    fn default() -> Self {
        Self { name: None, operation_type: OperationType::Query }
    }
}

impl Prepared {
    pub(crate) fn operation(&self) -> Operation {
        let (name, operation_type) = match &self.document {
            Document::Known(priced) => (priced.name.as_deref(), priced.operation_type()),
            Document::New(measured) => (measured.operation_name(), measured.operation_type()),
        };
        Operation { name: name.map(str::to_owned), operation_type }
    }
}

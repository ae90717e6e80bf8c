//! Measures a received document before any recursive code sees it. One pass over the text counts its bytes, brackets and tokens. After
//! parsing, its selections, nesting and arguments are counted. Each fragment is visited once, since nested fragments double with every
//! line.

use std::sync::Arc;

use async_graphql::parser::parse_query;
use async_graphql::parser::types::{ExecutableDocument, OperationType};
use async_graphql::{Name, ServerError, ServerResult, Variables};

use super::scan;
use super::size;
use super::typename;
use super::variables::Sent;
use super::weight::Weights;
use crate::error::{BAD_USER_INPUT, exceeded, refusal};
use crate::limits::Limits;

/// A document that is small enough to be read, as the same text always is.
pub(crate) struct Parsed(ExecutableDocument);

/// A document that is safe to validate, with its operation name and variables.
pub(crate) struct Measured {
    pub(super) parsed: Arc<Parsed>,
    pub(super) operation_name: Option<String>,
    pub(super) variables: Variables,
    pub(super) weights: Weights,
}

impl Parsed {
    /// Reads a document.
    ///
    /// # Errors
    /// When it is not GraphQL, or larger than the limits allow.
    pub(crate) fn read(text: &str, limits: &Limits) -> ServerResult<Self> {
        check_limit("maxDocumentBytes", "bytes", text.len() as u64, limits.max_document_bytes)?;
        let scan = scan::scan(text)?;
        check_limit("maxTokens", "tokens", scan.tokens as u64, limits.max_tokens)?;
        check_limit("maxBrackets", "brackets open at once", scan.brackets as u64, limits.max_brackets)?;
        let mut parsed = parse_query(text).map_err(ServerError::from)?;
        typename::check(&mut parsed)?;
        Ok(Self(parsed))
    }

    /// Measures the document with the variables that were sent.
    ///
    /// # Errors
    /// When it is larger than the limits allow.
    pub(crate) fn measure(
        self: Arc<Self>,
        operation_name: Option<String>,
        variables: Variables,
        limits: &Limits,
    ) -> ServerResult<Measured> {
        let weights = Weights::of(&self.0, &variables);
        let size = size::size(&self.0, &weights)?;
        check_limit("maxSelections", "fields and spreads", size.spread.selections, limits.max_selections)?;
        check_limit("maxNesting", "fields and fragments within one another", size.spread.nesting, limits.max_nesting)?;
        check_limit("maxAliases", "aliases", size.aliases, limits.max_aliases)?;
        check_limit("maxDirectives", "directives", size.directives, limits.max_directives)?;
        check_limit("maxItems", "items in its arguments", size.spread.weight, limits.max_items)?;
        let measured = Measured { parsed: self, operation_name, variables, weights };
        match measured.operation_name.is_some() && measured.sent().is_none() {
            true => Err(refusal(BAD_USER_INPUT, "The document has no operation with the name that `operationName` gives.")),
            false => Ok(measured),
        }
    }
}

impl Measured {
    pub(super) fn document(&self) -> &ExecutableDocument {
        &self.parsed.0
    }

    /// The operation to execute, with its name and variables; none when the request does not say which.
    pub(super) fn sent(&self) -> Option<(Option<&Name>, Sent<'_>)> {
        let mut operations = self.document().operations.iter();
        let operation = match &self.operation_name {
            Some(meant) => operations.find(|(name, _)| name.is_some_and(|name| name == meant.as_str())),
            None => operations.next().filter(|_| operations.next().is_none()),
        };
        operation.map(|(name, operation)| (name, Sent { operation: &operation.node, variables: &self.variables }))
    }

    /// The name of the operation to execute.
    pub(crate) fn operation_name(&self) -> Option<&str> {
        self.sent().and_then(|(name, _)| name).map(Name::as_str)
    }

    /// The type of the operation to execute. If the request does not determine one, that of the first which is not a query.
    pub(crate) fn operation_type(&self) -> OperationType {
        let mut types = self.document().operations.iter().map(|(_, operation)| operation.node.ty);
        let other = || types.find(|operation| *operation != OperationType::Query).unwrap_or(OperationType::Query);
        self.sent().map_or_else(other, |(_, sent)| sent.operation.ty)
    }
}

/// Rejects a document that exceeds a limit. The error names the limit as `about { limits }` does.
pub(super) fn check_limit(limit: &'static str, what: &str, found: u64, most: u32) -> ServerResult<()> {
    match found > u64::from(most) {
        true => Err(exceeded(limit, &format!("This document has {found} {what}, but at most {most} are answered."), most)),
        false => Ok(()),
    }
}

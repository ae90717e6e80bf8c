//! A document on its way to be answered: looked at, parsed, measured and priced before anything else sees it, and merged
//! when it is known to be valid.

mod merge;
mod price;
mod scan;
mod shape;
mod size;
mod variables;

use std::collections::HashMap;

use async_graphql::parser::parse_query;
use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, OperationDefinition, OperationType};
use async_graphql::{Name, Request, ServerError, ServerResult, Variables};

use crate::error::exceeded;
use crate::limits::Limits;

pub(crate) use shape::Shape;

/// A document within the limits, with what it is to be answered with.
pub(crate) struct Document {
    parsed: ExecutableDocument,
    operation_name: Option<String>,
    variables: Variables,
}

impl Document {
    /// Reads the document of a request.
    ///
    /// # Errors
    /// When it is not GraphQL, larger or dearer than the limits allow, or comes with wrong variables.
    pub(crate) fn read(request: Request, limits: &Limits, shape: &Shape) -> ServerResult<Self> {
        let text = &request.query;
        within("maxDocumentBytes", "bytes", text.len() as u64, limits.max_document_bytes)?;
        let scan = scan::scan(text)?;
        within("maxTokens", "tokens", scan.tokens as u64, limits.max_tokens)?;
        within("maxBrackets", "brackets open at once", scan.brackets as u64, limits.max_brackets)?;
        let parsed = parse_query(text).map_err(ServerError::from)?;
        let size = size::size(&parsed)?;
        within("maxSelections", "selections", size.selections, limits.max_selections)?;
        within("maxAliases", "aliases", size.aliases, limits.max_aliases)?;
        within("maxDirectives", "directives", size.directives, limits.max_directives)?;
        let document = Self { parsed, operation_name: request.operation_name, variables: request.variables };
        if let Some((_, operation)) = document.operation() {
            variables::check(operation, &document.variables, shape)?;
            let price = price::price(&document.parsed, operation, &document.variables, shape);
            within("maxDepth", "levels of fields", price.depth, limits.max_depth)?;
            within("maxRepresentations", "representations", price.representations, limits.max_representations)?;
            within("maxNodes", "objects in its largest possible answer", price.nodes, limits.max_nodes)?;
            within("maxComplexity", "fields in its largest possible answer", price.complexity, limits.max_complexity)?;
            within("maxIntrospection", "fields of the schema in its answer", price.introspection, limits.max_introspection)?;
        }
        Ok(document)
    }

    /// The operation that is meant, with its name; none when the request does not say which.
    fn operation(&self) -> Option<(Option<&Name>, &OperationDefinition)> {
        let mut operations = self.parsed.operations.iter();
        let operation = match &self.operation_name {
            Some(meant) => operations.find(|(name, _)| name.is_some_and(|name| name == meant.as_str())),
            None => operations.next().filter(|_| operations.next().is_none()),
        };
        operation.map(|(name, operation)| (name, &operation.node))
    }

    /// The name of the operation that is meant.
    pub(crate) fn operation_name(&self) -> Option<&str> {
        self.operation().and_then(|(name, _)| name).map(Name::as_str)
    }

    /// Whether the operation that is meant, or any when none is, only asks.
    pub(crate) fn only_asks(&self) -> bool {
        match self.operation() {
            Some((_, operation)) => operation.ty == OperationType::Query,
            None => self.parsed.operations.iter().all(|(_, operation)| operation.node.ty == OperationType::Query),
        }
    }

    /// The document as it was sent, for validation.
    pub(crate) fn to_request(&self) -> Request {
        let mut request = Request::new("").variables(self.variables.clone());
        request.operation_name.clone_from(&self.operation_name);
        request.set_parsed_query(self.parsed.clone());
        request
    }

    /// The operation that is meant, with each field once. The document must be valid.
    pub(crate) fn into_merged(self, shape: &Shape) -> Request {
        let merged = match self.operation() {
            Some((_, operation)) => merge::merge(&self.parsed, operation, &self.variables, shape),
            None => ExecutableDocument { operations: DocumentOperations::Multiple(HashMap::new()), fragments: HashMap::new() },
        };
        let mut request = Request::new("").variables(self.variables);
        request.set_parsed_query(merged);
        request
    }
}

/// Refuses what is more than a limit, by the name that `about { limits }` has for it.
fn within(limit: &'static str, what: &str, found: u64, most: u32) -> ServerResult<()> {
    match found > u64::from(most) {
        true => Err(exceeded(limit, &format!("This document has {found} {what}, but at most {most} are answered."), most)),
        false => Ok(()),
    }
}

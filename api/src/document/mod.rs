//! A document on its way to be answered: looked at, parsed and measured before anything else sees it; then, when it is known
//! to be valid, merged and priced.

mod conflicts;
mod merge;
mod price;
mod scan;
mod shape;
mod size;
mod typename;
mod values;
mod weight;

use async_graphql::parser::parse_query;
use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, OperationDefinition, OperationType};
use async_graphql::{Name, Pos, Positioned, Request, ServerError, ServerResult, Variables};

use crate::error::{BAD_USER_INPUT, exceeded, refusal};
use crate::limits::Limits;

pub(crate) use shape::Shape;
use values::Sent;
use weight::Weights;

/// A document that is safe to validate, with what it is to be answered with.
pub(crate) struct Document {
    parsed: ExecutableDocument,
    operation_name: Option<String>,
    variables: Variables,
    weights: Weights,
}

impl Document {
    /// Reads the document of a request.
    ///
    /// # Errors
    /// When it is not GraphQL, larger than the limits allow, or comes with wrong variables.
    pub(crate) fn read(request: Request, limits: &Limits, shape: &Shape) -> ServerResult<Self> {
        let text = &request.query;
        within("maxDocumentBytes", "bytes", text.len() as u64, limits.max_document_bytes)?;
        let scan = scan::scan(text)?;
        within("maxTokens", "tokens", scan.tokens as u64, limits.max_tokens)?;
        within("maxBrackets", "brackets open at once", scan.brackets as u64, limits.max_brackets)?;
        let mut parsed = parse_query(text).map_err(ServerError::from)?;
        typename::settle(&mut parsed)?;
        let weights = Weights::of(&parsed, &request.variables);
        let size = size::size(&parsed, &weights)?;
        within("maxSelections", "fields and spreads", size.spread.selections, limits.max_selections)?;
        within("maxNesting", "fields and fragments within one another", size.spread.nesting, limits.max_nesting)?;
        within("maxAliases", "aliases", size.aliases, limits.max_aliases)?;
        within("maxDirectives", "directives", size.directives, limits.max_directives)?;
        within("maxItems", "items in its arguments", size.spread.weight, limits.max_items)?;
        let document = Self { parsed, operation_name: request.operation_name, variables: request.variables, weights };
        if let Some((_, sent)) = document.sent() {
            sent.check(shape)?;
        }
        Ok(document)
    }

    /// The operation that is meant, with its name and what was sent with it; none when the request does not say which.
    fn sent(&self) -> Option<(Option<&Name>, Sent<'_>)> {
        let mut operations = self.parsed.operations.iter();
        let operation = match &self.operation_name {
            Some(meant) => operations.find(|(name, _)| name.is_some_and(|name| name == meant.as_str())),
            None => operations.next().filter(|_| operations.next().is_none()),
        };
        operation.map(|(name, operation)| (name, Sent { operation: &operation.node, variables: &self.variables }))
    }

    /// The name of the operation that is meant.
    pub(crate) fn operation_name(&self) -> Option<&str> {
        self.sent().and_then(|(name, _)| name).map(Name::as_str)
    }

    /// Whether the operation that is meant, or any when none is, only asks.
    pub(crate) fn only_asks(&self) -> bool {
        let asks = |operation: &OperationDefinition| operation.ty == OperationType::Query;
        match self.sent() {
            Some((_, sent)) => asks(sent.operation),
            None => self.parsed.operations.iter().all(|(_, operation)| asks(&operation.node)),
        }
    }

    /// The document as it was sent, for validation.
    pub(crate) fn to_request(&self) -> Request {
        let mut request = Request::new("").variables(self.variables.clone());
        request.operation_name.clone_from(&self.operation_name);
        request.set_parsed_query(self.parsed.clone());
        request
    }

    /// The operation that is meant, with each field once, from a document that has been validated.
    ///
    /// # Errors
    /// When the validation overlooked something, or the answer may be larger than the limits allow.
    pub(crate) fn into_merged(self, limits: &Limits, shape: &Shape) -> ServerResult<Request> {
        let (_, sent) = self.sent().ok_or_else(|| refusal(BAD_USER_INPUT, "`operationName` must name one of the operations."))?;
        let merged = merge::merge(&self.parsed, sent, shape)?;
        let sent = Sent { operation: &merged, ..sent };
        sent.check_arguments(shape)?;
        let price = price::price(&merged, sent, &self.weights, shape);
        within("maxDepth", "levels of fields", price.depth, limits.max_depth)?;
        within("maxRepresentations", "representations", price.representations, limits.max_representations)?;
        within("maxNodes", "objects in the answer it asks for", price.nodes, limits.max_nodes)?;
        within("maxComplexity", "fields in the answer it asks for", price.complexity, limits.max_complexity)?;
        within(
            "maxIntrospectionLists",
            "lists of the schema within one another",
            price.introspection_lists,
            limits.max_introspection_lists,
        )?;
        within("maxIntrospection", "fields of the schema in the answer it asks for", price.introspection, limits.max_introspection)?;
        let operations = DocumentOperations::Single(Positioned::new(merged, Pos::default()));
        let mut request = Request::new("").variables(self.variables);
        request.set_parsed_query(ExecutableDocument { operations, fragments: [].into() });
        Ok(request)
    }
}

/// Refuses what is more than a limit, by the name that `about { limits }` has for it.
fn within(limit: &'static str, what: &str, found: u64, most: u32) -> ServerResult<()> {
    match found > u64::from(most) {
        true => Err(exceeded(limit, &format!("This document has {found} {what}, but at most {most} are answered."), most)),
        false => Ok(()),
    }
}

//! A finished answer: its bytes, as they are sent and cached.

use std::sync::OnceLock;

use async_graphql::ServerError;
use axum::body::Bytes;
use sha2::{Digest, Sha256};

use super::coding::Coding;
use super::prepared::Operation;
use super::response::GraphqlResponse;
use crate::document::Cost;
use crate::error::{INTERNAL, INTERNAL_MESSAGE, refusal};

/// An answer, with its operation and its cost.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) operation: Operation,
    /// The estimated cost of the answer; `None` when the document was rejected.
    pub(crate) cost: Option<Cost>,
    /// The number of SQL statements it took.
    pub(crate) statements: usize,
    pub(crate) body: FinishedBody,
}

/// An answer without errors has the same bytes for every client. One with errors still gets the id of its request.
#[derive(Debug)]
pub(crate) enum FinishedBody {
    Data(AnswerBody),
    Errors(GraphqlResponse),
}

/// The bytes of an answer.
#[derive(Debug)]
pub(crate) struct AnswerBody {
    pub(crate) json: Bytes,
    compressed: [OnceLock<Option<Bytes>>; Coding::ALL.len()],
    etag: OnceLock<String>,
}

impl Finished {
    /// Writes an answer.
    pub(super) fn of(answer: GraphqlResponse, operation: Operation, cost: Option<Cost>) -> Self {
        let statements = answer.statements;
        let body = match answer.errors.is_empty() && answer.data.is_some() {
            true => FinishedBody::of_data(&answer),
            false => FinishedBody::Errors(answer),
        };
        Self { operation, cost, statements, body }
    }

    /// The answer to a request that was rejected before execution.
    pub(crate) fn refused(error: ServerError, operation: Operation) -> Self {
        Self::of(GraphqlResponse::refused(vec![error]), operation, None)
    }

    /// Whether it is an answer without errors.
    pub(super) fn is_data(&self) -> bool {
        matches!(self.body, FinishedBody::Data(_))
    }

    /// Its errors.
    pub(crate) fn errors(&self) -> &[ServerError] {
        match &self.body {
            FinishedBody::Data(_) => &[],
            FinishedBody::Errors(answer) => &answer.errors,
        }
    }

    /// The memory that it takes with its compressed forms, in bytes.
    pub(super) fn bytes(&self) -> usize {
        match &self.body {
            FinishedBody::Data(body) => body.json.len() + body.json.len() / 2,
            FinishedBody::Errors(_) => 0,
        }
    }
}

impl FinishedBody {
    fn of_data(answer: &GraphqlResponse) -> Self {
        match serde_json::to_vec(answer) {
            // Without the room that is left at the end.
            Ok(json) => {
                Self::Data(AnswerBody { json: json.into_boxed_slice().into(), compressed: Default::default(), etag: OnceLock::new() })
            }
            Err(error) => {
                tracing::error!(%error, "an answer cannot be written");
                Self::Errors(GraphqlResponse::failed(refusal(INTERNAL, INTERNAL_MESSAGE)))
            }
        }
    }
}

impl AnswerBody {
    /// The body compressed, once for all who take this coding; none when it is too short for that.
    pub(crate) fn compressed(&self, coding: Coding) -> Option<&Bytes> {
        self.compressed[coding as usize].get_or_init(|| coding.compress(&self.json)).as_ref()
    }

    /// The entity tag: equal for equal bytes, whichever server made them and from whichever version of the data.
    pub(crate) fn etag(&self) -> &str {
        self.etag.get_or_init(|| {
            let digest = Sha256::digest(&self.json);
            let digest = digest.iter().take(16).fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
            format!("W/\"{digest}\"")
        })
    }
}

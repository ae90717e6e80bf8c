//! An answer as bytes, as it is sent and kept.

use std::io::Write;
use std::sync::OnceLock;

use async_graphql::ServerError;
use axum::body::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use super::prepared::Operation;
use super::response::Answer;
use crate::document::Cost;
use crate::error::{INTERNAL, INTERNAL_MESSAGE, code, refusal};

/// An answer, with what it is the answer to.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) operation: Operation,
    /// The most that the answer may have cost; none when the document was rejected.
    pub(crate) cost: Option<Cost>,
    /// How many SQL statements it took.
    pub(crate) statements: usize,
    pub(crate) body: FinishedBody,
}

/// An answer without errors is finished: its bytes are the same for every client. One with errors still gets the id of its request.
#[derive(Debug)]
pub(crate) enum FinishedBody {
    Data(AnswerBody),
    Errors(Answer),
}

/// The bytes of an answer.
#[derive(Debug)]
pub(crate) struct AnswerBody {
    pub(crate) json: Bytes,
    gzip: OnceLock<Option<Bytes>>,
    etag: OnceLock<String>,
}

/// Answers below this many bytes are not worth compressing.
const WORTH_COMPRESSING: usize = 1024;

impl Finished {
    /// Writes an answer.
    pub(super) fn of(answer: Answer, operation: Operation, cost: Option<Cost>) -> Self {
        let statements = answer.statements;
        let body = match answer.errors.is_empty() && answer.data.is_some() {
            true => FinishedBody::of_data(&answer),
            false => FinishedBody::Errors(answer),
        };
        Self { operation, cost, statements, body }
    }

    /// The answer to a request that was rejected before execution.
    pub(crate) fn refused(error: ServerError, operation: Operation) -> Self {
        Self::of(Answer::refused(vec![error]), operation, None)
    }

    /// Whether it is an answer without errors.
    pub(super) fn is_data(&self) -> bool {
        matches!(self.body, FinishedBody::Data(_))
    }

    /// The codes of its errors.
    pub(crate) fn codes(&self) -> Vec<String> {
        match &self.body {
            FinishedBody::Data(_) => Vec::new(),
            FinishedBody::Errors(answer) => answer.errors.iter().filter_map(code).map(str::to_owned).collect(),
        }
    }

    /// The bytes of memory that it takes, with its compressed form.
    pub(super) fn bytes(&self) -> usize {
        match &self.body {
            FinishedBody::Data(body) => body.json.len() + body.json.len() / 4,
            FinishedBody::Errors(_) => 0,
        }
    }
}

impl FinishedBody {
    fn of_data(answer: &Answer) -> Self {
        match serde_json::to_vec(answer) {
            // Without the room that is left at the end.
            Ok(json) => Self::Data(AnswerBody { json: json.into_boxed_slice().into(), gzip: OnceLock::new(), etag: OnceLock::new() }),
            Err(error) => {
                tracing::error!(%error, "an answer cannot be written");
                Self::Errors(Answer::failed(refusal(INTERNAL, INTERNAL_MESSAGE)))
            }
        }
    }
}

impl AnswerBody {
    /// The body compressed with gzip; none when it is too short for that.
    pub(crate) fn gzip(&self) -> Option<&Bytes> {
        let compress = || {
            let mut encoder = GzEncoder::new(Vec::with_capacity(self.json.len() / 4), Compression::fast());
            encoder.write_all(&self.json).and_then(|()| encoder.finish()).ok().map(|bytes| Bytes::from(bytes.into_boxed_slice()))
        };
        if self.json.len() < WORTH_COMPRESSING { None } else { self.gzip.get_or_init(compress).as_ref() }
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

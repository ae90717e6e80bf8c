//! An answer as bytes, as it is sent and kept.

use std::io::Write;
use std::sync::OnceLock;

use async_graphql::ServerError;
use axum::body::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use super::response::Answer;
use crate::error::{INTERNAL, INTERNAL_MESSAGE, code, refusal};

/// An answer without errors is finished: its bytes are the same for every client. One with errors still gets the id of its request.
#[derive(Debug)]
pub(crate) enum Finished {
    Data(AnswerBody),
    Errors(Answer),
}

/// The bytes of an answer, with the name of its operation.
#[derive(Debug)]
pub(crate) struct AnswerBody {
    pub(crate) json: Bytes,
    operation: Option<String>,
    statements: usize,
    gzip: OnceLock<Option<Bytes>>,
    etag: OnceLock<String>,
}

/// Answers below this many bytes are not worth compressing.
const WORTH_COMPRESSING: usize = 1024;

impl Finished {
    /// Writes an answer.
    pub(super) fn of(answer: Answer, operation: Option<&str>) -> Self {
        if !answer.errors.is_empty() || answer.data.is_none() {
            return Self::Errors(answer);
        }
        match serde_json::to_vec(&answer) {
            Ok(json) => {
                // Without the room that is left at the end.
                let (json, operation) = (Bytes::from(json.into_boxed_slice()), operation.map(str::to_owned));
                Self::Data(AnswerBody { json, operation, statements: answer.statements, gzip: OnceLock::new(), etag: OnceLock::new() })
            }
            Err(error) => {
                tracing::error!(%error, "an answer cannot be written");
                Self::Errors(Answer::failed(refusal(INTERNAL, INTERNAL_MESSAGE)))
            }
        }
    }

    /// The answer to a request that was rejected before execution.
    pub(crate) fn refused(error: ServerError) -> Self {
        Self::Errors(Answer::refused(vec![error]))
    }

    /// The name of the operation.
    pub(crate) fn operation(&self) -> Option<&str> {
        match self {
            Self::Data(body) => body.operation.as_deref(),
            Self::Errors(_) => None,
        }
    }

    /// The codes of its errors.
    pub(crate) fn codes(&self) -> Vec<String> {
        match self {
            Self::Data(_) => Vec::new(),
            Self::Errors(answer) => answer.errors.iter().filter_map(code).map(str::to_owned).collect(),
        }
    }

    /// How many SQL statements it took.
    pub(crate) fn statements(&self) -> usize {
        match self {
            Self::Data(body) => body.statements,
            Self::Errors(answer) => answer.statements,
        }
    }

    /// The bytes of memory that it takes, with its compressed form.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Data(body) => body.json.len() + body.json.len() / 4,
            Self::Errors(_) => 0,
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

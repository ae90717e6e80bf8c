//! The parameters of a request, from its body or its query string.

use std::time::Duration;

use axum::body::Body;
use axum::extract::{Query, Request};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde::Deserialize;
use serde_json::{Map, Value};
use tokio::sync::OwnedSemaphorePermit;

use super::media::is_json;
use crate::answer::{Engine, GraphqlRequest, OtherHash, of_variables};
use crate::http::admission::Busy;
use crate::http::app::App;
use crate::http::refusal::Refusal;
use crate::limits::Limits;

/// The parameters of a request.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Parameters<Object = Map<String, Value>> {
    query: Option<String>,
    /// The name of a trusted document, as clients write it; ignored unless it is a text.
    document_id: Option<Value>,
    #[serde(rename = "doc_id")]
    doc_id: Option<Value>,
    id: Option<Value>,
    operation_name: Option<String>,
    variables: Option<Object>,
    extensions: Option<Object>,
}

impl Parameters {
    /// Reads the body of a POST.
    async fn of_body(headers: &HeaderMap, body: Body, limits: &Limits) -> Result<Self, Refusal> {
        if !headers.get(header::CONTENT_TYPE).is_some_and(is_json) {
            return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Send the question as application/json in UTF-8."));
        }
        if headers.get(header::CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity") {
            return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Send the question without a content encoding."));
        }
        let most = limits.max_body_bytes;
        if declared(headers).is_some_and(|length| length > most.into()) {
            return Err(Refusal::too_large(most));
        }
        let timeout = Duration::from_millis(limits.max_body_milliseconds.into());
        let read = tokio::time::timeout(timeout, Limited::new(body, most as usize).collect()).await.map_err(|_| Refusal::too_slow())?;
        let body = read.map_err(|error| match error.is::<LengthLimitError>() {
            true => Refusal::too_large(most),
            false => bad_request("The question broke off; send it again."),
        })?;
        let body = body.to_bytes();
        // Serde would read an array as the fields in their order.
        if body.trim_ascii_start().starts_with(b"[") {
            return Err(bad_request("Send one question as a JSON object; several at once are not answered."));
        }
        serde_json::from_slice(&body)
            .map_err(|_| bad_request("Send a JSON object with `query`, and `variables`, `operationName` and `extensions` when needed."))
    }

    /// Reads the query string of a GET.
    fn of_query_string(headers: &HeaderMap, uri: &Uri) -> Result<Self, Refusal> {
        if headers.get(header::CONTENT_TYPE).is_some_and(|content_type| !is_json(content_type)) {
            return Err(Refusal::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "A question by GET has no body, and no content type but application/json.",
            ));
        }
        let parameters = Query::<Parameters<String>>::try_from_uri(uri);
        let Query(parameters) = parameters
            .map_err(|_| bad_request("Give `query`, and `variables`, `operationName` and `extensions` when needed, once each."))?;
        let object = |name: &str, text: Option<String>| {
            let parsed = text.map(|text| serde_json::from_str::<Option<Map<String, Value>>>(&text)).transpose();
            parsed.map(Option::flatten).map_err(|_| bad_request(&format!("`{name}` must be a JSON object.")))
        };
        Ok(Parameters {
            query: parameters.query,
            document_id: parameters.document_id,
            doc_id: parameters.doc_id,
            id: parameters.id,
            operation_name: parameters.operation_name,
            variables: object("variables", parameters.variables)?,
            extensions: object("extensions", parameters.extensions)?,
        })
    }

    /// Whether the client asks what the answer costs.
    pub(crate) fn asks_cost(&self) -> bool {
        self.extensions.as_ref().is_some_and(|extensions| extensions.get("cost") == Some(&Value::Bool(true)))
    }

    /// The request: its document is the one that was sent, or the one that is known by the name that was sent.
    pub(crate) fn into_request(self, app: &App, engine: &Engine) -> Result<GraphqlRequest, Refusal> {
        let hash = self.extensions.as_ref().and_then(|extensions| extensions.get("persistedQuery")?.get("sha256Hash")?.as_str());
        let id = [&self.document_id, &self.doc_id, &self.id].into_iter().flatten().find_map(Value::as_str);
        let variables = self.variables.unwrap_or_default();
        // Before they are sorted, copied and cached.
        let (items, most) = (of_variables(&variables), engine.limits().max_items);
        if items > most.into() {
            return Err(Refusal::too_many_items(items, most));
        }
        let query = document(app, engine, self.query, id, hash)?;
        Ok(GraphqlRequest { query, operation_name: self.operation_name, variables })
    }
}

fn document(app: &App, engine: &Engine, query: Option<String>, id: Option<&str>, hash: Option<&str>) -> Result<String, Refusal> {
    if let Some(trusted) = app.trusted_documents() {
        let by_name = id.or(hash).and_then(|name| trusted.get(name));
        let known = by_name.map(|text| text.to_string()).or_else(|| query.filter(|text| trusted.contains(text)));
        return known.ok_or_else(Refusal::not_trusted);
    }
    match (query, hash, engine.persisted()) {
        (Some(query), None, _) | (Some(query), _, None) => Ok(query),
        (Some(query), Some(hash), Some(documents)) => match documents.keep(hash, &query) {
            Ok(()) => Ok(query),
            Err(OtherHash) => Err(bad_request("The `sha256Hash` is not that of the `query`.")),
        },
        (None, Some(hash), Some(documents)) => match documents.get(hash) {
            Some(text) => Ok(text.to_string()),
            None => Err(Refusal::persisted_query(true)),
        },
        (None, Some(_), None) => Err(Refusal::persisted_query(false)),
        (None, None, _) => Err(bad_request("There is no `query` to answer.")),
    }
}

/// A request that was read.
pub(crate) struct Received {
    pub(crate) request: GraphqlRequest,
    /// Whether the client asks what the answer costs.
    pub(crate) asks_cost: bool,
    /// The room of its body, until it is answered.
    pub(crate) room: Option<OwnedSemaphorePermit>,
}

/// Reads a request.
pub(crate) async fn read(app: &App, engine: &Engine, request: Request) -> Result<Received, Refusal> {
    let (parts, body) = request.into_parts();
    let (parameters, room) = match parts.method {
        Method::POST => {
            let room = app.room(body_bytes(&parts.headers, engine.limits())).map_err(|Busy| Refusal::busy())?;
            (Parameters::of_body(&parts.headers, body, engine.limits()).await?, Some(room))
        }
        Method::GET => (Parameters::of_query_string(&parts.headers, &parts.uri)?, None),
        _ => return Err(Refusal::method("GET, HEAD, POST")),
    };
    let asks_cost = parameters.asks_cost();
    Ok(Received { request: parameters.into_request(app, engine)?, asks_cost, room })
}

/// The length that a request declares.
fn declared(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok())
}

/// How many bytes of a body may be read.
fn body_bytes(headers: &HeaderMap, limits: &Limits) -> u32 {
    declared(headers).and_then(|length| u32::try_from(length).ok()).unwrap_or(u32::MAX).min(limits.max_body_bytes)
}

fn bad_request(rule: &str) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, rule)
}

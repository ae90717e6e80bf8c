//! Answers as server-sent events, in the distinct connections mode of the GraphQL over SSE protocol: `next` for each, then `complete`.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Instant;

use axum::extract::Request;
use axum::http::{HeaderName, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, BoxStream, StreamExt};

use super::answering::{self, Reply};
use super::event_payload::Payloads;
use super::media::Media;
use super::parameters::{Received, read};
use crate::answer::Finished;
use crate::http::app::App;
use crate::http::connection::slots::Slot;
use crate::http::monitoring::request_id::{REQUEST_ID, RequestId};
use crate::http::refusal::Refusal;

/// Keeps a proxy from holding events back.
const UNBUFFERED: HeaderName = HeaderName::from_static("x-accel-buffering");

/// Handles a request that accepts events.
pub(crate) async fn route(app: App, request: Request) -> Response {
    let (started, request_id) = (Instant::now(), RequestId::of(request.headers()));
    match open(&app, request, started, &request_id).await {
        Ok(events) => {
            let sent = Sse::new(events).keep_alive(KeepAlive::new().interval(app.keep_alive_interval()));
            let told = [(header::CACHE_CONTROL, "no-store"), (header::X_CONTENT_TYPE_OPTIONS, "nosniff")];
            ([(REQUEST_ID, &*request_id), (UNBUFFERED, "no")], told, sent).into_response()
        }
        Err(refusal) => {
            let response = refusal.clone().into_response_of(Media::Json, &request_id);
            refusal.outcome().record(&app, response.status().as_u16(), started, &request_id);
            response
        }
    }
}

type Sent = BoxStream<'static, Result<Event, Infallible>>;

async fn open(app: &App, request: Request, started: Instant, request_id: &RequestId) -> Result<Sent, Refusal> {
    let (client, slot) = (app.client(&request), request.extensions().get::<Slot>().cloned());
    let engine = app.engine().ok_or_else(Refusal::not_ready)?;
    let Received { request, asks_cost, room } = read(app, engine, request).await?;
    let answering = slot.map(Slot::answering);
    let payloads = Payloads { app: app.clone(), limits: *engine.limits(), client, asks_cost, request_id: request_id.clone() };
    let next = move |answer: Arc<Finished>| Event::default().event("next").data(payloads.write(&answer));
    let sent = match answering::catch_panic(answering::answer_or_subscribe(app, engine, client, request, request_id)).await? {
        Reply::Answer(outcome, answer) => {
            outcome.record(app, 200, started, request_id);
            stream::iter([next(answer), Event::default().event("complete").data("")]).boxed()
        }
        Reply::Events(events) => {
            let mut subscriber = app.subscribers().take(client).ok_or_else(Refusal::busy)?;
            // An evicted subscription sends no `complete`, so that the client connects again.
            events.take_until(async move { subscriber.ended().await }).map(next).boxed()
        }
    };
    let sent = sent.map(move |event| {
        // Held for as long as events are sent.
        let _ = (&answering, &room);
        Ok(event)
    });
    Ok(sent.boxed())
}

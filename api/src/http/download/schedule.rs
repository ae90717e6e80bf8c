//! `/schedules/2024-summer.ics`: the schedule of a Games as a calendar, of all sports or of some, of all nations or of some.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, Request, State};
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, NaiveDate, Utc};
use futures_util::{FutureExt, TryStreamExt};
use icalendar::{Calendar, Component, Event, EventLike};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::all_pages::{FirstPage, open};
use crate::answer::{FinishedBody, GraphqlRequest};
use crate::error::{BAD_USER_INPUT, code};
use crate::http::app::App;
use crate::http::connection::slots::Slot;
use crate::http::graphql::media::Media;
use crate::http::graphql::response::{RequestHeaders, write};
use crate::http::monitoring::request_id::RequestId;
use crate::http::only_headers::only_headers;
use crate::http::refusal::Refusal;

const QUESTION: &str = "query Schedule($games: [String!], $sport: [String!], $nation: [String!], $page: String) { \
                        phases(filter: { games: $games, sport: $sport, nation: $nation }, first: 100, after: $page) { \
                        nodes { id name startsAt localDate edition { title venue { name } } } pageInfo { hasNextPage endCursor } } }";

const MEDIA: &str = "text/calendar; charset=utf-8";

/// Slugs, separated by commas.
#[derive(Deserialize)]
pub(crate) struct Chosen {
    sport: Option<String>,
    nation: Option<String>,
}

/// Handles a request.
pub(crate) async fn route(
    State(app): State<App>,
    Path(file): Path<String>,
    chosen: Result<Query<Chosen>, QueryRejection>,
    request: Request,
) -> Response {
    let Ok(Query(chosen)) = chosen else {
        return Refusal::new(StatusCode::BAD_REQUEST, "Give `sport` and `nation` once each, as slugs separated by commas.").into_response();
    };
    let request_id = RequestId::of(request.headers());
    let Some(games) = file.strip_suffix(".ics") else {
        return Refusal::new(StatusCode::NOT_FOUND, "A schedule is a file such as /schedules/2024-summer.ics.").into_response();
    };
    if request.method() == Method::HEAD {
        return only_headers([(header::CONTENT_TYPE, MEDIA)]);
    }
    let (client, slot, headers) = (app.client(&request), request.extensions().get::<Slot>().cloned(), RequestHeaders::of(&request));
    let question = GraphqlRequest { query: QUESTION.to_owned(), operation_name: None, variables: variables(games, &chosen) };
    let made = open(&app, client, slot, question, request_id.clone()).boxed().await;
    let refused = |refusal: Refusal| refusal.into_response_of(Media::GraphqlResponse, &request_id);
    match made {
        Ok(FirstPage::Pages(_, pages)) => match pages.try_collect::<Vec<_>>().await {
            Ok(pages) => calendar(games, pages.iter().flatten()),
            Err(_) => refused(Refusal::busy()),
        },
        Ok(FirstPage::Errors(answer)) => refused(match &answer.body {
            FinishedBody::Errors(_) if answer.errors().iter().all(|error| code(error) == Some(BAD_USER_INPUT)) => {
                let said = answer.errors().first().map(|error| error.message.clone()).unwrap_or_default();
                Refusal::new(StatusCode::NOT_FOUND, said)
            }
            _ => return write(&answer, None, &headers, Media::GraphqlResponse, &request_id),
        }),
        Err(refusal) => refused(refusal),
    }
}

fn variables(games: &str, Chosen { sport, nation }: &Chosen) -> Map<String, Value> {
    let mut variables = Map::from_iter([("games".to_owned(), json!([games]))]);
    for (name, slugs) in [("sport", sport), ("nation", nation)] {
        if let Some(slugs) = slugs {
            variables.insert(name.to_owned(), slugs.split(',').collect());
        }
    }
    variables
}

fn calendar<'a>(games: &str, rows: impl Iterator<Item = &'a Vec<String>>) -> Response {
    let mut calendar = Calendar::new().name(games).done();
    for row in rows {
        if let Some(event) = event(row) {
            calendar.push(event);
        }
    }
    let headers = [(header::CONTENT_TYPE, MEDIA), (header::CACHE_CONTROL, "no-store"), (header::X_CONTENT_TYPE_OPTIONS, "nosniff")];
    (headers, calendar.to_string()).into_response()
}

/// A phase with a day; the end of a phase is not known.
fn event(row: &[String]) -> Option<Event> {
    let [id, name, starts_at, day, title, venue] = row else { return None };
    let mut event = Event::new();
    event.uid(id).summary(&format!("{title}: {name}"));
    match starts_at.parse::<DateTime<Utc>>() {
        Ok(start) => drop(event.starts(start)),
        Err(_) => drop(event.all_day(day.parse::<NaiveDate>().ok()?)),
    }
    if !venue.is_empty() {
        event.location(venue);
    }
    Some(event.done())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(row: [&str; 6]) -> Option<String> {
        event(&row.map(str::to_owned)).map(|event| event.to_string())
    }

    #[test]
    fn a_phase_is_an_event() {
        let timed =
            written(["x", "Final", "2024-08-04T19:50:00Z", "2024-08-04", "Men's 100 metres, 2024", "Stade, Paris"]).expect("an event");
        assert!(timed.contains("DTSTART:20240804T195000Z") && timed.contains("SUMMARY:Men's 100 metres\\, 2024: Final"), "{timed}");
        assert!(timed.contains("LOCATION:Stade\\, Paris") && timed.contains("UID:x"), "{timed}");
        let all_day = written(["x", "Final", "", "1908-07-22", "t", ""]).expect("an event");
        assert!(all_day.contains("DTSTART;VALUE=DATE:19080722") && !all_day.contains("LOCATION"), "{all_day}");
        assert_eq!(written(["x", "Final", "", "", "t", ""]), None, "nobody knows when it was");
    }
}

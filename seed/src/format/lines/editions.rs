//! Editions with their course and phases.

use podium_entity::course::StartFormat;
use podium_entity::event_edition::EditionStatus;
use podium_entity::games::Coverage;
use podium_entity::phase::PhaseKind;
use podium_entity::waypoint::WaypointRole;
use podium_entity::{course, event_edition, key, phase, waypoint};
use sea_orm::prelude::{Date, DateTimeUtc};
use serde::Deserialize;

use super::{EditionName, Line};
use crate::error::Error;
use crate::format::context::{Context, Location};

/// The columns that name an edition, shared by every file about editions.
macro_rules! edition {
    ($line:expr) => {
        EditionName { event: &$line.event, games: &$line.games, variant: $line.variant.as_ref() }
    };
}
pub(crate) use edition;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EventEditionLine {
    event: String,
    games: String,
    variant: Option<String>,
    title: Option<String>,
    venue: Option<String>,
    city: Option<String>,
    distance_mm: Option<i32>,
    distance_label: Option<String>,
    starts_on: Option<Date>,
    ends_on: Option<Date>,
    format: Option<String>,
    status: EditionStatus,
    coverage: Coverage,
    competitors: Option<i32>,
    nations: Option<i32>,
    entry_list_published_on: Option<Date>,
    source: String,
}

impl Line for EventEditionLine {
    type Entity = event_edition::Entity;

    fn row(self, at: Location<'_>, context: &mut Context) -> Result<event_edition::Model, Error> {
        let event_id = at.reference(context, "event", "event", &self.event)?;
        let games_id = at.reference(context, "games", "games", &self.games)?;
        if context.is_cancelled(games_id) {
            return Err(at.refuse("games", format!("the Games `{}` were cancelled, so nothing was held at them", self.games)));
        }
        let id = edition!(self).id();
        let variant = self.variant.unwrap_or_default();
        let suffix = if variant.is_empty() { String::new() } else { format!("/{variant}") };
        let edition = event_edition::Model {
            id,
            slug: format!("{}/{}{suffix}", context.slug(games_id), context.slug(event_id)),
            event_id,
            games_id,
            variant,
            title: self.title,
            venue_id: at.optional(context, "venue", "venue", self.venue.as_ref())?,
            city_id: at.optional(context, "city", "city", self.city.as_ref())?,
            distance_mm: self.distance_mm,
            distance_label: self.distance_label,
            starts_on: self.starts_on,
            ends_on: self.ends_on,
            format: self.format,
            status: self.status,
            coverage: self.coverage,
            competitors_published: self.competitors,
            nations_published: self.nations,
            entry_list_published_on: self.entry_list_published_on,
            source_id: at.reference(context, "source", "source", &self.source)?,
        };
        context.add_edition(&edition);
        Ok(edition)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CourseLine {
    event: String,
    games: String,
    variant: Option<String>,
    distance_mm: Option<i32>,
    distance_label: Option<String>,
    laps: Option<i32>,
    start_format: Option<StartFormat>,
}

impl Line for CourseLine {
    type Entity = course::Entity;

    fn row(self, at: Location<'_>, context: &mut Context) -> Result<course::Model, Error> {
        let edition_id = edition!(self).resolve(at, context)?;
        Ok(course::Model {
            id: key::derived("course", &[&edition_id]),
            edition_id,
            distance_mm: self.distance_mm,
            distance_label: self.distance_label,
            laps: self.laps,
            start_format: self.start_format,
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WaypointLine {
    event: String,
    games: String,
    variant: Option<String>,
    sequence: i32,
    name: String,
    role: WaypointRole,
    km: Option<f64>,
}

impl Line for WaypointLine {
    type Entity = waypoint::Entity;

    fn row(self, at: Location<'_>, context: &mut Context) -> Result<waypoint::Model, Error> {
        let edition_id = edition!(self).resolve(at, context)?;
        let id = key::derived("waypoint", &[&edition_id, &self.sequence]);
        Ok(waypoint::Model { id, edition_id, sequence: self.sequence, name: self.name, role: self.role, km: self.km })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PhaseLine {
    event: String,
    games: String,
    variant: Option<String>,
    sequence: i32,
    kind: PhaseKind,
    name: String,
    starts_at: Option<DateTimeUtc>,
    local_date: Option<Date>,
    local_time: Option<String>,
    time_zone: Option<String>,
}

impl Line for PhaseLine {
    type Entity = phase::Entity;

    fn row(self, at: Location<'_>, context: &mut Context) -> Result<phase::Model, Error> {
        let edition_id = edition!(self).resolve(at, context)?;
        let id = key::derived("phase", &[&edition_id, &self.sequence]);
        context.add(id);
        Ok(phase::Model {
            id,
            edition_id,
            sequence: self.sequence,
            kind: self.kind,
            name: self.name,
            starts_at: self.starts_at,
            local_date: self.local_date,
            local_time: self.local_time,
            time_zone: self.time_zone,
        })
    }
}

//! Sports, disciplines, families and events.

use podium_entity::event::{Better, EventGender, ParticipantKind};
use podium_entity::event_alias::EventAliasKind;
use podium_entity::mark::MarkKind;
use podium_entity::{discipline, event, event_alias, event_family, key, sport};
use serde::Deserialize;

use super::Line;
use crate::error::Error;
use crate::format::context::{Context, Location};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SportLine {
    key: String,
    slug: Option<String>,
    name: String,
}

impl Line for SportLine {
    type Entity = sport::Entity;

    fn row(self, at: Location<'_>, context: &mut Context) -> Result<sport::Model, Error> {
        let id = key::id("sport", &self.key);
        context.add(id);
        Ok(sport::Model { id, slug: at.slug(self.slug, &self.key, 1)?, key: self.key, name: self.name })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DisciplineLine {
    key: String,
    slug: Option<String>,
    sport: String,
    name: String,
}

impl Line for DisciplineLine {
    type Entity = discipline::Entity;

    fn row(self, at: Location<'_>, context: &mut Context) -> Result<discipline::Model, Error> {
        let id = key::id("discipline", &self.key);
        let sport_id = at.reference(context, "sport", "sport", &self.sport)?;
        context.add(id);
        Ok(discipline::Model { id, slug: at.slug(self.slug, &self.key, 1)?, key: self.key, sport_id, name: self.name })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EventFamilyLine {
    key: String,
    slug: Option<String>,
    discipline: String,
    name: String,
}

impl Line for EventFamilyLine {
    type Entity = event_family::Entity;

    fn row(self, at: Location<'_>, context: &mut Context) -> Result<event_family::Model, Error> {
        let id = key::id("event_family", &self.key);
        let discipline_id = at.reference(context, "discipline", "discipline", &self.discipline)?;
        context.add(id);
        Ok(event_family::Model { id, slug: at.slug(self.slug, &self.key, 2)?, key: self.key, discipline_id, name: self.name })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EventLine {
    key: String,
    slug: Option<String>,
    family: String,
    name: String,
    gender: EventGender,
    class: Option<String>,
    participant_kind: ParticipantKind,
    mark_kind: MarkKind,
    better: Better,
    discontinued_after: Option<i32>,
    known_until: Option<i32>,
    source: String,
}

impl Line for EventLine {
    type Entity = event::Entity;

    fn row(self, at: Location<'_>, context: &mut Context) -> Result<event::Model, Error> {
        let event = event::Model {
            id: key::id("event", &self.key),
            slug: at.slug(self.slug, &self.key, 3)?,
            key: self.key,
            family_id: at.reference(context, "family", "event_family", &self.family)?,
            name: self.name,
            gender: self.gender,
            class: self.class,
            participant_kind: self.participant_kind,
            mark_kind: self.mark_kind,
            better: self.better,
            discontinued_after: self.discontinued_after,
            known_until: self.known_until,
            source_id: at.reference(context, "source", "source", &self.source)?,
        };
        context.add_event(&event);
        Ok(event)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EventAliasLine {
    event: String,
    name: String,
    kind: EventAliasKind,
    from_year: Option<i32>,
    to_year: Option<i32>,
}

impl Line for EventAliasLine {
    type Entity = event_alias::Entity;

    fn row(self, at: Location<'_>, context: &mut Context) -> Result<event_alias::Model, Error> {
        let event_id = at.reference(context, "event", "event", &self.event)?;
        let id = key::derived("event_alias", &[&event_id, &format!("{:?}", self.kind), &self.name]);
        Ok(event_alias::Model { id, event_id, name: self.name, kind: self.kind, from_year: self.from_year, to_year: self.to_year })
    }
}

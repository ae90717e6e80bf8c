//! Qualification, previews, narratives, external ids and former slugs.

use podium_entity::preview_note::PreviewRole;
use podium_entity::quota_place::QuotaKind;
use podium_entity::{external_id, key, narrative, preview_note, qualification_rule, quota_place, slug_history};
use sea_orm::ActiveEnum;
use serde::Deserialize;

use super::editions::edition;
use super::{EditionName, Line};
use crate::error::Error;
use crate::format::context::{Context, Location};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct QualificationRuleLine {
    event: String,
    games: String,
    variant: Option<String>,
    sequence: i32,
    basis: String,
    top_ranked: Option<i32>,
    places_per_nation: Option<i32>,
    places: Option<i32>,
    source: String,
}

impl Line for QualificationRuleLine {
    type Entity = qualification_rule::Entity;

    fn row(self, at: Location<'_>, context: &mut Context) -> Result<qualification_rule::Model, Error> {
        let edition_id = edition!(self).resolve(at, context)?;
        Ok(qualification_rule::Model {
            id: key::derived("qualification_rule", &[&edition_id, &self.sequence]),
            edition_id,
            sequence: self.sequence,
            basis: self.basis,
            top_ranked: self.top_ranked,
            places_per_nation: self.places_per_nation,
            places: self.places,
            source_id: at.reference(context, "source", "source", &self.source)?,
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct QuotaPlaceLine {
    event: String,
    games: String,
    variant: Option<String>,
    nation: String,
    places: i32,
    kind: QuotaKind,
    basis: Option<String>,
    counterpart: Option<String>,
    source: String,
}

impl Line for QuotaPlaceLine {
    type Entity = quota_place::Entity;

    fn row(self, at: Location<'_>, context: &mut Context) -> Result<quota_place::Model, Error> {
        let edition_id = edition!(self).resolve(at, context)?;
        let nation_id = at.reference(context, "nation", "nation", &self.nation)?;
        let basis = self.basis.as_deref().unwrap_or_default();
        Ok(quota_place::Model {
            id: key::derived("quota_place", &[&edition_id, &nation_id, &self.kind.to_value(), &basis]),
            edition_id,
            nation_id,
            places: self.places,
            kind: self.kind,
            counterpart_id: at.optional(context, "counterpart", "nation", self.counterpart.as_ref())?,
            source_id: at.reference(context, "source", "source", &self.source)?,
            basis: self.basis,
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PreviewNoteLine {
    event: String,
    games: String,
    variant: Option<String>,
    sequence: i32,
    role: PreviewRole,
    athlete: Option<String>,
    text: String,
    source: String,
}

impl Line for PreviewNoteLine {
    type Entity = preview_note::Entity;

    fn row(self, at: Location<'_>, context: &mut Context) -> Result<preview_note::Model, Error> {
        let edition_id = edition!(self).resolve(at, context)?;
        Ok(preview_note::Model {
            id: key::derived("preview_note", &[&edition_id, &self.sequence]),
            edition_id,
            sequence: self.sequence,
            role: self.role,
            athlete_id: at.optional(context, "athlete", "athlete", self.athlete.as_ref())?,
            body: self.text,
            source_id: at.reference(context, "source", "source", &self.source)?,
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NarrativeLine {
    key: String,
    games: Option<String>,
    family: Option<String>,
    event: Option<String>,
    variant: Option<String>,
    section: String,
    sequence: i32,
    language: String,
    body: String,
    source: String,
}

impl Line for NarrativeLine {
    type Entity = narrative::Entity;

    fn row(self, at: Location<'_>, context: &mut Context) -> Result<narrative::Model, Error> {
        let edition_id = match (&self.event, &self.games) {
            (Some(event), Some(games)) => Some(EditionName { event, games, variant: self.variant.as_ref() }.resolve(at, context)?),
            _ => None,
        };
        let alone = |name: &Option<String>| name.clone().filter(|_| edition_id.is_none());
        let games_id = at.optional(context, "games", "games", alone(&self.games).as_ref())?;
        let event_id = at.optional(context, "event", "event", alone(&self.event).as_ref())?;
        let family_id = at.optional(context, "family", "event_family", self.family.as_ref())?;
        if [games_id, event_id, family_id, edition_id].iter().flatten().count() != 1 {
            return Err(at.refuse("family", "a narrative is about a Games, a family, an event, or an event at a Games"));
        }
        Ok(narrative::Model {
            id: key::id("narrative", &self.key),
            key: self.key,
            games_id,
            family_id,
            event_id,
            edition_id,
            section: self.section,
            sequence: self.sequence,
            language: self.language,
            body: self.body,
            source_id: at.reference(context, "source", "source", &self.source)?,
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExternalIdLine {
    games: Option<String>,
    nation: Option<String>,
    event: Option<String>,
    athlete: Option<String>,
    scheme: String,
    value: String,
}

impl Line for ExternalIdLine {
    type Entity = external_id::Entity;

    fn row(self, at: Location<'_>, context: &mut Context) -> Result<external_id::Model, Error> {
        let row = external_id::Model {
            id: key::derived("external_id", &[&self.scheme, &self.value]),
            games_id: at.optional(context, "games", "games", self.games.as_ref())?,
            nation_id: at.optional(context, "nation", "nation", self.nation.as_ref())?,
            event_id: at.optional(context, "event", "event", self.event.as_ref())?,
            athlete_id: at.optional(context, "athlete", "athlete", self.athlete.as_ref())?,
            scheme: self.scheme,
            value: self.value,
        };
        match [row.games_id, row.nation_id, row.event_id, row.athlete_id].iter().flatten().count() {
            1 => Ok(row),
            _ => Err(at.refuse("scheme", "an external id belongs to one Games, nation, event or athlete")),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SlugHistoryLine {
    games: Option<String>,
    nation: Option<String>,
    sport: Option<String>,
    discipline: Option<String>,
    family: Option<String>,
    event: Option<String>,
    athlete: Option<String>,
    old_slug: String,
}

impl Line for SlugHistoryLine {
    type Entity = slug_history::Entity;

    fn row(self, at: Location<'_>, context: &mut Context) -> Result<slug_history::Model, Error> {
        let subjects = [
            ("games", "games", self.games),
            ("nation", "nation", self.nation),
            ("sport", "sport", self.sport),
            ("discipline", "discipline", self.discipline),
            ("family", "event_family", self.family),
            ("event", "event", self.event),
            ("athlete", "athlete", self.athlete),
        ];
        let mut named = subjects.into_iter().filter_map(|(column, table, name)| Some((column, table, name?)));
        let (Some((column, table, name)), None) = (named.next(), named.next()) else {
            return Err(at.refuse("old_slug", "a slug belonged to one subject"));
        };
        Ok(slug_history::Model {
            id: key::derived("slug_history", &[&table, &self.old_slug]),
            kind: table.to_owned(),
            subject_id: at.reference(context, column, table, &name)?,
            old_slug: self.old_slug,
        })
    }
}

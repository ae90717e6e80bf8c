//! Medals and records.

use podium_entity::medal_award::{Medal, MedalAwardEnd, MedalAwardStatus};
use podium_entity::record_mark::{Ratification, RecordKind};
use podium_entity::{key, medal_award, medal_recipient, record_mark};
use sea_orm::ActiveEnum;
use sea_orm::prelude::{Date, Uuid};
use serde::Deserialize;

use super::editions::edition;
use super::entries::competitor;
use super::{CompetitorName, EditionName, Line};
use crate::error::Error;
use crate::format::context::{Context, Location};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MedalAwardLine {
    event: String,
    games: String,
    variant: Option<String>,
    athlete: Option<String>,
    team: Option<String>,
    medal: Medal,
    status: MedalAwardStatus,
    won_on: Option<Date>,
    valid_from: Option<Date>,
    valid_to: Option<Date>,
    ended_by: Option<MedalAwardEnd>,
    reason: Option<String>,
    replaces: Option<String>,
    source: String,
}

impl Line for MedalAwardLine {
    type Entity = medal_award::Entity;

    fn row(self, at: Location<'_>, context: &mut Context) -> Result<medal_award::Model, Error> {
        let edition_id = edition!(self).resolve(at, context)?;
        let entry_id = match self.status {
            MedalAwardStatus::Vacant if self.athlete.is_none() && self.team.is_none() => None,
            MedalAwardStatus::Vacant => return Err(at.refuse("status", "a vacant medal goes to nobody")),
            _ => Some(competitor!(self).resolve(at, context, edition_id)?),
        };
        if self.valid_to.is_some() != self.ended_by.is_some() {
            return Err(at.refuse("valid_to", "`valid_to` and `ended_by` go together"));
        }
        if self.valid_from.zip(self.valid_to).is_some_and(|(from, to)| to < from) {
            return Err(at.refuse("valid_to", "the award ends before it begins"));
        }
        let award = medal_award::Model {
            id: award_id(edition_id, self.medal, entry_id, self.valid_from),
            edition_id,
            entry_id,
            nation_id: entry_id.map(|entry| context.nation_of(entry)),
            medal: self.medal,
            status: self.status,
            won_on: self.won_on,
            valid_from: self.valid_from,
            valid_to: self.valid_to,
            ended_by: self.ended_by,
            reason: self.reason,
            replaces_id: self.replaces.map(|replaced| replaced_id(at, context, edition_id, &replaced)).transpose()?,
            source_id: at.reference(context, "source", "source", &self.source)?,
        };
        context.add(award.id);
        derive_recipients(&award, context);
        Ok(award)
    }
}

/// The id of an award. It includes the first day, since a competitor can hold the same medal twice: from one day, and again from a
/// later one.
pub(crate) fn award_id(edition: Uuid, medal: Medal, entry: Option<Uuid>, valid_from: Option<Date>) -> Uuid {
    let holder = entry.map_or_else(|| "vacant".to_owned(), |entry| entry.to_string());
    let since = valid_from.map_or_else(String::new, |date| date.to_string());
    key::derived("medal_award", &[&edition, &medal.to_value(), &holder, &since])
}

/// A medal as awarded at the Games to an entry and its nation. Nothing more is known of it.
pub(crate) fn award_row(edition_id: Uuid, (entry_id, nation_id): (Uuid, Uuid), medal: Medal, source_id: Uuid) -> medal_award::Model {
    medal_award::Model {
        id: award_id(edition_id, medal, Some(entry_id), None),
        edition_id,
        entry_id: Some(entry_id),
        nation_id: Some(nation_id),
        medal,
        status: MedalAwardStatus::Awarded,
        won_on: None,
        valid_from: None,
        valid_to: None,
        ended_by: None,
        reason: None,
        replaces_id: None,
        source_id,
    }
}

/// An athlete who received a medal.
pub(crate) fn recipient_row(award_id: Uuid, athlete_id: Uuid) -> medal_recipient::Model {
    medal_recipient::Model { id: key::derived("medal_recipient", &[&award_id, &athlete_id]), award_id, athlete_id }
}

/// Parses `GOLD:tyler-hamilton`, followed by `@2012-08-10` when that award began on a day. The award must be above this line in the
/// file.
fn replaced_id(at: Location<'_>, context: &Context, edition: Uuid, replaced: &str) -> Result<Uuid, Error> {
    let refuse = |reason: &str| at.refuse("replaces", format!("`{replaced}` {reason}"));
    let (name, since) = replaced.split_once('@').map_or((replaced, None), |(name, date)| (name, Some(date)));
    let since = since.map(str::parse).transpose().map_err(|_| refuse("has no date such as 2012-08-10 behind the @"))?;
    let (medal, holder) = name.split_once(':').ok_or_else(|| refuse("is not written like GOLD:tyler-hamilton"))?;
    let medal = Medal::try_from_value(&medal.to_owned()).map_err(|_| refuse("does not begin with a medal"))?;
    let athlete = key::derived("entry", &[&edition, &key::id("athlete", holder)]);
    let team = key::derived("entry", &[&edition, &holder]);
    let holders = if holder == "vacant" { vec![None] } else { vec![Some(athlete), Some(team)] };
    let awards = holders.into_iter().map(|holder| award_id(edition, medal, holder, since));
    awards.into_iter().find(|id| context.knows(*id)).ok_or_else(|| refuse("is no award of this edition above this line"))
}

/// Gives the medal to every athlete of the entry who competed.
fn derive_recipients(award: &medal_award::Model, context: &mut Context) {
    let athletes = award.entry_id.map(|entry| context.members(entry).to_vec()).unwrap_or_default();
    context.derived_recipients.extend(athletes.into_iter().map(|athlete_id| recipient_row(award.id, athlete_id)));
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecordMarkLine {
    event: String,
    distance_mm: Option<i32>,
    kind: RecordKind,
    sequence: i32,
    mark: String,
    athlete: Option<String>,
    team: Option<String>,
    nation: Option<String>,
    games: Option<String>,
    variant: Option<String>,
    set_on: Date,
    phase: Option<String>,
    equalled: bool,
    ratification: Ratification,
    source: String,
}

impl Line for RecordMarkLine {
    type Entity = record_mark::Entity;

    fn row(self, at: Location<'_>, context: &mut Context) -> Result<record_mark::Model, Error> {
        let event_id = at.reference(context, "event", "event", &self.event)?;
        let games_id = at.optional(context, "games", "games", self.games.as_ref())?;
        let name = self.games.as_ref().map(|games| EditionName { event: &self.event, games, variant: self.variant.as_ref() });
        let edition_id = name.map(|name| name.resolve(at, context)).transpose()?;
        let entry_id = match edition_id {
            Some(edition) => Some(competitor!(self).entry_id(at, edition)?).filter(|entry| context.knows(*entry)),
            None => None,
        };
        if self.athlete.is_none() && entry_id.is_none() {
            return Err(at.refuse("team", "a record of a team needs the team's entry"));
        }
        let mark_kind = context.mark_kind(event_id);
        let mark = mark_kind.parse(&self.mark).map_err(|error| at.refuse("mark", error))?;
        let (value, decimals) = mark.value.zip(mark.decimals).ok_or_else(|| at.refuse("mark", "a record needs a mark that is a number"))?;
        let distance = self.distance_mm.unwrap_or_default();
        Ok(record_mark::Model {
            id: key::derived("record_mark", &[&event_id, &distance, &self.kind.to_value(), &self.sequence]),
            event_id,
            distance_mm: self.distance_mm,
            kind: self.kind,
            sequence: self.sequence,
            mark_kind,
            mark_value: value,
            mark_decimals: decimals.cast_signed(),
            mark_text: mark.text,
            athlete_id: at.optional(context, "athlete", "athlete", self.athlete.as_ref())?,
            entry_id,
            nation_id: at.optional(context, "nation", "nation", self.nation.as_ref())?,
            games_id,
            edition_id,
            set_on: self.set_on,
            phase: self.phase,
            equalled: self.equalled,
            ratification: self.ratification,
            source_id: at.reference(context, "source", "source", &self.source)?,
        })
    }
}

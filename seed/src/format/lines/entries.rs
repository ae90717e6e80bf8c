//! Entries, the members of teams, and results.

use podium_entity::entry::EntryStatus;
use podium_entity::entry_member::MemberRole;
use podium_entity::mark::MarkKind;
use podium_entity::result::{Irm, ResultStatus, Timing};
use podium_entity::{delegation, entry, entry_member, key, result};
use sea_orm::prelude::Uuid;
use serde::Deserialize;

use super::editions::edition;
use super::games::delegation_id;
use super::{CompetitorName, EditionName, Line};
use crate::error::Error;
use crate::format::context::{Context, Location};

/// The columns that name a competitor, shared by every file about competitors.
macro_rules! competitor {
    ($line:expr) => {
        CompetitorName { athlete: $line.athlete.as_ref(), team: $line.team.as_ref() }
    };
}
pub(crate) use competitor;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EntryLine {
    event: String,
    games: String,
    variant: Option<String>,
    athlete: Option<String>,
    team: Option<String>,
    nation: String,
    bib: Option<String>,
    status: EntryStatus,
    source: String,
}

impl Line for EntryLine {
    type Entity = entry::Entity;

    fn row(self, at: Location<'_>, context: &mut Context) -> Result<entry::Model, Error> {
        let edition_id = edition!(self).resolve(at, context)?;
        let entry = entry::Model {
            id: competitor!(self).entry_id(at, edition_id)?,
            edition_id,
            nation_id: at.reference(context, "nation", "nation", &self.nation)?,
            athlete_id: at.optional(context, "athlete", "athlete", self.athlete.as_ref())?,
            team_name: self.team,
            bib: self.bib,
            status: self.status,
            source_id: at.reference(context, "source", "source", &self.source)?,
        };
        context.add_entry(&entry);
        derive_member(&entry, context);
        derive_delegation(&entry, key::id("games", &self.games), context);
        Ok(entry)
    }
}

/// An individual entry has its athlete as the only member.
fn derive_member(entry: &entry::Model, context: &mut Context) {
    let Some(athlete_id) = entry.athlete_id else { return };
    let member = entry_member::Model {
        id: member_id(entry.id, athlete_id),
        entry_id: entry.id,
        edition_id: entry.edition_id,
        athlete_id,
        nation_id: entry.nation_id,
        role: MemberRole::Member,
        competed: true,
        position: None,
    };
    context.add_member(&member);
    context.derived_members.push(member);
}

/// A nation with an entry was at the Games, even when `delegations` does not list it.
fn derive_delegation(entry: &entry::Model, games_id: Uuid, context: &mut Context) {
    let id = delegation_id(games_id, entry.nation_id);
    // A mixed team is no delegation.
    if entry.nation_id != key::id("nation", "MIX") && !context.knows(id) {
        context.derived_delegations.entry(id).or_insert_with(|| delegation_row(games_id, entry.nation_id, entry.source_id));
    }
}

/// The delegation of a nation at a Games of which nothing more is known.
pub(crate) fn delegation_row(games_id: Uuid, nation_id: Uuid, source_id: Uuid) -> delegation::Model {
    delegation::Model {
        id: delegation_id(games_id, nation_id),
        games_id,
        nation_id,
        name: None,
        ranks_in_medal_table: true,
        men: None,
        women: None,
        source_id,
    }
}

pub(crate) fn member_id(entry: Uuid, athlete: Uuid) -> Uuid {
    key::derived("entry_member", &[&entry, &athlete])
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EntryMemberLine {
    event: String,
    games: String,
    variant: Option<String>,
    team: String,
    athlete: String,
    nation: Option<String>,
    role: MemberRole,
    competed: bool,
    medal: Option<bool>,
    position: Option<i32>,
}

impl Line for EntryMemberLine {
    type Entity = entry_member::Entity;

    fn row(self, at: Location<'_>, context: &mut Context) -> Result<entry_member::Model, Error> {
        let edition_id = edition!(self).resolve(at, context)?;
        let entry_id = CompetitorName { athlete: None, team: Some(&self.team) }.resolve(at, context, edition_id)?;
        let athlete_id = at.reference(context, "athlete", "athlete", &self.athlete)?;
        let own = at.optional(context, "nation", "nation", self.nation.as_ref())?;
        let member = entry_member::Model {
            id: member_id(entry_id, athlete_id),
            entry_id,
            edition_id,
            athlete_id,
            nation_id: own.unwrap_or_else(|| context.nation_of(entry_id)),
            role: self.role,
            competed: self.competed,
            position: self.position,
        };
        match self.medal {
            Some(false) => context.go_without(&member),
            _ => context.add_member(&member),
        }
        Ok(member)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ResultLine {
    event: String,
    games: String,
    variant: Option<String>,
    athlete: Option<String>,
    team: Option<String>,
    phase: Option<i32>,
    rank: Option<i32>,
    tied: Option<bool>,
    mark: Option<String>,
    mark_kind: Option<MarkKind>,
    irm: Option<Irm>,
    irm_code: Option<String>,
    qualified: Option<bool>,
    lane: Option<String>,
    timing: Option<Timing>,
    status: ResultStatus,
    source: String,
}

impl Line for ResultLine {
    type Entity = result::Entity;

    fn row(self, at: Location<'_>, context: &mut Context) -> Result<result::Model, Error> {
        let edition_id = edition!(self).resolve(at, context)?;
        let entry_id = competitor!(self).resolve(at, context, edition_id)?;
        let phase_id = self.phase.map(|sequence| phase_id(at, context, edition_id, sequence)).transpose()?;
        let mark_kind = self.mark_kind.unwrap_or_else(|| context.mark_kind(edition_id));
        let mark = self.mark.map(|text| mark_kind.parse(&text)).transpose().map_err(|error| at.refuse("mark", error))?;
        if self.rank.is_none() && mark.is_none() && self.irm.is_none() {
            return Err(at.refuse("rank", "a result needs a rank, a mark or an irm; who only took part is an entry"));
        }
        if self.rank.is_some_and(|rank| rank < 1) {
            return Err(at.refuse("rank", "a rank is at least 1"));
        }
        let may_be_ranked = self.irm.is_none_or(|irm| matches!(irm, Irm::Lap | Irm::Ovl | Irm::Otl | Irm::Rel));
        if self.rank.is_some() && !may_be_ranked {
            return Err(at.refuse("irm", "a result with this irm has no rank"));
        }
        if self.tied == Some(true) && self.rank.is_none() {
            return Err(at.refuse("tied", "only a rank can be tied"));
        }
        if self.phase.is_none() && (self.qualified.is_some() || self.lane.is_some()) {
            let column = if self.lane.is_some() { "lane" } else { "qualified" };
            return Err(at.refuse(column, "only the result of a phase has it"));
        }
        Ok(result::Model {
            id: key::derived("result", &[&entry_id, &self.phase.unwrap_or_default()]),
            edition_id,
            entry_id,
            phase_id,
            rank: self.rank,
            rank_tied: self.tied.unwrap_or_default(),
            sort_order: sort_order(self.rank, self.irm),
            mark_kind,
            mark_value: mark.as_ref().and_then(|mark| mark.value),
            mark_decimals: mark.as_ref().and_then(|mark| mark.decimals).map(u32::cast_signed),
            mark_text: mark.map(|mark| mark.text),
            irm: self.irm,
            irm_code: self.irm_code,
            qualified: self.qualified,
            lane: self.lane,
            timing: self.timing.unwrap_or(Timing::Unknown),
            status: self.status,
            source_id: at.reference(context, "source", "source", &self.source)?,
        })
    }
}

fn phase_id(at: Location<'_>, context: &Context, edition_id: Uuid, sequence: i32) -> Result<Uuid, Error> {
    let id = key::derived("phase", &[&edition_id, &sequence]);
    match context.knows(id) {
        true => Ok(id),
        false => Err(at.refuse("phase", format!("there is no phase {sequence} of this edition"))),
    }
}

/// The sort position in a result list: by rank, then those with neither rank nor IRM, then the others grouped by IRM.
pub(crate) fn sort_order(rank: Option<i32>, irm: Option<Irm>) -> i32 {
    const UNRANKED: i32 = 1_000_000;
    let group = match (rank, irm) {
        (Some(rank), _) => return rank,
        (None, None) => 0,
        (None, Some(Irm::Otl | Irm::Lap | Irm::Ovl | Irm::Rel)) => 1,
        (None, Some(Irm::Nm | Irm::Nr | Irm::Nv | Irm::Tnk)) => 2,
        (None, Some(Irm::Dnf | Irm::Ret | Irm::Inj | Irm::El)) => 3,
        (None, Some(Irm::Dsq | Irm::Dqb | Irm::Exc)) => 4,
        (None, Some(Irm::Dns | Irm::Wd | Irm::Wo)) => 5,
        (None, Some(Irm::Ac | Irm::Unknown)) => 6,
    };
    UNRANKED + group
}

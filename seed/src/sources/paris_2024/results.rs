//! Results of the phases, and overall results of events.

use std::borrow::Cow;
use std::collections::HashMap;

use podium_entity::mark::MarkKind;
use podium_entity::result::{Irm, ResultStatus, Timing};
use podium_entity::{key, result};
use sea_orm::prelude::Uuid;

use super::dictionary::Event;
use super::entries::Entries;
use super::marks::{has_qualified, has_result, irm_beside, irm_of, kind_of, lane_of, text_of};
use super::overall::{self, Place};
use super::phases::Phases;
use super::units::{Edition, UnitResult};
use crate::format::lines::entries::sort_order;

/// The results of an event: in each phase, and overall.
pub(super) fn of(edition: &Edition, event: &Event, phases: &Phases, entries: &Entries, source: Uuid) -> Vec<result::Model> {
    let ranked = overall::of(edition.units.values());
    let eliminated = eliminated(edition, phases, &ranked);
    let mut lists: Vec<List<'_>> = vec![(None, ranked)];
    for unit in edition.units.values() {
        lists.extend(phases.by_unit.get(&unit.code).map(|phase| (Some(*phase), overall::places(unit).collect())));
    }
    let mut results = Vec::new();
    for (phase, places) in lists {
        let ranks = counts(places.iter().map(|place| place.rank));
        for place in places.iter().filter(|place| has_result(place.unit, place.row)) {
            let Some(entry_id) = entries.id(edition.event, &place.row.participant) else { continue };
            let is_tied = place.rank.is_some_and(|rank| ranks.get(&rank).is_some_and(|count| *count > 1));
            let line = Line { edition_id: event.edition, entry_id, phase, is_tied, event: event.row.mark_kind, source_id: source };
            results.push(line.result(place));
        }
    }
    for place in &eliminated {
        let Some(entry_id) = entries.id(edition.event, &place.row.participant) else { continue };
        let line = Line { edition_id: event.edition, entry_id, phase: None, is_tied: false, event: event.row.mark_kind, source_id: source };
        results.push(line.result_without_rank(place));
    }
    results
}

/// The competitors of an event with overall ranks who have none themselves, each with their last result: they were eliminated before the final.
fn eliminated<'a>(edition: &'a Edition, phases: &Phases, ranked: &[Place<'a>]) -> Vec<Place<'a>> {
    if ranked.is_empty() {
        return Vec::new();
    }
    let has_place = |code: &str| ranked.iter().any(|place| place.row.participant == code && has_result(place.unit, place.row));
    let last = |code: &str| {
        let held = edition.units.values().filter_map(|unit| Some((phases.by_unit.get(&unit.code)?.1, unit)));
        let own = held.flat_map(|(sequence, unit)| unit.rows.iter().map(move |row| (sequence, unit, row)));
        let own = own.filter(|(_, unit, row)| row.participant == code && has_result(unit, row));
        // Who did not start a later round keeps the mark of the round before.
        let started = |row: &UnitResult| irm_of(&row.irm) != Some(Irm::Dns);
        own.max_by_key(|(sequence, _, row)| (started(row), *sequence)).map(|(_, unit, row)| Place { unit, row, rank: None })
    };
    edition.participants.keys().filter(|code| !has_place(code)).filter_map(|code| last(code)).collect()
}

/// A result list: the places in one phase, given by its id and sequence number, or overall when there is none.
type List<'a> = (Option<(Uuid, i32)>, Vec<Place<'a>>);

/// The number of competitors with each rank.
fn counts(ranks: impl Iterator<Item = Option<i32>>) -> HashMap<i32, usize> {
    let mut counts = HashMap::new();
    ranks.flatten().for_each(|rank| *counts.entry(rank).or_default() += 1);
    counts
}

/// What a result belongs to.
struct Line {
    edition_id: Uuid,
    entry_id: Uuid,
    /// The phase and its sequence number; `None` for the overall result.
    phase: Option<(Uuid, i32)>,
    is_tied: bool,
    /// What the event measures.
    event: MarkKind,
    source_id: Uuid,
}

impl Line {
    /// The overall result of a competitor who was eliminated: the mark of their last phase, if it measures what the event does. Otherwise that they
    /// also competed.
    fn result_without_rank(self, place: &Place<'_>) -> result::Model {
        let event = self.event;
        let is_comparable = !place.unit.is_duel() && kind_of(place.unit, event) == event;
        let result = self.result(place);
        let irm_code = Some(place.row.irm.clone()).filter(|code| !code.is_empty());
        let result = match is_comparable {
            true => result::Model { irm_code, ..result },
            false => result::Model { irm_code, mark_kind: event, mark_value: None, mark_decimals: None, mark_text: None, ..result },
        };
        let irm = result.irm.or_else(|| result.mark_text.is_none().then_some(Irm::Ac));
        result::Model { irm, sort_order: sort_order(None, irm), ..result }
    }

    /// The result of a competitor. A mark that does not parse as its kind, such as `-5` points, is stored as a text without a kind.
    fn result(self, place: &Place<'_>) -> result::Model {
        let Place { unit, row, rank } = *place;
        let (mark_kind, text) = (kind_of(unit, self.event), text_of(unit, row));
        let mark = text.as_deref().and_then(|text| mark_kind.parse(text).ok());
        let mark_kind = if text.is_some() && mark.is_none() { MarkKind::None } else { mark_kind };
        let irm = irm_beside(&row.irm, rank);
        let is_decided = unit.is_duel() && !row.outcome.is_empty();
        let said = if row.irm.is_empty() || is_decided { &row.outcome } else { &row.irm };
        result::Model {
            id: key::derived("result", &[&self.entry_id, &self.phase.map_or(0, |(_, sequence)| sequence)]),
            edition_id: self.edition_id,
            entry_id: self.entry_id,
            phase_id: self.phase.map(|(phase, _)| phase),
            rank,
            rank_tied: self.is_tied,
            sort_order: sort_order(rank, irm),
            mark_kind,
            mark_value: mark.as_ref().and_then(|mark| mark.value),
            mark_decimals: mark.as_ref().and_then(|mark| mark.decimals).map(u32::cast_signed),
            mark_text: text.map(Cow::into_owned),
            irm,
            irm_code: Some(said.clone()).filter(|said| !said.is_empty()),
            qualified: self.phase.and_then(|_| has_qualified(unit, row)),
            lane: self.phase.and_then(|_| lane_of(unit, row)).map(str::to_owned),
            timing: Timing::Unknown,
            status: ResultStatus::Official,
            source_id: self.source_id,
        }
    }
}

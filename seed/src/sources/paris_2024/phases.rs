//! Turns units into phases of an edition: their kinds, their names, and the order in which they were held.

use std::collections::{BTreeMap, HashMap, HashSet};

use podium_entity::phase::PhaseKind;
use podium_entity::{key, phase};
use sea_orm::prelude::Uuid;

use super::dictionary::Event;
use super::schedule::{Schedule, Start};
use super::units::{Edition, Unit};

/// The phases of an edition.
#[derive(Debug, Default)]
pub(super) struct Phases {
    pub(super) rows: Vec<phase::Model>,
    /// The phase and its sequence number, by the code of the unit.
    pub(super) by_unit: HashMap<String, (Uuid, i32)>,
}

impl Phases {
    /// Builds the phases of an event in the order of their times. `clocks` is the time zone of the place.
    pub(super) fn of(edition: &Edition, event: &Event, schedule: &Schedule, clocks: &str) -> Self {
        let names = names(edition, event);
        let units = edition.units.values().filter(|unit| !unit.is_overall());
        let mut held: Vec<(&Unit, PhaseKind, Start)> =
            units.map(|unit| (unit, kind_of(unit), schedule.start(edition.event, unit, clocks))).collect();
        held.sort_by_key(|(unit, kind, start)| (start.about, level(*kind), unit.code.clone()));
        let mut phases = Self::default();
        for ((unit, kind, start), sequence) in held.into_iter().zip(1..) {
            let id = key::derived("phase", &[&event.edition, &sequence]);
            phases.by_unit.insert(unit.code.clone(), (id, sequence));
            phases.rows.push(phase::Model {
                id,
                edition_id: event.edition,
                sequence,
                kind,
                name: names.get(unit.code.as_str()).cloned().unwrap_or_default(),
                starts_at: start.at,
                local_date: start.date,
                local_time: start.time,
                time_zone: start.date.map(|_| clocks.to_owned()),
            });
        }
        phases
    }
}

/// Orders phases that began at the same time: one that leads to another comes first.
fn level(kind: PhaseKind) -> u8 {
    match kind {
        PhaseKind::Round => 0,
        PhaseKind::Heat => 1,
        PhaseKind::Repechage => 2,
        PhaseKind::Quarter => 3,
        PhaseKind::Semi => 4,
        PhaseKind::Classification => 5,
        PhaseKind::Final => 6,
    }
}

/// The kind of phase of a unit, by its code and the name of its stage. The first match counts, because the same code means
/// different rounds in different sports.
fn kind_of(unit: &Unit) -> PhaseKind {
    const FOR_PLACES: [&str; 10] =
        ["Classification", "Placing", "Placement", "For Places", "Small Final", "Final B", "Final C", "Final D", "Final E", "Final F"];
    let (round, stage) = (unit.round(), unit.stage.as_str());
    match round {
        _ if FOR_PLACES.iter().any(|words| stage.contains(words)) => PhaseKind::Classification,
        "SF5" | "SF9" => PhaseKind::Classification,
        "REP" | "REP1" | "REP2" | "REP3" | "LL" => PhaseKind::Repechage,
        "FNL" if stage.contains("Round ") || stage.contains("Routine") => PhaseKind::Round,
        "FNL" | "GPFR" | "GPSP" | "REPF" => PhaseKind::Final,
        "JUMP" if stage.contains("Final") => PhaseKind::Final,
        "SFNL" => PhaseKind::Semi,
        "QFNL" if stage == "Play-in Game" => PhaseKind::Round,
        "QFNL" => PhaseKind::Quarter,
        _ if stage.contains("Heat") => PhaseKind::Heat,
        _ => PhaseKind::Round,
    }
}

/// The names of an event's units: the stage; with the round before it where several rounds have a stage of the same name; with a
/// number after it where several units would still have the same name.
fn names(edition: &Edition, event: &Event) -> HashMap<String, String> {
    let units: Vec<&Unit> = edition.units.values().filter(|unit| !unit.is_overall()).collect();
    let stages: HashSet<&str> = units.iter().map(|unit| unit.stage.as_str()).collect();
    let in_rounds: HashSet<(&str, &str)> = units.iter().map(|unit| (unit.stage.as_str(), unit.event_stage.as_str())).collect();
    let is_ambiguous = stages.len() < in_rounds.len();
    let mut named: BTreeMap<String, Vec<&Unit>> = BTreeMap::new();
    for unit in units {
        let name = if is_ambiguous { with_round(unit, &event.name) } else { unit.stage.clone() };
        named.entry(name).or_default().push(unit);
    }
    let mut names = HashMap::new();
    for (name, units) in named {
        let what = if name.to_lowercase().contains("heat") { "heat" } else { "match" };
        for (unit, number) in units.iter().zip(1..) {
            let called = if units.len() > 1 { format!("{name}, {what} {number}") } else { name.clone() };
            names.insert(unit.code.clone(), called);
        }
    }
    names
}

/// The name of a stage with its round: `Women's Sprint, 1/8 Finals - Heat 1` without the event.
fn with_round(unit: &Unit, event: &str) -> String {
    let rest = unit.event_stage.strip_prefix(event).unwrap_or_default().trim_start_matches([',', '-', ' ']);
    if rest.is_empty() || rest.starts_with('\'') { unit.stage.clone() } else { rest.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_by_code_and_stage() {
        use PhaseKind::{Classification, Final, Heat, Quarter, Repechage, Round, Semi};
        let cases = [
            ("FNL-000100--", "Final A", Final),
            ("FNL-000200--", "Final B", Classification),
            ("FNL-000200--", "Small Final", Classification),
            ("SF5-000100--", "Placing 5-8", Classification),
            ("LL--000100--", "Lucky loser round", Repechage),
            ("REP-000100--", "Last Chance Race", Repechage),
            ("REPF000100--", "Bronze Medal Contests", Final),
            ("FNL-000300--", "Round 3", Round),
            ("FNL-000100--", "Gold Medal Match", Final),
            ("JUMP000200--", "Jumping Final", Final),
            ("JUMP000100--", "Jumping Qualifier", Round),
            ("SFNL000100--", "Heat 1", Semi),
            ("QFNL000200--", "Play-in Game", Round),
            ("QFNL000100--", "Table of 8", Quarter),
            ("100-000100--", "100m - Heat 1", Heat),
            ("8FNL000100--", "First Round", Round),
            ("GPA-000100--", "Pool A", Round),
        ];
        for (code, stage, kind) in cases {
            let unit = Unit { code: code.to_owned(), stage: stage.to_owned(), ..Unit::default() };
            assert_eq!(kind_of(&unit), kind, "{code} {stage}");
        }
    }
}

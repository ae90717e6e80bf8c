//! The overall result of an event, which the files print in one of three ways, or not at all.

use super::units::{Unit, UnitResult};

/// The rounds that decide an event; in dressage they are the Grand Prix Freestyle and the Grand Prix Special.
const LAST_ROUNDS: [&str; 3] = ["FNL", "GPFR", "GPSP"];

/// A competitor's place in a result list, with the unit that their mark is from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    pub(super) unit: &'a Unit,
    pub(super) row: &'a UnitResult,
    pub(super) rank: Option<i32>,
}

/// The overall result of an event. `units` must be in the order of their codes. It is the list of final results where that is
/// printed. Otherwise it is the first final, followed by the finals whose ranks continue from it. A final whose ranks start again
/// at 1, such as one for places in rowing, is not part of it. An event decided only by duels has no ranks, and so no overall
/// result.
pub(super) fn of<'a>(units: impl Iterator<Item = &'a Unit> + Clone) -> Vec<Place<'a>> {
    if let Some(results) = units.clone().find(|unit| unit.is_overall() && unit.is_ranked()) {
        return places(results).collect();
    }
    let mut outcome: Vec<Place<'a>> = Vec::new();
    for unit in units.filter(|unit| LAST_ROUNDS.contains(&unit.round()) && unit.is_ranked()) {
        let last = outcome.iter().filter_map(|place| place.rank).max().unwrap_or_default();
        if is_decider(unit) {
            decide(&mut outcome, unit);
        } else if unit.rows.iter().filter_map(|row| row.rank).all(|rank| rank > last) {
            outcome.extend(places(unit));
        }
    }
    outcome
}

/// The places of all competitors in one unit.
pub(super) fn places(unit: &Unit) -> impl Iterator<Item = Place<'_>> {
    unit.rows.iter().map(move |row| Place { unit, row, rank: row.rank })
}

/// Whether a unit is a decider between tied competitors, such as a jump-off.
fn is_decider(unit: &Unit) -> bool {
    unit.code.contains("RR")
}

/// Orders tied competitors by their ranks in the decider.
fn decide(outcome: &mut [Place<'_>], decider: &Unit) {
    let decided = |place: &Place<'_>| decider.rows.iter().find(|row| row.participant == place.row.participant);
    let Some(first) = outcome.iter().filter(|place| decided(place).is_some()).filter_map(|place| place.rank).min() else { return };
    for place in outcome {
        if let Some(rank) = decided(place).and_then(|row| row.rank) {
            place.rank = Some(first + rank - 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(code: &str, stage: &str, ranks: &[(&str, Option<i32>)]) -> Unit {
        let rows = ranks.iter().map(|(participant, rank)| UnitResult {
            participant: (*participant).to_owned(),
            rank: *rank,
            ..UnitResult::default()
        });
        Unit { code: code.to_owned(), stage: stage.to_owned(), rows: rows.collect(), ..Unit::default() }
    }

    fn outcome(units: &[Unit]) -> Vec<(&str, Option<i32>)> {
        of(units.iter()).iter().map(|place| (place.row.participant.as_str(), place.rank)).collect()
    }

    #[test]
    fn final_results_are_the_outcome() {
        let units = [unit("FNL---------", "Final Results", &[("a", Some(1))]), unit("FNL-000100--", "Final", &[("b", Some(1))])];
        assert_eq!(outcome(&units), [("a", Some(1))]);
    }

    #[test]
    fn finals_count_on_or_count_anew() {
        let gold = unit("FNL-000100--", "For Gold", &[("a", Some(1)), ("b", Some(2))]);
        let bronze = unit("FNL-000200--", "For Bronze", &[("c", Some(3)), ("d", None)]);
        let anew = unit("FNL-000300--", "Final B", &[("e", Some(1))]);
        assert_eq!(outcome(&[gold, bronze, anew]), [("a", Some(1)), ("b", Some(2)), ("c", Some(3)), ("d", None)]);
    }

    #[test]
    fn a_jump_off_parts_those_who_tied() {
        let final_ = unit("FNL-000100--", "Final", &[("a", Some(1)), ("b", Some(1)), ("c", Some(3))]);
        let jump_off = unit("FNL-0002RR--", "Jump-off", &[("b", Some(1)), ("a", Some(2))]);
        assert_eq!(outcome(&[final_, jump_off]), [("a", Some(2)), ("b", Some(1)), ("c", Some(3))]);
    }

    #[test]
    fn duels_have_no_outcome() {
        assert_eq!(outcome(&[unit("FNL-000100--", "Gold Medal Match", &[("a", None), ("b", None)])]), []);
    }
}

//! Parses marks and IRMs (the reasons for having no mark) as the files print them.

use std::borrow::Cow;

use podium_entity::mark::MarkKind;
use podium_entity::result::Irm;

use super::units::{Unit, UnitResult};

/// The kind of the marks in a unit. It can differ from the event's: a decathlon is scored in points, but its 100 metres are timed.
pub(super) fn kind_of(unit: &Unit, event: MarkKind) -> MarkKind {
    if unit.is_duel() {
        return MarkKind::Scoreline;
    }
    unit.rows.iter().find_map(|row| kind_of_row(&row.kind, &unit.stage, event)).unwrap_or(event)
}

fn kind_of_row(kind: &str, stage: &str, event: MarkKind) -> Option<MarkKind> {
    let is_up = event == MarkKind::Height || stage.contains("High Jump") || stage.contains("Pole Vault");
    Some(match kind {
        "TIME" | "IRM_TIME" => MarkKind::Time,
        "DISTANCE" if is_up => MarkKind::Height,
        "DISTANCE" => MarkKind::Distance,
        "WEIGHT" => MarkKind::Weight,
        "STROKES" => MarkKind::Count,
        "PERCENT" => MarkKind::Judged,
        "POINTS" | "IRM_POINTS" | "SETS" | "SCORE" if event == MarkKind::Judged => MarkKind::Judged,
        "POINTS" | "IRM_POINTS" | "SETS" | "SCORE" => MarkKind::Points,
        _ => return None,
    })
}

/// The text of a row's mark. In a duel it is both scores, the competitor's own first; when no score is printed, it is the outcome
/// (`W`, `L` or `T`).
pub(super) fn text_of<'a>(unit: &Unit, row: &'a UnitResult) -> Option<Cow<'a, str>> {
    let other = unit.rows.iter().find(|other| unit.is_duel() && other.participant != row.participant);
    let text = match (row.mark.as_str(), other.map(|other| other.mark.as_str())) {
        ("", Some(_)) => row.outcome.as_str().into(),
        (own, None | Some("")) => own.into(),
        (own, Some(other)) => format!("{own}-{other}").into(),
    };
    Some(text).filter(|text: &Cow<'_, str>| !text.is_empty())
}

/// The IRM of a code. Sailing's starting offences are disqualifications from the race. Its penalties and redresses
/// only change the points, and leave a result.
pub(super) fn irm_of(code: &str) -> Option<Irm> {
    Some(match code {
        "" | "DPI" | "SCP" | "RDG" | "BUW" => return None,
        "DNS" | "DNC" => Irm::Dns,
        "DNF" => Irm::Dnf,
        "DSQ" | "DQ" | "BFD" | "UFD" | "OCS" => Irm::Dsq,
        "DQB" => Irm::Dqb,
        "LAP" => Irm::Lap,
        "OVL" => Irm::Ovl,
        "REL" => Irm::Rel,
        "EL" => Irm::El,
        "RET" | "RT" => Irm::Ret,
        "WD" | "WDR" => Irm::Wd,
        "W/O" => Irm::Wo,
        "NM" => Irm::Nm,
        "INJ" => Irm::Inj,
        "FS" | "Fall" => Irm::Nr,
        _ => Irm::Unknown,
    })
}

/// The IRM that is kept beside a rank. Only some IRMs allow a rank, and a printed rank is never dropped.
pub(super) fn irm_beside(code: &str, rank: Option<i32>) -> Option<Irm> {
    irm_of(code).filter(|irm| rank.is_none() || matches!(irm, Irm::Lap | Irm::Ovl | Irm::Otl | Irm::Rel))
}

/// Whether a row has a rank, a mark or an IRM. Reserves are listed without any.
pub(super) fn has_result(unit: &Unit, row: &UnitResult) -> bool {
    row.rank.is_some() || text_of(unit, row).is_some() || irm_of(&row.irm).is_some()
}

/// Whether a competitor went on to the next round. `None` for a unit that leads to none, or whose marks are not printed. `R1` is the first
/// round in one sport and a reserve in another, so it is ignored.
pub(super) fn has_qualified(unit: &Unit, row: &UnitResult) -> Option<bool> {
    const DIRECTLY: [&str; 17] =
        ["Q", "q", "qR", "qJ", "Q1/16", "Q1/8", "Q1/4", "Q1/2", "Q3", "QG", "QB", "QF", "SF", "SA/B", "FA", "F", "H"];
    if unit.rows.iter().all(|row| row.went_on.is_empty()) || row.went_on == "R1" {
        return None;
    }
    Some(DIRECTLY.contains(&row.went_on.as_str()))
}

/// The lane or the place in the order of starting; none in a duel, whose sides have no order.
pub(super) fn lane_of<'a>(unit: &Unit, row: &'a UnitResult) -> Option<&'a str> {
    Some(row.start.as_str()).filter(|start| !start.is_empty() && !unit.is_duel())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(stage: &str, rows: &[(&str, &str, &str, &str, Option<i32>)]) -> Unit {
        let rows = rows.iter().map(|(participant, kind, mark, outcome, rank)| UnitResult {
            participant: (*participant).to_owned(),
            kind: (*kind).to_owned(),
            mark: (*mark).to_owned(),
            outcome: (*outcome).to_owned(),
            rank: *rank,
            ..UnitResult::default()
        });
        Unit { stage: stage.to_owned(), rows: rows.collect(), ..Unit::default() }
    }

    #[test]
    fn a_phase_may_measure_something_else_than_its_event() {
        let cases = [
            ("100m - Heat 1", "TIME", MarkKind::Points, MarkKind::Time),
            ("High Jump - Group A", "DISTANCE", MarkKind::Points, MarkKind::Height),
            ("Final", "DISTANCE", MarkKind::Height, MarkKind::Height),
            ("Long Jump - Group A", "DISTANCE", MarkKind::Points, MarkKind::Distance),
            ("Final", "POINTS", MarkKind::Judged, MarkKind::Judged),
            ("Ranking Round", "POINTS", MarkKind::RankOnly, MarkKind::Points),
            ("Final", "FAULT", MarkKind::RankOnly, MarkKind::RankOnly),
        ];
        for (stage, printed, event, kind) in cases {
            assert_eq!(kind_of(&unit(stage, &[("1", printed, "1", "", Some(1))]), event), kind, "{stage}");
        }
    }

    #[test]
    fn a_duel_shows_both_scores() {
        let match_ = unit("Gold Medal Match", &[("1", "POINTS", "1", "W", None), ("2", "POINTS", "1", "L", None)]);
        assert_eq!(kind_of(&match_, MarkKind::RankOnly), MarkKind::Scoreline);
        assert_eq!(text_of(&match_, &match_.rows[0]).as_deref(), Some("1-1"));
        let stopped = unit("Round of 16", &[("1", "RM", "", "W", None), ("2", "RM", "", "L", None)]);
        assert_eq!(text_of(&stopped, &stopped.rows[1]).as_deref(), Some("L"));
        let heat = unit("Heat 1", &[("1", "POINTS", "10.50", "W", Some(1)), ("2", "POINTS", "9.33", "L", Some(2))]);
        assert_eq!((kind_of(&heat, MarkKind::Judged), text_of(&heat, &heat.rows[0]).as_deref()), (MarkKind::Judged, Some("10.50")));
    }

    #[test]
    fn who_went_on_is_told_by_the_marks_of_their_unit() {
        let heat = |marks: [&str; 3]| {
            let rows = marks.map(|mark| UnitResult { went_on: mark.to_owned(), ..UnitResult::default() });
            let unit = Unit { rows: rows.to_vec(), ..Unit::default() };
            unit.rows.iter().map(|row| has_qualified(&unit, row)).collect::<Vec<_>>()
        };
        assert_eq!(heat(["Q", "q", ""]), [Some(true), Some(true), Some(false)]);
        assert_eq!(heat(["SF", "R", "X"]), [Some(true), Some(false), Some(false)]);
        assert_eq!(heat(["", "", ""]), [None, None, None]);
        assert_eq!(heat(["R1", "Q", "R2"]), [None, Some(true), Some(false)]);
    }

    #[test]
    fn a_rank_is_never_given_up_for_a_reason() {
        assert_eq!((irm_beside("DNF", None), irm_beside("DNF", Some(8))), (Some(Irm::Dnf), None));
        assert_eq!((irm_beside("LAP", Some(30)), irm_beside("DPI", Some(3))), (Some(Irm::Lap), None));
        assert_eq!((irm_beside("BFD", None), irm_beside("XYZ", None)), (Some(Irm::Dsq), Some(Irm::Unknown)));
    }
}

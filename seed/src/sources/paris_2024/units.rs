//! Parses the files of results: every event with its units, which are heats, matches, finals and lists of final results.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use podium_entity::athlete::Gender;
use sea_orm::prelude::Uuid;

use super::dictionary::Dictionary;
use super::files::{Files, each};
use crate::error::Error;
use crate::report::rejects::Rejects;
use crate::sources::common::input::cells;

/// The columns of a file of results. A discipline omits the columns marked `?` that it does not use.
const COLUMNS: [&str; 20] = [
    "date",
    "stage_code",
    "event_name",
    "event_stage",
    "stage",
    "gender",
    "discipline_name",
    "venue?",
    "participant_code",
    "participant_name",
    "participant_type",
    "participant_country_code",
    "rank?",
    "result",
    "result_type?",
    "result_IRM?",
    "result_WLT?",
    "bib?",
    "qualification_mark?",
    "start_order?",
];

/// The layout of `stage_code`: the number of letters for the event, then for the round, and in all.
const EVENT_LETTERS: usize = 22;
const ROUND_LETTERS: usize = 4;
const ALL_LETTERS: usize = 34;

/// The stage that lists the final results of an event. It was not held itself.
const OVERALL: &str = "Final Results";

/// A competitor in a unit.
#[derive(Clone, Debug, Default)]
pub(super) struct UnitResult {
    /// The code of the athlete or the team.
    pub(super) participant: String,
    pub(super) rank: Option<i32>,
    /// As printed; empty for none.
    pub(super) mark: String,
    /// The kind of the mark, in the source's terms.
    pub(super) kind: String,
    /// The IRM code of the source: why there is no mark.
    pub(super) irm: String,
    /// `W`, `L` or `T` in a duel.
    pub(super) outcome: String,
    pub(super) bib: String,
    /// What the competitor went on to, such as `Q` or `SF`; empty for none.
    pub(super) went_on: String,
    /// The lane or the place in the order of starting.
    pub(super) start: String,
}

/// A heat, match or final, or a list of final results.
#[derive(Clone, Debug, Default)]
pub(super) struct Unit {
    /// The round and the unit within it: `QFNL000100--`.
    pub(super) code: String,
    pub(super) stage: String,
    /// The event, the stage, and often the round between them.
    pub(super) event_stage: String,
    pub(super) venue: String,
    /// When the result was published or last corrected.
    pub(super) published: DateTime<FixedOffset>,
    pub(super) rows: Vec<UnitResult>,
}

impl Unit {
    /// The round: `QFNL`.
    pub(super) fn round(&self) -> &str {
        self.code[..ROUND_LETTERS].trim_end_matches('-')
    }

    /// Whether this is the list of final results of the event.
    pub(super) fn is_overall(&self) -> bool {
        self.stage == OVERALL
    }

    /// Whether any competitor has a rank.
    pub(super) fn is_ranked(&self) -> bool {
        self.rows.iter().any(|row| row.rank.is_some())
    }

    /// Whether this is a match of two competitors whose printed marks are their scores.
    pub(super) fn is_duel(&self) -> bool {
        const SCORED: [&str; 7] = ["", "POINTS", "IRM_POINTS", "SETS", "SCORE", "IRM", "RM"];
        self.rows.len() == 2 && !self.is_ranked() && self.rows.iter().all(|row| SCORED.contains(&row.kind.as_str()))
    }
}

/// A participant in an event, as the files of results describe them.
#[derive(Clone, Debug)]
pub(super) struct Participant {
    pub(super) name: String,
    pub(super) is_team: bool,
    pub(super) nation: Uuid,
    /// The code of the nation.
    pub(super) noc: String,
    pub(super) gender: Gender,
}

/// An event with its units and its participants, both by code.
#[derive(Clone, Debug, Default)]
pub(super) struct Edition {
    /// The index of the event in the dictionary.
    pub(super) event: usize,
    pub(super) units: BTreeMap<String, Unit>,
    pub(super) participants: BTreeMap<String, Participant>,
}

/// Reads the results of all disciplines. Returns the events that have results.
pub(super) fn read(files: &Files, dictionary: &Dictionary, rejects: &mut Rejects) -> Result<Vec<Edition>, Error> {
    let mut editions: BTreeMap<usize, Edition> = BTreeMap::new();
    for input in &files.results {
        each(input, COLUMNS, rejects, |_, line| add(&line, dictionary, &mut editions))?;
    }
    Ok(editions.into_values().collect())
}

/// Adds one line.
fn add(line: &[&str; 20], dictionary: &Dictionary, editions: &mut BTreeMap<usize, Edition>) -> Result<(), String> {
    let [date, code, event, event_stage, stage, gender, discipline, venue, participant, name, kind, noc, rank, rest @ ..] = *line;
    let participant = cells::without_decimals(participant);
    let [mark, mark_kind, irm, outcome, bib, went_on, start] = rest.map(str::to_owned);
    if code.len() != ALL_LETTERS || !code.is_ascii() {
        return Err(format!("`stage_code` is `{code}`, which has not {ALL_LETTERS} letters"));
    }
    if participant.is_empty() || name.is_empty() {
        return Err("`participant_code` or `participant_name` is empty".to_owned());
    }
    let is_team = match kind {
        "Team" => true,
        "Person" => false,
        _ => return Err(format!("`participant_type` is `{kind}`, neither Person nor Team")),
    };
    let published = DateTime::parse_from_rfc3339(date).map_err(|_| format!("`date` is `{date}`, not like 2024-08-04T21:56:51+02:00"))?;
    let (rank, place, nation) = (read_rank(rank)?, dictionary.event(discipline, event)?, dictionary.nation(noc)?);
    let edition = editions.entry(place).or_default();
    edition.event = place;
    edition.participants.entry(participant.to_owned()).or_insert_with(|| Participant {
        name: name.to_owned(),
        is_team,
        nation,
        noc: noc.to_owned(),
        gender: read_gender(gender),
    });
    let unit = edition.units.entry(code[EVENT_LETTERS..].to_owned()).or_insert_with_key(|code| Unit {
        code: code.clone(),
        stage: stage.replace("Groupe ", "Group "),
        event_stage: event_stage.replace("Groupe ", "Group "),
        venue: venue.to_owned(),
        published,
        rows: Vec::new(),
    });
    if unit.rows.iter().any(|row| row.participant == participant) {
        return Err(format!("`{participant}` stands in the stage `{code}` twice"));
    }
    unit.rows.push(UnitResult { participant: participant.to_owned(), rank, mark, kind: mark_kind, irm, outcome, bib, went_on, start });
    Ok(())
}

/// Parses a rank, which is printed as `3.0`.
fn read_rank(rank: &str) -> Result<Option<i32>, String> {
    if rank.is_empty() {
        return Ok(None);
    }
    let whole = cells::whole(rank).filter(|rank| *rank >= 1);
    whole.map(Some).ok_or_else(|| format!("`rank` is `{rank}`, not a place from 1"))
}

/// The gender of an event; unknown when it is for more than one.
pub(super) fn read_gender(letter: &str) -> Gender {
    match letter {
        "M" | "Male" => Gender::Male,
        "W" | "F" | "Female" => Gender::Female,
        _ => Gender::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::read_rank;

    #[test]
    fn ranks_are_whole_numbers_with_a_point() {
        assert_eq!((read_rank("3.0"), read_rank("12"), read_rank("")), (Ok(Some(3)), Ok(Some(12)), Ok(None)));
        assert!(read_rank("0.0").is_err() && read_rank("1.5").is_err() && read_rank("x").is_err());
    }
}

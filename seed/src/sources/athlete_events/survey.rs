//! The first pass: which teams there were and who was in them, which nations were at which Games, and which rows are rejected.

use std::collections::{BTreeSet, HashMap};

use podium_entity::event::ParticipantKind;
use podium_entity::medal_award::Medal;
use sea_orm::prelude::Uuid;

use super::dictionary::Dictionary;
use super::participation::{COLUMNS, Participation};
use crate::error::Error;
use crate::report::notes::{NoteKind, NotesOn};
use crate::report::progress::{OnProgress, Progress};
use crate::report::rejects::Rejects;
use crate::sources::common::input::Input;

/// What the first pass found.
#[derive(Debug, Default)]
pub(super) struct Survey {
    pub(super) rows: u64,
    pub(super) athletes: u64,
    /// The number of accepted lines of each Games, by its index in the dictionary.
    pub(super) rows_of_games: HashMap<usize, u64>,
    /// Games, each with a nation that took part.
    pub(super) delegations: BTreeSet<(usize, Uuid)>,
    /// The crews in team events, by edition and team name.
    pub(super) crews: HashMap<(usize, Box<str>), Crew>,
}

/// The athletes with one team name in one edition.
#[derive(Debug, Default)]
pub(super) struct Crew {
    pub(super) parts: Vec<Part>,
    /// Whether an athlete is in two parts, for example twice in the same boat. Then the parts are one crew.
    pub(super) is_one: bool,
}

/// The athletes of a crew with the same nation and the same medal.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) nation: Uuid,
    pub(super) medal: Option<Medal>,
    pub(super) athletes: u32,
    last: u32,
}

/// Lines between two progress reports.
const STEP: u64 = 5_000;

impl Survey {
    /// Reads the whole file once.
    pub(super) fn make(
        input: &Input,
        dictionary: &mut Dictionary,
        rejects: &mut Rejects,
        mut notes: NotesOn<'_>,
        on_progress: OnProgress<'_>,
    ) -> Result<Self, Error> {
        let mut survey = Self::default();
        let mut lines = input.lines(COLUMNS)?;
        let mut last = None;
        while lines.advance()? {
            survey.rows += 1;
            if survey.rows.is_multiple_of(STEP) {
                let (done, of) = lines.progress();
                on_progress(Progress::Surveyed { done, of });
            }
            match lines.cells().and_then(|cells| Participation::read(cells, dictionary)) {
                Ok(row) => {
                    if last.is_some_and(|last| row.athlete < last) {
                        return Err(lines.refuse(&format!(
                            "athlete {} stands behind athlete {}, but the lines must be in the order of `ID`: sort the file by it",
                            row.athlete,
                            last.unwrap_or_default()
                        )));
                    }
                    survey.athletes += u64::from(last != Some(row.athlete));
                    last = Some(row.athlete);
                    survey.add(&row, dictionary);
                    for (name, event) in dictionary.unknown_events.drain(..) {
                        notes.add(NoteKind::EventByItsWords, lines.line(), &format!("`{name}` is taken for the event {event}"))?;
                    }
                }
                Err(reason) => rejects.add(lines.line(), &reason, lines.record())?,
            }
        }
        if survey.rows == 0 {
            return Err(lines.refuse("there is no line below the header"));
        }
        Ok(survey)
    }

    fn add(&mut self, row: &Participation<'_>, dictionary: &Dictionary) {
        let edition = &dictionary.editions[row.edition];
        *self.rows_of_games.entry(edition.games).or_default() += 1;
        self.delegations.insert((edition.games, row.nation));
        // A work of art by several artists is one entry.
        let is_art = row.event.starts_with("Art Competitions");
        if edition.kind == ParticipantKind::Individual && !(is_art && row.medal.is_some()) {
            return;
        }
        let crew = self.crews.entry((row.edition, row.team.into())).or_default();
        let part = crew.parts.iter().position(|part| part.nation == row.nation && part.medal == row.medal);
        crew.is_one |= crew.parts.iter().enumerate().any(|(place, other)| Some(place) != part && other.last == row.athlete);
        match part {
            Some(place) if crew.parts[place].last == row.athlete => {}
            Some(place) => {
                crew.parts[place].athletes += 1;
                crew.parts[place].last = row.athlete;
            }
            None => crew.parts.push(Part { nation: row.nation, medal: row.medal, athletes: 1, last: row.athlete }),
        }
    }
}

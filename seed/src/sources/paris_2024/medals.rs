//! Medals: those that competitors won, and the team members who received one.

use std::collections::{HashMap, HashSet};

use podium_entity::medal_award::Medal;

use super::dictionary::Dictionary;
use super::files::{Files, each};
use super::units::Edition;
use crate::error::Error;
use crate::report::rejects::Rejects;
use crate::sources::common::input::cells;

/// The medals of the events that have results.
#[derive(Debug, Default)]
pub(super) struct Medals {
    /// Event, competitor and medal, in the order of the file.
    pub(super) won: Vec<(usize, String, Medal)>,
    /// Medals of events without results.
    pub(super) left_out: usize,
    /// Team members who received no medal of their team, since they did not compete: event, team and athlete.
    without: HashSet<(usize, String, String)>,
}

impl Medals {
    /// Reads the lists of medals and of medallists.
    pub(super) fn read(files: &Files, dictionary: &Dictionary, editions: &[Edition], rejects: &mut Rejects) -> Result<Self, Error> {
        let editions: HashMap<usize, &Edition> = editions.iter().map(|edition| (edition.event, edition)).collect();
        let mut medals = Self::default();
        each(&files.medals, ["medal_type", "discipline", "event", "code"], rejects, |_, [medal, discipline, event, code]| {
            let (event_place, code) = (dictionary.event(discipline, event)?, cells::without_decimals(code));
            let medal = match medal {
                "Gold Medal" => Medal::Gold,
                "Silver Medal" => Medal::Silver,
                "Bronze Medal" => Medal::Bronze,
                _ => return Err(format!("`medal_type` is `{medal}`, neither Gold Medal, Silver Medal nor Bronze Medal")),
            };
            match editions.get(&event_place).map(|edition| edition.participants.contains_key(code)) {
                Some(true) => medals.won.push((event_place, code.to_owned(), medal)),
                Some(false) => return Err(format!("`{code}` has no result in `{event}` of `{discipline}`")),
                None => medals.left_out += 1,
            }
            Ok(())
        })?;
        let columns = ["discipline", "event", "code_athlete", "code_team", "is_medallist"];
        each(&files.medallists, columns, rejects, |_, [discipline, event, athlete, team, is_medallist]| {
            if !team.is_empty() && is_medallist.eq_ignore_ascii_case("false") {
                let athlete = cells::without_decimals(athlete).to_owned();
                medals.without.insert((dictionary.event(discipline, event)?, team.to_owned(), athlete));
            }
            Ok(())
        })?;
        Ok(medals)
    }

    /// Whether a team member did not compete, according to the file of medallists.
    pub(super) fn is_reserve(&self, event: usize, team: &str, athlete: &str) -> bool {
        self.without.contains(&(event, team.to_owned(), athlete.to_owned()))
    }
}

//! The members of teams.

use std::collections::HashMap;

use podium_entity::athlete::Gender;

use super::files::{Files, each, list};
use super::people::{NameFrom, People};
use crate::error::Error;
use crate::report::rejects::Rejects;

/// The codes of the members of each team at these Games, by the code of the team.
#[derive(Debug, Default)]
pub(super) struct Teams(HashMap<String, Vec<String>>);

impl Teams {
    /// Reads the list of teams, and the names of their members. Teams that are not current, which hold old records, are skipped.
    pub(super) fn read(files: &Files, people: &mut People, rejects: &mut Rejects) -> Result<Self, Error> {
        let mut teams = HashMap::new();
        let columns = ["code", "current", "team_gender", "country_code", "athletes", "athletes_codes"];
        each(&files.teams, columns, rejects, |_, [code, current, gender, noc, names, members]| {
            if !current.eq_ignore_ascii_case("true") {
                return Ok(());
            }
            let (names, members) = (list(names), list(members));
            if names.len() != members.len() {
                return Err(format!("`athletes` are {}, but `athletes_codes` are {}", names.len(), members.len()));
            }
            for (member, name) in members.iter().zip(&names) {
                people.name(member, NameFrom::Teams, name, noc, gender_of_all(gender));
            }
            teams.insert(code.to_owned(), members);
            Ok(())
        })?;
        Ok(Self(teams))
    }

    /// The codes of a team's members.
    pub(super) fn members(&self, team: &str) -> &[String] {
        self.0.get(team).map_or(&[], Vec::as_slice)
    }
}

/// The gender of each member of a team; unknown when the team is mixed or open.
fn gender_of_all(team: &str) -> Gender {
    match team {
        "M" => Gender::Male,
        "W" => Gender::Female,
        _ => Gender::Unknown,
    }
}

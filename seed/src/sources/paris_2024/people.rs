//! Athletes, merged from all files that name them; the most reliable file wins.

use std::collections::HashMap;

use chrono::NaiveDate;
use podium_entity::athlete::Gender;
use podium_entity::key;
use sea_orm::prelude::Uuid;

use super::dictionary::{Dictionary, OTHER_SOURCE, SOURCE};
use super::files::{Files, each};
use super::units::{Edition, read_gender};
use crate::error::Error;
use crate::report::rejects::Rejects;
use crate::sources::common::input::cells;
use crate::write::preceding_rows::PrecedingRows;

/// The file that a name is from, best first. The list of teams truncates names and loses letters. The list of athletes may have
/// only initials of the given names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NameFrom {
    Results,
    Medallists,
    Athletes,
    Teams,
    Initials,
}

/// What the files say of an athlete.
#[derive(Clone, Debug)]
pub(super) struct Person {
    named_by: NameFrom,
    /// The line in the list of athletes.
    pub(super) line: Option<u64>,
    /// As printed: `FAMILY Given`.
    pub(super) name: String,
    /// The code of the nation.
    pub(super) noc: String,
    pub(super) gender: Gender,
    pub(super) born: Option<NaiveDate>,
    pub(super) height_cm: Option<i32>,
    pub(super) weight_kg: Option<i32>,
}

/// The athletes of the files, by code.
#[derive(Debug)]
pub(super) struct People {
    persons: HashMap<String, Person>,
    /// Keys of athletes that are from another source, by code.
    keys: HashMap<String, String>,
    /// Athletes stored by a better source, by their ids in the other source.
    known: HashMap<String, Uuid>,
}

impl People {
    /// Reads the names in the results, then the lists of athletes and medallists.
    pub(super) fn read(
        files: &Files,
        dictionary: &Dictionary,
        editions: &[Edition],
        preceding: &PrecedingRows,
        rejects: &mut Rejects,
    ) -> Result<Self, Error> {
        let mut people = Self { persons: HashMap::new(), keys: dictionary.athletes.clone(), known: preceding.athletes.clone() };
        for (code, participant) in editions.iter().flat_map(|edition| &edition.participants).filter(|(_, one)| !one.is_team) {
            people.name(code, NameFrom::Results, &participant.name, &participant.noc, participant.gender);
        }
        let columns = ["code", "name?", "name_short", "gender", "country_code", "height", "weight", "birth_date"];
        each(&files.athletes, columns, rejects, |line, [code, name, short, gender, noc, height, weight, born]| {
            let (height_cm, weight_kg, born) = (size(height, "height")?, size(weight, "weight")?, birth(born)?);
            let (from, name) = if name.is_empty() { (NameFrom::Initials, short) } else { (NameFrom::Athletes, name) };
            let person = people.name(cells::without_decimals(code), from, name, noc, read_gender(gender));
            (person.height_cm, person.weight_kg, person.born) = (height_cm, weight_kg, born);
            person.line = Some(line);
            Ok(())
        })?;
        let columns = ["code_athlete", "name", "gender", "country_code", "birth_date"];
        each(&files.medallists, columns, rejects, |_, [code, name, gender, noc, born]| {
            let born = birth(born)?;
            let person = people.name(cells::without_decimals(code), NameFrom::Medallists, name, noc, read_gender(gender));
            person.born = person.born.or(born);
            Ok(())
        })?;
        Ok(people)
    }

    /// Adds a name of an athlete. It replaces a name from a less reliable file.
    pub(super) fn name(&mut self, code: &str, from: NameFrom, name: &str, noc: &str, gender: Gender) -> &mut Person {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let person = self.persons.entry(code.to_owned()).or_insert_with(|| Person {
            named_by: from,
            line: None,
            name: name.clone(),
            noc: noc.to_owned(),
            gender,
            born: None,
            height_cm: None,
            weight_kg: None,
        });
        if from < person.named_by {
            (person.named_by, person.name) = (from, name);
        }
        if person.gender == Gender::Unknown {
            person.gender = gender;
        }
        person
    }

    /// What the files say of an athlete.
    pub(super) fn get(&self, code: &str) -> Option<&Person> {
        self.persons.get(code)
    }

    /// Whether the athlete's key is from another source.
    pub(super) fn is_matched(&self, code: &str) -> bool {
        self.keys.contains_key(code)
    }

    /// The key of an athlete.
    pub(super) fn key(&self, code: &str) -> String {
        self.keys.get(code).cloned().unwrap_or_else(|| format!("{SOURCE}:{code}"))
    }

    /// The id of an athlete: hashed from the key, unless a better source has stored the athlete under another key.
    pub(super) fn id(&self, code: &str) -> Uuid {
        let key = self.key(code);
        let number = key.strip_prefix(OTHER_SOURCE).and_then(|rest| rest.strip_prefix(':'));
        let known = number.and_then(|number| self.known.get(number).copied());
        known.unwrap_or_else(|| key::id("athlete", &key))
    }
}

/// Parses centimetres or kilograms; 0 means unknown.
fn size(text: &str, column: &str) -> Result<Option<i32>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let whole = cells::whole(text).filter(|size| (0..=300).contains(size));
    let whole = whole.ok_or_else(|| format!("`{column}` is `{text}`, not a whole number to 300"))?;
    Ok(Some(whole).filter(|size| *size > 0))
}

/// Parses a date of birth, written `21-10-1991` or `1991-10-21`.
fn birth(text: &str) -> Result<Option<NaiveDate>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let date = ["%Y-%m-%d", "%d-%m-%Y"].into_iter().find_map(|format| NaiveDate::parse_from_str(text, format).ok());
    date.filter(|date| chrono::Datelike::year(date) > 1900)
        .map(Some)
        .ok_or_else(|| format!("`birth_date` is `{text}`, not like 1991-10-21"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_birth_are_written_in_two_ways() {
        let day = NaiveDate::from_ymd_opt(1991, 10, 21);
        assert_eq!((birth("21-10-1991"), birth("1991-10-21"), birth("")), (Ok(day), Ok(day), Ok(None)));
        assert!(birth("1991").is_err() && birth("21-13-1991").is_err());
    }

    #[test]
    fn nothing_is_no_size() {
        assert_eq!((size("0", "height"), size("183.0", "height"), size("", "height")), (Ok(None), Ok(Some(183)), Ok(None)));
        assert!(size("tall", "height").is_err());
    }
}

//! One line of the file: an athlete in an event at one Games.

use podium_entity::athlete::Gender;
use podium_entity::medal_award::Medal;
use sea_orm::prelude::Uuid;

use super::dictionary::Dictionary;
use crate::sources::common::input::cells;

/// The columns of the file.
pub(super) const COLUMNS: [&str; 15] =
    ["ID", "Name", "Sex", "Age", "Height", "Weight", "Team", "NOC", "Games", "Year", "Season", "City", "Sport", "Event", "Medal"];

/// A parsed line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Participation<'a> {
    /// The number of the athlete in the source.
    pub(super) athlete: u32,
    pub(super) name: &'a str,
    pub(super) gender: Gender,
    pub(super) year: i32,
    pub(super) age: Option<i32>,
    pub(super) height_cm: Option<i32>,
    pub(super) weight_kg: Option<f64>,
    pub(super) team: &'a str,
    pub(super) nation: Uuid,
    /// The index of the edition in the dictionary.
    pub(super) edition: usize,
    /// The Games and the event as the file names them.
    pub(super) games: &'a str,
    pub(super) event: &'a str,
    pub(super) medal: Option<Medal>,
}

impl<'a> Participation<'a> {
    /// Parses the cells of a line, or returns the reason why the line is rejected.
    pub(super) fn read(cells: [&'a str; 15], dictionary: &mut Dictionary) -> Result<Self, String> {
        let [id, name, sex, age, height, weight, team, noc, games, year, season, city, sport, event, medal] = cells;
        let year = number(year, "Year", 1890..=2200)?.ok_or("`Year` is empty")?;
        if games.strip_suffix(season).map(str::trim_end) != Some(&year.to_string()) {
            return Err(format!("`Games` is `{games}`, but `Year` and `Season` say {year} {season}"));
        }
        let gender = match sex {
            "M" => Gender::Male,
            "F" => Gender::Female,
            _ => return Err(format!("`Sex` is `{sex}`, neither M nor F")),
        };
        let medal = match medal {
            "Gold" => Some(Medal::Gold),
            "Silver" => Some(Medal::Silver),
            "Bronze" => Some(Medal::Bronze),
            "" => None,
            _ => return Err(format!("`Medal` is `{medal}`, neither Gold, Silver, Bronze nor empty")),
        };
        if name.is_empty() || team.is_empty() {
            return Err("`Name` or `Team` is empty".to_owned());
        }
        let weight_kg = cells::decimal(weight).filter(|kg| (10.0..=400.0).contains(kg));
        if weight_kg.is_none() && !weight.is_empty() {
            return Err(format!("`Weight` is `{weight}`, neither empty nor a number of kilograms from 10 to 400"));
        }
        Ok(Self {
            athlete: cells::without_decimals(id).parse().map_err(|_| format!("`ID` is `{id}`, not a number"))?,
            name,
            gender,
            year,
            age: number(age, "Age", 5..=120)?,
            height_cm: number(height, "Height", 50..=300)?,
            weight_kg,
            team,
            nation: dictionary.nation(noc, year)?,
            edition: dictionary.edition(games, city, sport, event)?,
            games,
            event,
            medal,
        })
    }
}

/// Parses a number; `None` for an empty cell.
fn number(cell: &str, column: &str, allowed: std::ops::RangeInclusive<i32>) -> Result<Option<i32>, String> {
    if cell.is_empty() {
        return Ok(None);
    }
    let number = cells::whole(cell).filter(|number| allowed.contains(number));
    number
        .map(Some)
        .ok_or_else(|| format!("`{column}` is `{cell}`, neither empty nor a number from {} to {}", allowed.start(), allowed.end()))
}

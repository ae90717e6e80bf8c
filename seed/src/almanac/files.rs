//! The files of the almanac, as they are packed into the program.

use std::io::Read;

use flate2::read::GzDecoder;
use podium_entity::event_edition::EditionStatus;
use podium_entity::key;
use podium_entity::medal_award::Medal;
use sea_orm::prelude::{Date, Uuid};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::error::Error;

const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/almanac.gz"));

/// A medallist.
#[derive(Debug, Deserialize)]
pub(super) struct AthleteLine {
    pub(super) slug: String,
    /// The key, where it is not the slug.
    pub(super) key: Option<String>,
    pub(super) name: String,
    /// The family name, as it stands in the name.
    pub(super) family: Option<String>,
    /// `M`, `F` or unknown.
    pub(super) gender: Option<char>,
    pub(super) born: Option<String>,
    pub(super) wikidata: Option<String>,
    /// Other names, each with its kind: `FULL:Usain St. Leo Bolt|NICKNAME:...`.
    #[serde(default)]
    pub(super) names: String,
}

/// A medal.
#[derive(Debug, Deserialize)]
pub(super) struct MedalLine {
    pub(super) event: String,
    pub(super) medal: Medal,
    pub(super) nation: String,
    /// The slug of the athlete; empty for a team.
    pub(super) athlete: Option<String>,
    pub(super) team: Option<String>,
    /// The slugs of the members who received the medal, each followed by `@` and their nation where it is not the team's.
    #[serde(default)]
    pub(super) members: String,
    /// The slugs of the members who did not.
    #[serde(default)]
    pub(super) others: String,
    pub(super) won_on: Option<Date>,
    /// The key of the venue, if the event was held at a single one.
    pub(super) venue: Option<String>,
    /// The lists that agree.
    pub(super) sources: String,
    pub(super) status: Option<EditionStatus>,
    pub(super) reason: Option<String>,
}

/// A venue.
#[derive(Debug, Deserialize)]
pub(super) struct VenueLine {
    pub(super) key: String,
    pub(super) name: String,
    /// The key of the host city that it belongs to.
    pub(super) city: Option<String>,
    /// The present-day country; may be left out where there is a city.
    pub(super) country: Option<String>,
    pub(super) latitude: Option<f64>,
    pub(super) longitude: Option<f64>,
}

/// All lines.
#[derive(Debug, Default)]
pub(super) struct Almanac {
    pub(super) venues: Vec<VenueLine>,
    pub(super) athletes: Vec<AthleteLine>,
    /// The medals, each with the key of its Games.
    pub(super) medals: Vec<(String, MedalLine)>,
}

impl Almanac {
    pub(super) fn read() -> Result<Self, Error> {
        let mut text = String::new();
        GzDecoder::new(PACKED).read_to_string(&mut text).map_err(|error| refuse("almanac", &error.to_string()))?;
        let mut almanac = Self::default();
        for file in text.split('\u{1}').filter(|file| !file.is_empty()) {
            let (name, lines) = file.split_once('\n').unwrap_or((file, ""));
            match name.split_once('/') {
                Some(("athletes", _)) => almanac.athletes.extend(rows::<AthleteLine>(name, lines)?),
                Some((_, games)) => almanac.medals.extend(rows(name, lines)?.into_iter().map(|line| (games.to_owned(), line))),
                None => almanac.venues.extend(rows::<VenueLine>(name, lines)?),
            }
        }
        Ok(almanac)
    }
}

fn rows<T: DeserializeOwned>(name: &str, text: &str) -> Result<Vec<T>, Error> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().collect::<Result<_, _>>().map_err(|error| refuse(name, &error.to_string()))
}

/// The id of an edition.
pub(super) fn edition_id(games: &str, event: &str) -> Uuid {
    key::derived("event_edition", &[&key::id("event", event), &key::id("games", games), &""])
}

/// An error in a file of the almanac.
pub(super) fn refuse(file: &str, reason: &str) -> Error {
    Error::Input { path: format!("almanac/{file}.csv"), line: None, reason: reason.to_owned() }
}

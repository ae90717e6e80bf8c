//! Maps the names in the files to events, venues and athletes of other sources, by reviewed lists.

use std::collections::HashMap;
use std::path::Path;

use podium_entity::games::Coverage;
use podium_entity::{event, games, key, venue};
use sea_orm::prelude::Uuid;
use sea_orm::{ConnectionTrait, EntityTrait};
use serde::Deserialize;

use crate::error::Error;
use crate::format::dataset::DataSet;
use crate::sources::common::catalogue::Catalogue;
use crate::sources::common::nation_codes::Nations;

/// The key of this source.
pub(super) const SOURCE: &str = "paris-2024";

/// The source with which this one shares athletes.
pub(super) const OTHER_SOURCE: &str = "athlete-events";

const EVENTS: &str = include_str!("../../../mappings/paris-2024/events.csv");
const VENUES: &str = include_str!("../../../mappings/paris-2024/venues.csv");
const ATHLETES: &str = include_str!("../../../mappings/paris-2024/athletes.csv");

/// The key of the Games.
const GAMES: &str = "2024-summer";

/// The year for which nation codes are resolved.
const YEAR: i32 = 2024;

/// The time zone of every venue for which the list gives no other.
pub(super) const HOME_TIME_ZONE: &str = "Europe/Paris";

/// An event as the files name it.
#[derive(Deserialize)]
struct EventLine {
    discipline: String,
    event: String,
    key: String,
}

/// A venue as the files name it; several names may be one venue.
#[derive(Deserialize)]
struct VenueLine {
    name: String,
    venue: String,
    title: String,
    city: Option<String>,
    country: Option<String>,
    time_zone: Option<String>,
}

/// An athlete in the files whose key is from another source.
#[derive(Deserialize)]
struct AthleteLine {
    code: String,
    athlete: String,
}

/// An event of the Games.
#[derive(Debug)]
pub(super) struct Event {
    /// Its edition.
    pub(super) edition: Uuid,
    pub(super) row: event::Model,
    /// Its name in the files. Stage names begin with it.
    pub(super) name: String,
    /// The coverage of the event in the files.
    pub(super) coverage: Coverage,
}

/// The reviewed lists, with the stored Games and nations.
#[derive(Debug)]
pub(super) struct Dictionary {
    pub(super) catalogue: Catalogue,
    pub(super) games: games::Model,
    /// Every event of the Games.
    pub(super) events: Vec<Event>,
    /// Keys of athletes from another source, by code.
    pub(super) athletes: HashMap<String, String>,
    /// Venues, by each of their names.
    pub(super) venues: HashMap<String, venue::Model>,
    nations: Nations,
    places: HashMap<(String, String), usize>,
}

impl Dictionary {
    /// Reads the lists.
    pub(super) async fn load(db: &impl ConnectionTrait, folder: &Path) -> Result<Self, Error> {
        let mut lists = DataSet::default();
        for (name, text) in [("events", EVENTS), ("venues", VENUES), ("athletes", ATHLETES)] {
            lists.add(name, text);
        }
        let games = games::Entity::find_by_id(key::id("games", GAMES)).one(db).await?;
        let missing = || Error::Input {
            path: folder.display().to_string(),
            line: None,
            reason: format!("the database does not know the Games `{GAMES}`; import the built-in data first"),
        };
        let mut dictionary = Self {
            catalogue: Catalogue::read()?,
            games: games.ok_or_else(missing)?,
            events: Vec::new(),
            athletes: lists.rows::<AthleteLine>("athletes")?.into_iter().map(|(_, _, line)| (line.code, line.athlete)).collect(),
            venues: lists.rows::<VenueLine>("venues")?.into_iter().map(|(_, _, line)| (line.name.clone(), venue(line))).collect(),
            nations: Nations::load(db).await?,
            places: HashMap::new(),
        };
        lists.rows::<EventLine>("events")?.into_iter().for_each(|(_, _, line)| dictionary.add_event(line));
        Ok(dictionary)
    }

    fn add_event(&mut self, line: EventLine) {
        let Some(row) = self.catalogue.events.get(&key::id("event", &line.key)).cloned() else { return };
        let edition = key::derived("event_edition", &[&row.id, &self.games.id, &""]);
        let coverage = coverage(&line.discipline, &line.event);
        self.places.insert((line.discipline, line.event.clone()), self.events.len());
        self.events.push(Event { edition, row, name: line.event, coverage });
    }

    /// The index of an event.
    pub(super) fn event(&self, discipline: &str, event: &str) -> Result<usize, String> {
        let place = self.places.get(&(discipline.to_owned(), event.to_owned()));
        place.copied().ok_or_else(|| format!("`{event}` is not an event of `{discipline}` that Podium knows"))
    }

    /// The nation that a code means.
    pub(super) fn nation(&self, code: &str) -> Result<Uuid, String> {
        self.nations.find(code, YEAR).ok_or_else(|| format!("no nation had the code `{code}` in {YEAR}"))
    }

    /// The time zone of a venue, by its name.
    pub(super) fn clocks(&self, venue: &str) -> &str {
        self.venues.get(venue).and_then(|venue| venue.time_zone.as_deref()).unwrap_or(HOME_TIME_ZONE)
    }
}

/// The files cover every event in full, with two exceptions. They have no qualification in artistic gymnastics. In team dressage
/// they list the first round only for the riders, not for the teams.
fn coverage(discipline: &str, event: &str) -> Coverage {
    match (discipline, event) {
        ("Artistic Gymnastics", _) | ("Equestrian", "Dressage Team") => Coverage::Partial,
        _ => Coverage::FullResults,
    }
}

fn venue(line: VenueLine) -> venue::Model {
    venue::Model {
        id: key::id("venue", &line.venue),
        key: line.venue,
        name: line.title,
        city_id: line.city.map(|city| key::id("city", &city)),
        country: line.country,
        latitude: None,
        longitude: None,
        time_zone: line.time_zone,
    }
}

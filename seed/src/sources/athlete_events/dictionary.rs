//! Maps the names in the file to Games, nations and events: by reviewed lists, and by a rule for events that are not listed.

use std::collections::HashMap;

use podium_entity::event::{Better, EventGender, ParticipantKind};
use podium_entity::mark::MarkKind;
use podium_entity::{event, event_family, games, key, nation, slug};
use sea_orm::prelude::Uuid;
use sea_orm::{ConnectionTrait, EntityTrait};
use serde::Deserialize;

use crate::error::Error;
use crate::format::dataset::DataSet;
use crate::sources::common::catalogue::Catalogue;
use crate::sources::common::nation_codes::Nations;

/// The key of this source.
pub(super) const SOURCE: &str = "athlete-events";

const GAMES: &str = include_str!("../../../mappings/athlete-events/games.csv");
const EVENTS: &str = include_str!("../../../mappings/athlete-events/events.csv");
const SPORTS: &str = include_str!("../../../mappings/athlete-events/sports.csv");

/// A Games and a city as lines of the file name them, and the number of such lines in the published file.
#[derive(Deserialize)]
struct GamesLine {
    name: String,
    city: String,
    games: String,
    held_in: Option<String>,
    rows: u64,
}

/// The event that a name means: at one Games, or at all of them.
#[derive(Deserialize)]
struct EventLine {
    name: String,
    games: Option<String>,
    event: String,
}

/// The discipline for events of a sport that are not listed.
#[derive(Deserialize)]
struct SportLine {
    name: String,
    discipline: String,
}

/// A Games of the file.
#[derive(Debug)]
pub(super) struct Games {
    pub(super) row: games::Model,
    /// The number of its lines in the published file.
    pub(super) published: u64,
    /// Other cities, where only some of its events were held.
    elsewhere: HashMap<String, Uuid>,
}

/// An event at a Games.
#[derive(Debug)]
pub(super) struct Edition {
    pub(super) id: Uuid,
    /// The index of the Games.
    pub(super) games: usize,
    pub(super) event: Uuid,
    pub(super) kind: ParticipantKind,
    pub(super) city: Option<Uuid>,
}

/// What an event name means.
#[derive(Clone, Debug, Default)]
struct Meaning {
    always: Option<Uuid>,
    at: Vec<(String, Uuid)>,
}

#[derive(Debug)]
pub(super) struct Dictionary {
    pub(super) catalogue: Catalogue,
    pub(super) nations: Nations,
    pub(super) games: Vec<Games>,
    pub(super) editions: Vec<Edition>,
    /// Event names that the reviewed list does not have, each with the key of the event that the rule gave it.
    pub(super) unknown_events: Vec<(String, String)>,
    /// Nations that are known only from the file of nations (`--nocs`).
    pub(super) new_nations: Vec<nation::Model>,
    named_by_source: HashMap<String, String>,
    games_by_name: HashMap<String, usize>,
    events: HashMap<String, Meaning>,
    disciplines: HashMap<String, String>,
    edition_places: HashMap<(usize, Uuid), usize>,
    source: Uuid,
}

impl Dictionary {
    /// Reads the reviewed lists, and the stored Games and nations. `named_by_source` has names for further nation codes.
    pub(super) async fn load(db: &impl ConnectionTrait, source: Uuid, named_by_source: HashMap<String, String>) -> Result<Self, Error> {
        let mut lists = DataSet::default();
        for (name, text) in [("games", GAMES), ("events", EVENTS), ("sports", SPORTS)] {
            lists.add(name, text);
        }
        let mut dictionary = Self {
            catalogue: Catalogue::read()?,
            nations: Nations::load(db).await?,
            games: Vec::new(),
            editions: Vec::new(),
            unknown_events: Vec::new(),
            new_nations: Vec::new(),
            named_by_source,
            games_by_name: HashMap::new(),
            events: HashMap::new(),
            disciplines: lists.rows::<SportLine>("sports")?.into_iter().map(|(_, _, sport)| (sport.name, sport.discipline)).collect(),
            edition_places: HashMap::new(),
            source,
        };
        let stored: HashMap<String, games::Model> =
            games::Entity::find().all(db).await?.into_iter().map(|row| (row.key.clone(), row)).collect();
        for (_, _, line) in lists.rows::<GamesLine>("games")? {
            dictionary.add_games(&stored, line);
        }
        for (key, row) in stored {
            // Games that are not in the published file, under the name that it would use for them.
            if let Some((year, season @ ("summer" | "winter"))) = key.split_once('-') {
                let name = format!("{year} {}{}", season[..1].to_uppercase(), &season[1..]);
                dictionary.games_by_name.entry(name).or_insert_with(|| {
                    dictionary.games.push(Games { row, published: u64::MAX, elsewhere: HashMap::new() });
                    dictionary.games.len() - 1
                });
            }
        }
        for (_, _, line) in lists.rows::<EventLine>("events")? {
            let meaning = dictionary.events.entry(line.name).or_default();
            let event = key::id("event", &line.event);
            match line.games {
                Some(games) => meaning.at.push((games, event)),
                None => meaning.always = Some(event),
            }
        }
        Ok(dictionary)
    }

    fn add_games(&mut self, stored: &HashMap<String, games::Model>, line: GamesLine) {
        let Some(row) = stored.get(&line.games) else { return };
        let place = *self.games_by_name.entry(line.name).or_insert_with(|| {
            self.games.push(Games { row: row.clone(), published: 0, elsewhere: HashMap::new() });
            self.games.len() - 1
        });
        self.games[place].published += line.rows;
        if let Some(city) = line.held_in {
            self.games[place].elsewhere.insert(line.city, key::id("city", &city));
        }
    }

    /// The nation that a code meant in a year.
    pub(super) fn nation(&mut self, code: &str, year: i32) -> Result<Uuid, String> {
        if let Some(nation) = self.nations.find(code, year) {
            return Ok(nation);
        }
        let name = self.named_by_source.get(code).filter(|_| code.len() == 3);
        let name = name.ok_or_else(|| format!("no nation had the code `{code}` in {year}; a file of nations (--nocs) can name it"))?;
        let row = nation::Model {
            id: key::id("nation", code),
            key: code.to_owned(),
            slug: code.to_owned(),
            code: code.to_owned(),
            valid_from: None,
            valid_to: None,
            name: name.clone(),
            name_fold: podium_entity::names::fold::fold(name),
            official_name: None,
            kind: nation::NationKind::Unknown,
            iso2: None,
            iso3: None,
            source_id: self.source,
        };
        self.nations.learn(&row);
        self.new_nations.push(row);
        Ok(key::id("nation", code))
    }

    /// The index of the edition that a line is about.
    pub(super) fn edition(&mut self, games: &str, city: &str, sport: &str, event: &str) -> Result<usize, String> {
        let place = *self.games_by_name.get(games).ok_or_else(|| format!("there were no Games `{games}`"))?;
        let known = self.events.get(event).and_then(|meaning| {
            let at = meaning.at.iter().find(|(at, _)| *at == self.games[place].row.key);
            at.map(|(_, event)| *event).or(meaning.always)
        });
        let event = match known {
            Some(event) => event,
            None => self.by_rule(sport, event)?,
        };
        if let Some(edition) = self.edition_places.get(&(place, event)) {
            return Ok(*edition);
        }
        let id = key::derived("event_edition", &[&event, &self.games[place].row.id, &""]);
        let kind = self.catalogue.events.get(&event).map_or(ParticipantKind::Individual, |event| event.participant_kind);
        self.editions.push(Edition { id, games: place, event, kind, city: self.games[place].elsewhere.get(city).copied() });
        self.edition_places.insert((place, event), self.editions.len() - 1);
        Ok(self.editions.len() - 1)
    }

    /// Derives an event that is not listed from its name: sport, gender, and the rest.
    fn by_rule(&mut self, sport: &str, name: &str) -> Result<Uuid, String> {
        let rest = name.strip_prefix(sport).map(str::trim_start).unwrap_or_default();
        let genders =
            [("Men's ", EventGender::Men, "men"), ("Women's ", EventGender::Women, "women"), ("Mixed ", EventGender::Open, "open")];
        let found = genders.into_iter().find_map(|(prefix, gender, word)| Some((rest.strip_prefix(prefix)?, prefix, gender, word)));
        let (rest, prefix, gender, word) =
            found.ok_or_else(|| format!("`Event` is `{name}`, not the sport, then Men's, Women's or Mixed, then what it is called"))?;
        let discipline = self.disciplines.get(sport).ok_or_else(|| format!("`Sport` is `{sport}`, which is not a sport Podium knows"))?;
        let family_key = format!("{discipline}/{}", slug::word(rest));
        let family = event_family::Model {
            id: key::id("event_family", &family_key),
            slug: family_key.clone(),
            discipline_id: key::id("discipline", discipline),
            name: rest.to_owned(),
            key: family_key.clone(),
        };
        let key = format!("{family_key}/{word}");
        let event = event::Model {
            id: key::id("event", &key),
            slug: key.clone(),
            key,
            family_id: family.id,
            name: if gender == EventGender::Open { rest.to_owned() } else { format!("{prefix}{rest}") },
            gender,
            class: None,
            participant_kind: if is_for_teams(rest) { ParticipantKind::Team } else { ParticipantKind::Individual },
            mark_kind: MarkKind::None,
            better: Better::Higher,
            discontinued_after: None,
            known_until: None,
            source_id: self.source,
        };
        let id = event.id;
        self.unknown_events.push((name.to_owned(), event.key.clone()));
        self.catalogue.families.entry(family.id).or_insert(family);
        self.catalogue.events.entry(id).or_insert(event);
        self.events.entry(name.to_owned()).or_default().always = Some(id);
        Ok(id)
    }
}

/// Whether the words of an event name say that its competitors are teams or pairs.
fn is_for_teams(name: &str) -> bool {
    const WORDS: [&str; 12] =
        ["team", "teams", "relay", "pairs", "doubles", "fours", "eights", "duet", "group", "madison", "tandem", "synchronized"];
    let name = name.to_lowercase();
    name.split(|letter: char| !letter.is_alphanumeric()).any(|word| WORDS.contains(&word))
}

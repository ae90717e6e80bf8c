//! What Podium knows before: the sample, and the athletes, entries and medals of its own imports of `athlete-events` and
//! `paris-2024`, in a temporary store.

pub(crate) mod nations;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use anyhow::{Context, Result};
use podium_entity::athlete::Gender;
use podium_entity::athlete_name::AthleteNameKind;
use podium_entity::event::{EventGender, ParticipantKind};
use podium_entity::games::GamesStatus;
use podium_entity::medal_award::{Medal, MedalAwardStatus};
use podium_entity::{
    athlete, athlete_name, city, entry, entry_member, event, event_edition, event_family, external_id, games, games_host, medal_award,
    medal_recipient, nation, venue,
};
use podium_seed::{AthleteEvents, Catalogue, DataSet, Import, ImportOptions, Paris2024};
use podium_store::Store;
use sea_orm::prelude::Uuid;
use sea_orm::{DatabaseConnection, EntityTrait};

use crate::names;
use nations::Nations;

/// A person that an import or a list names.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) key: String,
    /// As the import prints it; for a person of the sample the checked name.
    pub(crate) name: String,
    pub(crate) other_names: Vec<(AthleteNameKind, String)>,
    pub(crate) gender: Gender,
    /// A partial date.
    pub(crate) born: Option<String>,
    /// Whether the sample has the person, so that nothing about them changes.
    pub(crate) is_checked: bool,
    /// The slug of a checked person.
    pub(crate) slug: Option<String>,
    /// The folded words of all names.
    pub(crate) words: Vec<String>,
    pub(crate) nations: BTreeSet<String>,
    pub(crate) disciplines: BTreeSet<String>,
    pub(crate) years: (i32, i32),
}

/// Who is ranked: an athlete, or a team under its name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Competitor {
    Athlete(usize),
    Team(String),
}

/// A competitor in an edition.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) competitor: Competitor,
    pub(crate) nation: String,
    /// The athletes, by their place among all people.
    pub(crate) members: Vec<usize>,
    /// Those who received the medal, where the import gives one.
    pub(crate) recipients: Vec<usize>,
    pub(crate) medals: Vec<Medal>,
    /// The nations of members, where they are not the team's.
    pub(crate) own_nations: BTreeMap<usize, String>,
}

/// An event at a Games.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct EditionKey {
    pub(crate) games: String,
    pub(crate) event: String,
    pub(crate) variant: String,
}

impl EditionKey {
    /// The edition of an event that was held once at its Games.
    pub(crate) fn of(games: &str, event: &str) -> Self {
        Self { games: games.to_owned(), event: event.to_owned(), variant: String::new() }
    }
}

/// An event of the catalogue.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) kind: ParticipantKind,
    pub(crate) gender: EventGender,
    pub(crate) title: Vec<String>,
}

#[derive(Debug, Default)]
pub(crate) struct Known {
    pub(crate) nations: Nations,
    /// The years of the Games that were held, by key.
    pub(crate) games: BTreeMap<String, i32>,
    pub(crate) events: HashMap<String, Event>,
    pub(crate) people: Vec<Person>,
    pub(crate) editions: BTreeMap<EditionKey, Vec<Entry>>,
    /// The editions whose medals the sample has.
    pub(crate) checked: BTreeSet<EditionKey>,
    pub(crate) by_key: HashMap<String, usize>,
    /// The host cities of each Games.
    pub(crate) hosts: BTreeMap<String, Vec<city::Model>>,
    /// The venues of the sample and the imports, by key.
    pub(crate) venues: BTreeMap<String, KnownVenue>,
    /// The editions of which the sample or an import gives the venue.
    pub(crate) held_at: BTreeMap<EditionKey, String>,
}

/// A venue of the sample or an import.
#[derive(Clone, Debug)]
pub(crate) struct KnownVenue {
    pub(crate) name: String,
    /// The key of its city.
    pub(crate) city: Option<String>,
    pub(crate) country: Option<String>,
    /// Whether the sample has it, so that nothing about it changes.
    pub(crate) is_checked: bool,
}

/// The rows of the sample.
struct Checked {
    athletes: BTreeSet<Uuid>,
    /// The editions whose medals it has.
    editions: BTreeSet<Uuid>,
    venues: BTreeSet<Uuid>,
}

impl Checked {
    async fn of(db: &DatabaseConnection) -> Result<Self> {
        Ok(Self {
            athletes: athlete::Entity::find().all(db).await?.into_iter().map(|row| row.id).collect(),
            editions: medal_award::Entity::find().all(db).await?.into_iter().map(|row| row.edition_id).collect(),
            venues: venue::Entity::find().all(db).await?.into_iter().map(|row| row.id).collect(),
        })
    }
}

/// Imports both sources into a temporary store, and reads it.
pub(crate) async fn read(data: &Path) -> Result<Known> {
    let folder = tempfile::tempdir()?;
    let store = Store::connect(&format!("sqlite://{}?mode=rwc", folder.path().join("known.db").display())).await?;
    store.migrate().await?;
    podium_seed::load(&store.writer, &DataSet::sample()).await?;
    let checked = Checked::of(&store.writer).await?;
    let events = data.join("athlete-events-1896-2016");
    for source in [
        Import::AthleteEvents(AthleteEvents {
            file: events.join("athlete_events.csv.gz"),
            names: Some(events.join("athlete_names_utf8.csv.gz")),
            nocs: Some(events.join("noc_regions.csv")),
        }),
        Import::Paris2024(Paris2024 { folder: data.join("paris-2024") }),
    ] {
        podium_seed::import(&store, &source, &ImportOptions::default(), &|_| {}).await?;
    }
    let known = from_store(&store, &checked).await;
    store.close().await;
    known
}

async fn from_store(store: &Store, checked: &Checked) -> Result<Known> {
    let db = &store.writer;
    let mut known = Known { nations: Nations::read(db).await?, ..Known::default() };
    let nations: HashMap<Uuid, String> = nation::Entity::find().all(db).await?.into_iter().map(|row| (row.id, row.key)).collect();
    let games: HashMap<Uuid, games::Model> = games::Entity::find().all(db).await?.into_iter().map(|row| (row.id, row)).collect();
    known.games = games.values().filter(|row| row.status == GamesStatus::Held).map(|row| (row.key.clone(), row.year)).collect();
    let families: HashMap<Uuid, String> = event_family::Entity::find().all(db).await?.into_iter().map(|row| (row.id, row.name)).collect();
    let events: HashMap<Uuid, event::Model> = event::Entity::find().all(db).await?.into_iter().map(|row| (row.id, row)).collect();
    let catalogue = Catalogue::read()?;
    for row in catalogue.events.values().chain(events.values()) {
        let family = catalogue.families.get(&row.family_id).map(|family| &family.name).or(families.get(&row.family_id));
        let family = family.map_or("", String::as_str);
        known.events.insert(row.key.clone(), event_of(&row.key, family, row.gender, row.participant_kind));
    }
    let ids = read_people(db, &mut known, &checked.athletes).await?;
    let venues = read_venues(db, &mut known, &games, &checked.venues).await?;
    let mut editions: HashMap<Uuid, EditionKey> = HashMap::new();
    for row in event_edition::Entity::find().all(db).await? {
        let key = EditionKey { games: games[&row.games_id].key.clone(), event: events[&row.event_id].key.clone(), variant: row.variant };
        if let Some(venue) = row.venue_id {
            known.held_at.insert(key.clone(), venues[&venue].clone());
        }
        editions.insert(row.id, key);
    }
    known.checked = checked.editions.iter().map(|id| editions[id].clone()).collect();
    read_entries(db, &mut known, &ids, &editions, &nations).await.context("the imports cannot be read back")?;
    Ok(known)
}

/// Reads the host cities and the venues. Returns the key of each venue.
async fn read_venues(
    db: &DatabaseConnection,
    known: &mut Known,
    games: &HashMap<Uuid, games::Model>,
    checked: &BTreeSet<Uuid>,
) -> Result<HashMap<Uuid, String>> {
    let cities: HashMap<Uuid, city::Model> = city::Entity::find().all(db).await?.into_iter().map(|row| (row.id, row)).collect();
    let mut hosts = games_host::Entity::find().all(db).await?;
    hosts.sort_by_key(|row| row.sequence);
    for row in hosts {
        known.hosts.entry(games[&row.games_id].key.clone()).or_default().push(cities[&row.city_id].clone());
    }
    let mut keys = HashMap::new();
    for row in venue::Entity::find().all(db).await? {
        let city = row.city_id.map(|id| cities[&id].key.clone());
        let known_venue = KnownVenue { name: row.name, city, country: row.country, is_checked: checked.contains(&row.id) };
        known.venues.insert(row.key.clone(), known_venue);
        keys.insert(row.id, row.key);
    }
    Ok(keys)
}

/// Reads the athletes with all their names and ids. Returns the place of each row.
async fn read_people(db: &DatabaseConnection, known: &mut Known, checked: &BTreeSet<Uuid>) -> Result<HashMap<Uuid, usize>> {
    let mut ids: HashMap<Uuid, usize> = HashMap::new();
    let mut rows = athlete::Entity::find().all(db).await?;
    rows.sort_by(|one, other| one.key.cmp(&other.key));
    for row in rows {
        ids.insert(row.id, known.people.len());
        known.by_key.insert(row.key.clone(), known.people.len());
        let is_checked = checked.contains(&row.id);
        known.people.push(Person {
            words: names::words(&row.name),
            key: row.key,
            name: row.name,
            other_names: Vec::new(),
            gender: row.gender,
            born: row.born,
            slug: is_checked.then_some(row.slug),
            is_checked,
            nations: BTreeSet::new(),
            disciplines: BTreeSet::new(),
            years: (i32::MAX, i32::MIN),
        });
    }
    let mut other_names = athlete_name::Entity::find().all(db).await?;
    other_names.sort_by(|one, other| one.name.cmp(&other.name));
    for row in other_names {
        let person = &mut known.people[ids[&row.athlete_id]];
        for word in names::words(&row.name) {
            if !person.words.contains(&word) {
                person.words.push(word);
            }
        }
        person.other_names.push((row.kind, row.name));
    }
    for row in external_id::Entity::find().all(db).await? {
        if let (Some(athlete), "athlete-events") = (row.athlete_id, row.scheme.as_str()) {
            known.by_key.insert(format!("athlete-events:{}", row.value), ids[&athlete]);
        }
    }
    Ok(ids)
}

async fn read_entries(
    db: &DatabaseConnection,
    known: &mut Known,
    ids: &HashMap<Uuid, usize>,
    editions: &HashMap<Uuid, EditionKey>,
    nations: &HashMap<Uuid, String>,
) -> Result<()> {
    let mut members: HashMap<Uuid, Vec<usize>> = HashMap::new();
    let mut own_nations: HashMap<Uuid, BTreeMap<usize, String>> = HashMap::new();
    for row in entry_member::Entity::find().all(db).await? {
        if row.competed {
            members.entry(row.entry_id).or_default().push(ids[&row.athlete_id]);
        }
        own_nations.entry(row.entry_id).or_default().insert(ids[&row.athlete_id], nations[&row.nation_id].clone());
        let person = &mut known.people[ids[&row.athlete_id]];
        let key = &editions[&row.edition_id];
        person.nations.insert(nations[&row.nation_id].clone());
        person.disciplines.insert(discipline(&key.event).to_owned());
        let year = known.games.get(&key.games).copied().unwrap_or_default();
        person.years = (person.years.0.min(year), person.years.1.max(year));
    }
    let mut recipients: HashMap<Uuid, Vec<usize>> = HashMap::new();
    for row in medal_recipient::Entity::find().all(db).await? {
        recipients.entry(row.award_id).or_default().push(ids[&row.athlete_id]);
    }
    let mut medals: HashMap<Uuid, Vec<(Medal, Vec<usize>)>> = HashMap::new();
    for row in medal_award::Entity::find().all(db).await? {
        let is_current = row.valid_to.is_none() && row.status != MedalAwardStatus::Vacant;
        if let Some(entry) = row.entry_id.filter(|_| is_current) {
            medals.entry(entry).or_default().push((row.medal, recipients.remove(&row.id).unwrap_or_default()));
        }
    }
    for row in entry::Entity::find().all(db).await? {
        let won = medals.remove(&row.id).unwrap_or_default();
        let competitor = match (row.athlete_id, row.team_name) {
            (Some(athlete), _) => Competitor::Athlete(ids[&athlete]),
            (None, name) => Competitor::Team(name.unwrap_or_default()),
        };
        let mut entry = Entry {
            nation: nations[&row.nation_id].clone(),
            members: members.remove(&row.id).unwrap_or_default(),
            recipients: won.iter().flat_map(|(_, people)| people.iter().copied()).collect(),
            medals: won.iter().map(|(medal, _)| *medal).collect(),
            competitor,
            own_nations: own_nations.remove(&row.id).unwrap_or_default(),
        };
        let nation = entry.nation.clone();
        entry.own_nations.retain(|_, own| *own != nation);
        entry.members.sort_unstable();
        entry.recipients.sort_unstable();
        entry.recipients.dedup();
        known.editions.entry(editions[&row.edition_id].clone()).or_default().push(entry);
    }
    for entries in known.editions.values_mut() {
        entries.sort_by(|one, other| one.competitor.cmp(&other.competitor));
    }
    Ok(())
}

/// The discipline of an event.
pub(crate) fn discipline(event: &str) -> &str {
    event.split('/').next().unwrap_or_default()
}

/// An event of the catalogue, with the words that lists use for it.
pub(crate) fn event_of(key: &str, family: &str, gender: EventGender, kind: ParticipantKind) -> Event {
    let title = format!("{} {family} {}", key.replace(['/', '-'], " "), discipline(key).replace('-', " "));
    Event { kind, gender, title: names::title_words(&title) }
}

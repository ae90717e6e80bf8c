//! Builds the Games that no import covers from the one complete list. `lists/programme.csv` has their events.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use anyhow::{Context, Result, bail};
use podium_entity::athlete::Gender;
use podium_entity::event::{EventGender, ParticipantKind};
use serde::Deserialize;

use crate::claim::{Claim, Named, Source};
use crate::known::{Competitor, EditionKey, Entry, Known, Person, discipline};
use crate::names::words;

const PROGRAMME: &str = include_str!("../lists/programme.csv");

/// An event as the list of its Games calls it.
#[derive(Deserialize)]
struct Line {
    games: String,
    discipline: String,
    event: String,
    key: String,
}

/// The list that has all events of the Games.
fn base(games: &str) -> Source {
    if games == "2026-winter" { Source::MilanoCortina2026 } else { Source::OlympicsCom }
}

/// Adds the editions of these Games, with a new person for everybody who won a medal. Who is already known is found out later.
pub(crate) fn add(known: &mut Known, claims: &[Claim]) -> Result<()> {
    let mut lines: HashMap<(String, String), String> = HashMap::new();
    let mut games = BTreeSet::new();
    for line in csv::Reader::from_reader(PROGRAMME.as_bytes()).into_deserialize::<Line>() {
        let line = line.context("lists/programme.csv")?;
        if !known.events.contains_key(&line.key) {
            bail!("lists/programme.csv: the catalogue has no event `{}`", line.key);
        }
        games.insert(line.games.clone());
        lines.insert((line.games, format!("{}|{}", line.discipline, line.event)), line.key);
    }
    let mut entries: BTreeMap<EditionKey, Vec<Entry>> = BTreeMap::new();
    for claim in claims.iter().filter(|claim| games.contains(&claim.games) && claim.source == base(&claim.games)) {
        let name = (claim.games.clone(), claim.event.clone());
        let event = lines.get(&name).with_context(|| format!("lists/programme.csv has no `{}` at {}", claim.event, claim.games))?;
        let key = EditionKey::of(&claim.games, event);
        let is_alone = known.events[event].kind == ParticipantKind::Individual;
        let people: Vec<usize> = claim.people.iter().map(|person| add_person(known, person, &key, &claim.nation)).collect();
        let edition = entries.entry(key).or_default();
        let entry = |competitor, members: Vec<usize>| Entry {
            competitor,
            nation: claim.nation.clone(),
            recipients: members.clone(),
            members,
            medals: vec![claim.medal],
            own_nations: BTreeMap::new(),
        };
        if is_alone {
            edition.extend(people.into_iter().map(|person| entry(Competitor::Athlete(person), vec![person])));
        } else {
            let of_nation = edition.iter().filter(|other| other.nation == claim.nation).count();
            let name = known.nations.name(&claim.nation).to_owned();
            let name = if of_nation == 0 { name } else { format!("{name} {}", of_nation + 1) };
            edition.push(entry(Competitor::Team(name), people));
        }
    }
    known.editions.extend(entries);
    Ok(())
}

/// Adds a person, who may later be identified as a known one.
pub(crate) fn add_person(known: &mut Known, named: &Named, edition: &EditionKey, nation: &str) -> usize {
    let year = known.games.get(&edition.games).copied().unwrap_or_default();
    let of_event = match known.events[&edition.event].gender {
        EventGender::Men => Gender::Male,
        EventGender::Women => Gender::Female,
        _ => Gender::Unknown,
    };
    known.people.push(Person {
        key: String::new(),
        words: words(&named.name),
        name: named.name.clone(),
        other_names: Vec::new(),
        gender: named.gender_or(of_event),
        born: named.born.map(|day| day.to_string()),
        is_checked: false,
        slug: None,
        nations: BTreeSet::from([nation.to_owned()]),
        disciplines: BTreeSet::from([discipline(&edition.event).to_owned()]),
        years: (year, year),
    });
    known.people.len() - 1
}

//! Groups lines into teams: by the team name within an event, with exceptions.

use std::collections::HashMap;

use podium_entity::event::ParticipantKind;
use podium_entity::medal_award::Medal;
use podium_entity::{entry, key};
use sea_orm::ActiveEnum;
use sea_orm::prelude::Uuid;
use serde::Deserialize;

use super::dictionary::Dictionary;
use super::survey::{Crew, Survey};
use crate::error::Error;
use crate::format::dataset::DataSet;

const OVERRIDES: &str = include_str!("../../../mappings/athlete-events/teams.csv");

/// A manual override for a team that no rule gets right. The file gives the reason.
#[derive(Debug, Deserialize)]
struct TeamOverride {
    event: String,
    games: String,
    /// The team's name; empty for every team of the edition.
    team: Option<String>,
    /// The medal; empty for any.
    medal: Option<Medal>,
    /// The team's name in Podium.
    becomes: Option<String>,
    /// The nation that the team counts for.
    nation: Option<String>,
    /// How often the team won the medal.
    races: Option<u32>,
}

/// A team's entry.
#[derive(Debug)]
pub(super) struct Team {
    /// The index of the Games in the dictionary.
    pub(super) games: usize,
    pub(super) entry: entry::Model,
    pub(super) medals: Vec<Medal>,
}

/// The teams, and which of them a line belongs to.
#[derive(Debug, Default)]
pub(super) struct Teams {
    /// The teams until they are written.
    pub(super) rows: Vec<Team>,
    /// The entry and the edition of each team, once the teams are written.
    pub(super) entries: Vec<(Uuid, Uuid)>,
    by_name: HashMap<(usize, Box<str>), TeamLookup>,
}

/// The teams behind one team name in an event.
#[derive(Debug)]
enum TeamLookup {
    One(usize),
    /// By nation and medal; several teams where the same medal was won more than once.
    Several(Vec<(Uuid, Option<Medal>, Vec<usize>)>),
}

impl Teams {
    /// Moves the teams out to be written, and keeps only the ids of their entries and editions.
    pub(super) fn take(&mut self) -> Vec<Team> {
        self.entries = self.rows.iter().map(|team| (team.entry.id, team.entry.edition_id)).collect();
        std::mem::take(&mut self.rows)
    }

    /// Finds the teams in the crews of the first pass.
    pub(super) fn find(survey: &mut Survey, dictionary: &Dictionary, source: Uuid) -> Result<Self, Error> {
        let mut lists = DataSet::default();
        lists.add("teams", OVERRIDES);
        let mut overrides: HashMap<Uuid, Vec<TeamOverride>> = HashMap::new();
        for (_, _, team_override) in lists.rows::<TeamOverride>("teams")? {
            let edition =
                key::derived("event_edition", &[&key::id("event", &team_override.event), &key::id("games", &team_override.games), &""]);
            overrides.entry(edition).or_default().push(team_override);
        }
        let mut found = Self::default();
        let mut by_edition: HashMap<usize, Vec<(Box<str>, Crew)>> = HashMap::new();
        for ((edition, name), mut crew) in std::mem::take(&mut survey.crews) {
            if dictionary.editions[edition].kind == ParticipantKind::Individual {
                crew.parts.retain(|part| part.athletes > 1);
                if crew.parts.is_empty() {
                    continue;
                }
            }
            by_edition.entry(edition).or_default().push((name, crew));
        }
        for (edition, crews) in by_edition {
            let overrides = overrides.get(&dictionary.editions[edition].id).map_or(&[][..], Vec::as_slice);
            Edition { place: edition, dictionary, overrides, source, entries: HashMap::new() }.add_teams(crews, &mut found);
        }
        Ok(found)
    }

    /// The teams that a line belongs to.
    pub(super) fn of(&self, edition: usize, team: &str, nation: Uuid, medal: Option<Medal>) -> &[usize] {
        match self.by_name.get(&(edition, Box::from(team))) {
            Some(TeamLookup::One(team)) => std::slice::from_ref(team),
            Some(TeamLookup::Several(lookups)) => {
                let lookup = lookups.iter().find(|(of, with, _)| *of == nation && *with == medal);
                lookup.map_or(&[], |(_, _, teams)| teams.as_slice())
            }
            None => &[],
        }
    }
}

/// Finds the teams of one edition.
struct Edition<'a> {
    place: usize,
    dictionary: &'a Dictionary,
    overrides: &'a [TeamOverride],
    source: Uuid,
    /// The index of each team so far, by name.
    entries: HashMap<String, usize>,
}

impl<'a> Edition<'a> {
    fn add_teams(mut self, crews: Vec<(Box<str>, Crew)>, found: &mut Teams) {
        let alone = self.single_athlete_nations(&crews);
        for (name, crew) in crews {
            let nation = self.nation_of(&name, &crew);
            let is_split = self.is_several(&crew);
            let mut lookups = Vec::new();
            for part in &crew.parts {
                let team_override = self.team_override(&name, part.medal);
                let shown = match team_override.and_then(|team_override| team_override.becomes.clone()) {
                    Some(becomes) => becomes,
                    None if alone.contains(&part.nation) => self.dictionary.nations.names[&part.nation].clone(),
                    None if is_split => part.medal.map_or(name.to_string(), |medal| format!("{name} ({})", word(medal))),
                    None => name.to_string(),
                };
                let pinned = team_override.and_then(|team_override| team_override.nation.as_ref()).map(|nation| key::id("nation", nation));
                let nation = pinned.unwrap_or(nation);
                let mut teams = vec![self.team(shown.clone(), nation, part.medal, found)];
                for race in 2..=team_override.and_then(|team_override| team_override.races).unwrap_or(1) {
                    teams.push(self.team(format!("{shown} (race {race})"), nation, part.medal, found));
                }
                lookups.push((part.nation, part.medal, teams));
            }
            let first = lookups[0].2.clone();
            // In art, the same name is also used for works of single artists.
            let is_art = self.dictionary.editions[self.place].kind == ParticipantKind::Individual;
            let is_one = !is_art && first.len() == 1 && lookups.iter().all(|(_, _, teams)| *teams == first);
            let lookups = if is_one { TeamLookup::One(first[0]) } else { TeamLookup::Several(lookups) };
            found.by_name.insert((self.place, name), lookups);
        }
    }

    /// Nations whose teams in a team event all have exactly one athlete, as where the file gives the horse as the team. Each such
    /// nation has one team. Sailing and pairs are excluded.
    fn single_athlete_nations(&self, crews: &[(Box<str>, Crew)]) -> Vec<Uuid> {
        let edition = &self.dictionary.editions[self.place];
        let event = self.dictionary.catalogue.events.get(&edition.event);
        if edition.kind != ParticipantKind::Team || event.is_some_and(|event| event.key.starts_with("sailing/")) {
            return Vec::new();
        }
        let mut sizes: HashMap<Uuid, Vec<u32>> = HashMap::new();
        for (_, crew) in crews {
            let is_mixed = crew.parts.iter().any(|part| part.nation != crew.parts[0].nation);
            let athletes = crew.parts.iter().map(|part| part.athletes).sum();
            let size = if is_mixed { u32::MAX } else { athletes };
            crew.parts.iter().for_each(|part| sizes.entry(part.nation).or_default().push(size));
        }
        sizes.retain(|_, sizes| sizes.len() > 1 && sizes.iter().all(|size| *size == 1));
        sizes.into_keys().collect()
    }

    /// Whether one team name covers several crews: when its parts won different medals. In pairs and sailing, where the whole
    /// crew receives the medal, a part without a medal is another crew too. An athlete in two parts proves that it is one crew.
    fn is_several(&self, crew: &Crew) -> bool {
        let edition = &self.dictionary.editions[self.place];
        let event = self.dictionary.catalogue.events.get(&edition.event);
        let is_small = edition.kind == ParticipantKind::Pair || event.is_some_and(|event| event.key.starts_with("sailing/"));
        let mut medals: Vec<Option<Medal>> = crew.parts.iter().map(|part| part.medal).filter(|medal| is_small || medal.is_some()).collect();
        medals.sort_unstable_by_key(|medal| medal.map(|medal| medal.to_value()));
        medals.dedup();
        medals.len() > 1 && !crew.is_one
    }

    /// The nation that a team counts for: its only nation; `MIX` when it has several and a `/` in its name; otherwise the nation of
    /// most athletes.
    fn nation_of(&self, name: &str, crew: &Crew) -> Uuid {
        let mut athletes: HashMap<Uuid, u32> = HashMap::new();
        crew.parts.iter().for_each(|part| *athletes.entry(part.nation).or_default() += part.athletes);
        if athletes.len() > 1 && name.contains('/') {
            return key::id("nation", "MIX");
        }
        athletes.into_iter().max_by_key(|(nation, count)| (*count, *nation)).map(|(nation, _)| nation).unwrap_or_default()
    }

    fn team_override(&self, name: &str, medal: Option<Medal>) -> Option<&'a TeamOverride> {
        self.overrides.iter().find(|team_override| {
            team_override.team.as_deref().is_none_or(|team| team == name) && (team_override.medal.is_none() || team_override.medal == medal)
        })
    }

    /// The index of the team with this name, which is created if it is missing.
    fn team(&mut self, name: String, nation_id: Uuid, medal: Option<Medal>, found: &mut Teams) -> usize {
        let edition = &self.dictionary.editions[self.place];
        let (edition_id, games) = (edition.id, edition.games);
        let source_id = self.source;
        let place = *self.entries.entry(name).or_insert_with_key(|name| {
            let entry = entry::Model {
                id: key::derived("entry", &[&edition_id, name]),
                edition_id,
                nation_id,
                athlete_id: None,
                team_name: Some(name.clone()),
                bib: None,
                status: entry::EntryStatus::Started,
                source_id,
            };
            found.rows.push(Team { games, entry, medals: Vec::new() });
            found.rows.len() - 1
        });
        if let Some(medal) = medal.filter(|medal| !found.rows[place].medals.contains(medal)) {
            found.rows[place].medals.push(medal);
        }
        place
    }
}

fn word(medal: Medal) -> &'static str {
    match medal {
        Medal::Gold => "gold",
        Medal::Silver => "silver",
        Medal::Bronze => "bronze",
    }
}

//! What the editors decided, each line with its reason.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use podium_entity::event_edition::EditionStatus;
use serde::Deserialize;

use crate::claim::{Named, Source};
use crate::known::{EditionKey, Known, discipline};
use crate::names::{likeness, words};
use crate::newer::add_person;

const TEAMS: &str = include_str!("../decisions/teams.csv");
const PEOPLE: &str = include_str!("../decisions/people.csv");
const EDITIONS: &str = include_str!("../decisions/editions.csv");

/// A decision about an edition whose lists disagree.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct EditionDecision {
    games: String,
    event: String,
    /// The list whose medals stand.
    pub(crate) follow: Source,
    pub(crate) status: Option<EditionStatus>,
    /// Where the reason can be read.
    #[serde(rename = "source")]
    _source: Option<String>,
    pub(crate) reason: String,
}

/// A decision about a member of a team that won a medal.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct TeamDecision {
    pub(crate) games: String,
    pub(crate) event: String,
    pub(crate) nation: String,
    /// The name of the member.
    pub(crate) member: String,
    /// Whether the member received the medal.
    pub(crate) receives: bool,
    reason: String,
}

/// A decision who is meant by a name: a known person, or nobody known.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct PersonDecision {
    /// The name as the list prints it.
    pub(crate) name: String,
    /// The key of the person; empty when it is nobody known.
    pub(crate) is: Option<String>,
    reason: String,
}

/// All decisions.
#[derive(Debug, Default)]
pub(crate) struct Decisions {
    editions: BTreeMap<EditionKey, EditionDecision>,
    pub(crate) teams: Vec<TeamDecision>,
    pub(crate) people: Vec<PersonDecision>,
}

impl Decisions {
    /// The decision about an edition: the line about it, otherwise the one about its discipline, otherwise the one about its Games.
    pub(crate) fn edition(&self, key: &EditionKey) -> Option<&EditionDecision> {
        let line = |games: &str, event: &str| {
            self.editions.get(&EditionKey { games: games.to_owned(), event: event.to_owned(), variant: String::new() })
        };
        let discipline = format!("{}/*", discipline(&key.event));
        line(&key.games, &key.event).or_else(|| line("*", &discipline)).or_else(|| line(&key.games, "*"))
    }
}

/// Reads the decisions, and refuses those that name nothing known or contradict each other.
pub(crate) fn read(known: &Known) -> Result<Decisions> {
    let mut decisions = Decisions::default();
    let mut reader = csv::Reader::from_reader(EDITIONS.as_bytes());
    for (line, decision) in (2..).zip(reader.deserialize::<EditionDecision>()) {
        let decision = decision.with_context(|| format!("decisions/editions.csv, line {line}"))?;
        let key = EditionKey { games: decision.games.clone(), event: decision.event.clone(), variant: String::new() };
        if key.games != "*" && !known.games.contains_key(&key.games) {
            bail!("decisions/editions.csv, line {line}: there are no Games `{}`", key.games);
        }
        if !key.event.ends_with('*') && !known.editions.contains_key(&key) {
            bail!("decisions/editions.csv, line {line}: `{}` was not held at {}", key.event, key.games);
        }
        if decision.reason.is_empty() {
            bail!("decisions/editions.csv, line {line}: a decision needs a reason");
        }
        if decisions.editions.insert(key, decision).is_some() {
            bail!("decisions/editions.csv, line {line}: another line decides the same event");
        }
    }
    for (line, decision) in (2..).zip(csv::Reader::from_reader(TEAMS.as_bytes()).into_deserialize::<TeamDecision>()) {
        let decision = decision.with_context(|| format!("decisions/teams.csv, line {line}"))?;
        let key = EditionKey { games: decision.games.clone(), event: decision.event.clone(), variant: String::new() };
        let Some(entries) = known.editions.get(&key) else {
            bail!("decisions/teams.csv, line {line}: `{}` was not held at {}", key.event, key.games);
        };
        if !entries.iter().any(|entry| entry.nation == decision.nation) {
            bail!("decisions/teams.csv, line {line}: {} had no team in it", decision.nation);
        }
        if decision.reason.is_empty() {
            bail!("decisions/teams.csv, line {line}: a decision needs a reason");
        }
        decisions.teams.push(decision);
    }
    for (line, decision) in (2..).zip(csv::Reader::from_reader(PEOPLE.as_bytes()).into_deserialize::<PersonDecision>()) {
        let decision = decision.with_context(|| format!("decisions/people.csv, line {line}"))?;
        if let Some(key) = decision.is.as_ref().filter(|key| !known.by_key.contains_key(*key)) {
            bail!("decisions/people.csv, line {line}: there is no athlete `{key}`");
        }
        if decision.reason.is_empty() {
            bail!("decisions/people.csv, line {line}: a decision needs a reason");
        }
        if decisions.people.iter().any(|other| other.name == decision.name) {
            bail!("decisions/people.csv, line {line}: another line decides who `{}` is", decision.name);
        }
        decisions.people.push(decision);
    }
    Ok(decisions)
}

impl TeamDecision {
    /// Adds the member to the team, or takes the medal from them.
    pub(crate) fn apply(&self, known: &mut Known) {
        let key = EditionKey { games: self.games.clone(), event: self.event.clone(), variant: String::new() };
        let name = words(&self.member);
        let found = known.editions[&key].iter().position(|entry| entry.nation == self.nation);
        let Some(place) = found else { return };
        let entry = &known.editions[&key][place];
        let member = entry.members.iter().copied().find(|member| likeness(&name, &known.people[*member].words) >= 0.66);
        let member = member.unwrap_or_else(|| {
            let named = Named { name: self.member.clone(), ..Named::default() };
            add_person(known, &named, &key, &self.nation)
        });
        if let Some(entry) = known.editions.get_mut(&key).and_then(|entries| entries.get_mut(place)) {
            entry.members.retain(|other| *other != member);
            entry.members.push(member);
            entry.recipients.retain(|other| *other != member);
            if self.receives {
                entry.recipients.push(member);
            }
        }
    }
}

//! What the editors decided, each line with its reason.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use anyhow::{Context, Result, anyhow, ensure};
use podium_entity::event_edition::EditionStatus;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::claim::{Named, Source};
use crate::known::{EditionKey, Entry, Known, discipline};
use crate::names::{likeness, words};
use crate::newer::add_person;

/// The files of decisions, as texts.
pub(crate) struct Files<'a> {
    editions: &'a str,
    teams: &'a str,
    people: &'a str,
}

/// What the editors decided.
pub(crate) const COMMITTED: Files<'_> = Files {
    editions: include_str!("../decisions/editions.csv"),
    teams: include_str!("../decisions/teams.csv"),
    people: include_str!("../decisions/people.csv"),
};

/// A decision about an edition whose lists disagree.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct EditionDecision {
    games: String,
    event: String,
    /// The list whose medals are valid.
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

/// A decision about which person a name means: a known or a new one.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct PersonDecision {
    /// The name as the list prints it.
    pub(crate) name: String,
    /// The key of the person; empty for a new one.
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

/// A line of a file of decisions.
trait Decision: DeserializeOwned {
    const FILE: &str;

    fn reason(&self) -> &str;

    /// Adds the decision, or says what is wrong with it.
    fn add(self, known: &Known, decisions: &mut Decisions) -> Result<(), String>;

    /// Adds all lines of a file.
    fn add_all(text: &str, known: &Known, decisions: &mut Decisions) -> Result<()> {
        for (line, decision) in (2..).zip(csv::Reader::from_reader(text.as_bytes()).into_deserialize::<Self>()) {
            let place = || format!("decisions/{}, line {line}", Self::FILE);
            let decision = decision.with_context(place)?;
            ensure!(!decision.reason().is_empty(), "{}: a decision needs a reason", place());
            decision.add(known, decisions).map_err(|reason| anyhow!("{}: {reason}", place()))?;
        }
        Ok(())
    }
}

impl Decision for EditionDecision {
    const FILE: &str = "editions.csv";

    fn reason(&self) -> &str {
        &self.reason
    }

    fn add(self, known: &Known, decisions: &mut Decisions) -> Result<(), String> {
        let key = EditionKey::of(&self.games, &self.event);
        if self.games != "*" && !known.games.contains_key(&self.games) {
            return Err(format!("there are no Games `{}`", self.games));
        }
        if !self.event.ends_with('*') && !known.editions.contains_key(&key) {
            return Err(format!("`{}` was not held at {}", self.event, self.games));
        }
        match decisions.editions.insert(key, self) {
            Some(other) => Err(format!("another line decides `{}` at {}", other.event, other.games)),
            None => Ok(()),
        }
    }
}

impl Decision for TeamDecision {
    const FILE: &str = "teams.csv";

    fn reason(&self) -> &str {
        &self.reason
    }

    fn add(self, known: &Known, decisions: &mut Decisions) -> Result<(), String> {
        let entries = known.editions.get(&EditionKey::of(&self.games, &self.event));
        let entries = entries.ok_or_else(|| format!("`{}` was not held at {}", self.event, self.games))?;
        let teams = entries.iter().filter(|entry| entry.nation == self.nation);
        let teams: Vec<&Entry> = teams.collect();
        if teams.is_empty() {
            return Err(format!("{} had no team in it", self.nation));
        }
        if !self.receives && !teams.iter().any(|team| self.member_of(team, known).is_some()) {
            return Err(format!("the team of {} has no member `{}` who could lose the medal", self.nation, self.member));
        }
        let is_same = |other: &&Self| {
            (&other.games, &other.event, &other.nation, &other.member) == (&self.games, &self.event, &self.nation, &self.member)
        };
        if decisions.teams.iter().any(|other| is_same(&other)) {
            return Err(format!("another line decides about `{}`", self.member));
        }
        decisions.teams.push(self);
        Ok(())
    }
}

impl Decision for PersonDecision {
    const FILE: &str = "people.csv";

    fn reason(&self) -> &str {
        &self.reason
    }

    fn add(self, known: &Known, decisions: &mut Decisions) -> Result<(), String> {
        if let Some(key) = self.is.as_ref().filter(|key| !known.by_key.contains_key(*key)) {
            return Err(format!("there is no athlete `{key}`"));
        }
        if decisions.people.iter().any(|other| other.name == self.name) {
            return Err(format!("another line decides who `{}` is", self.name));
        }
        decisions.people.push(self);
        Ok(())
    }
}

impl Decisions {
    /// Reads the decisions, and refuses those that name nothing known or contradict each other.
    pub(crate) fn read(files: &Files<'_>, known: &Known) -> Result<Self> {
        let mut decisions = Self::default();
        EditionDecision::add_all(files.editions, known, &mut decisions)?;
        TeamDecision::add_all(files.teams, known, &mut decisions)?;
        PersonDecision::add_all(files.people, known, &mut decisions)?;
        Ok(decisions)
    }

    /// The decision about an edition: the line about it, otherwise the one about its discipline, otherwise the one about its Games.
    pub(crate) fn edition(&self, key: &EditionKey) -> Option<&EditionDecision> {
        let line = |games: &str, event: &str| self.editions.get(&EditionKey::of(games, event));
        let discipline = format!("{}/*", discipline(&key.event));
        line(&key.games, &key.event).or_else(|| line("*", &discipline)).or_else(|| line(&key.games, "*"))
    }
}

impl TeamDecision {
    /// Adds the member to the team, or takes the medal from them.
    pub(crate) fn apply(&self, known: &mut Known) {
        let key = EditionKey::of(&self.games, &self.event);
        let teams = known.editions[&key].iter().enumerate().filter(|(_, entry)| entry.nation == self.nation);
        // A nation may have two teams; the decision is about the one with the member.
        let Some(place) =
            teams.max_by_key(|(place, team)| (self.member_of(team, known).is_some(), Reverse(*place))).map(|(place, _)| place)
        else {
            return;
        };
        let member = self.member_of(&known.editions[&key][place], known).unwrap_or_else(|| {
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

    /// The member of a team whom the decision is about.
    fn member_of(&self, team: &Entry, known: &Known) -> Option<usize> {
        let name = words(&self.member);
        team.members.iter().copied().find(|member| likeness(&name, &known.people[*member].words) >= 0.66)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::known::{Competitor, Person};

    const EVENT: &str = "athletics/4x100m-relay/men";

    /// One team with one athlete.
    fn known() -> Known {
        let person = Person {
            key: "athlete-events:1".to_owned(),
            name: "Otto Muster".to_owned(),
            words: words("Otto Muster"),
            other_names: Vec::new(),
            gender: podium_entity::athlete::Gender::Male,
            born: None,
            is_checked: false,
            slug: None,
            nations: BTreeSet::new(),
            disciplines: BTreeSet::new(),
            years: (2012, 2012),
        };
        let team = Entry {
            competitor: Competitor::Team("Austria".to_owned()),
            nation: "AUT".to_owned(),
            members: vec![0],
            recipients: vec![0],
            medals: Vec::new(),
            own_nations: BTreeMap::new(),
        };
        let mut known = Known::default();
        known.by_key.insert(person.key.clone(), 0);
        known.people.push(person);
        known.games.insert("2012-summer".to_owned(), 2012);
        known.editions.insert(EditionKey::of("2012-summer", EVENT), vec![team]);
        known
    }

    /// What is said about lines in the three files, below their headers.
    fn refusal(editions: &str, teams: &str, people: &str) -> Option<String> {
        let editions = format!("games,event,follow,status,source,reason\n{editions}");
        let teams = format!("games,event,nation,member,receives,reason\n{teams}");
        let people = format!("name,is,reason\n{people}");
        let read = Decisions::read(&Files { editions: &editions, teams: &teams, people: &people }, &known());
        read.err().map(|error| format!("{error:#}"))
    }

    #[test]
    fn a_wrong_decision_is_refused_with_its_line() {
        let edition = format!("2012-summer,{EVENT},olympanalyt,,,a court\n");
        let team = format!("2012-summer,{EVENT},AUT,Otto Muster,false,a court\n");
        let person = "Muster O,athlete-events:1,a married name\n";
        assert_eq!(refusal(&edition, &team, person), None);
        for (editions, teams, people, expected) in [
            (edition.replace("2012", "2013"), "", "", "decisions/editions.csv, line 2: there are no Games `2013-summer`"),
            (edition.replace("4x100m", "5x100m"), "", "", "line 2: `athletics/5x100m-relay/men` was not held at 2012-summer"),
            (edition.replace("olympanalyt", "an-almanac"), "", "", "decisions/editions.csv, line 2: "),
            (edition.replace("a court", ""), "", "", "line 2: a decision needs a reason"),
            (edition.repeat(2), "", "", "decisions/editions.csv, line 3: another line decides `athletics/4x100m-relay/men` at 2012-summer"),
            (String::new(), &team.replace("AUT", "SUI"), "", "decisions/teams.csv, line 2: SUI had no team in it"),
            (String::new(), &team.replace("Otto Muster", "Paul Ski"), "", "line 2: the team of AUT has no member `Paul Ski`"),
            (String::new(), &team.repeat(2), "", "decisions/teams.csv, line 3: another line decides about `Otto Muster`"),
            (
                String::new(),
                "",
                "Muster O,athlete-events:2,a name\n",
                "decisions/people.csv, line 2: there is no athlete `athlete-events:2`",
            ),
            (String::new(), "", &person.repeat(2), "decisions/people.csv, line 3: another line decides who `Muster O` is"),
        ] {
            let said = refusal(&editions, teams, people).unwrap_or_default();
            assert!(said.contains(expected), "{expected}: {said}");
        }
    }
}

//! Which source gives which medal to which entry.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use podium_entity::event::ParticipantKind;
use podium_entity::medal_award::Medal;

use crate::claim::{Claim, Named, Source};
use crate::known::{Competitor, EditionKey, Entry, Known};
use crate::names::{likeness, words};
use crate::newer::add_person;
use crate::programme::{Label, Pairing, people_found};

/// A person as a source names them, found among the people.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    pub(crate) person: usize,
    pub(crate) source: Source,
    pub(crate) games: String,
    pub(crate) named: Named,
}

/// What the sources say about one edition.
#[derive(Debug, Default)]
pub(crate) struct Votes {
    /// The sources that have medals of the edition.
    pub(crate) covering: BTreeSet<Source>,
    /// By the entry's place and the medal.
    pub(crate) medals: BTreeMap<(usize, MedalNumber), BTreeSet<Source>>,
    pub(crate) won_on: BTreeMap<(usize, MedalNumber), NaiveDate>,
}

/// A medal in an order that maps can use: gold first.
pub(crate) type MedalNumber = u8;

pub(crate) fn number(medal: Medal) -> MedalNumber {
    match medal {
        Medal::Gold => 0,
        Medal::Silver => 1,
        Medal::Bronze => 2,
    }
}

pub(crate) fn from_number(number: MedalNumber) -> Medal {
    [Medal::Gold, Medal::Silver, Medal::Bronze][usize::from(number)]
}

/// Counts the votes of all paired labels, and of `athlete-events` itself.
pub(crate) fn count(known: &mut Known, labels: &[Label<'_>], pairs: &[Pairing]) -> (BTreeMap<EditionKey, Votes>, Vec<Mention>) {
    let (mut votes, mut mentions): (BTreeMap<EditionKey, Votes>, _) = (BTreeMap::new(), Vec::new());
    for (key, entries) in &known.editions {
        let edition = votes.entry(key.clone()).or_default();
        if known.games.get(&key.games).is_none_or(|year| *year > 2016) {
            continue;
        }
        for (place, entry) in entries.iter().enumerate() {
            for medal in &entry.medals {
                edition.covering.insert(Source::AthleteEvents);
                edition.medals.entry((place, number(*medal))).or_default().insert(Source::AthleteEvents);
            }
        }
    }
    // The lists that print names as they are known come first: they add who is missing. Those with whole teams name the members.
    let mut pairs: Vec<&Pairing> = pairs.iter().collect();
    pairs.sort_by_key(|pairing| {
        let source = labels[pairing.label].source;
        let order = [Source::OlympediaMedals, Source::OlympicsCom, Source::Tokyo2020, Source::Olympanalyt];
        (order.iter().position(|first| *first == source).unwrap_or(order.len()), source, pairing.label)
    });
    for pairing in pairs {
        let label = &labels[pairing.label];
        for claim in &label.claims {
            let kind = known.events[&pairing.edition.event].kind;
            let edition = votes.entry(pairing.edition.clone()).or_default();
            edition.covering.insert(label.source);
            let mut found = resolve(known, &pairing.edition, claim, kind);
            if found.is_empty() {
                found.extend(add_missing_entry(known, &pairing.edition, claim, kind));
            }
            for place in found {
                edition.medals.entry((place, number(claim.medal))).or_default().insert(claim.source);
                if let Some(day) = claim.won_on {
                    edition.won_on.insert((place, number(claim.medal)), day);
                }
                record_mentions(known, &pairing.edition, place, claim, &mut mentions);
            }
        }
    }
    (votes, mentions)
}

/// The entries that a claim means: one for every person in an individual event, otherwise one.
fn resolve(known: &Known, key: &EditionKey, claim: &Claim, kind: ParticipantKind) -> Vec<usize> {
    let Some(entries) = known.editions.get(key) else { return Vec::new() };
    if kind == ParticipantKind::Individual && !claim.people.is_empty() {
        let mut found: Vec<usize> =
            claim.people.iter().flat_map(|person| resolve_alone(known, entries, claim, &words(&person.name))).collect();
        found.sort_unstable();
        found.dedup();
        return found;
    }
    let named: Vec<Vec<String>> = claim.people.iter().map(|person| words(&person.name)).collect();
    let score = |entry: &Entry| {
        let is_medal = f64::from(u8::from(entry.medals.contains(&claim.medal))) * 0.3;
        let is_nation = entry.nation == claim.nation;
        let people = people_found(&named, &entry.members, known);
        match (is_nation, people) {
            (true, people) if people > 0.0 || named.is_empty() || !entry.medals.is_empty() => 0.5 + people + is_medal,
            (false, people) if people >= 0.5 => people + is_medal,
            _ => 0.0,
        }
    };
    best(entries, score).into_iter().collect()
}

/// Adds an athlete or a team that the imports do not have.
fn add_missing_entry(known: &mut Known, key: &EditionKey, claim: &Claim, kind: ParticipantKind) -> Option<usize> {
    let names_well = matches!(claim.source, Source::OlympediaMedals | Source::OlympicsCom);
    if !names_well || ["", "MIX"].contains(&claim.nation.as_str()) {
        return None;
    }
    let (competitor, members) = match (kind, claim.people.as_slice()) {
        (ParticipantKind::Individual, [named]) => {
            let person = add_person(known, named, key, &claim.nation);
            (Competitor::Athlete(person), vec![person])
        }
        (ParticipantKind::Individual, _) => return None,
        _ => (Competitor::Team(known.nations.name(&claim.nation).to_owned()), Vec::new()),
    };
    let entries = known.editions.get_mut(key)?;
    if entries.iter().any(|entry| entry.competitor == competitor) {
        return None;
    }
    let (nation, recipients) = (claim.nation.clone(), members.clone());
    entries.push(Entry { competitor, nation, members, recipients, medals: vec![claim.medal], own_nations: BTreeMap::new() });
    Some(entries.len() - 1)
}

fn best(entries: &[Entry], score: impl Fn(&Entry) -> f64) -> Option<usize> {
    let scored = entries.iter().enumerate().map(|(place, entry)| (place, score(entry)));
    scored
        .filter(|(_, score)| *score > 0.0)
        .max_by(|one, other| one.1.total_cmp(&other.1).then(other.0.cmp(&one.0)))
        .map(|(place, _)| place)
}

/// The entry of a named athlete in an individual event.
fn resolve_alone(known: &Known, entries: &[Entry], claim: &Claim, name: &[String]) -> Vec<usize> {
    let score = |entry: &Entry| {
        let like = entry.members.iter().map(|member| likeness(name, &known.people[*member].words)).fold(0.0, f64::max);
        let same = f64::from(u8::from(entry.nation == claim.nation)) * 0.3;
        let is_medal = entry.medals.contains(&claim.medal);
        match like >= 0.66 || (like >= 0.5 && same > 0.0 && is_medal) {
            true => like + same + f64::from(u8::from(is_medal)) * 0.2,
            false => 0.0,
        }
    };
    if let Some(place) = best(entries, score) {
        return vec![place];
    }
    // A name in another alphabet or transliteration: the nation and the medal must tell who is meant.
    let is_foreign = name.iter().any(|word| !word.is_ascii()) || name.is_empty();
    let same = entries.iter().enumerate().filter(|(_, entry)| entry.nation == claim.nation && entry.medals.contains(&claim.medal));
    let same: Vec<usize> = same.map(|(place, _)| place).collect();
    if is_foreign || same.len() == 1 { same } else { Vec::new() }
}

/// Notes who a claim names, and gives members to a team that has none.
fn record_mentions(known: &mut Known, key: &EditionKey, place: usize, claim: &Claim, mentions: &mut Vec<Mention>) {
    let is_empty = known.editions[key][place].members.is_empty();
    if is_empty && matches!(claim.source, Source::Tokyo2020 | Source::Olympanalyt) {
        let people: Vec<usize> = claim.people.iter().map(|named| add_person(known, named, key, &claim.nation)).collect();
        if let Some(entry) = known.editions.get_mut(key).and_then(|entries| entries.get_mut(place)) {
            entry.members.clone_from(&people);
            entry.recipients = people;
        }
    }
    let entry = &known.editions[key][place];
    for named in &claim.people {
        let name = words(&named.name);
        let like = |member: &usize| likeness(&name, &known.people[*member].words);
        let member =
            entry.members.iter().copied().filter(|member| like(member) >= 0.66).max_by(|one, other| like(one).total_cmp(&like(other)));
        let alone = matches!(entry.competitor, Competitor::Athlete(_)).then(|| entry.members.first().copied()).flatten();
        if let Some(person) = member.or(alone) {
            mentions.push(Mention { person, source: claim.source, games: claim.games.clone(), named: named.clone() });
        }
    }
}

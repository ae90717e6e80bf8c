//! Finds the edition that each list means: by who won, and by the words of the title.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use anyhow::{Context, Result};
use podium_entity::event::EventGender;
use serde::Deserialize;

use crate::claim::{Claim, Source};
use crate::known::{EditionKey, Entry, Known};
use crate::names::{likeness, title_likeness, title_words, words};

const PAIRINGS: &str = include_str!("../lists/pairings.csv");

/// An event of a list that an editor paired, since neither its winners nor its title tell.
#[derive(Deserialize)]
struct Line {
    source: Source,
    games: String,
    label: String,
    event: String,
}

/// The claims of one source about one event at one Games.
#[derive(Debug)]
pub(crate) struct Label<'a> {
    pub(crate) source: Source,
    pub(crate) games: &'a str,
    pub(crate) event: &'a str,
    pub(crate) claims: Vec<&'a Claim>,
}

impl Label<'_> {
    /// The title of the event, without the address that some labels end in.
    fn title(&self) -> &str {
        self.event.split("|/results").next().unwrap_or_default()
    }
}

/// Groups claims by source, Games and event.
pub(crate) fn labels(claims: &[Claim]) -> Vec<Label<'_>> {
    let mut groups: BTreeMap<(&str, Source, &str), Vec<&Claim>> = BTreeMap::new();
    for claim in claims {
        groups.entry((&claim.games, claim.source, &claim.event)).or_default().push(claim);
    }
    groups.into_iter().map(|((games, source, event), claims)| Label { source, games, event, claims }).collect()
}

/// A pairing of a label with an edition.
#[derive(Clone, Debug)]
pub(crate) struct Pairing {
    pub(crate) label: usize,
    pub(crate) edition: EditionKey,
    /// How well the winners agree, from 0 to 1.
    pub(crate) winners: f64,
    pub(crate) title: f64,
}

impl Pairing {
    fn score(&self) -> f64 {
        self.winners + self.title
    }
}

/// Pairs the labels of every Games with its editions, at most one label of a source to an edition, except where a second one names the
/// same winners.
pub(crate) fn pair(known: &Known, labels: &[Label<'_>]) -> Result<(Vec<Pairing>, Vec<usize>)> {
    let mut by_games: BTreeMap<&str, Vec<(&EditionKey, &Vec<Entry>)>> = BTreeMap::new();
    for (key, entries) in &known.editions {
        if entries.iter().any(|entry| !entry.medals.is_empty()) {
            by_games.entry(&key.games).or_default().push((key, entries));
        }
    }
    let fixed = fixed()?;
    let (mut pairs, mut unpaired) = (Vec::new(), Vec::new());
    let mut by_source: BTreeMap<(&str, Source), Vec<usize>> = BTreeMap::new();
    for (place, label) in labels.iter().enumerate() {
        by_source.entry((label.games, label.source)).or_default().push(place);
    }
    for ((games, _), places) in by_source {
        let Some(editions) = by_games.get(games) else { continue };
        let mut possible: Vec<Pairing> = places.iter().flat_map(|place| candidates(known, *place, &labels[*place], editions)).collect();
        possible.sort_by(|one, other| {
            other.score().total_cmp(&one.score()).then_with(|| one.label.cmp(&other.label)).then_with(|| one.edition.cmp(&other.edition))
        });
        let (mut done, mut taken) = (BTreeSet::new(), BTreeSet::new());
        for place in &places {
            let label = &labels[*place];
            if let Some(event) = fixed.get(&(label.source, label.games.to_owned(), label.title().to_owned())) {
                let edition = EditionKey::of(label.games, event);
                done.insert(*place);
                taken.insert(edition.clone());
                pairs.push(Pairing { label: *place, edition, winners: 1.0, title: 1.0 });
            }
        }
        for pairing in &possible {
            if pairing.score() >= 0.6 && !done.contains(&pairing.label) && !taken.contains(&pairing.edition) {
                done.insert(pairing.label);
                taken.insert(pairing.edition.clone());
                pairs.push(pairing.clone());
            }
        }
        for pairing in possible {
            let is_second = pairing.winners > 0.85 || (pairing.winners >= 0.5 && pairing.title >= 0.5);
            if is_second && !done.contains(&pairing.label) {
                done.insert(pairing.label);
                pairs.push(pairing);
            }
        }
        unpaired.extend(places.into_iter().filter(|place| !done.contains(place)));
    }
    Ok((pairs, unpaired))
}

/// The pairings of a label with the editions of its Games that share winners or a title with it.
fn candidates(known: &Known, place: usize, label: &Label<'_>, editions: &[(&EditionKey, &Vec<Entry>)]) -> Vec<Pairing> {
    let title = title_words(label.title());
    let people: Vec<Vec<Vec<String>>> =
        label.claims.iter().map(|claim| claim.people.iter().map(|person| words(&person.name)).collect()).collect();
    let pairing = |(key, entries): &(&EditionKey, &Vec<Entry>)| {
        let event = known.events.get(&key.event).filter(|event| !is_other_gender(&title, event.gender))?;
        let (title, winners) = (title_likeness(&title, &event.title), winners(label, &people, entries, known));
        (winners > 0.25 || title > 0.3).then(|| Pairing { label: place, edition: (*key).clone(), winners, title })
    };
    editions.iter().filter_map(pairing).collect()
}

/// The pairings that an editor made.
fn fixed() -> Result<HashMap<(Source, String, String), String>> {
    let lines = csv::Reader::from_reader(PAIRINGS.as_bytes()).into_deserialize::<Line>();
    lines.map(|line| line.map(|line| ((line.source, line.games, line.label), line.event)).context("lists/pairings.csv")).collect()
}

/// Whether a title says another gender than that of the event.
fn is_other_gender(title: &[String], gender: EventGender) -> bool {
    let says = |word: &str| title.iter().any(|other| other == word);
    match gender {
        EventGender::Men => says("women") && !says("men"),
        EventGender::Women => says("men") && !says("women"),
        _ => false,
    }
}

/// How well the winners of a label agree with those of an edition.
fn winners(label: &Label<'_>, people: &[Vec<Vec<String>>], entries: &[Entry], known: &Known) -> f64 {
    let mut sum = 0.0;
    for (claim, people) in label.claims.iter().zip(people) {
        let mut best: f64 = 0.0;
        for entry in entries.iter().filter(|entry| !entry.medals.is_empty()) {
            let is_medal = entry.medals.contains(&claim.medal);
            let is_nation = entry.nation == claim.nation;
            if !is_medal && !is_nation {
                continue;
            }
            let mut score = if is_medal { 0.15 } else { 0.0 } + if is_nation { 0.25 } else { 0.0 };
            if !people.is_empty() {
                score += 0.6 * people_found(people, &entry.members, known);
            } else if is_medal && is_nation {
                score += 0.2;
            }
            best = best.max(score);
        }
        sum += best;
    }
    sum / label.claims.len().max(1) as f64
}

/// The share of the named people that are among these.
pub(crate) fn people_found(named: &[Vec<String>], members: &[usize], known: &Known) -> f64 {
    let found = named.iter().filter(|name| members.iter().any(|member| likeness(name, &known.people[*member].words) >= 0.66)).count();
    found as f64 / named.len().max(1) as f64
}

//! Identifies people: which new ones are known already.

use std::collections::{BTreeSet, HashMap};

use podium_entity::athlete::Gender;

use crate::claim::Named;
use crate::decisions::PersonDecision;
use crate::known::{Competitor, Known, Person};
use crate::names::{has_alike, words};
use crate::votes::Mention;

/// The athletes of Beijing 2022, by nation and the words of their name.
type Athletes = HashMap<(String, Vec<String>), Named>;

/// Nations under which the same athletes competed.
const RELATED: [&[&str]; 4] = [
    &["RUS", "OAR", "ROC@2020", "AIN", "URS", "EUN"],
    &["BLR", "AIN", "URS", "EUN"],
    &["GER", "EUA", "FRG", "GDR"],
    &["SRB", "SCG", "YUG"],
];

/// Takes dates of birth, genders and ids from the lists, and merges new people with those that are the same. Returns the ambiguous.
pub(crate) fn identify(known: &mut Known, mentions: &mut [Mention], decided: &[PersonDecision], beijing: &Athletes) -> Vec<String> {
    learn(known, mentions);
    learn_from_beijing(known, beijing);
    let mut matching = Matching::new(known);
    let new: Vec<usize> = (0..known.people.len()).filter(|place| known.people[*place].key.is_empty()).collect();
    for place in new {
        matching.identify(known, place, decided);
    }
    matching.replace_merged(known, mentions);
    learn(known, mentions);
    matching.ambiguous
}

/// The matching of new people with known ones.
struct Matching {
    /// The people by each word of their names.
    by_word: HashMap<String, Vec<usize>>,
    /// The person that a new one was merged into.
    merged: HashMap<usize, usize>,
    ambiguous: Vec<String>,
}

impl Matching {
    fn new(known: &Known) -> Self {
        let mut matching = Self { by_word: HashMap::new(), merged: HashMap::new(), ambiguous: Vec::new() };
        for (place, person) in known.people.iter().enumerate().filter(|(_, person)| !person.key.is_empty()) {
            matching.add_words(&person.words, place);
        }
        matching
    }

    fn add_words(&mut self, words: &[String], place: usize) {
        for word in words {
            self.by_word.entry(word.clone()).or_default().push(place);
        }
    }

    /// Merges a new person into the one that they are, if there is one.
    fn identify(&mut self, known: &mut Known, new: usize, decided: &[PersonDecision]) {
        let person = &known.people[new];
        let decision = decided.iter().find(|decision| decision.name == person.name);
        let alike = match decision {
            Some(decision) => decision.is.as_ref().and_then(|key| known.by_key.get(key)).copied().into_iter().collect(),
            None => self.alike(known, person),
        };
        match alike[..] {
            [] => self.add_words(&known.people[new].words, new),
            [other] => {
                self.merge(known, other, new);
                self.add_words(&known.people[new].words, other);
            }
            [first, ..] => {
                let keys: Vec<&str> = alike.iter().map(|other| known.people[*other].key.as_str()).collect();
                self.ambiguous.push(format!("{} ({:?}, {:?}) may be {}", person.name, person.nations, person.years, keys.join(", ")));
                self.merge(known, first, new);
            }
        }
    }

    /// The known people that a new one may be. A matching date of birth or full name decides among several.
    fn alike(&self, known: &Known, person: &Person) -> Vec<usize> {
        let candidates: BTreeSet<usize> = person.words.iter().filter_map(|word| self.by_word.get(word)).flatten().copied().collect();
        let alike: Vec<usize> = candidates.into_iter().filter(|other| is_same(person, &known.people[*other])).collect();
        if alike.len() < 2 {
            return alike;
        }
        let those = |is_it: fn(&Person, &Person) -> bool| -> Vec<usize> {
            alike.iter().copied().filter(|other| is_it(person, &known.people[*other])).collect()
        };
        let decisive = [those(|one, other| is_born_alike(one, other) == Some(true)), those(has_same_words)];
        decisive.into_iter().find(|best| best.len() == 1).unwrap_or(alike)
    }

    fn merge(&mut self, known: &mut Known, into: usize, from: usize) {
        self.merged.insert(from, into);
        absorb(known, into, from);
    }

    /// The person at this index after all merges.
    fn root(&self, mut place: usize) -> usize {
        while let Some(into) = self.merged.get(&place) {
            place = *into;
        }
        place
    }

    /// Replaces the merged people in entries and mentions.
    fn replace_merged(&self, known: &mut Known, mentions: &mut [Mention]) {
        for entry in known.editions.values_mut().flatten() {
            for people in [&mut entry.members, &mut entry.recipients] {
                for person in people.iter_mut() {
                    *person = self.root(*person);
                }
                people.sort_unstable();
                people.dedup();
            }
            if let Competitor::Athlete(athlete) = &mut entry.competitor {
                *athlete = self.root(*athlete);
            }
        }
        for mention in mentions {
            mention.person = self.root(mention.person);
        }
    }
}

/// Completes people by what the lists say of them.
fn learn(known: &mut Known, mentions: &[Mention]) {
    for mention in mentions {
        let person = &mut known.people[mention.person];
        if person.is_checked {
            continue;
        }
        if person.words.is_empty() {
            person.words = words(&mention.named.name);
            person.name.clone_from(&mention.named.name);
        }
        if let Some(day) = mention.named.born {
            // An age gives the year, or the one before it.
            let fits = person.born.as_ref().is_none_or(|born| {
                let year: i32 = born.get(..4).and_then(|year| year.parse().ok()).unwrap_or_default();
                born.len() < 10 && (-1..=0).contains(&(chrono::Datelike::year(&day) - year))
            });
            if fits {
                person.born = Some(day.to_string());
            }
        }
        if person.gender == Gender::Unknown {
            person.gender = mention.named.gender_or(Gender::Unknown);
        }
    }
}

/// Takes gender and date of birth of new people from the athletes of Beijing 2022.
fn learn_from_beijing(known: &mut Known, beijing: &Athletes) {
    for person in known.people.iter_mut().filter(|person| person.key.is_empty() && person.years.0 <= 2022 && person.years.1 >= 2018) {
        let mut name = person.words.clone();
        name.sort_unstable();
        let found = person.nations.iter().find_map(|nation| {
            let nation = if nation == "OAR" { "ROC@2020" } else { nation };
            beijing.get(&(nation.to_owned(), name.clone()))
        });
        if let Some(named) = found {
            person.born = person.born.take().or_else(|| named.born.map(|day| day.to_string()));
            if person.gender == Gender::Unknown {
                person.gender = named.gender_or(Gender::Unknown);
            }
        }
    }
}

/// Adds what is known of a new person to the one that they are.
fn absorb(known: &mut Known, into: usize, from: usize) {
    let from = known.people[from].clone();
    let person = &mut known.people[into];
    for word in from.words {
        if !person.words.contains(&word) {
            person.words.push(word);
        }
    }
    person.nations.extend(from.nations);
    person.disciplines.extend(from.disciplines);
    person.years = (person.years.0.min(from.years.0), person.years.1.max(from.years.1));
    if person.gender == Gender::Unknown {
        person.gender = from.gender;
    }
    if person.born.as_ref().is_none_or(|born| born.len() < 10) && !person.is_checked && from.born.is_some() {
        person.born = from.born;
    }
}

/// Whether two people with common words in their names are one.
fn is_same(new: &Person, other: &Person) -> bool {
    let genders = new.gender == other.gender || new.gender == Gender::Unknown || other.gender == Gender::Unknown;
    let contains = |one: &[String], all: &[String]| one.iter().all(|word| has_alike(all, word));
    let names = contains(&new.words, &other.words) || contains(&other.words, &new.words);
    let years = new.years.0 - other.years.1 <= 28 && other.years.0 - new.years.1 <= 28;
    let disciplines = !new.disciplines.is_disjoint(&other.disciplines);
    let born = is_born_alike(new, other);
    // Lists sometimes differ in a digit of the date.
    let is_near = new.born.as_deref().zip(other.born.as_deref()).is_some_and(|(one, other)| {
        one.get(..7) == other.get(..7)
            || one.get(4..) == other.get(4..)
            || (one.get(..4) == other.get(..4) && one.get(8..) == other.get(8..))
    });
    if !genders || !years || (born == Some(false) && !(names && is_near && disciplines)) {
        return false;
    }
    let exact = born == Some(true) && new.born.as_ref().is_some_and(|born| born.len() == 10) && new.born == other.born;
    match (names, is_related(&new.nations, &other.nations)) {
        (true, true) => disciplines || exact,
        (true, false) | (false, true) => exact && disciplines,
        (false, false) => false,
    }
}

fn has_same_words(one: &Person, other: &Person) -> bool {
    one.words.len() == other.words.len() && one.words.iter().all(|word| other.words.contains(word))
}

fn is_related(one: &BTreeSet<String>, other: &BTreeSet<String>) -> bool {
    !one.is_disjoint(other)
        || RELATED.iter().any(|group| {
            let has = |nations: &BTreeSet<String>| group.iter().any(|nation| nations.contains(*nation));
            has(one) && has(other)
        })
}

/// Whether two people were born on the same day, or may have been; `None` when nothing is known.
fn is_born_alike(one: &Person, other: &Person) -> Option<bool> {
    let (one, other) = (one.born.as_ref()?, other.born.as_ref()?);
    if one.len() == 10 && other.len() == 10 {
        return Some(one == other);
    }
    let year = |born: &str| born.get(..4).and_then(|year| year.parse::<i32>().ok()).unwrap_or_default();
    Some((year(one) - year(other)).abs() <= 1)
}

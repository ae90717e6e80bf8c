//! Who is who: finds out which new people are known already, and by which name people are known.

use std::collections::{BTreeSet, HashMap};

use podium_entity::athlete::Gender;

use crate::claim::{Named, Source};
use crate::decisions::PersonDecision;
use crate::known::{Known, Person};
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
    let mut by_word: HashMap<String, Vec<usize>> = HashMap::new();
    let is_new = |person: &Person| person.key.is_empty();
    for (place, person) in known.people.iter().enumerate().filter(|(_, person)| !is_new(person)) {
        for word in &person.words {
            by_word.entry(word.clone()).or_default().push(place);
        }
    }
    let mut same: HashMap<usize, usize> = HashMap::new();
    let mut ambiguous = Vec::new();
    let new: Vec<usize> = (0..known.people.len()).filter(|place| is_new(&known.people[*place])).collect();
    for place in new {
        let person = &known.people[place];
        let decision = decided.iter().find(|decision| decision.name == person.name);
        let is = decision.and_then(|decision| decision.is.as_ref()).and_then(|key| known.by_key.get(key));
        let candidates: BTreeSet<usize> = person.words.iter().filter_map(|word| by_word.get(word)).flatten().copied().collect();
        let candidates = if decision.is_some() { BTreeSet::new() } else { candidates };
        let mut alike: Vec<usize> = candidates.into_iter().filter(|other| is_same(person, &known.people[*other])).collect();
        if alike.len() > 1 {
            let exact: Vec<usize> =
                alike.iter().copied().filter(|other| is_born_alike(person, &known.people[*other]) == Some(true)).collect();
            let equal: Vec<usize> = alike.iter().copied().filter(|other| has_same_words(person, &known.people[*other])).collect();
            if let Some(best) = [exact, equal].into_iter().find(|best| best.len() == 1) {
                alike = best;
            }
        }
        match (is, alike.as_slice()) {
            (Some(other), _) | (None, [other]) => {
                let other = *other;
                same.insert(place, other);
                absorb(known, other, place);
                for word in known.people[place].words.clone() {
                    by_word.entry(word).or_default().push(other);
                }
            }
            (None, []) => {
                for word in known.people[place].words.clone() {
                    by_word.entry(word).or_default().push(place);
                }
            }
            (None, several) => {
                let keys: Vec<&str> = several.iter().map(|other| known.people[*other].key.as_str()).collect();
                ambiguous.push(format!("{} ({:?}, {:?}) may be {}", person.name, person.nations, person.years, keys.join(", ")));
                let first = several[0];
                same.insert(place, first);
                absorb(known, first, place);
            }
        }
    }
    let root = |mut place: usize| {
        while let Some(other) = same.get(&place) {
            place = *other;
        }
        place
    };
    for entry in known.editions.values_mut().flatten() {
        for member in entry.members.iter_mut().chain(&mut entry.recipients) {
            *member = root(*member);
        }
        if let crate::known::Competitor::Athlete(athlete) = &mut entry.competitor {
            *athlete = root(*athlete);
        }
        entry.members.sort_unstable();
        entry.members.dedup();
        entry.recipients.sort_unstable();
        entry.recipients.dedup();
    }
    for mention in mentions.iter_mut() {
        mention.person = root(mention.person);
    }
    learn(known, mentions);
    ambiguous
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

/// Merges a new person into the known one that they are.
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

/// The usual name of a person, and its family name if a list has it.
pub(crate) fn known_as(person: &Person, mentions: &[&Mention]) -> (String, Option<String>) {
    let of = |source: Source| mentions.iter().filter(move |mention| mention.source == source).max_by_key(|mention| &mention.games);
    let family = family_words(mentions);
    let name = if person.is_checked {
        person.name.clone()
    } else {
        // Wikipedia joins the names of a team.
        let is_one = |mention: &Mention| mention.source != Source::Wikipedia || words(&mention.named.name).len() <= person.words.len();
        let whole = [Source::OlympediaMedals, Source::Wikidata, Source::Wikipedia]
            .into_iter()
            .find_map(|source| of(source).filter(|found| is_one(found)));
        let whole = whole.map(|found| clean(&found.named.name));
        let others =
            [Source::Paris2024, Source::OlympicsCom, Source::MilanoCortina2026, Source::Tokyo2020, Source::Olympanalyt, Source::IocMedals];
        let selected = || {
            others
                .into_iter()
                .filter(|_| !person.key.is_empty())
                .find_map(|source| of(source).and_then(|found| select(&person.name, &found.named.name)))
        };
        let printed = || {
            let found = others.into_iter().find_map(|source| of(source).map(|found| found.named.name.clone()));
            found.filter(|_| person.key.is_empty()).map(|name| given_first(&name, is_family_first(person)))
        };
        whole
            .filter(|name| is_latin(name) && !is_family_alone(name, &person.name))
            .or_else(selected)
            .or_else(printed)
            .unwrap_or_else(|| person.name.clone())
    };
    let family = family.and_then(|family| {
        let found: Vec<&str> = name.split(' ').filter(|word| words(word).iter().all(|word| has_alike(&family, word))).collect();
        let joined = found.join(" ");
        (!joined.is_empty() && joined.len() < name.len() && (name.ends_with(&joined) || name.starts_with(&joined))).then_some(joined)
    });
    (name, family)
}

/// Whether a list prints only the family name of somebody whose full name is known.
fn is_family_alone(name: &str, full: &str) -> bool {
    !name.contains(' ') && full.contains(' ') && words(full).last().is_some_and(|last| words(name).contains(last))
}

fn is_latin(name: &str) -> bool {
    name.chars().all(|letter| !letter.is_alphabetic() || (letter as u32) < 0x370 || (0x1E00..0x1F00).contains(&(letter as u32)))
}

fn is_family_first(person: &Person) -> bool {
    const NATIONS: [&str; 7] = ["CHN", "KOR", "PRK", "TPE", "VIE", "COR", "HKG"];
    person.nations.iter().all(|nation| NATIONS.contains(&nation.as_str()))
}

/// The words that lists print in capitals: the family name.
fn family_words(mentions: &[&Mention]) -> Option<Vec<String>> {
    let capitals = |name: &str| -> Vec<String> {
        let is_capital =
            |word: &&str| word.chars().filter(|letter| letter.is_alphabetic()).count() > 1 && !word.chars().any(char::is_lowercase);
        name.split([' ', ',']).filter(is_capital).flat_map(words).collect()
    };
    let lists = mentions.iter().filter(|mention| is_latin(&mention.named.name)).map(|mention| capitals(&mention.named.name));
    lists.filter(|family| !family.is_empty()).max_by_key(Vec::len)
}

/// The words of the full name that a list prints, in the order and spelling of the full name.
fn select(full: &str, printed: &str) -> Option<String> {
    let printed = words(printed);
    let full: Vec<&str> = full.split(' ').map(|word| word.trim_end_matches(',')).collect();
    let all: Vec<String> = full.iter().flat_map(|word| words(word)).collect();
    if printed.len() < 2 || !printed.iter().all(|word| has_alike(&all, word)) {
        return None;
    }
    let chosen: Vec<&str> = full.into_iter().filter(|word| words(word).iter().any(|word| has_alike(&printed, word))).collect();
    (chosen.len() >= 2).then(|| chosen.join(" "))
}

/// A name without nicknames in quotes, invisible letters, blanks in a row, and Cyrillic letters that look like Latin ones.
fn clean(name: &str) -> String {
    const LOOKALIKES: [(char, char); 7] = [('а', 'a'), ('е', 'e'), ('о', 'o'), ('р', 'p'), ('с', 'c'), ('х', 'x'), ('ϊ', 'ï')];
    let mut text: String = name
        .chars()
        .filter(|letter| !('\u{200B}'..='\u{200F}').contains(letter))
        .map(|letter| LOOKALIKES.iter().find(|(from, _)| *from == letter).map_or(letter, |(_, to)| *to))
        .collect();
    while let (Some(open), Some(close)) = (text.find('“'), text.find('”')) {
        if close < open {
            break;
        }
        text.replace_range(open..close + '”'.len_utf8(), " ");
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `von ALLMEN Franjo`, `ALLMEN, Franjo` and `Franjo ALLMEN` with the given name first and in ordinary letters.
fn given_first(printed: &str, is_family_first: bool) -> String {
    let is_capital = |word: &str| word.chars().filter(|letter| letter.is_alphabetic()).count() > 1 && !word.chars().any(char::is_lowercase);
    let split = |words: &[&str]| words.iter().map(|word| lower(word)).collect::<Vec<String>>();
    let words: Vec<&str> = printed.split_whitespace().collect();
    let first = words.iter().position(|word| is_capital(word));
    let is_particle = |word: &&str| word.chars().next().is_some_and(char::is_lowercase);
    let (family, given) = match (printed.split_once(", "), first) {
        (Some((family, given)), _) => (split(&family.split(' ').collect::<Vec<_>>()), split(&given.split(' ').collect::<Vec<_>>())),
        // Particles in small letters before the capitals belong to the family name when nothing else precedes them.
        (None, Some(first)) if words[..first].iter().all(is_particle) => {
            let last = words.iter().rposition(|word| is_capital(word)).unwrap_or(first);
            (split(&words[..=last]), split(&words[last + 1..]))
        }
        (None, Some(first)) => (split(&words[first..]), split(&words[..first])),
        (None, None) => (Vec::new(), split(&words)),
    };
    let order = if is_family_first { [family, given] } else { [given, family] };
    order.concat().join(" ")
}

/// A word in capitals with a capital only where a part of it begins.
fn lower(word: &str) -> String {
    if word.chars().any(char::is_lowercase) {
        return word.to_owned();
    }
    let mut starts = true;
    word.chars()
        .map(|letter| {
            let shown = if starts { letter.to_string() } else { letter.to_lowercase().collect() };
            starts = !letter.is_alphanumeric();
            shown
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_names_become_those_people_are_known_by() {
        for (printed, name) in [
            ("von ALLMEN Franjo", "Franjo von Allmen"),
            ("BRYANT, Kobe", "Kobe Bryant"),
            ("Usain BOLT", "Usain Bolt"),
            ("KLAEBO Johannes Hoesflot", "Johannes Hoesflot Klaebo"),
            ("O'BRIEN Kate", "Kate O'Brien"),
        ] {
            assert_eq!(given_first(printed, false), name);
        }
        assert_eq!(select("Michael Fred Phelps, II", "PHELPS, Michael").as_deref(), Some("Michael Phelps"));
        assert_eq!(select("Chen Xiexia", "Xiexia CHEN").as_deref(), Some("Chen Xiexia"));
    }
}

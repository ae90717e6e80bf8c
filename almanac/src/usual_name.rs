//! The usual name of a person, chosen from what the lists print.

use podium_entity::names::homoglyphs::to_latin;

use crate::claim::Source;
use crate::known::Person;
use crate::names::{has_alike, words};
use crate::votes::Mention;

/// The usual name of a person, and its family name if a list has it.
pub(crate) fn usual_name(person: &Person, mentions: &[&Mention]) -> (String, Option<String>) {
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

/// A name without nicknames in quotes, invisible letters, homoglyphs and repeated blanks.
fn clean(name: &str) -> String {
    let visible: String = name.chars().filter(|letter| !('\u{200B}'..='\u{200F}').contains(letter)).collect();
    let mut text = to_latin(&visible).into_owned();
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

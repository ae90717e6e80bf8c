//! How close a name is to the text that somebody typed.

use std::collections::HashMap;

use podium_entity::names::phonetic::{equal_names, words};
use uuid::Uuid;

/// The closest of several names to a text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Spelling {
    /// As printed.
    pub(crate) name: String,
    /// From `LEAST` to `MOST`.
    pub(crate) closeness: f64,
}

/// The least closeness of a name that was probably meant.
const LEAST: f64 = 0.85;
/// The most: that of a name which is only written together or apart. A name with the text itself is closer.
const MOST: f64 = 0.99;
/// How many names are shown that only sound like a text.
const SHOWN: usize = 20;
/// How close a given name is to an equivalent one, such as a short form.
const EQUAL_NAME: f64 = 0.95;

/// The ways to read a text as words: as they stand, or with two neighbours as one word.
pub(crate) fn readings(text: &str) -> Vec<Vec<String>> {
    let apart: Vec<&str> = text.split(' ').collect();
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let joined = (1..apart.len()).map(|place| {
        let mut words = owned(&apart[..place - 1]);
        words.push(apart[place - 1..=place].concat());
        words.extend(owned(&apart[place + 1..]));
        words
    });
    std::iter::once(owned(&apart)).chain(joined).collect()
}

/// Compares names with a text, in each of its readings.
pub(crate) struct Comparison {
    /// The words of the readings, each once.
    words: Vec<TypedWord>,
    /// The words of each reading, by their places in `words`.
    readings: Vec<Vec<usize>>,
    /// How much a word of a name is like each of `words`. Names have many words in common.
    known: HashMap<String, Vec<f64>>,
}

struct TypedWord {
    text: String,
    equal_names: Vec<&'static str>,
}

impl Comparison {
    pub(crate) fn with(readings: &[Vec<String>]) -> Self {
        let mut distinct: Vec<&String> = readings.iter().flatten().collect();
        distinct.sort_unstable();
        distinct.dedup();
        let place = |word: &String| distinct.binary_search(&word).unwrap_or_default();
        let readings = readings.iter().map(|words| words.iter().map(place).collect()).collect();
        let word = |text: &&String| TypedWord { text: (*text).clone(), equal_names: equal_names(text).collect() };
        Self { words: distinct.iter().map(word).collect(), readings, known: HashMap::new() }
    }

    /// The closest of names, given folded and printed, if it is close enough.
    pub(crate) fn closest<'a>(&mut self, names: impl Iterator<Item = (&'a str, &'a str)>) -> Option<Spelling> {
        let names = names.map(|(folded, printed)| (self.closeness(folded).min(MOST), printed));
        // Of equally close names the first: the usual name is listed before the full one.
        let (closeness, name) = names.reduce(|best, other| if other.0 > best.0 { other } else { best })?;
        (closeness >= LEAST).then(|| Spelling { name: name.to_owned(), closeness })
    }

    /// How close a folded name is to the text in one of its readings: the mean over its words of how much the nearest word of the name is like it.
    /// From 0 to 1.
    fn closeness(&mut self, name: &str) -> f64 {
        let mut nearest = vec![0.0; self.words.len()];
        for word in words(name) {
            for (nearest, likeness) in nearest.iter_mut().zip(self.likenesses(&word)) {
                *nearest = f64::max(*nearest, *likeness);
            }
        }
        let of_reading = |words: &Vec<usize>| {
            words.iter().map(|word| nearest[*word]).sum::<f64>() / f64::from(u32::try_from(words.len()).unwrap_or(u32::MAX))
        };
        self.readings.iter().map(of_reading).fold(0.0, f64::max)
    }

    /// How much a word of a name is like each word of the text.
    fn likenesses(&mut self, other: &str) -> &[f64] {
        if !self.known.contains_key(other) {
            let likenesses = self.words.iter().map(|word| word.likeness(other)).collect();
            self.known.insert(other.to_owned(), likenesses);
        }
        &self.known[other]
    }
}

impl TypedWord {
    fn likeness(&self, other: &str) -> f64 {
        let spelled = strsim::jaro_winkler(&self.text, other);
        if spelled < EQUAL_NAME && self.equal_names.contains(&other) { EQUAL_NAME } else { spelled }
    }
}

/// The closest items first, given their closeness, their medals and their id. Closeness is rounded to a twentieth, so a well-known athlete
/// precedes a marginally closer spelling.
pub(crate) fn ranked<T>(mut items: Vec<T>, key: impl Fn(&T) -> (f64, i32, Uuid)) -> Vec<T> {
    items.sort_by(|one, other| {
        let ((closeness, medals, id), (other_closeness, other_medals, other_id)) = (key(one), key(other));
        let step = |closeness: f64| (closeness * 20.0).round();
        let closer = step(other_closeness).total_cmp(&step(closeness));
        closer.then(other_medals.cmp(&medals)).then(other_closeness.total_cmp(&closeness)).then(id.cmp(&other_id))
    });
    items.truncate(SHOWN);
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_apart_and_joined() {
        let read = |text| readings(text).iter().map(|words| words.join("|")).collect::<Vec<_>>();
        assert_eq!(read("yu na kim"), ["yu|na|kim", "yuna|kim", "yu|nakim"]);
        assert_eq!(read("pele"), ["pele"]);
    }

    #[test]
    fn near_spellings_are_closer_than_far_ones() {
        let close = |text: &str, name: &str| Comparison::with(&readings(text)).closeness(name);
        assert!((close("larisa latynina", "latynina larisa") - 1.0).abs() < f64::EPSILON);
        assert!(close("larysa latynina", "larisa latynina") > 0.9);
        assert!(close("steve redgrave", "steven redgrave") > 0.97 && close("bill toomey", "william toomey") > 0.97);
        assert!(close("yuna kim", "kim yu na") > 0.99 && close("yu na kim", "kim yuna") > 0.99);
        assert!(close("larysa latynina", "lars laitinen") < close("larysa latynina", "larisa latynina"));
    }
}

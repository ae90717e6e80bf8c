//! How close a name is to the text that somebody typed.

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

/// The closest of names, given folded and printed, if it is close enough.
pub(crate) fn closest<'a>(readings: &[Vec<String>], names: impl Iterator<Item = (&'a str, &'a str)>) -> Option<Spelling> {
    let names = names.map(|(folded, printed)| (closeness(readings, folded).min(MOST), printed));
    // Of equally close names the first: the usual name is listed before the full one.
    let (closeness, name) = names.reduce(|best, other| if other.0 > best.0 { other } else { best })?;
    (closeness >= LEAST).then(|| Spelling { name: name.to_owned(), closeness })
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

/// How close a folded name is to a text in one of its readings: the mean over its words of how much the nearest word of the name is like it. From
/// 0 to 1.
fn closeness(readings: &[Vec<String>], name: &str) -> f64 {
    let of_name = words(name);
    let nearest = |word: &String| of_name.iter().map(|other| likeness(word, other)).fold(0.0, f64::max);
    let of_reading =
        |words: &Vec<String>| words.iter().map(nearest).sum::<f64>() / f64::from(u32::try_from(words.len()).unwrap_or(u32::MAX));
    readings.iter().map(of_reading).fold(0.0, f64::max)
}

fn likeness(word: &str, other: &str) -> f64 {
    let spelled = strsim::jaro_winkler(word, other);
    if spelled < EQUAL_NAME && equal_names(word).any(|equal| equal == other) { EQUAL_NAME } else { spelled }
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
        let close = |text: &str, name: &str| closeness(&readings(text), name);
        assert!((close("larisa latynina", "latynina larisa") - 1.0).abs() < f64::EPSILON);
        assert!(close("larysa latynina", "larisa latynina") > 0.9);
        assert!(close("steve redgrave", "steven redgrave") > 0.97 && close("bill toomey", "william toomey") > 0.97);
        assert!(close("yuna kim", "kim yu na") > 0.99 && close("yu na kim", "kim yuna") > 0.99);
        assert!(close("larysa latynina", "lars laitinen") < close("larysa latynina", "larisa latynina"));
    }
}

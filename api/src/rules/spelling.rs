//! How close a name is to the text that somebody typed.

use podium_entity::sound::{equal_names, words};

/// How close a given name is to another that stands for it.
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

/// How close a folded name is to a text in one of its readings: the mean over its words of how much the nearest word of the name is like it. From
/// 0 to 1.
pub(crate) fn closeness(readings: &[Vec<String>], name: &str) -> f64 {
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

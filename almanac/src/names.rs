//! Compares the names of people and events as different sources print them.

use podium_entity::names::fold::fold;

/// The folded words of a name.
pub(crate) fn words(name: &str) -> Vec<String> {
    fold(name).split(' ').filter(|word| !word.is_empty()).map(plain).collect()
}

/// A word without the letters that transliterations add: `mueller` and `muller` are alike.
fn plain(word: &str) -> String {
    let spellings = [("y", "i"), ("ie", "e"), ("ae", "a"), ("oe", "o"), ("ue", "u"), ("sch", "sh"), ("ph", "f"), ("x", "ks")];
    spellings.into_iter().fold(word.to_owned(), |word, (from, to)| word.replace(from, to))
}

/// How much of one name is found in another, from 0 to 1.
pub(crate) fn likeness(claimed: &[String], known: &[String]) -> f64 {
    if claimed.is_empty() || known.is_empty() {
        return 0.0;
    }
    // Each word stands for one word, so that an Ivan is not found in Ivanov.
    let mut free: Vec<&String> = known.iter().collect();
    let mut found = 0;
    for word in claimed {
        let place = free.iter().position(|other| *other == word).or_else(|| free.iter().position(|other| is_alike(word, other)));
        if let Some(place) = place {
            free.swap_remove(place);
            found += 1;
        }
    }
    let shorter = claimed.len().min(known.len());
    // One word in common is little when both names have several.
    (found.min(shorter) as f64) / (shorter as f64).max(if claimed.len() > 1 && known.len() > 1 { 2.0 } else { 1.0 })
}

/// Whether one of the words is like this one.
pub(crate) fn has_alike(words: &[String], word: &str) -> bool {
    words.iter().any(|other| is_alike(word, other))
}

/// Whether two words are the same but for one letter, or one is short for the other.
fn is_alike(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short.len() >= 3 && long.starts_with(short) {
        return true;
    }
    short.len() >= 5 && long.len() - short.len() <= 1 && differs_by_one(short.as_bytes(), long.as_bytes())
}

fn differs_by_one(short: &[u8], long: &[u8]) -> bool {
    let head = short.iter().zip(long).take_while(|(one, other)| one == other).count();
    let tail = short[head..].iter().rev().zip(long[head..].iter().rev()).take_while(|(one, other)| one == other).count();
    head + tail + 1 >= long.len()
}

/// The words of an event's title, in one spelling of distances and crews.
pub(crate) fn title_words(title: &str) -> Vec<String> {
    let mut text = title.to_lowercase().replace('×', "x").replace("&gt;", "+");
    for (from, to) in [
        (" kilometres", "km"),
        (" kilometers", "km"),
        (" kilometre", "km"),
        (" metres", "m"),
        (" meters", "m"),
        (" metre", "m"),
        (" miles", "mile"),
        (" x ", "x"),
        ("canadian", "canoe"),
        ("singles", "single"),
        ("doubles", "double"),
        ("pairs", "pair"),
        ("fours", "four"),
        ("eights", "eight"),
        ("synchronized", "synchronised"),
        ("all-round", "all-around"),
        ("pommelled", "pommel"),
        ("super g", "super-g"),
        ("half-pipe", "halfpipe"),
        ("race walk", "walk"),
        ("horizontal bar", "horizontal-bar"),
        ("women's", "women"),
        ("men's", "men"),
        ("ladies’", "women"),
    ] {
        text = text.replace(from, to);
    }
    // A thousands separator is no part of a number.
    let bytes: Vec<char> = text.chars().collect();
    let joined: String = bytes
        .iter()
        .enumerate()
        .filter(|(place, letter)| {
            !(**letter == ',' && *place > 0 && bytes[place - 1].is_ascii_digit() && bytes.get(place + 1).is_some_and(char::is_ascii_digit))
        })
        .map(|(_, letter)| *letter)
        .collect();
    let mut words: Vec<String> = joined
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty() && !["the", "of", "and", "event", "race", "individual", "competition"].contains(word))
        .map(str::to_owned)
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// The share of words that two titles have in common.
pub(crate) fn title_likeness(one: &[String], other: &[String]) -> f64 {
    let common = one.iter().filter(|word| other.contains(word)).count();
    common as f64 / (one.len() + other.len() - common).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_person_are_alike() {
        for (claimed, known) in [
            ("Thomas BURKE", "Thomas Edmund Burke"),
            ("Jurgen SCHULTZE", "Jürgen Schütze"),
            ("Yohan BLAKE", "Yohan Blake"),
            ("GRUENKE, Klaus-Juergen", "Klaus-Jürgen Grünke"),
        ] {
            assert!(likeness(&words(claimed), &words(known)) >= 0.66, "{claimed}, {known}");
        }
        assert!(likeness(&words("Ivan Ivanov"), &words("Ivan Petrov")) < 0.66);
    }

    #[test]
    fn titles_of_one_event_are_alike() {
        assert_eq!(title_words("1,500 metres, Men"), title_words("men 1500m"));
        assert_eq!(title_words("4 × 100 metres Relay, Women"), title_words("Women's 4x100m relay"));
    }
}

//! Homoglyphs: letters of another alphabet that look like Latin ones. Sources have them inside Latin names, where no search finds them.

use std::borrow::Cow;

/// Greek and Cyrillic letters, and the Latin letters that they look like, in the same order.
const HOMOGLYPHS: (&str, &str) = ("βιϊνοАВЕКМНОРСТХаеорсухѕіјҪҫԁ", "ßiïvoABEKMHOPCTXaeopcyxsijÇçd");

/// Replaces homoglyphs with the Latin letters that they look like, in words that are mostly Latin and in words of nothing but homoglyphs.
pub fn to_latin(text: &str) -> Cow<'_, str> {
    match text.is_ascii() || !text.chars().any(|letter| latin(letter).is_some()) || !is_mostly_latin(text) {
        true => text.into(),
        false => text.split(' ').map(word_to_latin).collect::<Vec<_>>().join(" ").into(),
    }
}

fn word_to_latin(word: &str) -> String {
    let is_all_alike = word.chars().filter(|letter| letter.is_alphabetic()).all(|letter| latin(letter).is_some());
    match is_mostly_latin(word) || is_all_alike {
        true => word.chars().map(|letter| latin(letter).unwrap_or(letter)).collect(),
        false => word.to_owned(),
    }
}

/// Whether more than half of the letters are Latin. Most Latin blocks stand before the Greek one; the letters of Vietnamese stand after it.
fn is_mostly_latin(text: &str) -> bool {
    let letters = || text.chars().filter(|letter| letter.is_alphabetic());
    let is_latin = |letter: &char| *letter < '\u{370}' || ('\u{1e00}'..='\u{1eff}').contains(letter);
    letters().filter(is_latin).count() * 2 > letters().count()
}

/// The Latin letter that a letter looks like.
fn latin(letter: char) -> Option<char> {
    let (others, latin) = HOMOGLYPHS;
    others.chars().zip(latin.chars()).find(|(other, _)| *other == letter).map(|(_, latin)| latin)
}

#[cfg(test)]
mod tests {
    use super::to_latin;

    #[test]
    fn latin_words_have_latin_letters() {
        for (printed, expected) in [
            ("Eleоnora Trifоnova", "Eleonora Trifonova"),
            ("Zlatаn Аndili", "Zlatan Andili"),
            ("Groβe Ҫoban", "Große Çoban"),
            ("Medina ԁе Gómez", "Medina de Gómez"),
            ("Nguyễn ễạо", "Nguyễn ễạo"),
            ("Ann Żyła", "Ann Żyła"),
            ("Николай Андрианов", "Николай Андрианов"),
            ("王艳 Νίκος", "王艳 Νίκος"),
        ] {
            assert_eq!(to_latin(printed), expected);
        }
    }
}

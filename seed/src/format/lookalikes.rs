//! Letters of another alphabet that look like Latin ones. Sources have them inside Latin names, where nobody sees them and no search finds
//! them.

use std::borrow::Cow;

/// Greek and Cyrillic letters, and the Latin letters that they look like, in the same order.
const LOOKALIKES: (&str, &str) = ("βιϊνοАВЕКМНОРСТХаеорсухѕіјҪҫ", "ßiïvoABEKMHOPCTXaeopcyxsijÇç");

/// A text whose Latin words have only Latin letters: in a word that is mostly Latin, lookalikes become the letters that they look like.
pub(crate) fn mended(text: &str) -> Cow<'_, str> {
    match text.is_ascii() || !text.chars().any(|letter| latin(letter).is_some()) {
        true => text.into(),
        false => text.split(' ').map(mended_word).collect::<Vec<_>>().join(" ").into(),
    }
}

fn mended_word(word: &str) -> String {
    let alike = word.chars().filter(|letter| latin(*letter).is_some()).count();
    let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
    // The Latin blocks end where the Greek one begins.
    let is_latin = word.chars().filter(|letter| letter.is_alphabetic() && *letter < '\u{370}').count() * 2 > letters;
    if is_latin && alike > 0 { word.chars().map(|letter| latin(letter).unwrap_or(letter)).collect() } else { word.to_owned() }
}

/// The Latin letter that a letter looks like.
fn latin(letter: char) -> Option<char> {
    let (others, latin) = LOOKALIKES;
    others.chars().zip(latin.chars()).find(|(other, _)| *other == letter).map(|(_, latin)| latin)
}

#[cfg(test)]
mod tests {
    use super::mended;

    #[test]
    fn latin_words_have_latin_letters() {
        for (printed, expected) in [
            ("Eleоnora Trifоnova", "Eleonora Trifonova"),
            ("Zlatаn Аndili", "Zlatan Andili"),
            ("Groβe Ҫoban", "Große Çoban"),
            ("Ann Żyła", "Ann Żyła"),
            ("Николай Андрианов", "Николай Андрианов"),
            ("王艳 Νίκος", "王艳 Νίκος"),
        ] {
            assert_eq!(mended(printed), expected);
        }
    }
}

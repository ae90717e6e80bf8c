//! Parses names that are printed `FAMILY Given`: `van AERT Wout` is Wout van Aert.

use podium_entity::athlete::NameOrder;
use podium_entity::names::homoglyphs::to_latin;

/// Codes of nations that put the family name first.
const FAMILY_FIRST: [&str; 7] = ["CHN", "HKG", "KOR", "MGL", "PRK", "TPE", "VIE"];

/// Numerals after a family name.
const NUMERALS: [&str; 3] = ["II", "III", "IV"];

/// A parsed name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PrintedName {
    /// As it is usually printed.
    pub(super) usual: String,
    pub(super) given: Option<String>,
    pub(super) family: Option<String>,
    pub(super) order: NameOrder,
    /// As in an index.
    pub(super) indexed: String,
}

impl PrintedName {
    /// Parses the name of an athlete. `nation` is the code of the nation.
    pub(super) fn read(printed: &str, nation: &str) -> Self {
        let printed = to_latin(printed);
        let words: Vec<&str> = printed.split_whitespace().collect();
        let families = families(&words);
        if families == words.len() {
            let usual = in_normal_case(&words);
            let order = if words.len() > 1 { NameOrder::GivenFirst } else { NameOrder::Mononym };
            return Self { indexed: usual.clone(), usual, given: None, family: None, order };
        }
        let (family, given) = (in_normal_case(&words[..families]), words[families..].join(" "));
        let is_family_first = FAMILY_FIRST.contains(&nation);
        let family_first = format!("{family} {given}");
        Self {
            usual: if is_family_first { family_first.clone() } else { format!("{given} {family}") },
            indexed: if is_family_first { family_first } else { format!("{family}, {given}") },
            order: if is_family_first { NameOrder::FamilyFirst } else { NameOrder::GivenFirst },
            given: Some(given),
            family: Some(family),
        }
    }
}

/// How many words belong to the family name: up to the last word in capitals before the given names. Without that sign, all words
/// do.
fn families(words: &[&str]) -> usize {
    let mut families = 0;
    for (place, word) in words.iter().enumerate() {
        let is_before_capitals = words.get(place + 1).is_some_and(|next| is_in_capitals(next));
        if is_in_capitals(word) {
            families = place + 1;
        } else if *word != word.to_lowercase() && !(word.len() <= 3 && is_before_capitals) {
            break;
        }
    }
    let initials = words.iter().skip(1).rev().take_while(|word| are_initials(word)).count();
    match families {
        0 => words.len().min(1),
        all if all == words.len() => all - initials,
        some => some,
    }
}

/// Whether a word is in capitals, or at least ends in capitals: `McKENZIE`.
fn is_in_capitals(word: &str) -> bool {
    let mut letters = word.chars().rev().filter(|letter| letter.is_alphabetic());
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_uppercase)
}

/// Whether a word is initials that are spoken letter by letter: `CJ`, `C.T.`.
fn are_initials(word: &str) -> bool {
    word.len() <= 4 && (word.contains('.') || (word.len() == 2 && !word.contains(['A', 'E', 'I', 'O', 'U', 'Y'])))
}

fn in_normal_case(words: &[&str]) -> String {
    words.iter().map(|word| if NUMERALS.contains(word) { (*word).to_owned() } else { capitalized(word) }).collect::<Vec<_>>().join(" ")
}

/// Lower-cases a word, but keeps capitals at the beginning, after a hyphen, in `D'Amour` and `McKenzie`. `Fuala'au` has none after
/// the apostrophe.
fn capitalized(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let stays = |place: usize| match place.checked_sub(1).map(|before| letters[before]) {
        None => true,
        Some('\'' | '’') => place == 2 || letters.len() - place > 2,
        Some(before) => before.is_lowercase() || !before.is_alphanumeric(),
    };
    let cased = letters.iter().enumerate();
    cased.map(|(place, letter)| if stays(place) { letter.to_string() } else { letter.to_lowercase().to_string() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_are_the_family_name() {
        let cases = [
            ("GANNA Filippo", "ITA", "Filippo Ganna", "Ganna, Filippo"),
            ("van AERT Wout", "BEL", "Wout van Aert", "van Aert, Wout"),
            ("van der POEL Mathieu", "NED", "Mathieu van der Poel", "van der Poel, Mathieu"),
            ("De GRASSE Andre", "CAN", "Andre De Grasse", "De Grasse, Andre"),
            ("Mc NAY Stuart Pfeiffer", "USA", "Stuart Pfeiffer Mc Nay", "Mc Nay, Stuart Pfeiffer"),
            ("McLAUGHLIN-LEVRONE Sydney", "USA", "Sydney McLaughlin-Levrone", "McLaughlin-Levrone, Sydney"),
            ("JAMES LeBron", "USA", "LeBron James", "James, LeBron"),
            ("de BEVER McKenna", "PER", "McKenna de Bever", "de Bever, McKenna"),
            ("D'AMATO Alice", "ITA", "Alice D'Amato", "D'Amato, Alice"),
            ("FUALA'AU Naima", "USA", "Naima Fuala'au", "Fuala'au, Naima"),
            ("le COURT de BILLOT Kimberley", "MRI", "Kimberley le Court de Billot", "le Court de Billot, Kimberley"),
            ("GARCIA I PUJOLAR Aleix", "ESP", "Aleix Garcia I Pujolar", "Garcia I Pujolar, Aleix"),
            ("JENDRYK II Jeffrey", "USA", "Jeffrey Jendryk II", "Jendryk II, Jeffrey"),
            ("PEDERSEN Emily K", "DEN", "Emily K Pedersen", "Pedersen, Emily K"),
            ("ALLEN CJ", "USA", "CJ Allen", "Allen, CJ"),
            ("PAN C.T.", "TPE", "Pan C.T.", "Pan C.T."),
            ("KIM Je Deok", "KOR", "Kim Je Deok", "Kim Je Deok"),
            ("le Quoc Phong", "VIE", "le Quoc Phong", "le Quoc Phong"),
        ];
        for (printed, nation, usual, indexed) in cases {
            let name = PrintedName::read(printed, nation);
            assert_eq!((name.usual.as_str(), name.indexed.as_str()), (usual, indexed), "{printed}");
            assert!(name.given.is_some() && name.family.is_some(), "{printed}");
        }
    }

    #[test]
    fn a_name_without_parts_is_one_name() {
        for (printed, usual, order) in [
            ("MARTA", "Marta", NameOrder::Mononym),
            ("671", "671", NameOrder::Mononym),
            ("Memo", "Memo", NameOrder::Mononym),
            ("PHIL WIZARD", "Phil Wizard", NameOrder::GivenFirst),
            ("MOHAMED ELNENY", "Mohamed Elneny", NameOrder::GivenFirst),
        ] {
            let name = PrintedName::read(printed, "BRA");
            assert_eq!((name.usual.as_str(), name.indexed.as_str(), name.order), (usual, usual, order));
            assert_eq!((name.given, name.family), (None, None), "{printed}");
        }
    }
}

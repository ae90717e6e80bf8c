//! The syntax of slugs.

use crate::names::fold::fold;

/// Whether a slug has this many levels joined by `/`, each of lowercase letters and digits in words joined by `-`.
pub fn is_path(slug: &str, levels: usize) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    slug.split('/').count() == levels && slug.split(['/', '-']).all(is_word)
}

/// Converts a text to one level of a slug: `Bjørn Dæhlie` becomes `bjorn-daehlie`. Letters that have no plain form are left out.
pub fn word(text: &str) -> String {
    let folded: String = fold(text).chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { ' ' }).collect();
    folded.split_whitespace().collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::{is_path, word};

    #[test]
    fn texts_become_plain_words() {
        assert_eq!(word("Bjørn Erlend Dæhlie"), "bjorn-erlend-daehlie");
        assert_eq!(word("  O'Brien, Jr. "), "obrien-jr");
        assert_eq!(word("王艳"), "");
    }

    #[test]
    fn levels_are_counted_and_words_are_plain() {
        assert!(is_path("wang-yan-1974-2", 1) && is_path("cycling-track/time-trial/men", 3));
        for slug in ["", "a--b", "a/", "/a", "A", "a b", "a/b"] {
            assert!(!is_path(slug, 1), "{slug}");
        }
    }
}

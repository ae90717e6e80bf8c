//! What slugs are made of.

/// Words of lowercase letters and digits joined by `-`, so many levels of them joined by `/`.
pub fn is_path(slug: &str, levels: usize) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    slug.split('/').count() == levels && slug.split(['/', '-']).all(is_word)
}

#[cfg(test)]
mod tests {
    use super::is_path;

    #[test]
    fn levels_are_counted_and_words_are_plain() {
        assert!(is_path("wang-yan-1974-2", 1) && is_path("cycling-track/time-trial/men", 3));
        for slug in ["", "a--b", "a/", "/a", "A", "a b", "a/b"] {
            assert!(!is_path(slug, 1), "{slug}");
        }
    }
}

//! Control characters, which no text from outside may contain.

/// The first control character in a text. Such characters are refused: none is a letter, they are invisible, and `PostgreSQL`
/// cannot store NUL.
pub(crate) fn control_character(text: &str) -> Option<char> {
    // Almost no text contains a byte that can start a control character, and scanning bytes is faster than decoding characters.
    let may_begin = |byte: u8| byte.is_ascii_control() || byte == 0xc2;
    match text.bytes().any(may_begin) {
        true => text.chars().find(|letter| letter.is_control()),
        false => None,
    }
}

/// A control character as a code point: `U+0007`.
pub(crate) fn code(character: char) -> String {
    format!("U+{:04X}", u32::from(character))
}

#[cfg(test)]
mod tests {
    use super::control_character;

    #[test]
    fn letters_are_no_control_characters() {
        for text in ["", "Ann B.", "Łukasz Żyła", "王艳", "«º»", "a\u{a0}b"] {
            assert_eq!(control_character(text), None, "{text}");
        }
        for control in ['\0', '\t', '\n', '\u{1f}', '\u{7f}', '\u{85}', '\u{9f}'] {
            assert_eq!(control_character(&format!("Żyła{control}«")), Some(control));
        }
    }
}

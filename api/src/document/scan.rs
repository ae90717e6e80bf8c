//! Counts the brackets and tokens of a document in one pass, before the recursive parser runs.

use crate::error::malformed;
use async_graphql::ServerResult;

/// What one pass over the text of a document finds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Scan {
    pub(super) tokens: usize,
    /// The most brackets that are open at once.
    pub(super) brackets: usize,
}

/// The longest name or number. An unknown name is compared with every name of the schema, which is slow for long names.
const LONGEST_WORD: usize = 100;

/// Counts brackets and tokens outside of strings and comments.
pub(super) fn scan(text: &str) -> ServerResult<Scan> {
    let mut scan = Scan::default();
    let mut open = 0_usize;
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = match first {
            b' ' | b'\t' | b'\r' | b'\n' | b',' => tail,
            b'#' => skip(tail, |byte| !matches!(byte, b'\r' | b'\n')),
            _ => {
                scan.tokens += 1;
                match first {
                    b'"' if tail.starts_with(b"\"\"") => block_string(&tail[2..])?,
                    b'"' => string(tail),
                    b'{' | b'[' | b'(' => {
                        open += 1;
                        scan.brackets = scan.brackets.max(open);
                        tail
                    }
                    b'}' | b']' | b')' => {
                        open = open.saturating_sub(1);
                        tail
                    }
                    b'.' => tail.strip_prefix(b"..").unwrap_or(tail),
                    byte if is_word(*byte) => {
                        let behind = skip(tail, is_word);
                        if rest.len() - behind.len() > LONGEST_WORD {
                            return Err(malformed(&format!("a name or number has more than {LONGEST_WORD} characters")));
                        }
                        behind
                    }
                    _ => tail,
                }
            }
        };
    }
    Ok(scan)
}

/// Whether a byte can be part of a name or a whole number.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn skip(bytes: &[u8], while_it: impl Fn(u8) -> bool) -> &[u8] {
    let end = bytes.iter().position(|byte| !while_it(*byte)).unwrap_or(bytes.len());
    &bytes[end..]
}

/// The text after a string. A string that does not end on its line is not a string, so its text is scanned too.
fn string(bytes: &[u8]) -> &[u8] {
    let mut rest = bytes;
    loop {
        rest = match rest {
            [b'"', tail @ ..] => return tail,
            [b'\\', _, tail @ ..] => tail,
            [] | [b'\\' | b'\r' | b'\n', ..] => return bytes,
            [_, tail @ ..] => tail,
        }
    }
}

/// The text after a block string. An unterminated one is rejected: the parser would read an empty string and go on with what follows.
fn block_string(bytes: &[u8]) -> ServerResult<&[u8]> {
    let mut rest = bytes;
    loop {
        rest = match rest {
            [b'"', b'"', b'"', tail @ ..] => return Ok(tail),
            [b'\\', b'"', b'"', b'"', tail @ ..] | [_, tail @ ..] => tail,
            [] => return Err(malformed("a block string never ends")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(text: &str) -> (usize, usize) {
        let scan = scan(text).expect("strings that end");
        (scan.tokens, scan.brackets)
    }

    #[test]
    fn tokens_and_brackets_are_counted() {
        assert_eq!(counts(""), (0, 0));
        assert_eq!(counts("{ about { version } }"), (6, 2));
        // A sign and a fraction count as tokens of their own, though GraphQL counts a number as one.
        assert_eq!(counts("query Q($a: Int! = -1.5e3) { ...F }"), (18, 1));
        assert_eq!(counts("{...A...B}"), (6, 1));
        assert_eq!(counts("{a(b:[[1,2],{c:[]}])}"), (19, 5));
        assert_eq!(counts("}}}{"), (4, 1));
    }

    #[test]
    fn words_end_somewhere() {
        assert_eq!(counts(&"a".repeat(LONGEST_WORD)), (1, 0));
        assert!(scan(&"a".repeat(LONGEST_WORD + 1)).is_err());
    }

    #[test]
    fn strings_and_comments_hide_what_they_hold() {
        assert_eq!(counts(r#"{ a(b: "[[[[ \" [[[[ \\") } # [[[["#), (8, 2));
        assert_eq!(counts("# [[[\r{ a } # ]]]\n"), (3, 1));
        assert_eq!(counts(r#"{ a(b: """[[[ " "" \""" [[[ """) }"#), (8, 2));
        assert_eq!(counts("{ a(b: \"\") { c } }"), (11, 2));
    }

    #[test]
    fn what_only_looks_like_a_string_hides_nothing() {
        assert_eq!(counts("\"[[[\n[["), (6, 5));
        assert_eq!(counts("\"[[["), (4, 3));
        assert!(scan("[\"\"\" \" [[[[").is_err());
    }
}

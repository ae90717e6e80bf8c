//! Search texts for names.

use podium_entity::names::fold::fold;

use crate::error::{Error, Result};

/// The longest text that can be searched for, in characters.
const MAX_LENGTH: usize = 200;

/// A text folded for searching: without case and accents. It has at least one letter or digit.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct SearchText(String);

impl SearchText {
    /// Folds the value of an argument. Rejects a text that is too long for any name, or that every name would match.
    pub(crate) fn check(argument: &str, text: &str) -> Result<Self> {
        let length = text.chars().count();
        if length > MAX_LENGTH {
            return Err(Error::bad_input(format!("`{argument}` has {length} characters, but at most {MAX_LENGTH} can be searched for.")));
        }
        match fold(text) {
            folded if folded.is_empty() => Err(Error::bad_input(format!("`{argument}` needs at least one letter or digit to search for."))),
            folded => Ok(Self(folded)),
        }
    }

    /// The folded text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

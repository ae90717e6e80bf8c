//! `IntRange`.

use async_graphql::InputObject;

use crate::error::{Error, Result};
use crate::question::numbers::Numbers;

/// A range of whole numbers, including both ends. An omitted end leaves the range open. A range that runs backwards is refused.
#[derive(Clone, Copy, Debug, Default, InputObject)]
pub(crate) struct IntRange {
    /// The least number.
    pub(crate) from: Option<i32>,
    /// The greatest number.
    pub(crate) to: Option<i32>,
}

impl IntRange {
    /// The range, if it does not run backwards.
    pub(crate) fn check(self, name: &str) -> Result<Numbers> {
        let Self { from, to } = self;
        match from.zip(to) {
            Some((from, to)) if from > to => Err(Error::bad_input(format!("`{name}` runs backwards, from {from} to {to}."))),
            _ => Ok(Numbers { from, to }),
        }
    }
}

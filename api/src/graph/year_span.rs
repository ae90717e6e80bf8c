//! `YearSpan`.

use async_graphql::SimpleObject;

/// An unbroken run of Games, given by the years of the first and last Games.
#[derive(Clone, Copy, Debug, PartialEq, Eq, SimpleObject)]
pub(crate) struct YearSpan {
    /// The year of the first Games.
    pub(crate) first_year: i32,
    /// The year of the last Games; for a single Games, the same as the first.
    pub(crate) last_year: i32,
}

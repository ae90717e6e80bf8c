//! `YearSpan`.

use async_graphql::SimpleObject;

/// An unbroken run of Games by the years of their first and last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, SimpleObject)]
pub(crate) struct YearSpan {
    /// The year of the first Games.
    pub(crate) first_year: i32,
    /// The year of the last Games; the same as the first for a single one.
    pub(crate) last_year: i32,
}

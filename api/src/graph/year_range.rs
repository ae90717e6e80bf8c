//! `YearRange` and `YearSpan`.

use async_graphql::{InputObject, SimpleObject};

/// Years from one to another, both included; an end that is left out is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, InputObject)]
pub(crate) struct YearRange {
    /// The first year.
    pub(crate) from: Option<i32>,
    /// The last year.
    pub(crate) to: Option<i32>,
}

/// An unbroken run of Games by the years of their first and last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, SimpleObject)]
pub(crate) struct YearSpan {
    /// The year of the first Games.
    pub(crate) first_year: i32,
    /// The year of the last Games; the same as the first for a single one.
    pub(crate) last_year: i32,
}

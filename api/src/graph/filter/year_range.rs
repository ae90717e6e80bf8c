//! `YearRange`.

use async_graphql::InputObject;

use crate::question::calendar::Years;

/// A range of years, including both ends. An omitted end leaves the range open. A range that runs backwards matches nothing.
#[derive(Clone, Copy, Debug, Default, InputObject)]
pub(crate) struct YearRange {
    /// The first year.
    pub(crate) from: Option<i32>,
    /// The last year.
    pub(crate) to: Option<i32>,
}

impl From<YearRange> for Years {
    fn from(YearRange { from, to }: YearRange) -> Self {
        Self { from, to }
    }
}

//! `DateRange`.

use async_graphql::InputObject;

use crate::error::Error;
use crate::graph::date::Date;
use crate::question::calendar::Days;

/// A range of days, including both ends. An omitted end leaves the range open.
#[derive(Clone, Copy, Debug, Default, InputObject)]
pub(crate) struct DateRange {
    /// The first day.
    pub(crate) from: Option<Date>,
    /// The last day.
    pub(crate) to: Option<Date>,
}

impl TryFrom<DateRange> for Days {
    type Error = Error;

    fn try_from(range: DateRange) -> Result<Self, Error> {
        let (from, to) = (range.from.map(|day| day.0), range.to.map(|day| day.0));
        match from.zip(to).is_some_and(|(from, to)| to < from) {
            true => Err(Error::bad_input("a range of days ends before it begins; give the first day as `from` and the last as `to`")),
            false => Ok(Self { from, to }),
        }
    }
}

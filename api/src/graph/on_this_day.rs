//! `OnThisDay`.

use async_graphql::{Context, Description, Object};
use chrono::NaiveDate;

use crate::error::{Error, Result};
use crate::graph::athlete::Athlete;
use crate::graph::event_edition::EventEdition;
use crate::graph::list_size;
use crate::graph::record_mark::RecordMark;
use crate::load::on_this_day::{BornOn, EditionsOn, RecordsOn};
use crate::loader::LoaderContext;
use crate::page::args::at_most_100;

/// The records, events and births on one day of the year, in any year. Dates are local to the place of the event.
#[derive(Description)]
pub(crate) struct OnThisDay {
    day: String,
}

#[Object(use_type_description)]
impl OnThisDay {
    /// Records set on this day, oldest first.
    #[graphql(directive = list_size::Bound::apply(50))]
    async fn records(&self, ctx: &Context<'_>) -> Result<Vec<RecordMark>> {
        Ok(ctx.loader().get_or_default(RecordsOn(self.day.clone())).await?.into_iter().map(RecordMark).collect())
    }

    /// Events that were under way or decided on this day, oldest first.
    #[graphql(directive = list_size::Slice::apply())]
    async fn editions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The number of items to return; at most 100.", default = 20)] first: i32,
    ) -> Result<Vec<EventEdition>> {
        let editions = ctx.loader().get_or_default(EditionsOn(self.day.clone(), at_most_100(first)?)).await?;
        Ok(editions.into_iter().map(EventEdition).collect())
    }

    /// Athletes born on this day, oldest first. Only athletes with a known day of birth are included.
    #[graphql(directive = list_size::Slice::apply())]
    async fn births(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The number of items to return; at most 100.", default = 20)] first: i32,
    ) -> Result<Vec<Athlete>> {
        let athletes = ctx.loader().get_or_default(BornOn(self.day.clone(), at_most_100(first)?)).await?;
        Ok(athletes.into_iter().map(Athlete).collect())
    }
}

impl OnThisDay {
    /// A day that exists in some year, such as 29 February.
    pub(crate) fn new(month: i32, day: i32) -> Result<Self> {
        const LEAP_YEAR: i32 = 2024;
        let date = u32::try_from(month).ok().zip(u32::try_from(day).ok());
        let date = date.and_then(|(month, day)| NaiveDate::from_ymd_opt(LEAP_YEAR, month, day));
        let date = date.ok_or_else(|| Error::bad_input(format!("There is no day {day} in month {month} of any year.")))?;
        Ok(Self { day: date.format("%m-%d").to_string() })
    }
}

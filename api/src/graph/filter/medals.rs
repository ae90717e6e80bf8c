//! `MedalFilter`, which selects medals everywhere, and `MedalAwardOrder`.

use async_graphql::{Enum, InputObject};

use super::date_range::DateRange;
use super::order_direction::OrderDirection;
use super::stored;
use super::year_range::YearRange;
use crate::error::Error;
use crate::graph::date::Date;
use crate::graph::event::EventGender;
use crate::graph::event_edition::EditionStatus;
use crate::graph::games::{GamesKind, Season};
use crate::graph::medal_award::Medal;
use crate::question::FilterInput;
use crate::question::calendar::{Calendar, Days};
use crate::question::medals::{AsOf, MedalCriteria, MedalOrder, MedalOrderField};
use crate::question::programme::Programme;
use crate::question::slug::SlugKind;

/// Selects medals. All given fields must match; for a list, one of its values is enough. By default, only medals that are held today
/// and were won at official Olympic Games count. Games named by the field or the filter always count.
#[derive(Clone, Debug, Default, InputObject)]
pub(crate) struct MedalFilter {
    /// Won at one of these Games, by slug.
    pub(crate) games: Option<Vec<String>>,
    /// Won in one of these seasons. `INTERCALATED` includes Athens 1906.
    pub(crate) season: Option<Vec<Season>>,
    /// Won at Games of these years.
    pub(crate) years: Option<YearRange>,
    /// Won in one of these sports, by slug.
    pub(crate) sport: Option<Vec<String>>,
    /// Won in one of these disciplines, by slug.
    pub(crate) discipline: Option<Vec<String>>,
    /// Won in one of these event families, by slug.
    pub(crate) family: Option<Vec<String>>,
    /// Won in one of these events, by slug.
    pub(crate) event: Option<Vec<String>>,
    /// Won for one of these nations, by slug or code.
    pub(crate) nation: Option<Vec<String>>,
    /// Won in an event for one of these genders.
    pub(crate) gender: Option<Vec<EventGender>>,
    /// Of one of these colours.
    pub(crate) medal: Option<Vec<Medal>>,
    /// Won at Games of one of these kinds; by default, Olympic Games.
    pub(crate) games_kind: Option<Vec<GamesKind>>,
    /// Won in editions with one of these statuses; by default, medal events.
    pub(crate) edition_status: Option<Vec<EditionStatus>>,
    /// Include Games that the International Olympic Committee does not count as official, even if they are not named.
    pub(crate) include_unofficial_games: Option<bool>,
    /// Won on one of these days: those on which the event was decided.
    pub(crate) won_on: Option<DateRange>,
    /// Count medals by the decisions known on this day, without later reallocations; by default, today. Medals won after it do not
    /// count.
    pub(crate) as_of: Option<Date>,
}

/// The sort order of medals.
#[derive(Clone, Copy, Debug, InputObject)]
pub(crate) struct MedalAwardOrder {
    /// The value to sort by.
    pub(crate) field: MedalAwardOrderField,
    /// The sort direction.
    #[graphql(default_with = "OrderDirection::Asc")]
    pub(crate) direction: OrderDirection,
}

/// The values that medals can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "MedalOrderField")]
pub(crate) enum MedalAwardOrderField {
    /// The Games, oldest first; within one Games by event, then gold, silver, bronze.
    Games,
    /// The colour, gold first; within one colour by Games, newest first, then by event.
    Medal,
    /// The age on the day it was won. The youngest recipient counts when ascending, the oldest when descending. Those with only a year of
    /// birth count as born in its middle. Medals of unknown ages come last in both directions.
    Age,
    /// The day on which it was won; then by event. Medals without one come last in both directions.
    WonOn,
}

impl TryFrom<FilterInput<MedalFilter>> for MedalCriteria {
    type Error = Error;

    fn try_from(FilterInput { filter, today }: FilterInput<MedalFilter>) -> Result<Self, Error> {
        Ok(Self {
            calendar: Calendar::check(filter.games, stored(filter.season), filter.years.map(Into::into))?,
            programme: Programme::check(filter.sport, filter.discipline, filter.family, filter.event)?,
            nation: SlugKind::Nation.check_all(filter.nation)?,
            gender: stored(filter.gender),
            medal: stored(filter.medal),
            games_kind: stored(filter.games_kind),
            edition_status: stored(filter.edition_status),
            include_unofficial_games: filter.include_unofficial_games.unwrap_or_default(),
            won_on: filter.won_on.map(Days::try_from).transpose()?.filter(|days| days.is_stated()),
            as_of: filter.as_of.map_or(AsOf::Today(today), |day| AsOf::Day(day.0)),
        })
    }
}

impl From<MedalAwardOrder> for MedalOrder {
    fn from(MedalAwardOrder { field, direction }: MedalAwardOrder) -> Self {
        Self { field: field.into(), direction: direction.into() }
    }
}

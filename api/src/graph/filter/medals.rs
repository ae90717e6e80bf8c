//! `MedalFilter`, by which medals are chosen everywhere, and `MedalAwardOrder`.

use async_graphql::{Enum, InputObject};

use super::order_direction::OrderDirection;
use super::stored;
use super::year_range::YearRange;
use crate::error::Error;
use crate::graph::date::Date;
use crate::graph::event::EventGender;
use crate::graph::event_edition::EditionStatus;
use crate::graph::games::{GamesKind, Season};
use crate::graph::medal_award::Medal;
use crate::question::Asked;
use crate::question::calendar::Calendar;
use crate::question::medals::{MedalCriteria, MedalOrder, MedalOrderField};
use crate::question::programme::Programme;
use crate::question::slug::SlugKind;

/// Which medals; several fields mean "and", a list means "or". When nothing else is said, the medals held today that were
/// won at official Olympic Games count. Games that the field or the filter names itself always count.
#[derive(Clone, Debug, Default, InputObject)]
pub(crate) struct MedalFilter {
    /// Won at one of these Games, by slug.
    pub(crate) games: Option<Vec<String>>,
    /// Won in one of these seasons; naming `INTERCALATED` includes Athens 1906.
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
    /// Won at Games of one of these kinds; Olympic ones when nothing is said.
    pub(crate) games_kind: Option<Vec<GamesKind>>,
    /// Won in editions of one of these statuses; those for medals when nothing is said.
    pub(crate) edition_status: Option<Vec<EditionStatus>>,
    /// Also Games that nobody named and the International Olympic Committee does not count.
    pub(crate) include_unofficial_games: Option<bool>,
    /// By what was decided until this day, without later reallocations; until today when nothing is said. Bounds no Games:
    /// use `years` for that.
    pub(crate) as_of: Option<Date>,
}

/// How medals are ordered.
#[derive(Clone, Copy, Debug, InputObject)]
pub(crate) struct MedalAwardOrder {
    /// By what.
    pub(crate) field: MedalAwardOrderField,
    /// From which end.
    #[graphql(default_with = "OrderDirection::Asc")]
    pub(crate) direction: OrderDirection,
}

/// What medals can be ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "MedalOrderField")]
pub(crate) enum MedalAwardOrderField {
    /// The Games, the oldest first; those of one Games by event, gold before silver before bronze.
    Games,
    /// The colour, gold first; equals by Games, the newest first, then by event.
    Medal,
}

impl TryFrom<Asked<MedalFilter>> for MedalCriteria {
    type Error = Error;

    fn try_from(Asked { filter, today }: Asked<MedalFilter>) -> Result<Self, Error> {
        Ok(Self {
            calendar: Calendar::check(filter.games, stored(filter.season), filter.years.map(Into::into))?,
            programme: Programme::check(filter.sport, filter.discipline, filter.family, filter.event)?,
            nation: SlugKind::Nation.check_all(filter.nation)?,
            gender: stored(filter.gender),
            medal: stored(filter.medal),
            games_kind: stored(filter.games_kind),
            edition_status: stored(filter.edition_status),
            include_unofficial_games: filter.include_unofficial_games.unwrap_or_default(),
            as_of: filter.as_of.map_or(today, |day| day.0),
        })
    }
}

impl From<MedalAwardOrder> for MedalOrder {
    fn from(MedalAwardOrder { field, direction }: MedalAwardOrder) -> Self {
        Self { field: field.into(), direction: direction.into() }
    }
}

//! The filters and the order of entries.

use async_graphql::{Enum, InputObject};

use super::order_direction::OrderDirection;
use super::stored;
use super::year_range::YearRange;
use crate::error::Error;
use crate::graph::entry::EntryStatus;
use crate::graph::games::Season;
use crate::graph::medal_award::Medal;
use crate::question::FilterInput;
use crate::question::calendar::Calendar;
use crate::question::entries::{EntryCriteria, EntryOrder, EntryOrderField};
use crate::question::programme::Programme;
use crate::question::slug::SlugKind;

/// Selects entries of an edition. All given fields must match; for a list, one of its values is enough.
#[derive(Clone, Debug, Default, InputObject)]
pub(crate) struct EditionEntryFilter {
    /// For one of these nations, by slug or code.
    pub(crate) nation: Option<Vec<String>>,
    /// Of competitors who hold one of these medals today.
    pub(crate) medal: Option<Vec<Medal>>,
    /// With one of these statuses.
    pub(crate) status: Option<Vec<EntryStatus>>,
}

/// The sort order of the entries of an edition.
#[derive(Clone, Copy, Debug, InputObject)]
pub(crate) struct EditionEntryOrder {
    /// The value to sort by.
    pub(crate) field: EditionEntryOrderField,
    /// The sort direction.
    #[graphql(default_with = "OrderDirection::Asc")]
    pub(crate) direction: OrderDirection,
}

/// The values that the entries of an edition can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "EntryOrderField")]
pub(crate) enum EditionEntryOrderField {
    /// The name of the athlete in index form, or the name of the team.
    Name,
    /// The code of the nation, then the name.
    Nation,
}

/// Selects entries of an athlete. All given fields must match; for a list, one of its values is enough.
#[derive(Clone, Debug, Default, InputObject)]
pub(crate) struct AthleteEntryFilter {
    /// At one of these Games, by slug.
    pub(crate) games: Option<Vec<String>>,
    /// At Games of one of these seasons.
    pub(crate) season: Option<Vec<Season>>,
    /// At Games of these years.
    pub(crate) years: Option<YearRange>,
    /// In one of these sports, by slug.
    pub(crate) sport: Option<Vec<String>>,
    /// In one of these disciplines, by slug.
    pub(crate) discipline: Option<Vec<String>>,
    /// In one of these event families, by slug.
    pub(crate) family: Option<Vec<String>>,
    /// In one of these events, by slug.
    pub(crate) event: Option<Vec<String>>,
    /// For one of these nations, by slug or code.
    pub(crate) nation: Option<Vec<String>>,
    /// In which the athlete holds one of these medals today.
    pub(crate) medal: Option<Vec<Medal>>,
    /// With one of these statuses.
    pub(crate) status: Option<Vec<EntryStatus>>,
}

impl TryFrom<FilterInput<EditionEntryFilter>> for EntryCriteria {
    type Error = Error;

    fn try_from(FilterInput { filter, today }: FilterInput<EditionEntryFilter>) -> Result<Self, Error> {
        let EditionEntryFilter { nation, medal, status } = filter;
        FilterInput { filter: AthleteEntryFilter { nation, medal, status, ..AthleteEntryFilter::default() }, today }.try_into()
    }
}

impl TryFrom<FilterInput<AthleteEntryFilter>> for EntryCriteria {
    type Error = Error;

    fn try_from(FilterInput { filter, today }: FilterInput<AthleteEntryFilter>) -> Result<Self, Error> {
        Ok(Self {
            calendar: Calendar::check(filter.games, stored(filter.season), filter.years.map(Into::into))?,
            programme: Programme::check(filter.sport, filter.discipline, filter.family, filter.event)?,
            nation: SlugKind::Nation.check_all(filter.nation)?,
            medal: stored(filter.medal),
            status: stored(filter.status),
            today,
        })
    }
}

impl From<EditionEntryOrder> for EntryOrder {
    fn from(EditionEntryOrder { field, direction }: EditionEntryOrder) -> Self {
        Self { field: field.into(), direction: direction.into() }
    }
}

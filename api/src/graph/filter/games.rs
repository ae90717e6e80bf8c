//! `GamesFilter` and `GamesOrder`.

use async_graphql::{Enum, InputObject};

use super::order_direction::OrderDirection;
use super::stored;
use super::year_range::YearRange;
use crate::error::Error;
use crate::graph::games::{GamesKind, GamesStatus, Recognition, Season};
use crate::question::FilterInput;
use crate::question::calendar::Calendar;
use crate::question::games::{self, GamesCriteria};
use crate::question::search_text::SearchText;
use crate::question::slug::SlugKind;

/// Selects Games. All given fields must match; for a list, one of its values is enough.
#[derive(Clone, Debug, Default, InputObject)]
pub(crate) struct GamesFilter {
    /// With one of these slugs.
    pub(crate) slug: Option<Vec<String>>,
    /// Of one of these seasons.
    pub(crate) season: Option<Vec<Season>>,
    /// Of one of these kinds.
    pub(crate) kind: Option<Vec<GamesKind>>,
    /// With one of these statuses.
    pub(crate) status: Option<Vec<GamesStatus>>,
    /// Counted as official by the International Olympic Committee, or not.
    pub(crate) recognition: Option<Vec<Recognition>>,
    /// With a year in this range.
    pub(crate) years: Option<YearRange>,
    /// With a name, or a host city and year, containing this text; case and accents are ignored.
    pub(crate) name: Option<String>,
    /// With a host city in one of these nations, by slug or code. Cities that hosted only some events are included.
    pub(crate) host_nation: Option<Vec<String>>,
}

/// The sort order of Games.
#[derive(Clone, Copy, Debug, InputObject)]
pub(crate) struct GamesOrder {
    /// The value to sort by.
    pub(crate) field: GamesOrderField,
    /// The sort direction.
    #[graphql(default_with = "OrderDirection::Asc")]
    pub(crate) direction: OrderDirection,
}

/// The values that Games can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "games::GamesOrderField")]
pub(crate) enum GamesOrderField {
    /// The year. Within a year, Winter Games come before Summer Games.
    Year,
    /// The name.
    Name,
}

impl TryFrom<FilterInput<GamesFilter>> for GamesCriteria {
    type Error = Error;

    fn try_from(FilterInput { filter, .. }: FilterInput<GamesFilter>) -> Result<Self, Error> {
        Ok(Self {
            calendar: Calendar::check(filter.slug, stored(filter.season), filter.years.map(Into::into))?,
            kind: stored(filter.kind),
            status: stored(filter.status),
            recognition: stored(filter.recognition),
            name: filter.name.map(|name| SearchText::check("name", &name)).transpose()?,
            host_nation: SlugKind::Nation.check_all(filter.host_nation)?,
        })
    }
}

impl From<GamesOrder> for games::GamesOrder {
    fn from(GamesOrder { field, direction }: GamesOrder) -> Self {
        Self { field: field.into(), direction: direction.into() }
    }
}

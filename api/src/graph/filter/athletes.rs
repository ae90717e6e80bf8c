//! `AthleteFilter` and `AthleteOrder`.

use async_graphql::{Enum, InputObject};

use super::order_direction::OrderDirection;
use super::stored;
use super::year_range::YearRange;
use crate::error::Error;
use crate::graph::athlete::Gender;
use crate::graph::games::Season;
use crate::graph::medal_award::Medal;
use crate::question::FilterInput;
use crate::question::athletes::{self, AthleteCriteria, Career};
use crate::question::calendar::Calendar;
use crate::question::programme::Programme;
use crate::question::search_text::SearchText;
use crate::question::slug::SlugKind;

/// Selects athletes. All given fields must match; for a list, one of its values is enough, unless its name ends in `All`. Fields about
/// an entry must match the same entry. Fields that end in `All` or begin with `min` are about the whole career.
#[derive(Clone, Debug, Default, InputObject)]
pub(crate) struct AthleteFilter {
    /// With one of these slugs.
    pub(crate) slug: Option<Vec<String>>,
    /// With any form of the name containing this text, ignoring case and accents.
    pub(crate) name: Option<String>,
    /// Entered for one of these nations, by slug or code.
    pub(crate) nation: Option<Vec<String>>,
    /// Entered at one of these Games, by slug.
    pub(crate) games: Option<Vec<String>>,
    /// Entered at Games of one of these seasons.
    pub(crate) season: Option<Vec<Season>>,
    /// Entered at Games of these years.
    pub(crate) years: Option<YearRange>,
    /// Entered in one of these sports, by slug.
    pub(crate) sport: Option<Vec<String>>,
    /// Entered in one of these disciplines, by slug.
    pub(crate) discipline: Option<Vec<String>>,
    /// Entered in one of these event families, by slug.
    pub(crate) family: Option<Vec<String>>,
    /// Entered in one of these events, by slug.
    pub(crate) event: Option<Vec<String>>,
    /// Competed in one of these gender categories.
    pub(crate) gender: Option<Vec<Gender>>,
    /// True: won a medal there. False: won none there, as far as medals are loaded. `MedalFilter` says which medals count.
    pub(crate) medalist: Option<bool>,
    /// Won a medal of one of these colours there. `MedalFilter` says which medals count.
    pub(crate) medal: Option<Vec<Medal>>,
    /// Entered at Games of each of these seasons, in the same year or another.
    pub(crate) seasons_all: Option<Vec<Season>>,
    /// Won a medal that `MedalFilter` counts by default at Games of each of these seasons.
    pub(crate) medal_seasons_all: Option<Vec<Season>>,
    /// Entered at no fewer Games than this; at least 1.
    pub(crate) min_games: Option<i32>,
    /// Entered for no fewer nations than this; at least 1.
    pub(crate) min_nations: Option<i32>,
    /// Won no fewer medals than this, of those that `MedalFilter` counts by default; at least 1.
    pub(crate) min_medals: Option<i32>,
    /// Born in these years. Athletes with an unknown year of birth are left out.
    pub(crate) born_years: Option<YearRange>,
}

/// The sort order of athletes.
#[derive(Clone, Copy, Debug, InputObject)]
pub(crate) struct AthleteOrder {
    /// The value to sort by.
    pub(crate) field: AthleteOrderField,
    /// The sort direction.
    #[graphql(default_with = "OrderDirection::Asc")]
    pub(crate) direction: OrderDirection,
}

/// The values that athletes can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "athletes::AthleteOrderField")]
pub(crate) enum AthleteOrderField {
    /// The name in index form.
    Name,
    /// The date of birth. Athletes without one come last in both directions.
    Born,
    /// The number of medals at official Olympic Games, as far as they are loaded.
    Medals,
    /// The number of Games that the athlete was entered at.
    Games,
    /// The years from the first of these Games to the last.
    Span,
    /// The height. Athletes without one come last in both directions.
    Height,
    /// The weight. Athletes without one come last in both directions.
    Weight,
}

impl TryFrom<FilterInput<AthleteFilter>> for AthleteCriteria {
    type Error = Error;

    fn try_from(FilterInput { filter, today }: FilterInput<AthleteFilter>) -> Result<Self, Error> {
        Ok(Self {
            slug: SlugKind::Athlete.check_all(filter.slug)?,
            name: filter.name.map(|name| SearchText::check("name", &name)).transpose()?,
            gender: stored(filter.gender),
            born: filter.born_years.map(Into::into),
            nation: SlugKind::Nation.check_all(filter.nation)?,
            calendar: Calendar::check(filter.games, stored(filter.season), filter.years.map(Into::into))?,
            programme: Programme::check(filter.sport, filter.discipline, filter.family, filter.event)?,
            career: Career {
                seasons: stored(filter.seasons_all).unwrap_or_default(),
                medal_seasons: stored(filter.medal_seasons_all).unwrap_or_default(),
                min_games: filter.min_games,
                min_nations: filter.min_nations,
                min_medals: filter.min_medals,
            }
            .check()?,
            medalist: filter.medalist,
            medal: stored(filter.medal),
            today,
        })
    }
}

impl From<AthleteOrder> for athletes::AthleteOrder {
    fn from(AthleteOrder { field, direction }: AthleteOrder) -> Self {
        Self { field: field.into(), direction: direction.into() }
    }
}

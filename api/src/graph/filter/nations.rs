//! `NationFilter` and `NationOrder`.

use async_graphql::{Enum, InputObject};

use super::int_range::IntRange;
use super::order_direction::OrderDirection;
use super::stored;
use super::year_range::YearRange;
use crate::error::Error;
use crate::graph::games::Season;
use crate::graph::nation::NationKind;
use crate::question::FilterInput;
use crate::question::calendar::Calendar;
use crate::question::nations::{self, NationCriteria};
use crate::question::search_text::SearchText;
use crate::question::slug::SlugKind;

/// Selects nations. All given fields must match; for a list, one of its values is enough. `games`, `season`, `years` and `medalist`
/// must match the same Games; `medals` and `golds` are counted over all of these.
#[derive(Clone, Debug, Default, InputObject)]
pub(crate) struct NationFilter {
    /// With one of these slugs.
    pub(crate) slug: Option<Vec<String>>,
    /// With one of these codes. A reused code matches every nation that has had it.
    pub(crate) code: Option<Vec<String>>,
    /// With a name or code containing this text, ignoring case and accents.
    pub(crate) name: Option<String>,
    /// Of one of these kinds.
    pub(crate) kind: Option<Vec<NationKind>>,
    /// A member of the lineage with this slug.
    pub(crate) lineage: Option<String>,
    /// Took part in one of these Games, by slug.
    pub(crate) games: Option<Vec<String>>,
    /// Took part in Games of one of these seasons.
    pub(crate) season: Option<Vec<Season>>,
    /// Took part in Games of these years.
    pub(crate) years: Option<YearRange>,
    /// True: won a medal there. False: took part and won none, as far as medals are loaded. `MedalFilter` says which medals count.
    pub(crate) medalist: Option<bool>,
    /// Won this many medals there. `MedalFilter` says which medals count.
    pub(crate) medals: Option<IntRange>,
    /// Won this many gold medals there.
    pub(crate) golds: Option<IntRange>,
    /// Took part in every official Olympic Games of this season that took place. Games whose nations are not loaded count as missed.
    pub(crate) at_every_games: Option<Season>,
}

/// The sort order of nations.
#[derive(Clone, Copy, Debug, InputObject)]
pub(crate) struct NationOrder {
    /// The value to sort by.
    pub(crate) field: NationOrderField,
    /// The sort direction.
    #[graphql(default_with = "OrderDirection::Asc")]
    pub(crate) direction: OrderDirection,
}

/// The values that nations can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "nations::NationOrderField")]
pub(crate) enum NationOrderField {
    /// The code.
    Code,
    /// The name.
    Name,
    /// The number of medals at official Olympic Games, as far as they are loaded.
    Medals,
}

impl TryFrom<FilterInput<NationFilter>> for NationCriteria {
    type Error = Error;

    fn try_from(FilterInput { filter, today }: FilterInput<NationFilter>) -> Result<Self, Error> {
        if filter.code.iter().flatten().any(|code| code.contains('@')) {
            return Err(Error::bad_input("`code` takes codes such as `ROC`; give `ROC@1912` as a `slug`."));
        }
        Ok(Self {
            slug: SlugKind::Nation.check_all(filter.slug)?,
            code: SlugKind::Nation.check_all(filter.code)?,
            name: filter.name.map(|name| SearchText::check("name", &name)).transpose()?,
            kind: stored(filter.kind),
            lineage: SlugKind::Lineage.check_all(filter.lineage.map(|lineage| vec![lineage]))?,
            calendar: Calendar::check(filter.games, stored(filter.season), filter.years.map(Into::into))?,
            medalist: filter.medalist,
            medals: filter.medals.map(|medals| medals.check("medals")).transpose()?,
            golds: filter.golds.map(|golds| golds.check("golds")).transpose()?,
            at_every_games: filter.at_every_games.map(Into::into),
            today,
        })
    }
}

impl From<NationOrder> for nations::NationOrder {
    fn from(NationOrder { field, direction }: NationOrder) -> Self {
        Self { field: field.into(), direction: direction.into() }
    }
}

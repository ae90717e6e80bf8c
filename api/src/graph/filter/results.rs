//! The filters of results.

use async_graphql::InputObject;

use super::stored;
use super::year_range::YearRange;
use crate::error::Error;
use crate::graph::event_result::{Irm, ResultStatus};
use crate::graph::games::Season;
use crate::graph::medal_award::Medal;
use crate::question::FilterInput;
use crate::question::calendar::Calendar;
use crate::question::programme::Programme;
use crate::question::results::ResultCriteria;
use crate::question::slug::SlugKind;

/// Selects results of an edition. All given fields must match; for a list, one of its values is enough.
#[derive(Clone, Debug, Default, InputObject)]
pub(crate) struct EditionResultFilter {
    /// For one of these nations, by slug or code.
    pub(crate) nation: Option<Vec<String>>,
    /// Without rank or mark for one of these reasons.
    pub(crate) irm: Option<Vec<Irm>>,
    /// Of competitors who hold one of these medals today.
    pub(crate) medal: Option<Vec<Medal>>,
    /// With one of these statuses; by default, all except annulled ones.
    pub(crate) status: Option<Vec<ResultStatus>>,
}

/// Selects results of an athlete. All given fields must match; for a list, one of its values is enough.
#[derive(Clone, Debug, Default, InputObject)]
pub(crate) struct AthleteResultFilter {
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
    /// Without rank or mark for one of these reasons.
    pub(crate) irm: Option<Vec<Irm>>,
    /// With one of these statuses; by default, all except annulled ones.
    pub(crate) status: Option<Vec<ResultStatus>>,
}

impl TryFrom<FilterInput<EditionResultFilter>> for ResultCriteria {
    type Error = Error;

    fn try_from(FilterInput { filter, today }: FilterInput<EditionResultFilter>) -> Result<Self, Error> {
        let EditionResultFilter { nation, irm, medal, status } = filter;
        FilterInput { filter: AthleteResultFilter { nation, medal, irm, status, ..AthleteResultFilter::default() }, today }.try_into()
    }
}

impl TryFrom<FilterInput<AthleteResultFilter>> for ResultCriteria {
    type Error = Error;

    fn try_from(FilterInput { filter, today }: FilterInput<AthleteResultFilter>) -> Result<Self, Error> {
        Ok(Self {
            calendar: Calendar::check(filter.games, stored(filter.season), filter.years.map(Into::into))?,
            programme: Programme::check(filter.sport, filter.discipline, filter.family, filter.event)?,
            nation: SlugKind::Nation.check_all(filter.nation)?,
            medal: stored(filter.medal),
            irm: stored(filter.irm),
            status: stored(filter.status),
            today,
        })
    }
}

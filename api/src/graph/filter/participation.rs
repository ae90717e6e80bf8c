//! `ParticipationFilter`.

use async_graphql::InputObject;

use super::stored;
use crate::error::Error;
use crate::graph::event::EventGender;
use crate::question::FilterInput;
use crate::question::participation::ParticipationCriteria;
use crate::question::programme::Programme;
use crate::question::slug::SlugKind;

/// Selects those who took part in a Games. All given fields must match; for a list, one of its values is enough.
#[derive(Clone, Debug, Default, InputObject)]
pub(crate) struct ParticipationFilter {
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
    /// In an event for one of these genders.
    pub(crate) gender: Option<Vec<EventGender>>,
}

impl TryFrom<FilterInput<ParticipationFilter>> for ParticipationCriteria {
    type Error = Error;

    fn try_from(FilterInput { filter, .. }: FilterInput<ParticipationFilter>) -> Result<Self, Error> {
        Ok(Self {
            programme: Programme::check(filter.sport, filter.discipline, filter.family, filter.event)?,
            nation: SlugKind::Nation.check_all(filter.nation)?,
            gender: stored(filter.gender),
        })
    }
}

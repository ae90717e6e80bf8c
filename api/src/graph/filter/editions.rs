//! `EventEditionFilter`.

use async_graphql::InputObject;

use super::stored;
use crate::error::Error;
use crate::graph::event::{EventGender, ParticipantKind};
use crate::graph::event_edition::EditionStatus;
use crate::question::FilterInput;
use crate::question::editions::EditionCriteria;
use crate::question::programme::Programme;

/// Selects editions. All given fields must match; for a list, one of its values is enough.
#[derive(Clone, Debug, Default, InputObject)]
pub(crate) struct EventEditionFilter {
    /// Of one of these events, by slug.
    pub(crate) event: Option<Vec<String>>,
    /// In one of these sports, by slug.
    pub(crate) sport: Option<Vec<String>>,
    /// In one of these disciplines, by slug.
    pub(crate) discipline: Option<Vec<String>>,
    /// In one of these event families, by slug.
    pub(crate) family: Option<Vec<String>>,
    /// For one of these genders.
    pub(crate) gender: Option<Vec<EventGender>>,
    /// For individual athletes, pairs or teams.
    pub(crate) participant_kind: Option<Vec<ParticipantKind>>,
    /// With one of these statuses.
    pub(crate) status: Option<Vec<EditionStatus>>,
}

impl TryFrom<FilterInput<EventEditionFilter>> for EditionCriteria {
    type Error = Error;

    fn try_from(FilterInput { filter, .. }: FilterInput<EventEditionFilter>) -> Result<Self, Error> {
        Ok(Self {
            programme: Programme::check(filter.sport, filter.discipline, filter.family, filter.event)?,
            gender: stored(filter.gender),
            participant_kind: stored(filter.participant_kind),
            status: stored(filter.status),
        })
    }
}

//! The filter on the editions of a Games.

use podium_entity::event::{EventGender, ParticipantKind};
use podium_entity::event_edition::EditionStatus;

use super::programme::Programme;

/// Conditions on editions.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct EditionCriteria {
    pub(crate) programme: Programme,
    pub(crate) gender: Option<Vec<EventGender>>,
    pub(crate) participant_kind: Option<Vec<ParticipantKind>>,
    pub(crate) status: Option<Vec<EditionStatus>>,
}

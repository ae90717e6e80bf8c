//! The filter on the editions of a Games.

use podium_entity::event::{EventGender, ParticipantKind};
use podium_entity::event_edition::EditionStatus;

use super::NamesSlugs;
use super::programme::{Level, Programme};
use super::slug::Slugs;

/// Conditions on editions.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct EditionCriteria {
    pub(crate) programme: Programme,
    pub(crate) gender: Option<Vec<EventGender>>,
    pub(crate) participant_kind: Option<Vec<ParticipantKind>>,
    pub(crate) status: Option<Vec<EditionStatus>>,
}

impl EditionCriteria {
    /// The highest level of the programme that the conditions need.
    pub(crate) fn level(&self) -> Level {
        let of_event = if self.gender.is_some() || self.participant_kind.is_some() { Level::Event } else { Level::Edition };
        self.programme.level().max(of_event)
    }
}

impl NamesSlugs for EditionCriteria {
    fn slugs(&mut self) -> Vec<&mut Slugs> {
        self.programme.slugs().collect()
    }
}

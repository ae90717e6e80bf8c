//! The filter and order of events.

use podium_entity::event::{EventGender, ParticipantKind};

use super::NamesSlugs;
use super::calendar::Calendar;
use super::numbers::Numbers;
use super::order::OrderBy;
use super::programme::Programme;
use super::search_text::SearchText;
use super::slug::Slugs;
use crate::rules::event_history::ProgrammeStatus;

/// Conditions on events. All conditions on the Games must hold for the same edition.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct EventCriteria {
    pub(crate) programme: Programme,
    pub(crate) name: Option<SearchText>,
    pub(crate) gender: Option<Vec<EventGender>>,
    pub(crate) participant_kind: Option<Vec<ParticipantKind>>,
    pub(crate) status: Option<Vec<ProgrammeStatus>>,
    pub(crate) calendar: Calendar,
    /// How often it was held for medals.
    pub(crate) times_held: Option<Numbers>,
    /// The Games at one of which it was held for medals.
    pub(crate) held_at: Option<Slugs>,
    /// The Games at none of which it was held for medals.
    pub(crate) not_held_at: Option<Slugs>,
    /// Whether any of its records is loaded.
    pub(crate) has_records: Option<bool>,
}

impl NamesSlugs for EventCriteria {
    fn slugs(&mut self) -> Vec<&mut Slugs> {
        let Self { programme, calendar, held_at, not_held_at, .. } = self;
        programme.slugs().chain(calendar.slugs()).chain(held_at).chain(not_held_at).collect()
    }
}

/// What events can be ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum EventOrderField {
    Name,
    FirstHeld,
    LastHeld,
    Editions,
}

pub(crate) type EventOrder = OrderBy<EventOrderField>;

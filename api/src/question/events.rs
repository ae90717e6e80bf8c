//! The filter and order of events.

use podium_entity::event::{EventGender, ParticipantKind};

use super::calendar::Calendar;
use super::order::OrderBy;
use super::programme::Programme;
use super::search_text::SearchText;
use crate::rules::event_history::Standing;

/// Conditions on events. All conditions on the Games must hold for the same edition.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct EventCriteria {
    pub(crate) programme: Programme,
    pub(crate) name: Option<SearchText>,
    pub(crate) gender: Option<Vec<EventGender>>,
    pub(crate) participant_kind: Option<Vec<ParticipantKind>>,
    pub(crate) status: Option<Vec<Standing>>,
    pub(crate) calendar: Calendar,
}

/// What events can be ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum EventOrderField {
    Name,
    FirstHeld,
    LastHeld,
}

pub(crate) type EventOrder = OrderBy<EventOrderField>;

//! The filter and order of phases.

use podium_entity::event::EventGender;
use podium_entity::phase::PhaseKind;

use super::NamesSlugs;
use super::calendar::{Calendar, Days};
use super::order::OrderBy;
use super::programme::Programme;
use super::slug::Slugs;

/// Conditions on phases.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct PhaseCriteria {
    pub(crate) calendar: Calendar,
    pub(crate) programme: Programme,
    pub(crate) gender: Option<Vec<EventGender>>,
    /// The nations of which a competitor took part.
    pub(crate) nation: Option<Slugs>,
    /// The local days.
    pub(crate) days: Option<Days>,
    pub(crate) kind: Option<Vec<PhaseKind>>,
    pub(crate) is_medal_phase: Option<bool>,
}

impl NamesSlugs for PhaseCriteria {
    fn slugs(&mut self) -> Vec<&mut Slugs> {
        let Self { calendar, programme, nation, .. } = self;
        calendar.slugs().chain(programme.slugs()).chain(nation).collect()
    }
}

/// What phases can be ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum PhaseOrderField {
    /// The local day and time.
    Start,
    /// The edition, and the sequence within it.
    Edition,
}

pub(crate) type PhaseOrder = OrderBy<PhaseOrderField>;

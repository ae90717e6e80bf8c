//! `PhaseFilter` and `PhaseOrder`.

use async_graphql::{Enum, InputObject};

use super::date_range::DateRange;
use super::order_direction::OrderDirection;
use super::stored;
use crate::error::Error;
use crate::graph::event::EventGender;
use crate::graph::phase::PhaseKind;
use crate::question::FilterInput;
use crate::question::calendar::{Calendar, Days};
use crate::question::phases::{PhaseCriteria, PhaseOrder as Ordering, PhaseOrderField as Field};
use crate::question::programme::Programme;
use crate::question::slug::SlugKind;

/// Selects phases. All given fields must match; for a list, one of its values is enough.
#[derive(Clone, Debug, Default, InputObject)]
pub(crate) struct PhaseFilter {
    /// At one of these Games, by slug.
    pub(crate) games: Option<Vec<String>>,
    /// On one of these days, by the local date at the venue.
    pub(crate) date: Option<DateRange>,
    /// Of one of these kinds.
    pub(crate) kind: Option<Vec<PhaseKind>>,
    /// Whether the phase decides medals: a final, or the last phase of an edition without a final.
    pub(crate) medal_phase: Option<bool>,
    /// With a competitor of one of these nations, by slug or code. Before a phase has results, everyone who is entered in its event competes.
    pub(crate) nation: Option<Vec<String>>,
    /// In one of these sports, by slug.
    pub(crate) sport: Option<Vec<String>>,
    /// In one of these disciplines, by slug.
    pub(crate) discipline: Option<Vec<String>>,
    /// In one of these event families, by slug.
    pub(crate) family: Option<Vec<String>>,
    /// In one of these events, by slug.
    pub(crate) event: Option<Vec<String>>,
    /// In an event for one of these genders.
    pub(crate) gender: Option<Vec<EventGender>>,
}

/// The sort order of phases.
#[derive(Clone, Copy, Debug, InputObject)]
pub(crate) struct PhaseOrder {
    /// The value to sort by.
    pub(crate) field: PhaseOrderField,
    /// The sort direction.
    #[graphql(default_with = "OrderDirection::Asc")]
    pub(crate) direction: OrderDirection,
}

/// The values that phases can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "Field")]
pub(crate) enum PhaseOrderField {
    /// The local date and time of the start. Phases without a date come last when ascending, and those without a time first on their day.
    Start,
    /// The slug of the edition, then the position within it.
    Edition,
}

impl TryFrom<FilterInput<PhaseFilter>> for PhaseCriteria {
    type Error = Error;

    fn try_from(FilterInput { filter, .. }: FilterInput<PhaseFilter>) -> Result<Self, Error> {
        Ok(Self {
            calendar: Calendar::check(filter.games, None, None)?,
            programme: Programme::check(filter.sport, filter.discipline, filter.family, filter.event)?,
            gender: stored(filter.gender),
            nation: SlugKind::Nation.check_all(filter.nation)?,
            days: filter.date.map(Days::try_from).transpose()?,
            kind: stored(filter.kind),
            is_medal_phase: filter.medal_phase,
        })
    }
}

impl From<PhaseOrder> for Ordering {
    fn from(PhaseOrder { field, direction }: PhaseOrder) -> Self {
        Self { field: field.into(), direction: direction.into() }
    }
}

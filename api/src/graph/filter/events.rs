//! `EventFilter` and `EventOrder`.

use async_graphql::{Enum, InputObject};

use super::int_range::IntRange;
use super::order_direction::OrderDirection;
use super::stored;
use super::year_range::YearRange;
use crate::error::Error;
use crate::graph::event::{EventGender, EventStatus, ParticipantKind};
use crate::graph::games::Season;
use crate::question::FilterInput;
use crate::question::calendar::Calendar;
use crate::question::events::{self, EventCriteria};
use crate::question::programme::Programme;
use crate::question::search_text::SearchText;
use crate::question::slug::SlugKind;

/// Selects events. All given fields must match; for a list, one of its values is enough. `games`, `season` and `years` must match the
/// same edition.
#[derive(Clone, Debug, Default, InputObject)]
pub(crate) struct EventFilter {
    /// With one of these slugs.
    pub(crate) slug: Option<Vec<String>>,
    /// With a present or former name containing this text, ignoring case and accents.
    pub(crate) name: Option<String>,
    /// In one of these sports, by slug.
    pub(crate) sport: Option<Vec<String>>,
    /// In one of these disciplines, by slug.
    pub(crate) discipline: Option<Vec<String>>,
    /// In one of these families, by slug.
    pub(crate) family: Option<Vec<String>>,
    /// For one of these genders.
    pub(crate) gender: Option<Vec<EventGender>>,
    /// For individual athletes, pairs or teams.
    pub(crate) participant_kind: Option<Vec<ParticipantKind>>,
    /// Still held or not.
    pub(crate) status: Option<Vec<EventStatus>>,
    /// Held at one of these Games, by slug.
    pub(crate) games: Option<Vec<String>>,
    /// Held at Games of one of these seasons.
    pub(crate) season: Option<Vec<Season>>,
    /// Held at Games of these years.
    pub(crate) years: Option<YearRange>,
    /// Held this many times for medals at official Games, as `Event.editionCount` counts.
    pub(crate) times_held: Option<IntRange>,
    /// Held for medals at one of these official Games, by slug.
    pub(crate) held_at: Option<Vec<String>>,
    /// Held for medals at none of these Games, by slug. An event that may have been held there is left out, where the programme is not loaded.
    pub(crate) not_held_at: Option<Vec<String>>,
    /// `true`: only events with records; `false`: only events without. Records of any kind and distance count, if they are loaded.
    pub(crate) has_records: Option<bool>,
}

/// The sort order of events.
#[derive(Clone, Copy, Debug, InputObject)]
pub(crate) struct EventOrder {
    /// The value to sort by.
    pub(crate) field: EventOrderField,
    /// The sort direction.
    #[graphql(default_with = "OrderDirection::Asc")]
    pub(crate) direction: OrderDirection,
}

/// The values that events can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "events::EventOrderField")]
pub(crate) enum EventOrderField {
    /// The name.
    Name,
    /// The year in which the event was first held. Events never held come last in both directions.
    FirstHeld,
    /// The year in which the event was last held. Events never held come last in both directions.
    LastHeld,
    /// How often the event was held, as `Event.editionCount` counts.
    Editions,
}

impl TryFrom<FilterInput<EventFilter>> for EventCriteria {
    type Error = Error;

    fn try_from(FilterInput { filter, .. }: FilterInput<EventFilter>) -> Result<Self, Error> {
        Ok(Self {
            programme: Programme::check(filter.sport, filter.discipline, filter.family, filter.slug)?,
            name: filter.name.map(|name| SearchText::check("name", &name)).transpose()?,
            gender: stored(filter.gender),
            participant_kind: stored(filter.participant_kind),
            status: stored(filter.status),
            calendar: Calendar::check(filter.games, stored(filter.season), filter.years.map(Into::into))?,
            times_held: filter.times_held.map(|times| times.check("timesHeld")).transpose()?,
            held_at: SlugKind::Games.check_all(filter.held_at)?,
            not_held_at: SlugKind::Games.check_all(filter.not_held_at)?,
            has_records: filter.has_records,
        })
    }
}

impl From<EventOrder> for events::EventOrder {
    fn from(EventOrder { field, direction }: EventOrder) -> Self {
        Self { field: field.into(), direction: direction.into() }
    }
}

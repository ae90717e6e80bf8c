//! `ProgrammeChange`.

use async_graphql::{Enum, SimpleObject};

use crate::graph::distance::Distance;
use crate::graph::games::Games;
use crate::rules::event_history::Change;

/// A change of an event on the Olympic programme at one Games.
#[derive(SimpleObject)]
pub(crate) struct ProgrammeChange {
    /// The Games of the change. For a dropped event, the first Games without it.
    pub(crate) games: Games,
    /// The distance from then on; null when the event was dropped or the distance is not known.
    pub(crate) distance: Option<Distance>,
    /// The kind of change.
    pub(crate) change: ProgrammeChangeKind,
}

/// The kinds of change of an event on the programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Change")]
pub(crate) enum ProgrammeChangeKind {
    /// Held for the first time.
    Introduced,
    /// Held over a different distance than the time before.
    Changed,
    /// Held again after an absence.
    Returned,
    /// Dropped: the first Games without the event since it was held.
    Dropped,
    /// Unknown. Either the event may have been dropped, since the programme of these Games is not loaded. Or it was held and may have been new,
    /// since the programme of earlier Games is not loaded.
    Unknown,
}

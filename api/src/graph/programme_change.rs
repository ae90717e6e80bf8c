//! `ProgrammeChange`.

use async_graphql::{Enum, SimpleObject};

use crate::graph::distance::Distance;
use crate::graph::games::Games;
use crate::rules::event_history::Change;

/// What happened to an event on the programme at one Games.
#[derive(SimpleObject)]
pub(crate) struct ProgrammeChange {
    /// The Games at which it happened; for a drop the first without the event.
    pub(crate) games: Games,
    /// The distance from then on; null when dropped or not known.
    pub(crate) distance: Option<Distance>,
    /// What happened.
    pub(crate) change: ProgrammeChangeKind,
}

/// What can happen to an event on the programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Change")]
pub(crate) enum ProgrammeChangeKind {
    /// Held for the first time.
    Introduced,
    /// Held over another distance than the time before.
    Changed,
    /// Held again after it was absent.
    Returned,
    /// Not held, for the first time since it was.
    Dropped,
}

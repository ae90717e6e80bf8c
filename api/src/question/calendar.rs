//! Which Games.

use podium_entity::games::Season;

use super::slug::{SlugKind, Slugs};
use crate::error::Result;

/// Years from one to another, both included. An end that is left out is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Years {
    pub(crate) from: Option<i32>,
    pub(crate) to: Option<i32>,
}

/// Conditions on Games, all of which hold on one and the same Games.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Calendar {
    pub(crate) games: Option<Slugs>,
    pub(crate) season: Option<Vec<Season>>,
    pub(crate) years: Option<Years>,
}

impl Calendar {
    /// Refuses malformed slugs.
    pub(crate) fn check(games: Option<Vec<String>>, season: Option<Vec<Season>>, years: Option<Years>) -> Result<Self> {
        Ok(Self { games: SlugKind::Games.check_all(games)?, season, years })
    }

    /// Whether there is any condition.
    pub(crate) fn is_stated(&self) -> bool {
        self.games.is_some() || self.season.is_some() || self.years.is_some()
    }
}

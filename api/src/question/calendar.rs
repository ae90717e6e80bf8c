//! Filters on Games, by slug, season and year, and on days.

use chrono::NaiveDate;
use podium_entity::games::Season;

use super::slug::{SlugKind, Slugs};
use crate::error::Result;

/// A range of years, both ends included. A missing end is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Years {
    pub(crate) from: Option<i32>,
    pub(crate) to: Option<i32>,
}

/// A range of days, both ends included. A missing end is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Days {
    pub(crate) from: Option<NaiveDate>,
    pub(crate) to: Option<NaiveDate>,
}

impl Days {
    /// Whether there is any end.
    pub(crate) fn is_stated(self) -> bool {
        self.from.is_some() || self.to.is_some()
    }
}

/// Conditions on Games. All of them must hold for the same Games.
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

    /// All lists of slugs.
    pub(crate) fn slugs(&mut self) -> impl Iterator<Item = &mut Slugs> {
        self.games.iter_mut()
    }

    /// Whether there is any condition.
    pub(crate) fn is_stated(&self) -> bool {
        self.games.is_some() || self.season.is_some() || self.years.is_some()
    }
}

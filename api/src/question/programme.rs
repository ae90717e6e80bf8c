//! Which events, by their place in the programme: sport, discipline, family, event.

use super::slug::{SlugKind, Slugs};
use crate::error::Result;

/// Conditions on the place of an event in the programme.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Programme {
    pub(crate) sport: Option<Slugs>,
    pub(crate) discipline: Option<Slugs>,
    pub(crate) family: Option<Slugs>,
    pub(crate) event: Option<Slugs>,
}

/// The highest level of the programme that a query needs. Tables above it need not be joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    Edition,
    Event,
    Family,
    Discipline,
    Sport,
}

/// Lists of slugs as a client sent them.
pub(crate) type Sent = Option<Vec<String>>;

impl Programme {
    /// Refuses malformed slugs.
    pub(crate) fn check(sport: Sent, discipline: Sent, family: Sent, event: Sent) -> Result<Self> {
        Ok(Self {
            sport: SlugKind::Sport.check_all(sport)?,
            discipline: SlugKind::Discipline.check_all(discipline)?,
            family: SlugKind::EventFamily.check_all(family)?,
            event: SlugKind::Event.check_all(event)?,
        })
    }

    /// All lists of slugs.
    pub(crate) fn slugs(&mut self) -> impl Iterator<Item = &mut Slugs> {
        let Self { sport, discipline, family, event } = self;
        [sport, discipline, family, event].into_iter().flatten()
    }

    /// The highest level that the conditions need.
    pub(crate) fn level(&self) -> Level {
        let reached = [
            (self.sport.is_some(), Level::Sport),
            (self.discipline.is_some(), Level::Discipline),
            (self.family.is_some(), Level::Family),
            (self.event.is_some(), Level::Event),
        ];
        reached.into_iter().find(|(is_stated, _)| *is_stated).map_or(Level::Edition, |(_, level)| level)
    }

    /// Whether there is any condition.
    pub(crate) fn is_stated(&self) -> bool {
        self.level() > Level::Edition
    }
}

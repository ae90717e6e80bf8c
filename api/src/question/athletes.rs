//! The filter and order of lists of athletes.

use chrono::NaiveDate;
use podium_entity::athlete::Gender;
use podium_entity::games::Season;
use podium_entity::medal_award::Medal;

use super::NamesSlugs;
use super::calendar::{Calendar, Years};
use super::medals::MedalCriteria;
use super::order::OrderBy;
use super::programme::Programme;
use super::search_text::SearchText;
use super::slug::Slugs;
use crate::error::{Error, Result};

/// Conditions on athletes. All conditions on participation must hold for the same entry.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct AthleteCriteria {
    pub(crate) slug: Option<Slugs>,
    pub(crate) name: Option<SearchText>,
    pub(crate) gender: Option<Vec<Gender>>,
    pub(crate) born: Option<Years>,
    pub(crate) nation: Option<Slugs>,
    pub(crate) calendar: Calendar,
    pub(crate) programme: Programme,
    pub(crate) career: Career,
    /// Whether they won a medal there.
    pub(crate) medalist: Option<bool>,
    /// The colours of the medals that they won there.
    pub(crate) medal: Option<Vec<Medal>>,
    /// The day on which medals are held.
    pub(crate) today: NaiveDate,
}

impl NamesSlugs for AthleteCriteria {
    fn slugs(&mut self) -> Vec<&mut Slugs> {
        let Self { slug, nation, calendar, programme, .. } = self;
        slug.iter_mut().chain(nation).chain(calendar.slugs()).chain(programme.slugs()).collect()
    }
}

impl AthleteCriteria {
    /// Whether there is a condition on participation.
    pub(crate) fn names_participation(&self) -> bool {
        self.nation.is_some() || self.medal.is_some() || self.medalist.is_some() || self.names_edition()
    }

    /// Whether there is a condition on the Games or the event.
    pub(crate) fn names_edition(&self) -> bool {
        self.calendar.is_stated() || self.programme.is_stated()
    }

    /// The medals that count for `medalist` and `medal`: of these colours, or of any.
    pub(crate) fn medals(&self, colours: Option<Vec<Medal>>) -> MedalCriteria {
        let (calendar, programme) = (self.calendar.clone(), self.programme.clone());
        MedalCriteria { calendar, programme, medal: colours, ..MedalCriteria::held_today(self.today) }
    }
}

/// Conditions on all entries and medals of an athlete together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Career {
    pub(crate) seasons: Vec<Season>,
    pub(crate) medal_seasons: Vec<Season>,
    pub(crate) min_games: Option<i32>,
    pub(crate) min_nations: Option<i32>,
    pub(crate) min_medals: Option<i32>,
}

impl Career {
    /// Refuses a minimum that everyone reaches.
    pub(crate) fn check(self) -> Result<Self> {
        for (name, minimum) in [("minGames", self.min_games), ("minNations", self.min_nations), ("minMedals", self.min_medals)] {
            at_least_one(name, minimum.unwrap_or(1))?;
        }
        Ok(self)
    }

    /// Whether there is any condition.
    pub(crate) fn is_stated(&self) -> bool {
        *self != Self::default()
    }
}

/// Refuses a minimum of nothing.
pub(crate) fn at_least_one(name: &str, minimum: i32) -> Result<()> {
    match minimum {
        ..1 => Err(Error::bad_input(format!("`{name}` is {minimum}, but must be at least 1."))),
        _ => Ok(()),
    }
}

/// Whose athletes are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum AthletesOf {
    World,
    Games,
    Nation,
}

/// What athletes can be ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum AthleteOrderField {
    Name,
    Born,
    Medals,
    Games,
    Span,
    Height,
    Weight,
}

pub(crate) type AthleteOrder = OrderBy<AthleteOrderField>;

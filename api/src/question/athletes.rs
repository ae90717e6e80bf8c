//! The filter and order of lists of athletes.

use chrono::NaiveDate;
use podium_entity::athlete::Gender;
use podium_entity::medal_award::Medal;

use super::calendar::{Calendar, Years};
use super::medals::MedalCriteria;
use super::order::OrderBy;
use super::programme::Programme;
use super::search_text::SearchText;
use super::slug::Slugs;

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
    /// Whether they won a medal there.
    pub(crate) medalist: Option<bool>,
    /// The colours of the medals that they won there.
    pub(crate) medal: Option<Vec<Medal>>,
    /// The day on which medals are held.
    pub(crate) today: NaiveDate,
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
        MedalCriteria { calendar, programme, medal: colours, ..MedalCriteria::held_on(self.today) }
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
}

pub(crate) type AthleteOrder = OrderBy<AthleteOrderField>;

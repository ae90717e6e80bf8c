//! The filter and order of medals.

use chrono::NaiveDate;
use podium_entity::event::EventGender;
use podium_entity::event_edition::EditionStatus;
use podium_entity::games::{GamesKind, Season};
use podium_entity::medal_award::Medal;

use super::NamesSlugs;
use super::calendar::{Calendar, Days};
use super::order::OrderBy;
use super::programme::{Level, Programme};
use super::slug::Slugs;

/// The day on which medals are held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum AsOf {
    /// The day of the answer.
    Today(NaiveDate),
    /// A requested day.
    Day(NaiveDate),
}

impl AsOf {
    pub(crate) fn day(self) -> NaiveDate {
        match self {
            Self::Today(day) | Self::Day(day) => day,
        }
    }
}

/// Conditions on medals. By default, a medal counts if it is held on `as_of` and was won at official Olympic Games.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct MedalCriteria {
    pub(crate) calendar: Calendar,
    pub(crate) programme: Programme,
    pub(crate) nation: Option<Slugs>,
    pub(crate) gender: Option<Vec<EventGender>>,
    pub(crate) medal: Option<Vec<Medal>>,
    pub(crate) games_kind: Option<Vec<GamesKind>>,
    pub(crate) edition_status: Option<Vec<EditionStatus>>,
    pub(crate) include_unofficial_games: bool,
    /// The days on which the events were decided.
    pub(crate) won_on: Option<Days>,
    pub(crate) as_of: AsOf,
}

impl NamesSlugs for MedalCriteria {
    fn slugs(&mut self) -> Vec<&mut Slugs> {
        let Self { calendar, programme, nation, .. } = self;
        calendar.slugs().chain(programme.slugs()).chain(nation).collect()
    }
}

impl MedalCriteria {
    /// The medals that are held today, without any other condition.
    pub(crate) fn held_today(today: NaiveDate) -> Self {
        Self {
            calendar: Calendar::default(),
            programme: Programme::default(),
            nation: None,
            gender: None,
            medal: None,
            games_kind: None,
            edition_status: None,
            include_unofficial_games: false,
            won_on: None,
            as_of: AsOf::Today(today),
        }
    }

    /// The highest level of the programme that the conditions need.
    pub(crate) fn level(&self) -> Level {
        let of_gender = if self.gender.is_some() { Level::Event } else { Level::Edition };
        self.programme.level().max(of_gender)
    }

    /// Whether the stored tallies of each nation at each Games answer this: the conditions may split a tally by colour, and by nothing else.
    pub(crate) fn is_of_whole_tallies(&self) -> bool {
        let Self { programme, gender, edition_status, won_on, as_of, .. } = self;
        let parts_none = *programme == Programme::default() && gender.is_none() && edition_status.is_none() && won_on.is_none();
        parts_none && matches!(as_of, AsOf::Today(_))
    }

    /// Whether medals of this colour count.
    pub(crate) fn wants(&self, medal: Medal) -> bool {
        self.medal.as_ref().is_none_or(|medals| medals.contains(&medal))
    }

    /// Whether the season condition names the intercalated Games of Athens 1906.
    pub(crate) fn names_intercalated(&self) -> bool {
        self.calendar.season.as_ref().is_some_and(|seasons| seasons.contains(&Season::Intercalated))
    }
}

/// What medals can be ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum MedalOrderField {
    /// By Games, then event, gold before silver before bronze.
    Games,
    /// Gold first, then the newest Games, then event.
    Medal,
    /// The youngest recipient first; descending, the oldest.
    Age,
    /// The day on which it was won.
    WonOn,
}

pub(crate) type MedalOrder = OrderBy<MedalOrderField>;

/// What ranked athletes can be ordered by, instead of by rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum MedalistOrderField {
    Total,
    Gold,
    /// The years from the first medal to the last.
    Span,
    /// The year of the first medal.
    FirstYear,
}

pub(crate) type MedalistOrder = OrderBy<MedalistOrderField>;

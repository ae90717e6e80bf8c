//! The filter and order of the list of all Games.

use podium_entity::games::{GamesKind, GamesStatus, Recognition};

use super::NamesSlugs;
use super::calendar::Calendar;
use super::order::OrderBy;
use super::search_text::SearchText;
use super::slug::Slugs;

/// Conditions on Games.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct GamesCriteria {
    pub(crate) calendar: Calendar,
    pub(crate) kind: Option<Vec<GamesKind>>,
    pub(crate) status: Option<Vec<GamesStatus>>,
    pub(crate) recognition: Option<Vec<Recognition>>,
    pub(crate) name: Option<SearchText>,
    pub(crate) host_nation: Option<Slugs>,
}

impl NamesSlugs for GamesCriteria {
    fn slugs(&mut self) -> Vec<&mut Slugs> {
        let Self { calendar, host_nation, .. } = self;
        calendar.slugs().chain(host_nation).collect()
    }
}

/// What Games can be ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum GamesOrderField {
    Year,
    Name,
}

pub(crate) type GamesOrder = OrderBy<GamesOrderField>;

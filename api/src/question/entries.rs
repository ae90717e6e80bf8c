//! The filter and order of the entries of an edition or of an athlete.

use chrono::NaiveDate;
use podium_entity::entry::EntryStatus;
use podium_entity::medal_award::Medal;

use super::NamesSlugs;
use super::calendar::Calendar;
use super::order::OrderBy;
use super::programme::Programme;
use super::slug::Slugs;

/// Conditions on entries.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct EntryCriteria {
    /// Only for the entries of an athlete.
    pub(crate) calendar: Calendar,
    /// Only for the entries of an athlete.
    pub(crate) programme: Programme,
    pub(crate) nation: Option<Slugs>,
    /// The colours of medals that are held today.
    pub(crate) medal: Option<Vec<Medal>>,
    pub(crate) status: Option<Vec<EntryStatus>>,
    pub(crate) today: NaiveDate,
}

impl NamesSlugs for EntryCriteria {
    fn slugs(&mut self) -> Vec<&mut Slugs> {
        let Self { calendar, programme, nation, .. } = self;
        calendar.slugs().chain(programme.slugs()).chain(nation).collect()
    }
}

/// What the entries of an edition can be ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum EntryOrderField {
    Name,
    Nation,
}

pub(crate) type EntryOrder = OrderBy<EntryOrderField>;

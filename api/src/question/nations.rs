//! The filter and order of nations.

use chrono::NaiveDate;
use podium_entity::games::Season;
use podium_entity::nation::NationKind;

use super::NamesSlugs;
use super::calendar::Calendar;
use super::medals::MedalCriteria;
use super::numbers::Numbers;
use super::order::OrderBy;
use super::search_text::SearchText;
use super::slug::Slugs;

/// Conditions on nations. The conditions on the Games and `medalist` must hold for the same Games.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct NationCriteria {
    pub(crate) slug: Option<Slugs>,
    pub(crate) code: Option<Slugs>,
    pub(crate) name: Option<SearchText>,
    pub(crate) kind: Option<Vec<NationKind>>,
    pub(crate) lineage: Option<Slugs>,
    pub(crate) calendar: Calendar,
    /// Whether they won a medal there.
    pub(crate) medalist: Option<bool>,
    /// How many medals they won there.
    pub(crate) medals: Option<Numbers>,
    pub(crate) golds: Option<Numbers>,
    /// The season at all of whose Games they took part.
    pub(crate) at_every_games: Option<Season>,
    /// The day on which medals are held.
    pub(crate) today: NaiveDate,
}

impl NamesSlugs for NationCriteria {
    fn slugs(&mut self) -> Vec<&mut Slugs> {
        let Self { slug, code, lineage, calendar, .. } = self;
        slug.iter_mut().chain(code).chain(lineage).chain(calendar.slugs()).collect()
    }
}

impl NationCriteria {
    /// The medals that count for `medalist`.
    pub(crate) fn medals(&self) -> MedalCriteria {
        MedalCriteria { calendar: self.calendar.clone(), ..MedalCriteria::held_today(self.today) }
    }
}

/// What nations can be ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum NationOrderField {
    Code,
    Name,
    Medals,
}

pub(crate) type NationOrder = OrderBy<NationOrderField>;

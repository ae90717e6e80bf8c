//! The filter on the results of an edition or of an athlete.

use chrono::NaiveDate;
use podium_entity::medal_award::Medal;
use podium_entity::result::{Irm, ResultStatus};

use super::NamesSlugs;
use super::calendar::Calendar;
use super::medals::MedalCriteria;
use super::programme::Programme;
use super::slug::Slugs;

/// Conditions on overall results.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ResultCriteria {
    /// Only for the results of an athlete.
    pub(crate) calendar: Calendar,
    /// Only for the results of an athlete.
    pub(crate) programme: Programme,
    pub(crate) nation: Option<Slugs>,
    /// The colours of medals that are held today.
    pub(crate) medal: Option<Vec<Medal>>,
    pub(crate) irm: Option<Vec<Irm>>,
    /// By default, all results but annulled ones.
    pub(crate) status: Option<Vec<ResultStatus>>,
    pub(crate) today: NaiveDate,
}

impl NamesSlugs for ResultCriteria {
    fn slugs(&mut self) -> Vec<&mut Slugs> {
        let Self { calendar, programme, nation, .. } = self;
        calendar.slugs().chain(programme.slugs()).chain(nation).collect()
    }
}

impl ResultCriteria {
    /// The same conditions on the medals that are held today.
    pub(crate) fn medals(&self) -> MedalCriteria {
        MedalCriteria {
            calendar: self.calendar.clone(),
            programme: self.programme.clone(),
            nation: self.nation.clone(),
            medal: self.medal.clone(),
            ..MedalCriteria::held_today(self.today)
        }
    }
}

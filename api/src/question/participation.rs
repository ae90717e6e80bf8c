//! The filter on those who took part in a Games.

use podium_entity::event::EventGender;

use super::NamesSlugs;
use super::programme::{Level, Programme};
use super::slug::Slugs;

/// Conditions on those who took part.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct ParticipationCriteria {
    pub(crate) programme: Programme,
    pub(crate) nation: Option<Slugs>,
    pub(crate) gender: Option<Vec<EventGender>>,
}

impl ParticipationCriteria {
    /// The highest level of the programme that the conditions need.
    pub(crate) fn level(&self) -> Level {
        let of_gender = if self.gender.is_some() { Level::Event } else { Level::Edition };
        self.programme.level().max(of_gender)
    }
}

impl NamesSlugs for ParticipationCriteria {
    fn slugs(&mut self) -> Vec<&mut Slugs> {
        let Self { programme, nation, .. } = self;
        programme.slugs().chain(nation).collect()
    }
}

//! One athlete: the facts from all of their lines.

use podium_entity::athlete::Gender;
use podium_entity::athlete_name::AthleteNameKind;
use podium_entity::medal_award::Medal;
use podium_entity::{athlete, athlete_name, names::fold::fold};
use sea_orm::prelude::Uuid;

use super::dictionary::SOURCE;
use super::participation::Participation;
use crate::sources::common::person_name::PersonName;

#[derive(Debug)]
pub(super) struct Person {
    pub(super) number: u32,
    /// The first of the athlete's lines.
    pub(super) line: u64,
    pub(super) id: Uuid,
    /// Whether a better source stores the athlete under its own key.
    pub(super) is_settled: bool,
    /// The nation on that line. Its naming conventions decide how the name is parsed.
    pub(super) nation: Uuid,
    pub(super) name: PersonName,
    /// The name as the file has it, when a correction has restored its letters.
    pub(super) damaged: Option<PersonName>,
    pub(super) gender: Gender,
    /// The first and the last year of birth that the athlete's ages give.
    pub(super) births: Option<(i32, i32)>,
    pub(super) height_cm: Option<i32>,
    pub(super) weight_kg: Option<f64>,
    /// The athlete's parts in entries.
    pub(super) memberships: Vec<EntryMembership>,
}

/// A line's facts about an athlete's part in an entry.
#[derive(Clone, Copy, Debug)]
pub(super) struct EntryMembership {
    pub(super) entry: Uuid,
    pub(super) nation: Uuid,
    pub(super) medal: Option<Medal>,
    pub(super) line: u64,
}

impl Person {
    /// Adds the personal facts on one more line.
    pub(super) fn learn(&mut self, row: &Participation<'_>) {
        if let Some(age) = row.age {
            let year = row.year - age;
            let (first, last) = self.births.unwrap_or((year, year));
            self.births = Some((first.min(year), last.max(year)));
        }
        self.height_cm = self.height_cm.or(row.height_cm);
        self.weight_kg = self.weight_kg.or(row.weight_kg);
    }

    /// The year of birth: the first possible one, unless the ages contradict each other.
    pub(super) fn born(&self) -> Option<i32> {
        self.births.and_then(|(first, last)| (last - first <= 1).then_some(first))
    }

    /// The other names. They include the usual name when a better source decides what that is.
    pub(super) fn names(&self) -> impl Iterator<Item = athlete_name::Model> {
        let usual = self.is_settled.then(|| athlete_name::Model::new(self.id, AthleteNameKind::AsPrinted, &self.name.usual));
        self.name.others.iter().map(|(kind, name)| athlete_name::Model::new(self.id, *kind, name)).chain(usual)
    }

    pub(super) fn row(&self, slug: String, source_id: Uuid) -> athlete::Model {
        athlete::Model {
            id: self.id,
            key: athlete_key(self.number),
            slug,
            name: self.name.usual.clone(),
            given_name: None,
            family_name: None,
            name_order: self.name.order,
            sort_fold: fold(&self.name.indexed),
            sort_name: self.name.indexed.clone(),
            gender: self.gender,
            born: self.born().map(|year| format!("{year}?")),
            died: None,
            birth_place: None,
            height_cm: self.height_cm,
            weight_kg: self.weight_kg,
            source_id,
        }
    }
}

/// The key of an athlete known only from this source.
pub(super) fn athlete_key(number: u32) -> String {
    format!("{SOURCE}:{number}")
}

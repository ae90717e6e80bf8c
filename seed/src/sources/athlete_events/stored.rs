//! Stored data of athletes that are imported again.

use std::collections::HashMap;

use podium_entity::athlete_name::AthleteNameKind;
use podium_entity::names::homoglyphs::to_latin;
use podium_entity::{athlete, athlete_name};
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::person::Person;
use crate::error::Error;
use crate::report::Tally;
use crate::sources::common::person_name::PersonName;
use crate::write::preceding_rows::PrecedingRows;
use crate::write::writer::Writer;

/// The stored data of the athletes of one batch.
#[derive(Debug, Default)]
pub(super) struct Stored {
    pub(super) slugs: HashMap<Uuid, String>,
    /// Rows of a better source, whose gaps this one may fill.
    pub(super) better: HashMap<Uuid, athlete::Model>,
    /// The stored names of the athletes: the usual one, and those as printed.
    printed: HashMap<Uuid, Vec<String>>,
}

impl Stored {
    /// Loads the stored data of these athletes.
    pub(super) async fn load(writer: &Writer<'_>, people: &[Person], preceding: &PrecedingRows) -> Result<Self, Error> {
        use athlete::Column::{Id, Name, Slug, SourceId};
        use athlete_name::Column::{AthleteId, Kind};
        let mut stored = Self::default();
        let mut better: Vec<Uuid> = Vec::new();
        for people in people.chunks(1_000) {
            let ids = people.iter().map(|person| person.id);
            let rows = athlete::Entity::find().select_only().columns([Id, Slug, Name, SourceId]).filter(Id.is_in(ids.clone()));
            for (id, slug, name, source) in rows.into_tuple::<(Uuid, String, String, Uuid)>().all(writer.db).await? {
                stored.slugs.insert(id, slug);
                stored.printed.insert(id, Vec::from([name]));
                better.extend(Some(id).filter(|_| preceding.better.contains(&source)));
            }
            let printed = athlete_name::Entity::find().select_only().columns([AthleteId, athlete_name::Column::Name]);
            let printed = printed.filter(AthleteId.is_in(ids)).filter(Kind.eq(AthleteNameKind::AsPrinted));
            for (id, name) in printed.into_tuple::<(Uuid, String)>().all(writer.db).await? {
                stored.printed.entry(id).or_default().push(name);
            }
        }
        for ids in better.chunks(1_000) {
            let rows = athlete::Entity::find().filter(Id.is_in(ids.iter().copied())).all(writer.db).await?;
            stored.better.extend(rows.into_iter().map(|row| (row.id, row)));
        }
        Ok(stored)
    }

    /// The name with all letters that an earlier import restored; `None` when the name is also stored as this file prints it.
    pub(super) fn whole_name(&self, person: &Person) -> Option<&str> {
        let (printed, known) = (person.name.printed(), self.printed.get(&person.id)?);
        let alike = || known.iter().filter(|name| left_letters(name).eq(left_letters(printed)));
        // A name that was mended is also stored as it was before.
        let whole = alike().find(|name| to_latin(name) != **name).or_else(|| alike().next())?;
        (!known.iter().any(|name| name == printed)).then_some(whole)
    }

    /// Deletes the names that an import without name corrections derived from damaged ones.
    pub(super) async fn forget_damaged_names(&self, writer: &mut Writer<'_>, people: &[Person]) -> Result<(), Error> {
        let mut damaged: Vec<Uuid> = Vec::new();
        for person in people.iter().filter(|person| self.slugs.contains_key(&person.id)) {
            let right: Vec<Uuid> = names_of(person.id, &person.name).collect();
            let wrong = person.damaged.iter().flat_map(|name| names_of(person.id, name));
            damaged.extend(wrong.filter(|name| !right.contains(name)));
        }
        for ids in damaged.chunks(1_000) {
            let wrong = athlete_name::Entity::delete_many().filter(athlete_name::Column::Id.is_in(ids.iter().copied()));
            let updated = usize::try_from(wrong.exec(writer.db).await?.rows_affected).unwrap_or_default();
            writer.report.add("athlete_names", Tally { updated, ..Tally::default() });
        }
        Ok(())
    }
}

/// The letters of a name that survive in the file. Some blanks are lost too, so all are ignored.
fn left_letters(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|letter| letter.is_ascii() && !letter.is_ascii_whitespace())
}

/// The ids of all name rows that a printed name can produce.
fn names_of(athlete: Uuid, name: &PersonName) -> impl Iterator<Item = Uuid> {
    let usual = athlete_name::Model::new(athlete, AthleteNameKind::AsPrinted, &name.usual).id;
    name.others.iter().map(move |(kind, name)| athlete_name::Model::new(athlete, *kind, name).id).chain([usual])
}

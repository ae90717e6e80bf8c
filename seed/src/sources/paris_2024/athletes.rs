//! The rows of athletes. Athletes already stored by another source keep their identity and take the name from these files.

use std::collections::{BTreeSet, HashMap};

use podium_entity::athlete_name::AthleteNameKind;
use podium_entity::{athlete, athlete_name, external_id, key, names::fold::fold};
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::dictionary::SOURCE;
use super::people::{People, Person};
use super::printed_name::PrintedName;
use crate::error::Error;
use crate::write::merge_athlete;
use crate::write::preceding_rows::PrecedingRows;
use crate::write::slugs::Slugs;
use crate::write::writer::Writer;

/// Athletes in one query.
const CHUNK: usize = 1_000;

/// The rows of athletes.
#[derive(Debug, Default)]
pub(super) struct Athletes {
    pub(super) rows: Vec<athlete::Model>,
    pub(super) names: Vec<athlete_name::Model>,
    pub(super) external_ids: Vec<external_id::Model>,
    /// All athletes, including those of better sources.
    pub(super) ids: Vec<Uuid>,
    /// The number of athletes kept from better sources.
    pub(super) kept: usize,
    /// The number of athletes whose key is from the other source.
    pub(super) matched: usize,
}

impl Athletes {
    /// Builds the rows of the athletes with these codes.
    pub(super) async fn of(
        codes: &BTreeSet<String>,
        people: &People,
        preceding: &PrecedingRows,
        writer: &Writer<'_>,
    ) -> Result<Self, Error> {
        let ids: Vec<Uuid> = codes.iter().map(|code| people.id(code)).collect();
        let mut stored: HashMap<Uuid, athlete::Model> = HashMap::new();
        for ids in ids.chunks(CHUNK) {
            let found = athlete::Entity::find().filter(athlete::Column::Id.is_in(ids.iter().copied()));
            stored.extend(found.all(writer.db).await?.into_iter().map(|row| (row.id, row)));
        }
        let mut slugs = Slugs::load(writer.db).await?;
        let mut athletes = Self { ids, ..Self::default() };
        for code in codes {
            let Some(person) = people.get(code) else { continue };
            let id = people.id(code);
            athletes.names.push(athlete_name::Model::new(id, AthleteNameKind::AsPrinted, &person.name));
            if people.is_matched(code) {
                athletes.external_ids.push(external_id(id, code));
                athletes.matched += 1;
            }
            match stored.remove(&id) {
                Some(row) if preceding.better.contains(&row.source_id) => athletes.kept += 1,
                Some(row) if people.is_matched(code) => {
                    let new = new(id, row.key.clone(), person, writer.source, |_| row.slug.clone());
                    let filled = merge_athlete::fill_gaps(new, &row);
                    athletes.names.extend(merge_athlete::other_name(&filled, &row.name));
                    athletes.rows.push(filled);
                }
                Some(row) => athletes.rows.push(new(id, row.key, person, writer.source, |_| row.slug)),
                None => athletes.rows.push(new(id, people.key(code), person, writer.source, |name| slugs.take(name, year(person)))),
            }
        }
        Ok(athletes)
    }
}

/// The row of an athlete, from these files alone.
fn new(id: Uuid, key: String, person: &Person, source_id: Uuid, slug: impl FnOnce(&str) -> String) -> athlete::Model {
    let name = PrintedName::read(&person.name, &person.noc);
    athlete::Model {
        id,
        key,
        slug: slug(&name.usual),
        name: name.usual,
        given_name: name.given,
        family_name: name.family,
        name_order: name.order,
        sort_fold: fold(&name.indexed),
        sort_name: name.indexed,
        gender: person.gender,
        born: person.born.map(|date| date.to_string()),
        died: None,
        birth_place: None,
        height_cm: person.height_cm,
        weight_kg: person.weight_kg.map(f64::from),
        source_id,
    }
}

fn year(person: &Person) -> Option<i32> {
    person.born.as_ref().map(chrono::Datelike::year)
}

fn external_id(athlete_id: Uuid, code: &str) -> external_id::Model {
    external_id::Model {
        id: key::derived("external_id", &[&SOURCE, &code]),
        games_id: None,
        nation_id: None,
        event_id: None,
        athlete_id: Some(athlete_id),
        scheme: SOURCE.to_owned(),
        value: code.to_owned(),
    }
}

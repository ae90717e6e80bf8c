//! Athletes and their names.

use podium_entity::athlete::{Gender, NameOrder};
use podium_entity::athlete_name::AthleteNameKind;
use podium_entity::names::homoglyphs::to_latin;
use podium_entity::partial_date::PartialDate;
use podium_entity::{athlete, athlete_name, key, names::fold::fold};
use serde::Deserialize;

use super::Line;
use crate::error::Error;
use crate::format::context::{Context, Location};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AthleteLine {
    key: String,
    slug: Option<String>,
    name: String,
    given_name: Option<String>,
    family_name: Option<String>,
    name_order: NameOrder,
    sort_name: String,
    gender: Gender,
    born: Option<PartialDate>,
    died: Option<PartialDate>,
    birth_place: Option<String>,
    height_cm: Option<i32>,
    weight_kg: Option<f64>,
    source: String,
}

impl Line for AthleteLine {
    type Entity = athlete::Entity;

    fn row(self, at: Location<'_>, context: &mut Context) -> Result<athlete::Model, Error> {
        let latin = |name: String| to_latin(&name).into_owned();
        let sort_name = latin(self.sort_name);
        let id = key::id("athlete", &self.key);
        let source_id = at.reference(context, "source", "source", &self.source)?;
        context.add(id);
        context.athletes.insert(id);
        Ok(athlete::Model {
            id,
            slug: at.slug(self.slug, &self.key, 1)?,
            key: self.key,
            name: latin(self.name),
            given_name: self.given_name.map(latin),
            family_name: self.family_name.map(latin),
            name_order: self.name_order,
            sort_fold: fold(&sort_name),
            sort_name,
            gender: self.gender,
            born: self.born.map(|date| date.to_string()),
            died: self.died.map(|date| date.to_string()),
            birth_place: self.birth_place,
            height_cm: self.height_cm,
            weight_kg: self.weight_kg,
            source_id,
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AthleteNameLine {
    athlete: String,
    name: String,
    kind: AthleteNameKind,
    language: Option<String>,
}

impl Line for AthleteNameLine {
    type Entity = athlete_name::Entity;

    fn row(self, at: Location<'_>, context: &mut Context) -> Result<athlete_name::Model, Error> {
        let athlete_id = at.reference(context, "athlete", "athlete", &self.athlete)?;
        context.athletes.insert(athlete_id);
        Ok(athlete_name::Model { language: self.language, ..athlete_name::Model::new(athlete_id, self.kind, &to_latin(&self.name)) })
    }
}

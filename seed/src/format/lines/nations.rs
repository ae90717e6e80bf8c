//! Nations, their names and codes, and what became of them.

use podium_entity::nation::NationKind;
use podium_entity::nation_relation::NationRelationKind;
use podium_entity::{key, lineage, lineage_member, names::fold::fold, nation, nation_code, nation_name, nation_relation};
use serde::Deserialize;

use super::Line;
use crate::error::Error;
use crate::format::context::{Context, Location};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NationLine {
    key: String,
    slug: Option<String>,
    code: String,
    valid_from: Option<i32>,
    valid_to: Option<i32>,
    name: String,
    official_name: Option<String>,
    kind: NationKind,
    iso2: Option<String>,
    iso3: Option<String>,
    source: String,
}

impl Line for NationLine {
    type Entity = nation::Entity;

    fn row(self, at: Location<'_>, context: &mut Context) -> Result<nation::Model, Error> {
        let id = key::id("nation", &self.key);
        let source_id = at.reference(context, "source", "source", &self.source)?;
        if self.code.len() != 3 {
            return Err(at.refuse("code", "a code has three letters"));
        }
        if self.valid_from.zip(self.valid_to).is_some_and(|(from, to)| to < from) {
            return Err(at.refuse("valid_to", "the last year is before the first"));
        }
        context.add(id);
        Ok(nation::Model {
            id,
            slug: self.slug.unwrap_or_else(|| self.key.clone()),
            key: self.key,
            code: self.code,
            valid_from: self.valid_from,
            valid_to: self.valid_to,
            name_fold: fold(&self.name),
            name: self.name,
            official_name: self.official_name,
            kind: self.kind,
            iso2: self.iso2,
            iso3: self.iso3,
            source_id,
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NationNameLine {
    nation: String,
    name: String,
    language: Option<String>,
    valid_from: Option<i32>,
    valid_to: Option<i32>,
}

impl Line for NationNameLine {
    type Entity = nation_name::Entity;

    fn row(self, at: Location<'_>, context: &mut Context) -> Result<nation_name::Model, Error> {
        let nation_id = at.reference(context, "nation", "nation", &self.nation)?;
        let id = key::derived("nation_name", &[&nation_id, &self.name]);
        Ok(nation_name::Model {
            id,
            nation_id,
            name: self.name,
            language: self.language,
            valid_from: self.valid_from,
            valid_to: self.valid_to,
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NationCodeLine {
    nation: String,
    scheme: String,
    code: String,
    valid_from: Option<i32>,
    valid_to: Option<i32>,
}

impl Line for NationCodeLine {
    type Entity = nation_code::Entity;

    fn row(self, at: Location<'_>, context: &mut Context) -> Result<nation_code::Model, Error> {
        let nation_id = at.reference(context, "nation", "nation", &self.nation)?;
        let id = key::derived("nation_code", &[&nation_id, &self.scheme, &self.code]);
        Ok(nation_code::Model { id, nation_id, scheme: self.scheme, code: self.code, valid_from: self.valid_from, valid_to: self.valid_to })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NationRelationLine {
    from: String,
    to: String,
    kind: NationRelationKind,
    year: Option<i32>,
}

impl Line for NationRelationLine {
    type Entity = nation_relation::Entity;

    fn row(self, at: Location<'_>, context: &mut Context) -> Result<nation_relation::Model, Error> {
        let from_id = at.reference(context, "from", "nation", &self.from)?;
        let to_id = at.reference(context, "to", "nation", &self.to)?;
        if from_id == to_id {
            return Err(at.refuse("to", "a nation cannot follow itself"));
        }
        let id = key::derived("nation_relation", &[&from_id, &to_id, &format!("{:?}", self.kind)]);
        Ok(nation_relation::Model { id, from_id, to_id, kind: self.kind, year: self.year })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LineageLine {
    key: String,
    name: String,
    display_nation: String,
}

impl Line for LineageLine {
    type Entity = lineage::Entity;

    fn row(self, at: Location<'_>, context: &mut Context) -> Result<lineage::Model, Error> {
        let id = key::id("lineage", &self.key);
        let display_nation_id = at.reference(context, "display_nation", "nation", &self.display_nation)?;
        context.add(id);
        Ok(lineage::Model { id, slug: self.key, name: self.name, display_nation_id })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LineageMemberLine {
    lineage: String,
    nation: String,
}

impl Line for LineageMemberLine {
    type Entity = lineage_member::Entity;

    fn row(self, at: Location<'_>, context: &mut Context) -> Result<lineage_member::Model, Error> {
        let lineage_id = at.reference(context, "lineage", "lineage", &self.lineage)?;
        let nation_id = at.reference(context, "nation", "nation", &self.nation)?;
        Ok(lineage_member::Model { id: key::derived("lineage_member", &[&lineage_id, &nation_id]), lineage_id, nation_id })
    }
}

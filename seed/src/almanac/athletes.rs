//! The medallists: their rows, names, ids in other data sets, and search terms.

use std::collections::HashMap;

use podium_entity::athlete::{Gender, NameOrder};
use podium_entity::athlete_name::AthleteNameKind;
use podium_entity::names::fold::fold;
use podium_entity::{athlete, athlete_name, external_id, key};
use sea_orm::ActiveEnum;
use sea_orm::prelude::Uuid;

use super::files::{Almanac, AthleteLine, refuse};
use crate::derived::search_terms::Term;
use crate::error::Error;
use crate::sources::common::person_name::PersonName;

#[derive(Debug, Default)]
pub(super) struct Athletes {
    pub(super) rows: Vec<athlete::Model>,
    pub(super) names: Vec<athlete_name::Model>,
    pub(super) external_ids: Vec<external_id::Model>,
    pub(super) terms: Vec<Term>,
    by_slug: HashMap<String, Uuid>,
}

impl Athletes {
    /// The medallists of the almanac, beside those that are stored already.
    pub(super) fn of(almanac: &Almanac, stored: &[athlete::Model], source_id: Uuid) -> Result<Self, Error> {
        let mut athletes = Self { by_slug: stored.iter().map(|row| (row.slug.clone(), row.id)).collect(), ..Self::default() };
        let nations: HashMap<&str, &str> = almanac
            .medals
            .iter()
            .flat_map(|(_, line)| line.athlete.iter().map(|slug| (slug.as_str(), line.nation.as_str())).chain(members_of(line)))
            .collect();
        for line in &almanac.athletes {
            let row = row(line, nations.get(line.slug.as_str()).copied().unwrap_or_default(), source_id);
            if athletes.by_slug.insert(line.slug.clone(), row.id).is_some() {
                return Err(refuse("athletes", &format!("two athletes have the slug `{}`", line.slug)));
            }
            let mut others: Vec<&str> = Vec::new();
            for name in line.names.split('|').filter(|name| !name.is_empty()) {
                let (kind, name) = name.split_once(':').ok_or_else(|| refuse("athletes", &format!("`{name}` has no kind")))?;
                let kind = AthleteNameKind::try_from_value(&kind.to_owned());
                let kind = kind.map_err(|_| refuse("athletes", &format!("`{name}` has an unknown kind")))?;
                athletes.names.push(athlete_name::Model::new(row.id, kind, name));
                others.push(name);
            }
            athletes.terms.push(Term::of_athlete(&row, others));
            athletes.external_ids.extend(line.wikidata.as_ref().map(|id| wikidata(row.id, id)));
            athletes.rows.push(row);
        }
        Ok(athletes)
    }

    /// The id of the athlete with a slug.
    pub(super) fn id(&self, games: &str, slug: &str) -> Result<Uuid, Error> {
        self.by_slug.get(slug).copied().ok_or_else(|| refuse(&format!("medals/{games}"), &format!("there is no athlete `{slug}`")))
    }
}

fn members_of(line: &super::files::MedalLine) -> impl Iterator<Item = (&str, &str)> {
    let members = line.members.split(' ').chain(line.others.split(' '));
    members.map(|member| member.split_once('@').unwrap_or((member, &line.nation)))
}

fn row(line: &AthleteLine, nation: &str, source_id: Uuid) -> athlete::Model {
    let key = line.key.clone().unwrap_or_else(|| line.slug.clone());
    let guess = PersonName::read(&line.name, nation);
    let parts = line.family.as_ref().and_then(|family| {
        let before = line.name.strip_suffix(family.as_str()).map(|given| (NameOrder::GivenFirst, given));
        let split = before.or_else(|| line.name.strip_prefix(family.as_str()).map(|given| (NameOrder::FamilyFirst, given)));
        split.map(|(order, given)| (order, given.trim().to_owned(), family.clone()))
    });
    let (name_order, sort_name) = match &parts {
        Some((NameOrder::GivenFirst, given, family)) => (NameOrder::GivenFirst, format!("{family}, {given}")),
        Some((order, _, _)) => (*order, line.name.clone()),
        None => (guess.order, guess.indexed),
    };
    let (given_name, family_name) = parts.map(|(_, given, family)| (given, family)).unzip();
    athlete::Model {
        id: key::id("athlete", &key),
        key,
        slug: line.slug.clone(),
        name: line.name.clone(),
        given_name,
        family_name,
        name_order,
        sort_fold: fold(&sort_name),
        sort_name,
        gender: match line.gender {
            Some('M') => Gender::Male,
            Some('F') => Gender::Female,
            _ => Gender::Unknown,
        },
        born: line.born.clone(),
        died: None,
        birth_place: None,
        height_cm: None,
        weight_kg: None,
        source_id,
    }
}

fn wikidata(athlete: Uuid, id: &str) -> external_id::Model {
    external_id::Model {
        id: key::derived("external_id", &[&"wikidata", &id]),
        games_id: None,
        nation_id: None,
        event_id: None,
        athlete_id: Some(athlete),
        scheme: "wikidata".to_owned(),
        value: id.to_owned(),
    }
}

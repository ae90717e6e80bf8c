//! Athletes whose names sound like a text, and those whose name is a slug.

use std::collections::HashMap;

use podium_entity::search_term::{self, SearchKind};
use podium_entity::sound::{Sounds, equal_names};
use podium_entity::{athlete, search_sound};
use sea_orm::prelude::*;
use sea_orm::sea_query::Query;
use sea_orm::{Condition, QueryOrder, QuerySelect};

use super::name_match::{contains, is_named};
use crate::loader::{Db, Key, Loaded};
use crate::question::search_text::SearchText;
use crate::rules::spelling::{closeness, readings};

/// Athletes with a name that sounds like a text, but does not contain it: the closest first. They are few: `MOST` at most.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct SoundingLike(pub(crate) SearchText);

/// An athlete whose name sounds like the text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Alike {
    pub(crate) athlete: Uuid,
    /// The closest name, as printed.
    pub(crate) name: String,
    /// From 0 to 1.
    pub(crate) closeness: f64,
}

/// How many athletes are compared, those with the most medals first.
const COMPARED: u64 = 200;
/// How many are found.
const MOST: usize = 20;
/// The least closeness of a name that was probably meant.
const LEAST: f64 = 0.85;
/// The closeness of a name that is only written together or apart: less than that of a name with the text.
const MOST_CLOSE: f64 = 0.99;
/// So short a text sounds like too much.
const FEW_LETTERS: usize = 4;
/// The words of a text that are listened to. Names have fewer.
const WORDS: usize = 6;

impl Key for SoundingLike {
    type Value = Vec<Alike>;

    fn bytes(found: &Self::Value) -> usize {
        found.iter().map(|alike| size_of_val(alike) + alike.name.len()).sum()
    }

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let sounds = Sounds::default();
        let mut found = HashMap::new();
        for key in keys {
            if key.0.as_str().chars().count() < FEW_LETTERS {
                continue;
            }
            let readings = readings(key.0.as_str());
            let heard: Vec<Condition> = readings.iter().filter_map(|words| sounding(&sounds, words)).collect();
            if heard.is_empty() {
                continue;
            }
            let alike = search_term::Entity::find()
                .filter(search_term::Column::Kind.eq(SearchKind::Athlete))
                .filter(heard.into_iter().fold(Condition::any(), Condition::add))
                .filter(contains(&key.0).not())
                .order_by_desc(search_term::Column::Weight)
                .order_by_asc(search_term::Column::Number)
                .limit(COMPARED);
            let rows = db.all(alike).await?;
            found.insert(key.clone(), closest(&readings, &rows));
        }
        Ok(found)
    }
}

/// Search terms with a sound of each word. None when a word has no sound.
fn sounding(sounds: &Sounds, words: &[String]) -> Option<Condition> {
    if words.len() > WORDS {
        return None;
    }
    words.iter().try_fold(Condition::all(), |all, word| {
        let mut alike = sounds.of_word(word);
        alike.extend(equal_names(word).flat_map(|name| sounds.of_word(name)));
        if alike.is_empty() {
            return None;
        }
        let heard = search_sound::Column::Sound.is_in(alike);
        let heard = Query::select().column(search_sound::Column::Number).from(search_sound::Entity).and_where(heard).take();
        Some(all.add(search_term::Column::Number.in_subquery(heard)))
    })
}

/// The athletes whose closest name is close enough: the closest first, of equally close ones those with more medals.
fn closest(readings: &[Vec<String>], rows: &[search_term::Model]) -> Vec<Alike> {
    let mut alike: Vec<(i32, Alike)> = rows
        .iter()
        .filter_map(|row| {
            let names = row.names.trim_matches('\n').lines().zip(row.printed.lines());
            let names = names.map(|(folded, printed)| (closeness(readings, folded), printed));
            let (closeness, name) = names.max_by(|(one, _), (other, _)| one.total_cmp(other))?;
            let closeness = closeness.min(MOST_CLOSE);
            (closeness >= LEAST).then(|| (row.weight, Alike { athlete: row.subject_id, name: name.to_owned(), closeness }))
        })
        .collect();
    // Steps of a twentieth: who is known comes before who is spelled a little closer.
    let step = |closeness: f64| (closeness * 20.0).round();
    alike.sort_by(|(weight, one), (other_weight, other)| {
        let closer = step(other.closeness).total_cmp(&step(one.closeness));
        closer.then(other_weight.cmp(weight)).then(other.closeness.total_cmp(&one.closeness)).then(one.athlete.cmp(&other.athlete))
    });
    alike.truncate(MOST);
    alike.into_iter().map(|(_, alike)| alike).collect()
}

/// The only athlete with a name, whatever its case and accents; none where several have it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct OnlyAthleteNamed(pub(crate) String);

impl Key for OnlyAthleteNamed {
    type Value = athlete::Model;

    fn bytes(row: &Self::Value) -> usize {
        crate::loader::row_bytes(row)
    }

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let mut found = HashMap::new();
        for key in keys {
            let named = Query::select()
                .column(search_term::Column::SubjectId)
                .from(search_term::Entity)
                .and_where(search_term::COLUMN.kind.eq(SearchKind::Athlete))
                .cond_where(is_named(&key.0))
                .take();
            let bearers = db.all(athlete::Entity::find().filter(athlete::Column::Id.in_subquery(named)).limit(2)).await?;
            if let [only] = &bearers[..] {
                found.insert(key.clone(), only.clone());
            }
        }
        Ok(found)
    }
}

//! Athletes whose names sound like a text, and those whose name is a slug.

use std::collections::{BTreeSet, HashMap};

use podium_entity::names::phonetic::{Sounds, equal_names};
use podium_entity::search_sound;
use podium_entity::search_term::{self, SearchKind};
use sea_orm::prelude::*;
use sea_orm::sea_query::{Query, SelectStatement, UnionType};
use sea_orm::{Condition, Order};

use super::name_match::{contains, is_named};
use super::sql::{alias, in_few};
use crate::loader::{Db, Key, Loaded, among, on_heap};
use crate::question::search_text::SearchText;
use crate::rules::spelling::{Comparison, Spelling, ranked, readings};

/// Athletes with a name that sounds like a text, but does not contain it: the closest first. They are few.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct SoundingLike(pub(crate) SearchText);

/// An athlete whose name sounds like the text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Alike {
    pub(crate) athlete: Uuid,
    medals: i32,
    pub(crate) spelling: Spelling,
}

on_heap!(Alike { spelling.name });

/// How many athletes with these sounds are compared, those with the most medals first. Those whose names contain the text are among them.
const COMPARED: u64 = 200;
/// The minimum length of a text for phonetic matches. Shorter ones match too many names.
const MIN_LETTERS: usize = 4;
/// How many names one statement looks up.
const NAMES_AT_ONCE: usize = 20;
/// The words of a text that are listened to. Names have fewer.
const WORDS: usize = 6;

impl Key for SoundingLike {
    type Value = Vec<Alike>;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let sounds = Sounds::default();
        let mut found = HashMap::new();
        for key in keys {
            if key.0.as_str().chars().count() < MIN_LETTERS {
                continue;
            }
            let readings = readings(key.0.as_str());
            let heard = readings.iter().filter_map(|words| sounding(db, &sounds, words));
            let Some(heard) = combined(heard, UnionType::Distinct) else { continue };
            let compared = most_medals(heard);
            let alike = search_term::Entity::find()
                .filter(in_few(db, search_term::Column::Number.into_expr(), compared))
                .filter(contains(&key.0).not());
            let rows = db.all(alike).await?;
            let mut comparison = Comparison::with(&readings);
            let alike = rows.iter().filter_map(|row| {
                let names = row.names.trim_matches('\n').lines().zip(row.printed.lines());
                Some(Alike { athlete: row.subject_id, medals: row.weight, spelling: comparison.closest(names)? })
            });
            found.insert(key.clone(), ranked(alike.collect(), |alike| (alike.spelling.closeness, alike.medals, alike.athlete)));
        }
        Ok(found)
    }
}

/// What is read of a search term that sounds like a word.
const TERM: [search_sound::Column; 2] = [search_sound::Column::Number, search_sound::Column::Medals];

/// The search terms with a sound of each word. None when a word has no sound.
fn sounding(db: &Db, sounds: &Sounds, words: &[String]) -> Option<SelectStatement> {
    if words.len() > WORDS {
        return None;
    }
    let heard = words.iter().map(|word| {
        let mut alike = BTreeSet::from_iter(sounds.of_word(word));
        alike.extend(equal_names(word).flat_map(|name| sounds.of_word(name)));
        let has_several = alike.len() > 1;
        (!alike.is_empty()).then(|| {
            let alike = among(db, search_sound::Column::Sound.into_expr(), alike);
            let mut heard = Query::select().columns(TERM).from(search_sound::Entity).and_where(alike).take();
            // Of one sound, a term is there once, and its index has the terms in the order of their medals.
            if has_several { heard.distinct().take() } else { heard }
        })
    });
    combined(heard.collect::<Option<Vec<_>>>()?.into_iter(), UnionType::Intersect)
}

/// What one or all of several statements select. A condition with `OR` would let PostgreSQL read the whole table.
fn combined(statements: impl Iterator<Item = SelectStatement>, how: UnionType) -> Option<SelectStatement> {
    statements
        .reduce(|mut one, other| one.union(how, other).take())
        .map(|combined| Query::select().columns(TERM).from_subquery(combined, alias("heard")).take())
}

/// The numbers of the search terms with the most medals. Ties are cut in the order of the index, backwards.
fn most_medals(heard: SelectStatement) -> SelectStatement {
    let (medals, number) = (search_sound::Column::Medals, search_sound::Column::Number);
    let mut most = Query::select().column(number).from_subquery(heard, alias("heard")).take();
    most.order_by(medals, Order::Desc).order_by(number, Order::Desc).limit(COMPARED).take()
}

/// The id of the only athlete with a name, whatever its case and accents; none where several have it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct OnlyAthleteNamed(pub(crate) String);

impl Key for OnlyAthleteNamed {
    type Value = Uuid;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let mut found = HashMap::new();
        for keys in keys.chunks(NAMES_AT_ONCE) {
            let named = keys.iter().fold(Condition::any(), |any, key| any.add(is_named(db, &key.0)));
            let terms = search_term::Entity::find().filter(search_term::Column::Kind.eq(SearchKind::Athlete)).filter(named);
            let terms = db.all(terms).await?;
            found.extend(keys.iter().filter_map(|key| {
                let name = format!("\n {} \n", key.0);
                let mut bearers = terms.iter().filter(|term| term.names.contains(&name));
                bearers.next().filter(|_| bearers.next().is_none()).map(|term| (key.clone(), term.subject_id))
            }));
        }
        Ok(found)
    }
}

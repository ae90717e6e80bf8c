//! Finds athletes who are new by Podium's list, but may already be stored from another source: with the same name, gender and
//! nation, and the same year of birth where both are known.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::Datelike;
use podium_entity::athlete::Gender;
use podium_entity::names::fold::fold;
use podium_entity::partial_date::PartialDate;
use podium_entity::{athlete, entry_member};
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::dictionary::Dictionary;
use super::people::{People, Person};
use crate::error::Error;
use crate::report::notes::{NoteKind, NotesOn};

/// Athletes in one page of the scan.
const PAGE: u64 = 10_000;

/// A stored athlete: id, key, name, folded sort name, gender, birth.
type Stored = (Uuid, String, String, String, Gender, Option<String>);

/// Adds a note for each newcomer with a namesake among the stored athletes who are not in these files. Returns the number of such
/// newcomers.
pub(super) async fn note(
    db: &impl ConnectionTrait,
    newcomers: &[&str],
    participants: &HashSet<Uuid>,
    people: &People,
    dictionary: &Dictionary,
    mut notes: NotesOn<'_>,
) -> Result<usize, Error> {
    let mut by_name: HashMap<Vec<String>, Vec<(&str, &Person)>> = HashMap::new();
    for (code, person) in newcomers.iter().filter_map(|code| Some((*code, people.get(code)?))) {
        by_name.entry(words(&fold(&person.name))).or_default().push((code, person));
    }
    let mut namesakes: BTreeMap<&str, (&Person, Vec<Stored>)> = BTreeMap::new();
    let mut last = Uuid::nil();
    loop {
        let page = page(db, last).await?;
        let Some((id, ..)) = page.last() else { break };
        last = *id;
        for stored in page.into_iter().filter(|(id, ..)| !participants.contains(id)) {
            let alike = by_name.get(&words(&stored.3)).into_iter().flatten();
            for (code, person) in alike.filter(|(_, person)| may_be(person, &stored)) {
                namesakes.entry(code).or_insert_with(|| (person, Vec::new())).1.push(stored.clone());
            }
        }
    }
    let ids: Vec<Uuid> = namesakes.values().flat_map(|(_, stored)| stored.iter().map(|(id, ..)| *id)).collect();
    let nations = nations(db, &ids).await?;
    let mut count = 0;
    for (code, (person, stored)) in namesakes {
        let nation = dictionary.nation(&person.noc).unwrap_or_default();
        let stored = stored.iter().filter(|(id, ..)| nations.contains(&(*id, nation)));
        let told: Vec<String> = stored.map(|(_, key, name, _, _, born)| format!("{key} {name}{}", birth(born.as_deref()))).collect();
        if !told.is_empty() {
            count += 1;
            let born = person.born.map(|date| date.to_string());
            let about = format!("athlete {code} {} of {}{}: may be {}", person.name, person.noc, birth(born.as_deref()), told.join(" or "));
            notes.add(NoteKind::PerhapsKnown, person.line, &about)?;
        }
    }
    Ok(count)
}

/// The next page of athletes, in the order of their ids.
async fn page(db: &impl ConnectionTrait, last: Uuid) -> Result<Vec<Stored>, Error> {
    use athlete::Column::{Born, Gender, Id, Key, Name, SortFold};
    let found = athlete::Entity::find().select_only().columns([Id, Key, Name, SortFold, Gender, Born]);
    Ok(found.filter(Id.gt(last)).order_by_asc(Id).limit(PAGE).into_tuple().all(db).await?)
}

/// Pairs of an athlete and a nation that the athlete competed for.
async fn nations(db: &impl ConnectionTrait, athletes: &[Uuid]) -> Result<HashSet<(Uuid, Uuid)>, Error> {
    use entry_member::Column::{AthleteId, NationId};
    let mut nations = HashSet::new();
    for ids in athletes.chunks(1_000) {
        let found = entry_member::Entity::find().select_only().columns([AthleteId, NationId]).distinct();
        nations.extend(found.filter(AthleteId.is_in(ids.iter().copied())).into_tuple::<(Uuid, Uuid)>().all(db).await?);
    }
    Ok(nations)
}

/// The words of a folded name, sorted, since sources differ in their order.
fn words(folded: &str) -> Vec<String> {
    let mut words: Vec<String> = folded.split(' ').map(str::to_owned).collect();
    words.sort_unstable();
    words
}

/// Whether a person and a stored athlete may be the same: no known fact tells them apart.
fn may_be(person: &Person, (_, _, _, _, gender, born): &Stored) -> bool {
    let is_one_gender = *gender == person.gender || [*gender, person.gender].contains(&Gender::Unknown);
    let stored = born.as_deref().and_then(|born| born.parse::<PartialDate>().ok());
    let years = person.born.map(|date| date.year()).zip(stored);
    // A year derived from an age may be one too high.
    is_one_gender && years.is_none_or(|(year, stored)| stored.year == year || (stored.derived && stored.year == year + 1))
}

fn birth(born: Option<&str>) -> String {
    born.map(|born| format!(", born {born}")).unwrap_or_default()
}

//! The search index: every name that something can be found by, folded, in one table.

use std::collections::HashMap;

use podium_entity::event_alias::EventAliasKind;
use podium_entity::games_host::HostRole;
use podium_entity::names::fold::fold;
use podium_entity::search_term::SearchKind;
use podium_entity::{
    athlete, athlete_name, city, discipline, event, event_alias, event_family, games, games_host, nation, nation_code, nation_name,
    search_term, sport,
};
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

use crate::write::insert::{Conflict, chunk_size, insert};

/// Rows per statement.
const CHUNK: usize = 500;

/// The names that one thing can be found by.
#[derive(Debug)]
pub(crate) struct Term {
    kind: SearchKind,
    subject_id: Uuid,
    names: String,
    printed: Vec<String>,
}

impl Term {
    fn new(kind: SearchKind, subject_id: Uuid) -> Self {
        Self { kind, subject_id, names: "\n".to_owned(), printed: Vec::new() }
    }

    fn add(&mut self, name: &str) {
        self.add_as(name, name);
    }

    /// Adds another form under which a name is found, such as the family name first.
    fn add_as(&mut self, name: &str, form: &str) {
        let line = format!("\n {} \n", fold(form));
        if line.len() > 4 && !self.names.contains(&line) {
            self.names.push_str(&line[1..]);
            self.printed.push(name.to_owned());
        }
    }

    /// The search term of an athlete: every name, the family name alone, the name in index order, and the western order of a name
    /// that is printed family name first.
    pub(crate) fn of_athlete<'a>(row: &athlete::Model, names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut term = Self::new(SearchKind::Athlete, row.id);
        term.add(&row.name);
        let western = row.given_name.iter().zip(&row.family_name).map(|(given, family)| format!("{given} {family}")).next();
        let indexed = row.sort_name.split_once(',').map(|(family, _)| family);
        for form in row.family_name.as_deref().or(indexed).into_iter().chain([row.sort_name.as_str()]).chain(western.as_deref()) {
            term.add_as(&row.name, form);
        }
        names.into_iter().for_each(|name| term.add(name));
        term
    }
}

/// Refreshes the search terms of these athletes.
pub(crate) async fn refresh_athletes(db: &impl ConnectionTrait, athletes: &[Uuid]) -> Result<(), DbErr> {
    for ids in athletes.chunks(CHUNK) {
        let mut names: HashMap<Uuid, Vec<String>> = HashMap::new();
        for row in athlete_name::Entity::find().filter(athlete_name::Column::AthleteId.is_in(ids.iter().copied())).all(db).await? {
            names.entry(row.athlete_id).or_default().push(row.name);
        }
        for names in names.values_mut() {
            names.sort();
        }
        let rows = athlete::Entity::find().filter(athlete::Column::Id.is_in(ids.iter().copied())).all(db).await?;
        let terms = rows.iter().map(|row| Term::of_athlete(row, names.get(&row.id).into_iter().flatten().map(String::as_str)));
        write(db, terms.collect(), false).await?;
    }
    Ok(())
}

/// Refreshes the search terms of everything but athletes: a few thousand rows.
pub(crate) async fn refresh_others(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    let mut terms = Terms::default();
    for row in nation::Entity::find().all(db).await? {
        let names = [Some(row.name), row.official_name, Some(row.code)];
        names.into_iter().flatten().for_each(|name| terms.add(SearchKind::Nation, row.id, &name));
    }
    for row in nation_name::Entity::find().all(db).await? {
        terms.add(SearchKind::Nation, row.nation_id, &row.name);
    }
    for row in nation_code::Entity::find().all(db).await? {
        terms.add(SearchKind::Nation, row.nation_id, &row.code);
    }
    add_games(db, &mut terms).await?;
    for row in event::Entity::find().all(db).await? {
        terms.add(SearchKind::Event, row.id, &row.name);
        terms.add_as(SearchKind::Event, row.id, &row.name, &abbreviated(&row.name));
    }
    // Only former names: the name of an event in a source is for its importer, and people do not search for it.
    let former = event_alias::Entity::find().filter(event_alias::Column::Kind.eq(EventAliasKind::Former));
    for row in former.all(db).await? {
        terms.add(SearchKind::Event, row.event_id, &row.name);
    }
    for row in event_family::Entity::find().all(db).await? {
        terms.add(SearchKind::EventFamily, row.id, &row.name);
        terms.add_as(SearchKind::EventFamily, row.id, &row.name, &abbreviated(&row.name));
    }
    for row in discipline::Entity::find().all(db).await? {
        terms.add(SearchKind::Discipline, row.id, &row.name);
    }
    for row in sport::Entity::find().all(db).await? {
        terms.add(SearchKind::Sport, row.id, &row.name);
    }
    write(db, terms.0.into_values().collect(), false).await
}

/// The name of an event as people type it: "4x100m relay" for "4 × 100 metres relay".
fn abbreviated(name: &str) -> String {
    name.replace(" kilometres", "km").replace(" metres", "m").replace(" × ", "x")
}

/// Games are found by their name, and by city and year; by the city alone, unless only some events were there.
async fn add_games(db: &impl ConnectionTrait, terms: &mut Terms) -> Result<(), DbErr> {
    let cities: HashMap<Uuid, String> = city::Entity::find().all(db).await?.into_iter().map(|city| (city.id, city.name)).collect();
    let mut years = HashMap::new();
    for row in games::Entity::find().all(db).await? {
        years.insert(row.id, row.year);
        terms.add(SearchKind::Games, row.id, &row.name);
    }
    for row in games_host::Entity::find().all(db).await? {
        if let Some((city, year)) = cities.get(&row.city_id).zip(years.get(&row.games_id)) {
            let name = format!("{city} {year}");
            terms.add(SearchKind::Games, row.games_id, &name);
            if row.role != HostRole::EventHost {
                terms.add_as(SearchKind::Games, row.games_id, &name, city);
            }
        }
    }
    Ok(())
}

/// Search terms that are still collecting names.
#[derive(Default)]
struct Terms(HashMap<Uuid, Term>);

impl Terms {
    fn add(&mut self, kind: SearchKind, subject_id: Uuid, name: &str) {
        self.add_as(kind, subject_id, name, name);
    }

    fn add_as(&mut self, kind: SearchKind, subject_id: Uuid, name: &str, form: &str) {
        self.0.entry(subject_id).or_insert_with(|| Term::new(kind, subject_id)).add_as(name, form);
    }
}

/// Writes the search terms that differ from the stored ones, or all of them when `are_new` says that none is stored.
pub(crate) async fn write(db: &impl ConnectionTrait, mut terms: Vec<Term>, are_new: bool) -> Result<(), DbErr> {
    terms.sort_unstable_by_key(|term| term.subject_id);
    let last = search_term::Entity::find().select_only().column_as(search_term::Column::Number.max(), "last").into_tuple::<Option<i32>>();
    let mut last = last.one(db).await?.flatten().unwrap_or_default();
    for chunk in terms.chunks(chunk_size(db)) {
        let stored = if are_new { HashMap::new() } else { stored(db, chunk).await? };
        let mut changed = Vec::new();
        for Term { kind, subject_id, names, printed } in chunk {
            let printed = printed.join("\n");
            let (number, weight) = match stored.get(subject_id) {
                Some(row) if row.names == *names && row.printed == printed => continue,
                Some(row) => (row.number, row.weight),
                None => {
                    last += 1;
                    (last, 0)
                }
            };
            changed.push(search_term::Model { number, kind: *kind, subject_id: *subject_id, weight, names: names.clone(), printed });
        }
        // New rows have a new number, so they never conflict and none is skipped. The statement without an update is faster.
        let conflict = if are_new { Conflict::Skip } else { Conflict::Overwrite };
        insert::<search_term::Entity>(db, &changed, conflict).await?;
    }
    Ok(())
}

/// The stored rows of the same subjects.
async fn stored(db: &impl ConnectionTrait, terms: &[Term]) -> Result<HashMap<Uuid, search_term::Model>, DbErr> {
    let subjects = terms.iter().map(|term| term.subject_id);
    let rows = search_term::Entity::find().filter(search_term::Column::SubjectId.is_in(subjects)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.subject_id, row)).collect())
}

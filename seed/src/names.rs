//! Every name that something can be found by, kept folded in one table for searching.

use std::collections::{HashMap, HashSet};

use podium_entity::event_alias::EventAliasKind;
use podium_entity::fold::fold;
use podium_entity::search_term::SearchKind;
use podium_entity::{
    athlete, athlete_name, city, discipline, entry, event, event_alias, event_edition, event_family, games, games_host, key, medal_award,
    medal_recipient, nation, nation_code, nation_name, search_term, sport,
};
use sea_orm::prelude::Uuid;
use sea_orm::{ActiveEnum, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter};

/// Rows per statement.
const CHUNK: usize = 500;

/// Derives the search terms from what is stored now.
pub(crate) async fn refresh(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    let mut terms = Terms { weights: weights(db).await?, rows: HashMap::new() };
    for row in athlete::Entity::find().all(db).await? {
        // The family name alone, as in an index, and in western order where it is printed first.
        let western = row.given_name.iter().zip(&row.family_name).map(|(given, family)| format!("{given} {family}")).next();
        for form in row.family_name.iter().chain([&row.sort_name]).chain(&western) {
            terms.add_as(SearchKind::Athlete, row.id, row.name.clone(), form);
        }
        terms.add(SearchKind::Athlete, row.id, row.name);
    }
    for row in athlete_name::Entity::find().all(db).await? {
        terms.add(SearchKind::Athlete, row.athlete_id, row.name);
    }
    for row in nation::Entity::find().all(db).await? {
        let names = [Some(row.name), row.official_name, Some(row.code)];
        names.into_iter().flatten().for_each(|name| terms.add(SearchKind::Nation, row.id, name));
    }
    for row in nation_name::Entity::find().all(db).await? {
        terms.add(SearchKind::Nation, row.nation_id, row.name);
    }
    for row in nation_code::Entity::find().all(db).await? {
        terms.add(SearchKind::Nation, row.nation_id, row.code);
    }
    add_games(db, &mut terms).await?;
    for row in event::Entity::find().all(db).await? {
        terms.add(SearchKind::Event, row.id, row.name);
    }
    // What a source calls an event is for its importer; people use names.
    let former = event_alias::Entity::find().filter(event_alias::Column::Kind.eq(EventAliasKind::Former));
    for row in former.all(db).await? {
        terms.add(SearchKind::Event, row.event_id, row.name);
    }
    for row in event_family::Entity::find().all(db).await? {
        terms.add(SearchKind::EventFamily, row.id, row.name);
    }
    for row in discipline::Entity::find().all(db).await? {
        terms.add(SearchKind::Discipline, row.id, row.name);
    }
    for row in sport::Entity::find().all(db).await? {
        terms.add(SearchKind::Sport, row.id, row.name);
    }
    replace(db, terms.rows.into_values().collect()).await
}

/// Games are found by their name, and by city and year.
async fn add_games(db: &impl ConnectionTrait, terms: &mut Terms) -> Result<(), DbErr> {
    let cities: HashMap<Uuid, String> = city::Entity::find().all(db).await?.into_iter().map(|city| (city.id, city.name)).collect();
    let mut years = HashMap::new();
    for row in games::Entity::find().all(db).await? {
        years.insert(row.id, row.year);
        terms.add(SearchKind::Games, row.id, row.name);
    }
    for row in games_host::Entity::find().all(db).await? {
        if let Some((city, year)) = cities.get(&row.city_id).zip(years.get(&row.games_id)) {
            terms.add(SearchKind::Games, row.games_id, format!("{city} {year}"));
        }
    }
    Ok(())
}

struct Terms {
    weights: HashMap<Uuid, i32>,
    rows: HashMap<Uuid, search_term::Model>,
}

impl Terms {
    fn add(&mut self, kind: SearchKind, subject_id: Uuid, name: String) {
        let form = name.clone();
        self.add_as(kind, subject_id, name, &form);
    }

    /// Adds a name that is also found by another form, such as the family name first.
    fn add_as(&mut self, kind: SearchKind, subject_id: Uuid, name: String, form: &str) {
        let folded = fold(form);
        let id = key::derived("search_term", &[&kind.to_value(), &subject_id, &folded]);
        let weight = self.weights.get(&subject_id).copied().unwrap_or_default();
        self.rows.insert(id, search_term::Model { id, kind, subject_id, name, folded, weight });
    }
}

/// How many medals are held by each athlete and nation, and were won in each event and the programme above it.
async fn weights(db: &impl ConnectionTrait) -> Result<HashMap<Uuid, i32>, DbErr> {
    let parents = parents(db).await?;
    let nations: HashMap<Uuid, Uuid> = entry::Entity::find().all(db).await?.into_iter().map(|entry| (entry.id, entry.nation_id)).collect();
    let mut weights: HashMap<Uuid, i32> = HashMap::new();
    let mut held = HashSet::new();
    for award in medal_award::Entity::find().filter(medal_award::Column::ValidTo.is_null()).all(db).await? {
        held.insert(award.id);
        let programme = std::iter::successors(parents.get(&award.edition_id), |child| parents.get(child));
        let nation = award.entry_id.and_then(|entry| nations.get(&entry));
        for subject in programme.chain(nation) {
            *weights.entry(*subject).or_default() += 1;
        }
    }
    for recipient in medal_recipient::Entity::find().all(db).await? {
        if held.contains(&recipient.award_id) {
            *weights.entry(recipient.athlete_id).or_default() += 1;
        }
    }
    Ok(weights)
}

/// What each edition, event, family and discipline is a part of.
async fn parents(db: &impl ConnectionTrait) -> Result<HashMap<Uuid, Uuid>, DbErr> {
    let mut parents = HashMap::new();
    parents.extend(event_edition::Entity::find().all(db).await?.into_iter().map(|row| (row.id, row.event_id)));
    parents.extend(event::Entity::find().all(db).await?.into_iter().map(|row| (row.id, row.family_id)));
    parents.extend(event_family::Entity::find().all(db).await?.into_iter().map(|row| (row.id, row.discipline_id)));
    parents.extend(discipline::Entity::find().all(db).await?.into_iter().map(|row| (row.id, row.sport_id)));
    Ok(parents)
}

async fn replace(db: &impl ConnectionTrait, rows: Vec<search_term::Model>) -> Result<(), DbErr> {
    search_term::Entity::delete_many().exec(db).await?;
    for chunk in rows.chunks(CHUNK) {
        let rows = chunk.iter().cloned().map(IntoActiveModel::into_active_model);
        search_term::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

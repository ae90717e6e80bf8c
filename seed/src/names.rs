//! Every name that something can be found by, kept folded in one table for searching.

use std::collections::HashMap;

use podium_entity::fold::fold;
use podium_entity::search_term::SearchKind;
use podium_entity::{
    athlete, athlete_name, city, discipline, entry, event, event_alias, event_family, games, games_host, key, medal_award, medal_recipient,
    nation, nation_code, nation_name, search_term, sport,
};
use sea_orm::prelude::Uuid;
use sea_orm::{ActiveEnum, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel};

/// Rows per statement.
const CHUNK: usize = 500;

/// Derives the search terms from what is stored now.
pub(crate) async fn refresh(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    let mut terms = Terms { weights: weights(db).await?, rows: HashMap::new() };
    for row in athlete::Entity::find().all(db).await? {
        terms.add(SearchKind::Athlete, row.id, row.name);
        terms.add(SearchKind::Athlete, row.id, row.sort_name);
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
    for row in event::Entity::find().all(db).await? {
        terms.add(SearchKind::Event, row.id, row.name);
    }
    for row in event_alias::Entity::find().all(db).await? {
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

struct Terms {
    weights: HashMap<Uuid, i32>,
    rows: HashMap<Uuid, search_term::Model>,
}

impl Terms {
    fn add(&mut self, kind: SearchKind, subject_id: Uuid, name: String) {
        let id = key::derived("search_term", &[&kind.to_value(), &subject_id, &name]);
        let weight = self.weights.get(&subject_id).copied().unwrap_or_default();
        let folded = fold(&name);
        self.rows.insert(id, search_term::Model { id, kind, subject_id, name, folded, weight });
    }
}

/// How many medals each athlete and nation holds.
async fn weights(db: &impl ConnectionTrait) -> Result<HashMap<Uuid, i32>, DbErr> {
    let awards = medal_award::Entity::find().all(db).await?.into_iter().filter(|award| award.valid_to.is_none());
    let entries: HashMap<Uuid, Option<Uuid>> = awards.map(|award| (award.id, award.entry_id)).collect();
    let nations: HashMap<Uuid, Uuid> = entry::Entity::find().all(db).await?.into_iter().map(|entry| (entry.id, entry.nation_id)).collect();
    let mut weights = HashMap::new();
    for nation in entries.values().flatten().filter_map(|entry| nations.get(entry)) {
        *weights.entry(*nation).or_default() += 1;
    }
    for recipient in medal_recipient::Entity::find().all(db).await? {
        if entries.contains_key(&recipient.award_id) {
            *weights.entry(recipient.athlete_id).or_default() += 1;
        }
    }
    Ok(weights)
}

async fn replace(db: &impl ConnectionTrait, rows: Vec<search_term::Model>) -> Result<(), DbErr> {
    search_term::Entity::delete_many().exec(db).await?;
    for chunk in rows.chunks(CHUNK) {
        let rows = chunk.iter().cloned().map(IntoActiveModel::into_active_model);
        search_term::Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

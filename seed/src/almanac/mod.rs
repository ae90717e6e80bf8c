//! The almanac: every medal of every Games, which the program contains. `seed/almanac/README.md` describes its files.

mod athletes;
mod files;
mod medals;

use std::collections::{BTreeSet, HashMap};

use podium_entity::event_edition::EditionStatus;
use podium_entity::games::Coverage;
use podium_entity::{
    athlete, athlete_name, delegation, entry, entry_member, event_edition, external_id, games, key, medal_award, medal_recipient, source,
    venue,
};
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use crate::derived::search_terms;
use crate::error::Error;
use crate::format::lines::entries::delegation_row;
use crate::report::Report;
use crate::sources::Catalogue;
use crate::sources::common::programme;
use crate::write::deferred_indexes::DeferredIndexes;
use crate::write::precedence::Precedence;
use crate::write::upsert::upsert;
use crate::write::writer::Writer;

use athletes::Athletes;
use files::{Almanac, MedalLine, VenueLine, edition_id};
use medals::Medals;

/// The key of the source that editions, entries and athletes of the almanac have.
const SOURCE: &str = "almanac";

/// Above every import, and below the checked rows of the sample.
const PRECEDENCE: i32 = 50;

/// The lists of medals by the short forms that the files use.
const LISTS: [(&str, &str); 10] = [
    ("ae", "120 years of Olympic history"),
    ("om", "Olympedia"),
    ("im", "the IOC's list of 1896 to 2014"),
    ("oc", "olympics.com"),
    ("tk", "the results of Tokyo 2020"),
    ("pa", "the results of Paris 2024"),
    ("mc", "the medallists of Milano-Cortina 2026"),
    ("oa", "olympanalyt.com"),
    ("wd", "Wikidata"),
    ("wp", "English Wikipedia"),
];

/// Loads the almanac into a store that has the sample and nothing else.
///
/// # Errors
/// When a file breaks the format, or the store fails.
pub(crate) async fn load(db: &DatabaseTransaction) -> Result<Report, Error> {
    let almanac = Almanac::read()?;
    let sources = sources(&almanac);
    let by_lists: HashMap<&str, Uuid> = sources.iter().map(|(lists, row)| (*lists, row.id)).collect();
    let rows = sources.iter().map(|(_, row)| row.clone()).collect();
    upsert::<source::Entity>(db, &Precedence::load(db).await?, rows).await?;
    let mut writer = Writer::new(db, &source_row(SOURCE, "Podium's almanac of all Olympic medals".to_owned())).await?;

    let catalogue = Catalogue::read()?;
    let events: BTreeSet<&str> = almanac.medals.iter().map(|(_, line)| line.event.as_str()).collect();
    programme::write(&mut writer, &catalogue, events.iter().map(|event| key::id("event", event))).await?;
    let games: HashMap<String, games::Model> = games::Entity::find().all(db).await?.into_iter().map(|row| (row.key.clone(), row)).collect();
    let editions = editions(&almanac, &games, writer.source)?;
    let edition_ids: BTreeSet<Uuid> = editions.iter().map(|row| row.id).collect();
    writer.write::<venue::Entity>("venues", almanac.venues.iter().map(venue_row).collect()).await?;
    writer.write::<event_edition::Entity>("event_editions", editions).await?;

    let checked = athlete::Entity::find().all(db).await?;
    let athletes = Athletes::of(&almanac, &checked, writer.source)?;
    let medals = Medals::of(&almanac, &athletes, &by_lists, writer.source)?;
    let delegations = medals.delegations.iter().map(|(games, nation)| delegation_row(*games, *nation, writer.source)).collect();
    writer.write::<delegation::Entity>("delegations", delegations).await?;
    let deferred = DeferredIndexes::defer(db, true).await?;
    writer.write::<athlete::Entity>("athletes", athletes.rows).await?;
    writer.write::<athlete_name::Entity>("athlete_names", athletes.names).await?;
    writer.write::<external_id::Entity>("external_ids", athletes.external_ids).await?;
    writer.write::<entry::Entity>("entries", medals.entries).await?;
    writer.write::<entry_member::Entity>("entry_members", medals.members).await?;
    writer.write::<medal_award::Entity>("medal_awards", medals.awards).await?;
    writer.write::<medal_recipient::Entity>("medal_recipients", medals.recipients).await?;
    let of_almanac: BTreeSet<&str> = almanac.medals.iter().map(|(games, _)| games.as_str()).collect();
    let whole: Vec<Uuid> = of_almanac.iter().map(|games| key::id("games", games)).collect();
    // The sample lists editions of which it knows no medal.
    let less = event_edition::Entity::find().filter(event_edition::Column::Coverage.is_in([Coverage::None, Coverage::Partial]));
    let less: Vec<Uuid> = less.all(db).await?.into_iter().map(|row| row.id).filter(|id| edition_ids.contains(id)).collect();
    writer.raise_coverage(Coverage::Medals, &less, &whole).await?;
    search_terms::write(db, athletes.terms, true).await?;
    deferred.create(db, |_| {}).await?;
    writer.finish(&[]).await
}

/// One source for every set of lists that agree on a medal.
fn sources(almanac: &Almanac) -> Vec<(&str, source::Model)> {
    let sets: BTreeSet<&str> = almanac.medals.iter().map(|(_, line)| line.sources.as_str()).collect();
    let named = |lists: &str| -> String {
        let names = lists.split('+').map(|code| LISTS.iter().find(|(known, _)| *known == code).map_or(code, |(_, name)| name));
        names.collect::<Vec<_>>().join("; ")
    };
    sets.into_iter().map(|lists| (lists, source_row(&format!("{SOURCE}:{lists}"), format!("Agreed by: {}", named(lists))))).collect()
}

fn source_row(key: &str, title: String) -> source::Model {
    source::Model { id: key::id("source", key), key: key.to_owned(), title, url: None, licence: None, precedence: PRECEDENCE }
}

/// The editions with medals.
fn editions(almanac: &Almanac, games: &HashMap<String, games::Model>, source_id: Uuid) -> Result<Vec<event_edition::Model>, Error> {
    let mut editions: HashMap<Uuid, event_edition::Model> = HashMap::new();
    for (place, line) in &almanac.medals {
        let held = games.get(place).ok_or_else(|| files::refuse(place, &format!("there are no Games `{place}`")))?;
        let row = edition_row(held, line, source_id);
        editions.insert(row.id, row);
    }
    Ok(editions.into_values().collect())
}

fn venue_row(line: &VenueLine) -> venue::Model {
    venue::Model {
        id: key::id("venue", &line.key),
        key: line.key.clone(),
        name: line.name.clone(),
        city_id: line.city.as_deref().map(|city| key::id("city", city)),
        country: line.country.clone(),
        latitude: line.latitude,
        longitude: line.longitude,
        time_zone: None,
    }
}

fn edition_row(games: &games::Model, line: &MedalLine, source_id: Uuid) -> event_edition::Model {
    // The horses of 1956 could not travel to Australia.
    let is_elsewhere = games.key == "1956-summer" && line.event.starts_with("equestrian-");
    event_edition::Model {
        id: edition_id(&games.key, &line.event),
        slug: format!("{}/{}", games.slug, line.event),
        event_id: key::id("event", &line.event),
        games_id: games.id,
        variant: String::new(),
        title: None,
        venue_id: line.venue.as_deref().map(|venue| key::id("venue", venue)),
        city_id: is_elsewhere.then(|| key::id("city", "stockholm")),
        distance_mm: None,
        distance_label: None,
        starts_on: None,
        ends_on: None,
        format: None,
        status: line.status.unwrap_or(EditionStatus::Medal),
        coverage: Coverage::Medals,
        competitors_published: None,
        nations_published: None,
        entry_list_published_on: None,
        source_id,
    }
}

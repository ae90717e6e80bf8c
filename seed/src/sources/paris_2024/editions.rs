//! Writes the editions: where and when they were held, and the coverage of them and of the Games.

use std::collections::{BTreeMap, HashMap, HashSet};

use podium_entity::event_edition::EditionStatus;
use podium_entity::games::Coverage;
use podium_entity::{event_edition, venue};
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::dictionary::Dictionary;
use super::schedule::Schedule;
use super::units::Edition;
use crate::error::Error;
use crate::write::coverage::coverage_rank;
use crate::write::writer::Writer;

/// Writes the venues and editions, and raises coverage. The Games have the coverage `Participants` when none of their events is
/// missing.
pub(super) async fn write(
    writer: &mut Writer<'_>,
    dictionary: &Dictionary,
    editions: &[Edition],
    schedule: &Schedule,
    with_all_results: &HashSet<Uuid>,
) -> Result<(), Error> {
    let of_games = event_edition::Entity::find().filter(event_edition::Column::GamesId.eq(dictionary.games.id));
    let stored: HashMap<Uuid, event_edition::Model> = of_games.all(writer.db).await?.into_iter().map(|row| (row.id, row)).collect();
    let mut venues: BTreeMap<Uuid, venue::Model> = BTreeMap::new();
    let mut rows = Vec::new();
    let mut raised = [Coverage::FullResults, Coverage::Participants, Coverage::Partial].map(|coverage| (coverage, Vec::new()));
    for edition in editions {
        let held_at = venues_of(edition, dictionary);
        venues.extend(held_at.iter().map(|venue| (venue.id, (*venue).clone())));
        let id = dictionary.events[edition.event].edition;
        let coverage = match dictionary.events[edition.event].coverage {
            Coverage::FullResults if !with_all_results.contains(&id) => Coverage::Participants,
            coverage => coverage,
        };
        let row = row(edition, dictionary, schedule, stored.get(&id), coverage, &held_at, writer.source);
        let is_raised = stored.get(&row.id).is_some_and(|stored| coverage_rank(stored.coverage) < coverage_rank(row.coverage));
        raised.iter_mut().filter(|(coverage, _)| is_raised && *coverage == row.coverage).for_each(|(_, ids)| ids.push(row.id));
        rows.push(match stored.get(&row.id) {
            Some(stored) if writer.keeps::<event_edition::Entity>(stored) => fill_gaps(stored.clone(), &row),
            _ => row,
        });
    }
    // The lists have no coordinates. Another source may have some.
    for known in venue::Entity::find().filter(venue::Column::Latitude.is_not_null()).all(writer.db).await? {
        if let Some(venue) = venues.get_mut(&known.id) {
            (venue.latitude, venue.longitude) = (known.latitude, known.longitude);
        }
    }
    writer.write::<venue::Entity>("venues", venues.into_values().collect()).await?;
    writer.write::<event_edition::Entity>("event_editions", rows).await?;
    for (coverage, ids) in raised {
        writer.raise_coverage(coverage, &ids, &[]).await?;
    }
    let coverage = if editions.len() == dictionary.events.len() { Coverage::Participants } else { Coverage::Partial };
    let is_raised = coverage_rank(dictionary.games.coverage) < coverage_rank(coverage);
    writer.raise_coverage(coverage, &[], if is_raised { std::slice::from_ref(&dictionary.games.id) } else { &[] }).await
}

/// The row of a better source, with the venue and the days from this one where it has none.
fn fill_gaps(better: event_edition::Model, row: &event_edition::Model) -> event_edition::Model {
    event_edition::Model {
        venue_id: better.venue_id.or(row.venue_id),
        starts_on: better.starts_on.or(row.starts_on),
        ends_on: better.ends_on.or(row.ends_on),
        ..better
    }
}

/// The venues of an edition's units.
fn venues_of<'a>(edition: &Edition, dictionary: &'a Dictionary) -> Vec<&'a venue::Model> {
    let mut venues: Vec<&venue::Model> = edition.units.values().filter_map(|unit| dictionary.venues.get(&unit.venue)).collect();
    venues.sort_unstable_by_key(|venue| venue.id);
    venues.dedup_by_key(|venue| venue.id);
    venues
}

/// The row of an edition. It has a venue only when all its units were held at the same one.
fn row(
    edition: &Edition,
    dictionary: &Dictionary,
    schedule: &Schedule,
    stored: Option<&event_edition::Model>,
    coverage: Coverage,
    venues: &[&venue::Model],
    source_id: Uuid,
) -> event_edition::Model {
    let event = &dictionary.events[edition.event];
    let days = schedule.days(edition.event);
    let known = stored.map(|stored| stored.coverage).filter(|known| coverage_rank(*known) > coverage_rank(coverage));
    event_edition::Model {
        id: event.edition,
        slug: stored.map_or_else(|| format!("{}/{}", dictionary.games.slug, event.row.slug), |stored| stored.slug.clone()),
        event_id: event.row.id,
        games_id: dictionary.games.id,
        variant: String::new(),
        title: None,
        venue_id: venues.first().filter(|_| venues.len() == 1).map(|venue| venue.id),
        city_id: None,
        distance_mm: None,
        distance_label: None,
        starts_on: days.map(|(first, _)| first),
        ends_on: days.map(|(_, last)| last),
        format: None,
        status: EditionStatus::Medal,
        coverage: known.unwrap_or(coverage),
        competitors_published: None,
        nations_published: None,
        entry_list_published_on: None,
        source_id,
    }
}

//! Writes the events of an import, with the families, disciplines and sports above them.

use std::collections::HashSet;

use podium_entity::{discipline, event, event_family, sport};
use sea_orm::prelude::Uuid;

use crate::error::Error;
use crate::sources::common::catalogue::Catalogue;
use crate::write::writer::Writer;

/// Upserts the events that took place, and the families, disciplines and sports that they belong to.
pub(crate) async fn write(writer: &mut Writer<'_>, catalogue: &Catalogue, events: impl Iterator<Item = Uuid>) -> Result<(), Error> {
    let ids: HashSet<Uuid> = events.collect();
    let events: Vec<event::Model> = ids.iter().filter_map(|id| catalogue.events.get(id)).cloned().collect();
    let ids: HashSet<Uuid> = events.iter().map(|event| event.family_id).collect();
    let families: Vec<event_family::Model> = ids.iter().filter_map(|id| catalogue.families.get(id)).cloned().collect();
    let ids: HashSet<Uuid> = families.iter().map(|family| family.discipline_id).collect();
    let disciplines: Vec<discipline::Model> = ids.iter().filter_map(|id| catalogue.disciplines.get(id)).cloned().collect();
    let ids: HashSet<Uuid> = disciplines.iter().map(|discipline| discipline.sport_id).collect();
    let sports = ids.iter().filter_map(|id| catalogue.sports.get(id)).cloned().collect();
    writer.write::<sport::Entity>("sports", sports).await?;
    writer.write::<discipline::Entity>("disciplines", disciplines).await?;
    writer.write::<event_family::Entity>("event_families", families).await?;
    writer.write::<event::Entity>("events", events).await
}

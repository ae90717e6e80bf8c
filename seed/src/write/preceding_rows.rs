//! Rows of better sources, that is, sources with a higher precedence. An import leaves these rows unchanged.

use std::collections::{HashMap, HashSet};

use podium_entity::games::Coverage;
use podium_entity::{athlete, entry, event_edition, external_id, medal_award, source};
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::error::Error;
use crate::write::coverage::coverage_rank;
use crate::write::writer::Writer;

/// The rows of better sources.
#[derive(Debug, Default)]
pub(crate) struct PrecedingRows {
    /// The sources with a higher precedence than the imported one.
    pub(crate) better: HashSet<Uuid>,
    /// Athletes that a better source stored under its own key, by their id in the data set `scheme`.
    pub(crate) athletes: HashMap<String, Uuid>,
    /// Editions with awards from a better source, each with the entries that hold them; `None` when that source has all medals of
    /// the edition.
    awards: HashMap<Uuid, Option<HashSet<Uuid>>>,
    /// Entries from a better source, whose members are therefore known, each with its nation.
    pub(crate) entries: HashMap<Uuid, Uuid>,
}

impl PrecedingRows {
    /// Reads the rows of sources with a higher precedence than the writer's. Athletes are found by their ids in the data set `scheme`.
    pub(crate) async fn load(writer: &Writer<'_>, scheme: &str) -> Result<Self, Error> {
        let better = source::Entity::find().filter(source::Column::Precedence.gt(writer.precedence())).all(writer.db).await?;
        let mut preceding = Self { better: better.into_iter().map(|source| source.id).collect(), ..Self::default() };
        preceding.load_athletes(writer, scheme).await?;
        preceding.load_awards(writer).await?;
        let entries = entry::Entity::find().select_only().columns([entry::Column::Id, entry::Column::NationId]);
        let entries = entries.filter(entry::Column::SourceId.is_in(preceding.better.iter().copied()));
        preceding.entries = entries.into_tuple().all(writer.db).await?.into_iter().collect();
        Ok(preceding)
    }

    async fn load_athletes(&mut self, writer: &Writer<'_>, scheme: &str) -> Result<(), Error> {
        let bridge = external_id::Entity::find()
            .find_also_related(athlete::Entity)
            .filter(external_id::Column::Scheme.eq(scheme))
            .filter(athlete::Column::SourceId.is_in(self.better.iter().copied()));
        for (row, athlete) in bridge.all(writer.db).await? {
            // An athlete whose key comes from that data set is found by the key.
            if let Some(athlete) = athlete.filter(|athlete| !athlete.key.starts_with(scheme)) {
                self.athletes.insert(row.value, athlete.id);
            }
        }
        Ok(())
    }

    async fn load_awards(&mut self, writer: &Writer<'_>) -> Result<(), Error> {
        let awards = medal_award::Entity::find()
            .find_also_related(event_edition::Entity)
            .filter(medal_award::Column::SourceId.is_in(self.better.iter().copied()));
        for (award, edition) in awards.all(writer.db).await? {
            let Some(edition) = edition else { continue };
            let is_whole = coverage_rank(edition.coverage) >= coverage_rank(Coverage::Medals) && self.better.contains(&edition.source_id);
            let holders = self.awards.entry(edition.id).or_insert_with(|| (!is_whole).then(HashSet::new));
            if let (Some(holders), Some(entry)) = (holders, award.entry_id) {
                holders.insert(entry);
            }
        }
        Ok(())
    }

    /// An entry with its nation: the nation from a better source, otherwise the given one.
    pub(crate) fn competitor(&self, entry: Uuid, nation: Uuid) -> (Uuid, Uuid) {
        (entry, self.entries.get(&entry).copied().unwrap_or(nation))
    }

    /// Whether a better source already has all medals of the edition, or the medal of this entry.
    pub(crate) fn has_medal(&self, edition: Uuid, entry: Uuid) -> bool {
        self.awards.get(&edition).is_some_and(|holders| holders.as_ref().is_none_or(|holders| holders.contains(&entry)))
    }
}

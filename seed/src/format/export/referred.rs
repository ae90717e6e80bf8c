//! Rows that a part of a table references and that `Names` does not hold. They are loaded for each part.

use std::collections::{HashMap, HashSet};

use podium_entity::{entry, medal_award, medal_recipient, phase};
use sea_orm::prelude::Uuid;
use sea_orm::{ActiveEnum, ConnectionTrait, DbErr};

use crate::format::export::names::Names;
use crate::write::batches::rows_with_ids;

/// The rows that one part references.
pub(super) struct Referred<'a> {
    pub(super) names: &'a Names,
    entries: HashMap<Uuid, entry::Model>,
    phases: HashMap<Uuid, i32>,
    awards: HashMap<Uuid, medal_award::Model>,
    /// Entries with a medal, each with the athletes who received it.
    receivers: HashMap<Uuid, Vec<Uuid>>,
}

impl<'a> Referred<'a> {
    pub(super) fn new(names: &'a Names) -> Self {
        Self { names, entries: HashMap::new(), phases: HashMap::new(), awards: HashMap::new(), receivers: HashMap::new() }
    }

    /// Loads awards and the entries that hold them.
    pub(super) async fn load_awards(&mut self, db: &impl ConnectionTrait, ids: HashSet<Uuid>) -> Result<(), DbErr> {
        let awards = rows_with_ids::<medal_award::Entity>(db, medal_award::Column::Id, ids).await?;
        self.load_entries(db, awards.iter().filter_map(|award| award.entry_id).collect()).await?;
        self.awards.extend(awards.into_iter().map(|award| (award.id, award)));
        Ok(())
    }

    pub(super) async fn load_entries(&mut self, db: &impl ConnectionTrait, ids: HashSet<Uuid>) -> Result<(), DbErr> {
        let entries = rows_with_ids::<entry::Entity>(db, entry::Column::Id, ids).await?;
        self.entries.extend(entries.into_iter().map(|entry| (entry.id, entry)));
        Ok(())
    }

    pub(super) async fn load_phases(&mut self, db: &impl ConnectionTrait, ids: HashSet<Uuid>) -> Result<(), DbErr> {
        let phases = rows_with_ids::<phase::Entity>(db, phase::Column::Id, ids).await?;
        self.phases.extend(phases.into_iter().map(|phase| (phase.id, phase.sequence)));
        Ok(())
    }

    /// Loads the recipients of the medals of entries.
    pub(super) async fn load_receivers(&mut self, db: &impl ConnectionTrait, entries: HashSet<Uuid>) -> Result<(), DbErr> {
        let awards = rows_with_ids::<medal_award::Entity>(db, medal_award::Column::EntryId, entries).await?;
        let holders: HashMap<Uuid, Uuid> = awards.into_iter().filter_map(|award| Some((award.id, award.entry_id?))).collect();
        let awards = holders.keys().copied().collect();
        for row in rows_with_ids::<medal_recipient::Entity>(db, medal_recipient::Column::AwardId, awards).await? {
            self.receivers.entry(holders[&row.award_id]).or_default().push(row.athlete_id);
        }
        Ok(())
    }

    /// The edition of an entry, and its athlete or team.
    pub(super) fn entry(&self, id: Option<Uuid>) -> ([String; 3], [String; 2]) {
        let entry = id.and_then(|id| self.entries.get(&id));
        let name = |entry: &entry::Model| [self.names.key(entry.athlete_id), entry.team_name.clone().unwrap_or_default()];
        entry.map(|entry| (self.names.edition(Some(entry.edition_id)), name(entry))).unwrap_or_default()
    }

    /// The nation of an entry.
    pub(super) fn nation_of(&self, entry: Option<Uuid>) -> Option<Uuid> {
        entry.and_then(|entry| self.entries.get(&entry)).map(|entry| entry.nation_id)
    }

    /// Whether the entry has medal recipients, but this athlete is not one of them.
    pub(super) fn received_no_medal(&self, entry: Option<Uuid>, athlete: Option<Uuid>) -> bool {
        let receivers = entry.and_then(|entry| self.receivers.get(&entry));
        receivers.zip(athlete).is_some_and(|(receivers, athlete)| !receivers.contains(&athlete))
    }

    pub(super) fn phase(&self, id: Option<Uuid>) -> String {
        id.and_then(|id| self.phases.get(&id)).map(ToString::to_string).unwrap_or_default()
    }

    /// `GOLD:tyler-hamilton`, followed by `@` and the first day of the award when it has one.
    pub(super) fn award(&self, id: Option<Uuid>) -> String {
        let Some(award) = id.and_then(|id| self.awards.get(&id)) else { return String::new() };
        let (_, [athlete, team]) = self.entry(award.entry_id);
        let holder = if award.entry_id.is_none() { "vacant".to_owned() } else { athlete + &team };
        let since = award.valid_from.map(|day| format!("@{day}")).unwrap_or_default();
        format!("{}:{holder}{since}", award.medal.to_value())
    }
}

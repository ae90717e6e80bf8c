//! What rows are called in the format, for those that refer to them.

use std::collections::HashMap;

use podium_entity::{
    athlete, city, discipline, entry, event, event_edition, event_family, games, lineage, medal_award, medal_recipient, nation, phase,
    source, sport, venue,
};
use sea_orm::prelude::Uuid;
use sea_orm::{ActiveEnum, ConnectionTrait, DbErr, EntityTrait};

/// What other rows are called in the format.
#[derive(Default)]
pub(super) struct Names {
    keys: HashMap<Uuid, String>,
    editions: HashMap<Uuid, [String; 3]>,
    entries: HashMap<Uuid, (Uuid, [String; 2])>,
    nations: HashMap<Uuid, Uuid>,
    phases: HashMap<Uuid, i32>,
    awards: HashMap<Uuid, medal_award::Model>,
    /// Entries with a medal, each with the athletes who received it.
    receivers: HashMap<Uuid, Vec<Uuid>>,
}

impl Names {
    pub(super) async fn load(db: &impl ConnectionTrait) -> Result<Self, DbErr> {
        let mut names = Self::default();
        macro_rules! remember {
            ($($table:ident)*) => { $(names.keys.extend($table::Entity::find().all(db).await?.into_iter().map(|row| (row.id, row.key)));)* };
        }
        remember!(source city venue nation games sport discipline event_family event athlete);
        names.keys.extend(lineage::Entity::find().all(db).await?.into_iter().map(|row| (row.id, row.slug)));
        for row in event_edition::Entity::find().all(db).await? {
            names.editions.insert(row.id, [names.key(Some(row.event_id)), names.key(Some(row.games_id)), row.variant]);
        }
        for row in entry::Entity::find().all(db).await? {
            let competitor = [names.key(row.athlete_id), row.team_name.unwrap_or_default()];
            names.entries.insert(row.id, (row.edition_id, competitor));
            names.nations.insert(row.id, row.nation_id);
        }
        names.phases.extend(phase::Entity::find().all(db).await?.into_iter().map(|row| (row.id, row.sequence)));
        names.awards.extend(medal_award::Entity::find().all(db).await?.into_iter().map(|row| (row.id, row)));
        for row in medal_recipient::Entity::find().all(db).await? {
            if let Some(entry) = names.awards.get(&row.award_id).and_then(|award| award.entry_id) {
                names.receivers.entry(entry).or_default().push(row.athlete_id);
            }
        }
        Ok(names)
    }

    pub(super) fn key(&self, id: Option<Uuid>) -> String {
        id.and_then(|id| self.keys.get(&id)).cloned().unwrap_or_default()
    }

    pub(super) fn edition(&self, id: Option<Uuid>) -> [String; 3] {
        id.and_then(|id| self.editions.get(&id)).cloned().unwrap_or_default()
    }

    /// The edition of an entry, and its athlete or team.
    pub(super) fn entry(&self, id: Option<Uuid>) -> ([String; 3], [String; 2]) {
        let entry = id.and_then(|id| self.entries.get(&id));
        entry.map(|(edition, competitor)| (self.edition(Some(*edition)), competitor.clone())).unwrap_or_default()
    }

    /// The nation of an entry.
    pub(super) fn nation_of(&self, entry: Option<Uuid>) -> Option<Uuid> {
        entry.and_then(|entry| self.nations.get(&entry)).copied()
    }

    /// Whether others of the entry received its medal, and the athlete did not.
    pub(super) fn went_without(&self, entry: Option<Uuid>, athlete: Option<Uuid>) -> bool {
        let receivers = entry.and_then(|entry| self.receivers.get(&entry));
        receivers.zip(athlete).is_some_and(|(receivers, athlete)| !receivers.contains(&athlete))
    }

    pub(super) fn phase(&self, id: Option<Uuid>) -> String {
        id.and_then(|id| self.phases.get(&id)).map(ToString::to_string).unwrap_or_default()
    }

    /// `GOLD:tyler-hamilton`, with the day that it began on behind where there is one.
    pub(super) fn award(&self, id: Option<Uuid>) -> String {
        let Some(award) = id.and_then(|id| self.awards.get(&id)) else { return String::new() };
        let (_, [athlete, team]) = self.entry(award.entry_id);
        let holder = if award.entry_id.is_none() { "vacant".to_owned() } else { athlete + &team };
        let since = award.valid_from.map(|day| format!("@{day}")).unwrap_or_default();
        format!("{}:{holder}{since}", award.medal.to_value())
    }

    /// How many awards stand before this one in its chain: an award is written below that whose place it took.
    pub(super) fn rank(&self, id: Option<Uuid>) -> usize {
        let replaced = |id: &Uuid| self.awards.get(id).and_then(|award| award.replaces_id);
        std::iter::successors(id.as_ref().and_then(replaced), replaced).take(self.awards.len()).count()
    }
}

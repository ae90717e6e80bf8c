//! What is known from earlier rows: which keys exist, and the few facts that other tables repeat.

use std::collections::{HashMap, HashSet};
use std::fmt::Display;

use podium_entity::entry_member::Column as Member;
use podium_entity::mark::MarkKind;
use podium_entity::slug::is_path;
use podium_entity::{
    athlete, city, delegation, discipline, entry, entry_member, event, event_edition, event_family, games, key, lineage, medal_award,
    medal_recipient, nation, phase, source, sport, venue,
};
use sea_orm::prelude::Uuid;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait};

use crate::error::Error;
use crate::write::batches::for_each_row;

/// The rows known so far, stored or read, and the rows derived from others.
#[derive(Debug, Default)]
pub(crate) struct Context {
    /// The ids of all rows that others may reference, except entries.
    ids: HashSet<Uuid>,
    marks: HashMap<Uuid, MarkKind>,
    slugs: HashMap<Uuid, String>,
    cancelled: HashSet<Uuid>,
    /// The nation of each entry, which is the default nation of its members.
    nations: HashMap<Uuid, Uuid>,
    /// The athletes of each entry who competed. They receive its medals.
    members: HashMap<Uuid, Vec<Uuid>>,
    /// The athletes in the data set, whose search terms may have changed.
    pub(crate) athletes: HashSet<Uuid>,
    pub(crate) derived_members: Vec<entry_member::Model>,
    pub(crate) derived_delegations: HashMap<Uuid, delegation::Model>,
    pub(crate) derived_recipients: Vec<medal_recipient::Model>,
}

impl Context {
    /// Reads the rows that the database already holds, since a data set may reference them.
    pub(crate) async fn load(db: &impl ConnectionTrait) -> Result<Self, DbErr> {
        let mut known = Self::default();
        macro_rules! remember {
            ($($table:ident)*) => { $(
                let visit = |id| { known.ids.insert(id); id };
                for_each_row::<$table::Entity, _>(db, [$table::Column::Id], visit).await?;
            )* };
        }
        remember!(source city venue nation lineage sport discipline event_family athlete phase medal_award delegation);
        let visit = |(id, nation)| {
            known.nations.insert(id, nation);
            id
        };
        for_each_row::<entry::Entity, _>(db, [entry::Column::Id, entry::Column::NationId], visit).await?;
        for row in games::Entity::find().all(db).await? {
            known.add_games(&row);
        }
        for row in event::Entity::find().all(db).await? {
            known.add_event(&row);
        }
        for row in event_edition::Entity::find().all(db).await? {
            known.add_edition(&row);
        }
        let columns = [Member::Id, Member::EntryId, Member::AthleteId, Member::Competed];
        let visit = |(id, entry, athlete, competed)| {
            known.add_athlete_of(entry, athlete, competed);
            id
        };
        for_each_row::<entry_member::Entity, _>(db, columns, visit).await?;
        Ok(known)
    }

    pub(crate) fn add(&mut self, id: Uuid) {
        self.ids.insert(id);
    }

    pub(crate) fn add_slug(&mut self, id: Uuid, slug: &str) {
        self.add(id);
        self.slugs.insert(id, slug.to_owned());
    }

    pub(crate) fn add_games(&mut self, games: &games::Model) {
        self.add_slug(games.id, &games.slug);
        if games.status == games::GamesStatus::Cancelled {
            self.cancelled.insert(games.id);
        }
    }

    pub(crate) fn is_cancelled(&self, games: Uuid) -> bool {
        self.cancelled.contains(&games)
    }

    pub(crate) fn add_event(&mut self, event: &event::Model) {
        self.add_slug(event.id, &event.slug);
        self.marks.insert(event.id, event.mark_kind);
    }

    /// Adds an edition, which has the mark kind of its event.
    pub(crate) fn add_edition(&mut self, edition: &event_edition::Model) {
        self.add(edition.id);
        if let Some(kind) = self.marks.get(&edition.event_id).copied() {
            self.marks.insert(edition.id, kind);
        }
    }

    pub(crate) fn add_entry(&mut self, entry: &entry::Model) {
        self.nations.insert(entry.id, entry.nation_id);
    }

    /// Takes over the stored nations of entries, also for the members derived from them.
    pub(crate) fn correct_entries(&mut self, stored: &[entry::Model]) {
        self.nations.extend(stored.iter().map(|entry| (entry.id, entry.nation_id)));
        for member in &mut self.derived_members {
            member.nation_id = self.nations.get(&member.entry_id).copied().unwrap_or(member.nation_id);
        }
    }

    /// The nation of a known entry.
    pub(crate) fn nation_of(&self, entry: Uuid) -> Uuid {
        self.nations.get(&entry).copied().unwrap_or_default()
    }

    pub(crate) fn add_member(&mut self, member: &entry_member::Model) {
        self.add_athlete_of(member.entry_id, member.athlete_id, member.competed);
    }

    fn add_athlete_of(&mut self, entry: Uuid, athlete: Uuid, competed: bool) {
        // Most entries have one member.
        let members = self.members.entry(entry).or_insert_with(|| Vec::with_capacity(1));
        if competed && !members.contains(&athlete) {
            members.push(athlete);
        }
    }

    /// Records that a member receives no medal of the entry, whatever earlier rows said.
    pub(crate) fn go_without(&mut self, member: &entry_member::Model) {
        if let Some(members) = self.members.get_mut(&member.entry_id) {
            members.retain(|athlete| *athlete != member.athlete_id);
        }
    }

    pub(crate) fn knows(&self, id: Uuid) -> bool {
        self.ids.contains(&id) || self.nations.contains_key(&id)
    }

    pub(crate) fn members(&self, entry: Uuid) -> &[Uuid] {
        self.members.get(&entry).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn slug(&self, id: Uuid) -> &str {
        self.slugs.get(&id).map_or("", String::as_str)
    }

    pub(crate) fn mark_kind(&self, event_or_edition: Uuid) -> MarkKind {
        self.marks.get(&event_or_edition).copied().unwrap_or(MarkKind::None)
    }
}

/// Slugs of one, two and three levels.
const EXAMPLES: [&str; 3] = ["cycling-track", "cycling-track/time-trial", "cycling-track/time-trial/men"];

/// The position of a row in its file, for error messages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Location<'a> {
    pub(crate) file: &'a str,
    pub(crate) line: u64,
}

impl Location<'_> {
    /// An error about one cell.
    pub(crate) fn refuse(self, column: &str, reason: impl Display) -> Error {
        Error::Row { file: self.file.to_owned(), line: self.line, column: Some(column.to_owned()), reason: reason.to_string() }
    }

    /// The slug of a row: its key, unless the slug has changed. It has `levels` levels joined by `/`, each of lowercase words
    /// joined by `-`.
    pub(crate) fn slug(self, slug: Option<String>, key: &str, levels: usize) -> Result<String, Error> {
        let column = if slug.is_some() { "slug" } else { "key" };
        let slug = slug.unwrap_or_else(|| key.to_owned());
        match is_path(&slug, levels) {
            true => Ok(slug),
            false => Err(self.refuse(column, format!("`{slug}` is not a slug such as `{}`", EXAMPLES[levels - 1]))),
        }
    }

    /// An error about the whole line.
    pub(crate) fn refuse_line(self, reason: &str) -> Error {
        Error::Row { file: self.file.to_owned(), line: self.line, column: None, reason: reason.to_owned() }
    }

    /// Resolves a foreign key: the id of the row of `table` whose key is in a cell. The row must be known.
    pub(crate) fn reference(self, context: &Context, column: &str, table: &str, name: &str) -> Result<Uuid, Error> {
        let id = key::id(table, name);
        match context.knows(id) {
            true => Ok(id),
            false => Err(self.refuse(column, format!("there is no {} `{name}`", table.replace('_', " ")))),
        }
    }

    /// Resolves a foreign key in a cell that may be empty.
    pub(crate) fn optional(self, context: &Context, column: &str, table: &str, name: Option<&String>) -> Result<Option<Uuid>, Error> {
        name.map(|name| self.reference(context, column, table, name)).transpose()
    }
}

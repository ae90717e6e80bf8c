//! The keys by which the format refers to rows.

use std::collections::HashMap;

use podium_entity::event_edition::Column as Edition;
use podium_entity::{
    athlete, city, discipline, event, event_edition, event_family, games, lineage, medal_award, nation, source, sport, venue,
};
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use crate::write::batches::for_each_row;

/// The keys of all rows that any file may reference.
#[derive(Default)]
pub(super) struct Names {
    keys: HashMap<Uuid, Box<str>>,
    editions: HashMap<Uuid, EditionName>,
    athletes: Vec<Uuid>,
    /// Awards that replace others, each with the award that it replaces.
    replaced: HashMap<Uuid, Uuid>,
}

struct EditionName {
    event: Uuid,
    games: Uuid,
    variant: Box<str>,
}

impl Names {
    pub(super) async fn load(db: &impl ConnectionTrait) -> Result<Self, DbErr> {
        let mut names = Self::default();
        macro_rules! remember {
            ($($table:ident.$key:ident)*) => { $(
                let visit = |(id, key): (Uuid, String)| { names.keys.insert(id, key.into()); id };
                for_each_row::<$table::Entity, _>(db, [$table::Column::Id, $table::Column::$key], visit).await?;
            )* };
        }
        remember!(source.Key city.Key venue.Key nation.Key lineage.Slug games.Key sport.Key discipline.Key event_family.Key event.Key);
        let visit = |(id, key): (Uuid, String)| {
            names.athletes.push(id);
            names.keys.insert(id, key.into());
            id
        };
        for_each_row::<athlete::Entity, _>(db, [athlete::Column::Id, athlete::Column::Key], visit).await?;
        names.athletes.sort_unstable_by(|one, other| names.keys[one].cmp(&names.keys[other]));
        let columns = [Edition::Id, Edition::EventId, Edition::GamesId, Edition::Variant];
        let visit = |(id, event, games, variant): (Uuid, Uuid, Uuid, String)| {
            names.editions.insert(id, EditionName { event, games, variant: variant.into() });
            id
        };
        for_each_row::<event_edition::Entity, _>(db, columns, visit).await?;
        let replacing = medal_award::Entity::find().filter(medal_award::Column::ReplacesId.is_not_null()).all(db).await?;
        names.replaced.extend(replacing.into_iter().filter_map(|row| Some((row.id, row.replaces_id?))));
        Ok(names)
    }

    pub(super) fn key(&self, id: Option<Uuid>) -> String {
        id.and_then(|id| self.keys.get(&id)).map_or_else(String::new, ToString::to_string)
    }

    /// The event, the Games and the variant of an edition.
    pub(super) fn edition(&self, id: Option<Uuid>) -> [String; 3] {
        let edition = id.and_then(|id| self.editions.get(&id));
        edition.map_or_else(Default::default, |EditionName { event, games, variant }| {
            [self.key(Some(*event)), self.key(Some(*games)), variant.to_string()]
        })
    }

    /// How many awards come before this one in its chain of replacements. An award is written below the one that it replaces.
    pub(super) fn rank(&self, id: Option<Uuid>) -> usize {
        let replaced = |id: &Uuid| self.replaced.get(id).copied();
        std::iter::successors(id.as_ref().and_then(replaced), replaced).take(self.replaced.len()).count()
    }

    /// All editions in the order of their event, Games and variant.
    pub(super) fn editions_in_order(&self) -> Vec<Uuid> {
        let mut editions: Vec<Uuid> = self.editions.keys().copied().collect();
        editions.sort_by_cached_key(|id| self.edition(Some(*id)));
        editions
    }

    /// All athletes in the order of their keys.
    pub(super) fn athletes_in_order(&self) -> &[Uuid] {
        &self.athletes
    }
}

//! Resolves nation codes by year: codes were reused, and some sources use codes of their own.

use std::collections::HashMap;

use podium_entity::nation;
use podium_entity::nation_code::{self, Use, resolve_code};
use sea_orm::prelude::Uuid;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait};

/// The nations by code and year.
#[derive(Debug, Default)]
pub(crate) struct Nations {
    by_code: HashMap<String, Vec<(Use, Uuid)>>,
    pub(crate) names: HashMap<Uuid, String>,
}

impl Nations {
    pub(crate) async fn load(db: &impl ConnectionTrait) -> Result<Self, DbErr> {
        let mut nations = Self::default();
        for row in nation::Entity::find().all(db).await? {
            nations.names.insert(row.id, row.name);
            nations.add(row.code, Use { from: row.valid_from, to: row.valid_to, is_own: true }, row.id);
        }
        for row in nation_code::Entity::find().all(db).await? {
            nations.add(row.code, Use { from: row.valid_from, to: row.valid_to, is_own: false }, row.nation_id);
        }
        Ok(nations)
    }

    fn add(&mut self, code: String, used: Use, nation: Uuid) {
        self.by_code.entry(code).or_default().push((used, nation));
    }

    /// The nation that a code meant in a year.
    pub(crate) fn find(&self, code: &str, year: i32) -> Option<Uuid> {
        resolve_code(self.by_code.get(code)?.iter().copied(), year)
    }

    /// Adds a nation that is known only to the imported source.
    pub(crate) fn learn(&mut self, row: &nation::Model) {
        self.names.insert(row.id, row.name.clone());
        self.add(row.code.clone(), Use { from: None, to: None, is_own: true }, row.id);
    }
}

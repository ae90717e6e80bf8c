//! Resolves nation codes by year: codes were reused, and some sources use codes of their own.

use std::collections::HashMap;

use podium_entity::{nation, nation_code};
use sea_orm::prelude::Uuid;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait};

/// The nations by code and year.
#[derive(Debug, Default)]
pub(crate) struct Nations {
    by_code: HashMap<String, Vec<Meaning>>,
    pub(crate) names: HashMap<Uuid, String>,
}

/// What a code means in a span of years.
#[derive(Debug)]
struct Meaning {
    nation: Uuid,
    from: Option<i32>,
    to: Option<i32>,
    is_own: bool,
}

impl Meaning {
    fn holds_in(&self, year: i32) -> bool {
        self.from.is_none_or(|from| from <= year) && self.to.is_none_or(|to| year <= to)
    }

    /// Lower wins. The more specific code comes first: an alternative code with a first year, then the nation's own code, then an
    /// alternative code without a first year.
    fn rank(&self) -> u8 {
        match (self.is_own, self.from) {
            (false, Some(_)) => 0,
            (true, _) => 1,
            (false, None) => 2,
        }
    }
}

impl Nations {
    pub(crate) async fn load(db: &impl ConnectionTrait) -> Result<Self, DbErr> {
        let mut nations = Self::default();
        for row in nation::Entity::find().all(db).await? {
            nations.names.insert(row.id, row.name);
            nations.add(row.code, Meaning { nation: row.id, from: row.valid_from, to: row.valid_to, is_own: true });
        }
        for row in nation_code::Entity::find().all(db).await? {
            nations.add(row.code, Meaning { nation: row.nation_id, from: row.valid_from, to: row.valid_to, is_own: false });
        }
        Ok(nations)
    }

    fn add(&mut self, code: String, meaning: Meaning) {
        self.by_code.entry(code).or_default().push(meaning);
    }

    /// The nation that a code meant in a year.
    pub(crate) fn find(&self, code: &str, year: i32) -> Option<Uuid> {
        let meanings = self.by_code.get(code)?.iter().filter(|meaning| meaning.holds_in(year));
        meanings.min_by_key(|meaning| meaning.rank()).map(|meaning| meaning.nation)
    }

    /// Adds a nation that is known only to the imported source.
    pub(crate) fn learn(&mut self, row: &nation::Model) {
        self.names.insert(row.id, row.name.clone());
        self.add(row.code.clone(), Meaning { nation: row.id, from: None, to: None, is_own: true });
    }
}

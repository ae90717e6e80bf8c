//! Nations by the codes and names that the lists use.

use std::collections::HashMap;

use anyhow::Result;
use podium_entity::names::fold::fold;
use podium_entity::nation_code::{self, Use, resolve_code};
use podium_entity::{nation, nation_name};
use sea_orm::{DatabaseConnection, EntityTrait};

/// The nation, by its key, that uses a code or a name.
type Meaning = (Use, String);

#[derive(Debug, Default)]
pub(crate) struct Nations {
    by_code: HashMap<String, Vec<Meaning>>,
    by_name: HashMap<String, Vec<Meaning>>,
    names: HashMap<String, String>,
}

/// Names of nations that only a list uses, each in a span of years.
const OTHER_NAMES: [(&str, &str, i32, i32); 8] = [
    ("Serbia and Montenegro", "YUG", 1992, 2002),
    ("Independent Olympic Athletes", "IOP", 1992, 1992),
    ("Independent Olympic Athletes", "IOA", 2000, 2016),
    ("ROC", "OAR", 2018, 2018),
    ("ROC", "ROC@2020", 2020, 2022),
    ("Individual Neutral Athletes", "AIN", 2024, 2026),
    ("Équipe Olympique des Réfugies", "EOR", 2016, 2024),
    ("Mixed team", "MIX", 1896, 1924),
];

/// Codes of nations that only a list uses, each in a span of years.
const OTHER_CODES: [(&str, &str, i32, i32); 4] =
    [("OAR", "ROC@2020", 2022, 2022), ("XXB", "MIX", 1896, 1924), ("FRG", "GER", 1952, 1952), ("IOP", "IOA", 2000, 2016)];

impl Nations {
    pub(crate) async fn read(db: &DatabaseConnection) -> Result<Self> {
        let mut nations = Self::default();
        let mut known = HashMap::new();
        for row in nation::Entity::find().all(db).await? {
            let own: Meaning = (Use { from: row.valid_from, to: row.valid_to, is_own: true }, row.key.clone());
            nations.names.insert(row.key, row.name.clone());
            for name in [Some(row.name), row.official_name].into_iter().flatten() {
                nations.by_name.entry(fold(&name)).or_default().push(own.clone());
            }
            nations.by_code.entry(row.code).or_default().push(own.clone());
            known.insert(row.id, own);
        }
        for row in nation_code::Entity::find().all(db).await? {
            let Some((_, nation)) = known.get(&row.nation_id) else { continue };
            let used = Use { from: row.valid_from, to: row.valid_to, is_own: false };
            nations.by_code.entry(row.code).or_default().push((used, nation.clone()));
        }
        for row in nation_name::Entity::find().all(db).await? {
            if let Some((used, nation)) = known.get(&row.nation_id) {
                nations.by_name.entry(fold(&row.name)).or_default().push((Use { is_own: false, ..*used }, nation.clone()));
            }
        }
        let of_lists = |from, to| Use { from: Some(from), to: Some(to), is_own: true };
        for (name, nation, from, to) in OTHER_NAMES {
            nations.by_name.entry(fold(name)).or_default().push((of_lists(from, to), nation.to_owned()));
        }
        for (code, nation, from, to) in OTHER_CODES {
            nations.by_code.entry(code.to_owned()).or_default().push((of_lists(from, to), nation.to_owned()));
        }
        Ok(nations)
    }

    /// The name of a nation.
    pub(crate) fn name<'a>(&'a self, nation: &'a str) -> &'a str {
        self.names.get(nation).map_or(nation, String::as_str)
    }

    /// The key of the nation that a code meant in a year; empty when it meant none.
    pub(crate) fn by_code(&self, code: &str, year: i32) -> String {
        find(self.by_code.get(code), year)
    }

    /// The key of the nation that a name meant in a year; empty when it meant none.
    pub(crate) fn by_name(&self, name: &str, year: i32) -> String {
        find(self.by_name.get(&fold(name)), year)
    }
}

fn find(meanings: Option<&Vec<Meaning>>, year: i32) -> String {
    resolve_code(meanings.into_iter().flatten().map(|(used, nation)| (*used, nation)), year).cloned().unwrap_or_default()
}

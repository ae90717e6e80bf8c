//! Nations by the codes and names that the lists use.

use std::collections::HashMap;

use anyhow::Result;
use podium_entity::names::fold::fold;
use podium_entity::{nation, nation_code, nation_name};
use sea_orm::{DatabaseConnection, EntityTrait};

/// What a code or a name means in a span of years.
#[derive(Clone, Debug)]
struct Meaning {
    nation: String,
    from: i32,
    to: i32,
    rank: u8,
}

#[derive(Debug, Default)]
pub(crate) struct Nations {
    by_code: HashMap<String, Vec<Meaning>>,
    by_name: HashMap<String, Vec<Meaning>>,
    names: HashMap<String, String>,
}

/// Names of nations that only a list uses, each in a span of years.
const OTHER_NAMES: [(&str, &str, i32, i32); 9] = [
    ("Germany", "EUA", 1956, 1964),
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
const OTHER_CODES: [(&str, &str, i32, i32); 6] = [
    ("OAR", "ROC@2020", 2022, 2022),
    ("XXB", "MIX", 1896, 1924),
    ("FRG", "GER", 1952, 1952),
    ("GER", "EUA", 1956, 1964),
    ("IOP", "IOA", 2000, 2016),
    ("YUG", "YUG", 1996, 2002),
];

impl Nations {
    pub(crate) async fn read(db: &DatabaseConnection) -> Result<Self> {
        let mut nations = Self::default();
        let mut spans = HashMap::new();
        for row in nation::Entity::find().all(db).await? {
            let meaning = Meaning {
                nation: row.key.clone(),
                from: row.valid_from.unwrap_or(i32::MIN),
                to: row.valid_to.unwrap_or(i32::MAX),
                rank: 1,
            };
            spans.insert(row.id, meaning.clone());
            nations.names.insert(row.key.clone(), row.name.clone());
            for name in [Some(row.name), row.official_name].into_iter().flatten() {
                nations.by_name.entry(fold(&name)).or_default().push(meaning.clone());
            }
            nations.by_code.entry(row.code).or_default().push(meaning);
        }
        for row in nation_code::Entity::find().all(db).await? {
            let Some(nation) = spans.get(&row.nation_id) else { continue };
            let (from, to) = (row.valid_from.unwrap_or(i32::MIN), row.valid_to.unwrap_or(i32::MAX));
            let rank = if row.valid_from.is_some() { 0 } else { 2 };
            nations.by_code.entry(row.code).or_default().push(Meaning { nation: nation.nation.clone(), from, to, rank });
        }
        for row in nation_name::Entity::find().all(db).await? {
            if let Some(nation) = spans.get(&row.nation_id) {
                nations.by_name.entry(fold(&row.name)).or_default().push(Meaning { rank: 2, ..nation.clone() });
            }
        }
        for (name, nation, from, to) in OTHER_NAMES {
            let meaning = Meaning { nation: nation.to_owned(), from, to, rank: 0 };
            nations.by_name.entry(fold(name)).or_default().push(meaning);
        }
        for (code, nation, from, to) in OTHER_CODES {
            let meaning = Meaning { nation: nation.to_owned(), from, to, rank: 0 };
            nations.by_code.entry(code.to_owned()).or_default().push(meaning);
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
    let holding = meanings.into_iter().flatten().filter(|meaning| meaning.from <= year && year <= meaning.to);
    holding.min_by_key(|meaning| meaning.rank).map(|meaning| meaning.nation.clone()).unwrap_or_default()
}

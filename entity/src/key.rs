//! Row ids: version-5 UUIDs hashed from natural keys, so they are the same in every copy of Podium.

use std::fmt::Write;

use sea_orm::prelude::Uuid;
use sea_orm::{EntityTrait, Iterable, PrimaryKeyToColumn};

/// The namespace of all hashed ids. Changing it changes every published id.
const NAMESPACE: Uuid = Uuid::from_u128(0x6f1d_8a52_93c4_4e0b_a7d6_0c5e_2b91_f834);

/// The id of the row of `table` with this key: `id("games", "2012-summer")`.
pub fn id(table: &str, key: &str) -> Uuid {
    Uuid::new_v5(&NAMESPACE, format!("{table}:{key}").as_bytes())
}

/// The id of a row of `table` without a key of its own. It is hashed from the rows that it joins, and from what distinguishes it
/// from its siblings.
pub fn derived(table: &str, parts: &[&dyn std::fmt::Display]) -> Uuid {
    let mut key = String::with_capacity(128);
    key.push_str(table);
    for part in parts {
        write!(key, ":{part}").expect("a text takes more text");
    }
    Uuid::new_v5(&NAMESPACE, key.as_bytes())
}

/// The primary key column of a table.
///
/// # Panics
/// Never: every table has a primary key.
pub fn column<E: EntityTrait>() -> E::Column {
    E::PrimaryKey::iter().next().map(PrimaryKeyToColumn::into_column).expect("every table has a primary key")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_the_same_for_ever() {
        assert_eq!(id("games", "2012-summer").to_string(), "05c31d69-7826-5994-957a-07fb346303e9");
        let edition = id("event_edition", "x");
        assert_eq!(derived("entry", &[&edition, &"y"]), id("entry", &format!("{edition}:y")));
    }
}

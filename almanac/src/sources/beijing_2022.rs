//! The athletes of Beijing 2022, with gender and date of birth. Its medals break off before the end, so they are not read.

use std::collections::HashMap;

use anyhow::Result;
use chrono::NaiveDate;
use serde::Deserialize;

use super::Folder;
use crate::claim::Named;
use crate::names::words;

#[derive(Deserialize)]
struct Row {
    name: String,
    gender: String,
    birth_date: String,
    country_code: String,
}

/// The athletes by nation and the folded words of their name.
pub(crate) fn read(folder: &Folder<'_>) -> Result<HashMap<(String, Vec<String>), Named>> {
    let rows = folder.rows::<Row>("beijing-2022/athletes.csv")?;
    let athletes = rows.into_iter().map(|row| {
        let mut name = words(&row.name);
        name.sort_unstable();
        let born: Option<NaiveDate> = row.birth_date.parse().ok();
        let named = Named { gender: row.gender.chars().next(), born, name: row.name, ..Named::default() };
        ((folder.nations.by_code(&row.country_code, 2022), name), named)
    });
    Ok(athletes.collect())
}

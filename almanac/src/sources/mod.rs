//! The lists of medals, each read into claims.

pub(crate) mod beijing_2022;
mod ioc_medals;
mod milano_cortina_2026;
mod olympanalyt;
mod olympedia_medals;
mod olympics_com;
mod paris_2024;
mod tokyo_2020;
mod wikidata;
mod wikipedia;

use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result};
use flate2::read::GzDecoder;
use podium_entity::medal_award::Medal;
use podium_entity::names::homoglyphs::to_latin;
use serde::de::DeserializeOwned;

use crate::claim::{Claim, Named};
use crate::known::nations::Nations;

/// The folder with the sources, and what their names mean.
pub(crate) struct Folder<'a> {
    pub(crate) path: &'a Path,
    pub(crate) nations: &'a Nations,
}

impl Folder<'_> {
    /// The rows of a CSV file, compressed or not, each with its line.
    fn rows<T: DeserializeOwned>(&self, name: &str) -> Result<Vec<T>> {
        let path = self.path.join(name);
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(true).from_reader(open(&path)?);
        reader.deserialize().collect::<Result<_, _>>().with_context(|| format!("{} is not the version that is known", path.display()))
    }
}

fn open(path: &Path) -> Result<Box<dyn Read>> {
    let file = File::open(path).with_context(|| format!("{} cannot be read", path.display()))?;
    Ok(if path.extension().is_some_and(|extension| extension == "gz") { Box::new(GzDecoder::new(file)) } else { Box::new(file) })
}

/// All claims of all lists but `athlete-events`, whose medals come through Podium's own import.
pub(crate) fn read(folder: &Folder<'_>) -> Result<Vec<Claim>> {
    let mut claims = Vec::new();
    for read in [
        ioc_medals::read,
        olympics_com::read,
        olympanalyt::read,
        olympedia_medals::read,
        tokyo_2020::read,
        paris_2024::read,
        milano_cortina_2026::read,
        wikidata::read,
        wikipedia::read,
    ] {
        claims.extend(read(folder)?);
    }
    for person in claims.iter_mut().flat_map(|claim| &mut claim.people) {
        person.name = to_latin(&person.name).into_owned();
    }
    Ok(claims)
}

/// A medal by its English name in any case.
fn medal(word: &str) -> Option<Medal> {
    match word.to_ascii_lowercase().as_str() {
        "gold" | "gold medal" => Some(Medal::Gold),
        "silver" | "silver medal" => Some(Medal::Silver),
        "bronze" | "bronze medal" => Some(Medal::Bronze),
        _ => None,
    }
}

/// Adds a row about one member to the claim about the team, or begins a new claim.
fn join(claims: &mut Vec<Claim>, claim: Claim, is_same: impl Fn(&Claim) -> bool) {
    match claims.iter_mut().rev().take(400).find(|other| is_same(other)) {
        Some(team) => team.people.extend(claim.people),
        None => claims.push(claim),
    }
}

fn named(name: &str) -> Named {
    Named { name: name.trim().to_owned(), ..Named::default() }
}

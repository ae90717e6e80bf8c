//! What the editors decided about venues of Olympedia, by their number there.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::known::Known;

const DECISIONS: &str = include_str!("../../decisions/venues.csv");

/// A decision about a venue.
#[derive(Debug, Deserialize)]
pub(super) struct Decision {
    number: u32,
    /// The key of a venue that the sample or an import has.
    pub(super) key: Option<String>,
    pub(super) name: Option<String>,
    pub(super) country: Option<String>,
    reason: String,
}

/// Reads the decisions.
pub(super) fn read(known: &Known) -> Result<BTreeMap<u32, Decision>> {
    let mut decisions = BTreeMap::new();
    for (line, decision) in (2..).zip(csv::Reader::from_reader(DECISIONS.as_bytes()).into_deserialize::<Decision>()) {
        let decision = decision.with_context(|| format!("decisions/venues.csv, line {line}"))?;
        ensure!(!decision.reason.is_empty(), "decisions/venues.csv, line {line}: a decision needs a reason");
        let is_known = decision.key.as_ref().is_none_or(|key| known.venues.contains_key(key));
        ensure!(is_known, "decisions/venues.csv, line {line}: there is no venue `{}`", decision.key.unwrap_or_default());
        let (number, other) = (decision.number, decisions.insert(decision.number, decision));
        ensure!(other.is_none(), "decisions/venues.csv, line {line}: another line decides on venue {number}");
    }
    Ok(decisions)
}

/// Refuses decisions about venues of which no event is known.
pub(super) fn refuse_unused<T>(decisions: &BTreeMap<u32, Decision>, used: &BTreeMap<u32, T>) -> Result<()> {
    let unused: Vec<&u32> = decisions.keys().filter(|number| !used.contains_key(number)).collect();
    ensure!(unused.is_empty(), "decisions/venues.csv: no event was held at {unused:?}");
    Ok(())
}

//! What the derivation found, in words; and the questions that only an editor can answer.

use std::collections::BTreeMap;

use anyhow::{Result, bail};

use crate::agreement::{Outcome, outcomes};
use crate::decisions::Decisions;
use crate::known::{Competitor, EditionKey, Known};
use crate::programme::Label;
use crate::votes::{Votes, from_number};

/// Refuses to go on while lists contradict each other or a name may mean several people, and no decision says which is right.
pub(crate) fn refuse_open_questions(
    known: &Known,
    all: &BTreeMap<EditionKey, Votes>,
    decisions: &Decisions,
    ambiguous: &[String],
) -> Result<()> {
    let disputed = cases(known, all, decisions, Outcome::Disputed);
    if !disputed.is_empty() {
        bail!("the lists contradict each other; decide in decisions/editions.csv:\n{}", disputed.join("\n"));
    }
    if !ambiguous.is_empty() {
        bail!("a name may mean several people; decide in decisions/people.csv:\n{}", ambiguous.join("\n"));
    }
    Ok(())
}

/// The medals with an outcome: where, what, who, and which of the lists have it.
fn cases(known: &Known, all: &BTreeMap<EditionKey, Votes>, decisions: &Decisions, wanted: Outcome) -> Vec<String> {
    let mut cases = Vec::new();
    for (key, votes) in all.iter().filter(|(key, _)| !known.checked.contains(key)) {
        for ((place, medal), outcome) in outcomes(votes, decisions.edition(key)) {
            if outcome == wanted {
                let entry = &known.editions[key][place];
                let who = match &entry.competitor {
                    Competitor::Athlete(person) => &known.people[*person].name,
                    Competitor::Team(team) => team,
                };
                let codes = |sources: &mut dyn Iterator<Item = &crate::claim::Source>| {
                    sources.map(|source| source.code()).collect::<Vec<_>>().join("+")
                };
                let (by, of) = (codes(&mut votes.medals[&(place, medal)].iter()), codes(&mut votes.covering.iter()));
                cases.push(format!("{} {} {:?} {} {who}: {by} of {of}", key.games, key.event, from_number(medal), entry.nation));
            }
        }
    }
    cases
}

/// The report: counts, then what was left out.
pub(crate) fn tell(
    written: &BTreeMap<String, usize>,
    known: &Known,
    all: &BTreeMap<EditionKey, Votes>,
    decisions: &Decisions,
    unpaired: &[&Label<'_>],
) -> String {
    let mut lines: Vec<String> = written.iter().map(|(what, count)| format!("{count:>7} {what}")).collect();
    let labels = unpaired.iter().map(|label| format!("{} {} {}", label.source, label.games, label.event));
    for (title, list) in [
        ("Decided by an editor", cases(known, all, decisions, Outcome::Decided)),
        ("Only in older lists, only in one, or decided against", cases(known, all, decisions, Outcome::Superseded)),
        ("Events of a list that are no event here", labels.collect()),
    ] {
        lines.push(format!("\n{title}: {}", list.len()));
        lines.extend(list);
    }
    lines.join("\n") + "\n"
}

//! Which medals stand: those on which lists of two origins agree and that no newer list contradicts, and those that the editors decided.

use std::collections::{BTreeMap, BTreeSet};

use crate::claim::{Origin, Source};
use crate::decisions::{Decisions, EditionDecision};
use crate::known::{EditionKey, Known};
use crate::votes::{Medal2, Votes};

/// What became of one medal that a list gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Lists of two origins agree, and no newer one contradicts.
    Agreed,
    /// An editor decided that it stands.
    Decided,
    /// Only older lists have it, only one has it, or an editor decided against it.
    Superseded,
    /// The lists contradict each other, or there is only one.
    Disputed,
}

/// The lists that know the newest decisions.
const NEWEST: [Source; 4] = [Source::OlympediaMedals, Source::Olympanalyt, Source::Paris2024, Source::MilanoCortina2026];

/// The outcome for every medal that a list gives in an edition.
pub(crate) fn outcomes(votes: &Votes, decision: Option<&EditionDecision>) -> BTreeMap<(usize, Medal2), Outcome> {
    let newest: BTreeSet<Source> = votes.covering.iter().copied().filter(|source| NEWEST.contains(source)).collect();
    let outcome = |sources: &BTreeSet<Source>| {
        if let Some(decision) = decision {
            return if sources.contains(&decision.follow) { Outcome::Decided } else { Outcome::Superseded };
        }
        let origins: BTreeSet<Origin> = sources.iter().map(|source| source.origin()).collect();
        let supporting = newest.intersection(sources).count();
        let is_all_but_one = sources.len() + 1 >= votes.covering.len();
        if origins.len() >= 2 && (supporting == newest.len() || is_all_but_one) {
            Outcome::Agreed
        } else if supporting == 0 || (sources.len() == 1 && !sources.contains(&Source::OlympediaMedals) && votes.covering.len() > 2) {
            Outcome::Superseded
        } else {
            Outcome::Disputed
        }
    };
    votes.medals.iter().map(|(medal, sources)| (*medal, outcome(sources))).collect()
}

/// Prints what is disputed.
pub(crate) fn show(known: &Known, all: &BTreeMap<EditionKey, Votes>, decisions: &Decisions) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (key, votes) in all {
        for ((place, medal), outcome) in outcomes(votes, decisions.edition(key)) {
            *counts.entry(match outcome { Outcome::Agreed => "agreed", Outcome::Decided => "decided", Outcome::Superseded => "superseded", Outcome::Disputed => "disputed" }).or_default() += 1;
            if !matches!(outcome, Outcome::Agreed | Outcome::Decided) {
                let entry = &known.editions[key][place];
                let who = match &entry.competitor {
                    crate::known::Competitor::Athlete(person) => known.people[*person].name.clone(),
                    crate::known::Competitor::Team(team) => team.clone(),
                };
                let sources: Vec<&str> = votes.medals[&(place, medal)].iter().map(|source| source.code()).collect();
                let covering: Vec<&str> = votes.covering.iter().map(|source| source.code()).collect();
                println!("{outcome:?} {} {} {:?} {} {who}: {} of {}", key.games, key.event, crate::votes::from_number(medal), entry.nation, sources.join("+"), covering.join("+"));
            }
        }
        for stranger in &votes.strangers {
            println!("stranger {} {}: {stranger}", key.games, key.event);
        }
    }
    println!("{counts:?}");
}

//! Which medals are valid: those on which lists of two origins agree and that no newer list contradicts, and those that the editors decided.

use std::collections::{BTreeMap, BTreeSet};

use crate::claim::{Origin, Source};
use crate::decisions::EditionDecision;
use crate::votes::{MedalNumber, Votes};

/// What became of one medal that a list gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// Lists of two origins agree, and no newer one contradicts.
    Agreed,
    /// An editor decided that it is valid.
    Decided,
    /// Only older lists have it, only one has it, or an editor decided against it.
    Superseded,
    /// The lists contradict each other, or there is only one.
    Disputed,
}

impl Outcome {
    /// Whether the medal is valid.
    pub(crate) fn is_valid(self) -> bool {
        matches!(self, Self::Agreed | Self::Decided)
    }
}

/// The lists that know the newest decisions.
const NEWEST: [Source; 4] = [Source::OlympediaMedals, Source::Olympanalyt, Source::Paris2024, Source::MilanoCortina2026];

/// The outcome for every medal that a list gives in an edition.
pub(crate) fn outcomes(votes: &Votes, decision: Option<&EditionDecision>) -> BTreeMap<(usize, MedalNumber), Outcome> {
    let newest: BTreeSet<Source> = votes.covering.iter().copied().filter(|source| NEWEST.contains(source)).collect();
    let outcome = |sources: &BTreeSet<Source>| {
        if let Some(decision) = decision {
            return if sources.contains(&decision.follow) { Outcome::Decided } else { Outcome::Superseded };
        }
        let origins: BTreeSet<Origin> = sources.iter().map(|source| source.origin()).collect();
        let supporting = newest.intersection(sources).count();
        let is_all_but_one = sources.len() + 1 >= votes.covering.len();
        // A reallocation may be known to Olympedia alone, so it is never outvoted in silence.
        let is_alone = sources.len() == 1 && !sources.contains(&Source::OlympediaMedals) && votes.covering.len() > 2;
        if origins.len() >= 2 && (supporting == newest.len() || is_all_but_one) {
            Outcome::Agreed
        } else if supporting == 0 || is_alone {
            Outcome::Superseded
        } else {
            Outcome::Disputed
        }
    };
    votes.medals.iter().map(|(medal, sources)| (*medal, outcome(sources))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn votes(covering: &[Source], medals: &[(usize, MedalNumber, &[Source])]) -> Votes {
        let medals = medals.iter().map(|(entry, medal, sources)| ((*entry, *medal), sources.iter().copied().collect())).collect();
        Votes { covering: covering.iter().copied().collect(), medals, ..Votes::default() }
    }

    #[test]
    fn a_medal_stands_when_two_origins_agree_and_no_newer_list_contradicts() {
        use Source::{AthleteEvents, IocMedals, Olympanalyt, OlympediaMedals, OlympicsCom};
        let all = [AthleteEvents, OlympediaMedals, IocMedals, OlympicsCom, Olympanalyt];
        let of = |sources: &[Source]| outcomes(&votes(&all, &[(0, 0, sources)]), None)[&(0, 0)];
        assert_eq!(of(&all), Outcome::Agreed);
        assert_eq!(of(&[OlympediaMedals, Olympanalyt]), Outcome::Agreed, "the newest lists agree");
        assert_eq!(of(&[AthleteEvents, IocMedals]), Outcome::Superseded, "older lists know nothing of a reallocation");
        assert_eq!(of(&[Olympanalyt]), Outcome::Superseded, "one list is no agreement");
        assert_eq!(of(&[OlympediaMedals]), Outcome::Disputed, "a reallocation that only the newest list knows needs a decision");
        assert_eq!(of(&[AthleteEvents, OlympicsCom, Olympanalyt]), Outcome::Disputed);
    }
}

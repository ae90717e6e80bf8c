//! Head to head: which of several competitors did best.

use uuid::Uuid;

/// How a competitor did in one result list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Placing {
    pub(crate) who: Uuid,
    pub(crate) rank: Option<i32>,
    /// Whether the competitor won a match of two; none where it was no match.
    pub(crate) has_won: Option<bool>,
}

/// What competitors have in one edition.
#[derive(Clone, Debug, Default)]
pub(crate) struct Meeting {
    pub(crate) everybody: Vec<Uuid>,
    /// Their overall results; empty when fewer than two have one.
    pub(crate) overall: Vec<Placing>,
    /// Their medals, as ranks.
    pub(crate) medals: Vec<Placing>,
    /// The phases in which they met, the last one first.
    pub(crate) phases: Vec<Vec<Placing>>,
}

impl Meeting {
    /// Who was ahead of all the others: by the overall ranks, or else by the medals, or else by the last phase in which all of them met. A list
    /// also decides when the best in it are equal: then nobody was ahead.
    pub(crate) fn ahead(&self) -> Option<Uuid> {
        if self.has_all(&self.overall) && self.overall.iter().any(|placing| placing.rank.is_some()) {
            return ahead(&self.overall);
        }
        if !self.medals.is_empty() {
            return ahead(&self.medals);
        }
        self.phases.iter().find(|phase| self.has_all(phase)).and_then(|phase| ahead(phase))
    }

    fn has_all(&self, list: &[Placing]) -> bool {
        self.everybody.iter().all(|who| list.iter().any(|placing| placing.who == *who))
    }
}

/// The sole winner of a list: the winner of the match, or the only one with the best rank. Unranked competitors come last. A competitor can be
/// in a list twice, with two teams; the better rank counts.
pub(crate) fn ahead(list: &[Placing]) -> Option<Uuid> {
    let best = list.iter().filter_map(|placing| placing.rank).min();
    let is_ahead = |placing: &&Placing| match best {
        Some(best) => placing.rank == Some(best),
        None => placing.has_won == Some(true),
    };
    let mut ahead = list.iter().filter(is_ahead).map(|placing| placing.who);
    let first = ahead.next()?;
    ahead.all(|who| who == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    fn ranked(ranks: &[(u128, Option<i32>)]) -> Vec<Placing> {
        ranks.iter().map(|(number, rank)| Placing { who: who(*number), rank: *rank, has_won: None }).collect()
    }

    fn duel(winner: u128, loser: u128) -> Vec<Placing> {
        let side = |number, has_won| Placing { who: who(number), rank: None, has_won: Some(has_won) };
        vec![side(winner, true), side(loser, false)]
    }

    #[test]
    fn the_only_best_is_ahead() {
        for (list, expected) in [
            (ranked(&[(1, Some(2)), (2, Some(1))]), Some(2)),
            (ranked(&[(1, Some(8)), (2, None)]), Some(1)),
            (ranked(&[(1, Some(1)), (2, Some(1)), (3, Some(3))]), None),
            (ranked(&[(1, None), (2, None)]), None),
            (duel(2, 1), Some(2)),
            (ranked(&[(1, Some(1)), (2, Some(2)), (1, Some(1)), (2, Some(2))]), Some(1)),
        ] {
            assert_eq!(ahead(&list), expected.map(who), "{list:?}");
        }
    }

    #[test]
    fn equal_ranks_are_not_parted_by_a_heat() {
        let overall = ranked(&[(1, Some(7)), (2, Some(7))]);
        let phases = vec![ranked(&[(1, Some(1)), (2, Some(2))])];
        let meeting = Meeting { everybody: vec![who(1), who(2)], overall, phases: phases.clone(), ..Meeting::default() };
        assert_eq!(meeting.ahead(), None);
        assert_eq!(Meeting { overall: Vec::new(), ..meeting }.ahead(), Some(who(1)));
    }

    #[test]
    fn a_match_of_two_says_nothing_of_a_third() {
        let meeting = Meeting { everybody: vec![who(1), who(2), who(3)], phases: vec![duel(1, 2)], ..Meeting::default() };
        assert_eq!(meeting.ahead(), None);
        assert_eq!(Meeting { medals: ranked(&[(3, Some(1))]), ..meeting }.ahead(), Some(who(3)));
    }
}

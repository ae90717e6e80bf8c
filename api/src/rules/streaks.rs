//! Runs of wins: who won one edition of an event after another.

use std::collections::HashMap;
use std::hash::Hash;

/// A run of wins, from one edition to another, by their places in the list of editions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run<W> {
    pub(crate) winner: W,
    pub(crate) from: usize,
    pub(crate) to: usize,
}

impl<W> Run<W> {
    pub(crate) fn length(&self) -> usize {
        self.to - self.from + 1
    }
}

/// The runs of at least `minimum` wins, the longest first, then the oldest, given the winners of each edition. An edition without known
/// winners ends every run.
pub(crate) fn runs<W: Copy + Eq + Hash + Ord>(editions: &[Vec<W>], minimum: usize) -> Vec<Run<W>> {
    let (mut running, mut runs) = (HashMap::<W, usize>::new(), Vec::new());
    for (place, winners) in editions.iter().enumerate() {
        running.retain(|winner, from| {
            let goes_on = winners.contains(winner);
            if !goes_on {
                runs.push(Run { winner: *winner, from: *from, to: place - 1 });
            }
            goes_on
        });
        for winner in winners {
            running.entry(*winner).or_insert(place);
        }
    }
    runs.extend(running.into_iter().map(|(winner, from)| Run { winner, from, to: editions.len() - 1 }));
    runs.retain(|run| run.length() >= minimum);
    runs.sort_by_key(|run| (std::cmp::Reverse(run.length()), run.from, run.winner));
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_end_where_another_wins() {
        let editions = [vec!['a'], vec!['a', 'b'], vec!['b'], vec!['b'], vec![], vec!['b'], vec!['c', 'c'], vec!['c']];
        let found: Vec<_> = runs(&editions, 2).into_iter().map(|run| (run.winner, run.from, run.to)).collect();
        assert_eq!(found, [('b', 1, 3), ('a', 0, 1), ('c', 6, 7)]);
        assert_eq!(runs(&editions, 3).len(), 1);
        assert_eq!(runs::<char>(&[], 2), []);
    }
}

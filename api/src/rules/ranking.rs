//! Ranking by medals: gold first or by total, with three ways to number ties.

use std::cmp::Reverse;

/// How many medals of each colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Tally {
    pub(crate) gold: i32,
    pub(crate) silver: i32,
    pub(crate) bronze: i32,
}

impl Tally {
    pub(crate) fn total(self) -> i32 {
        self.gold.saturating_add(self.silver).saturating_add(self.bronze)
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        Self { gold: self.gold + other.gold, silver: self.silver + other.silver, bronze: self.bronze + other.bronze }
    }
}

/// The sort criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum By {
    /// More golds, then more silvers, then more bronzes.
    GoldFirst,
    /// More medals, whatever they are.
    Total,
}

/// How ties are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Ties {
    /// 1 2 2 4.
    Competition,
    /// 1 2 2 3.
    Dense,
    /// 1 2 3 4.
    Ordinal,
}

/// A place in a ranking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rank {
    pub(crate) rank: i32,
    /// Whether another has the same rank.
    pub(crate) tied: bool,
}

impl Rank {
    /// `1`, or `=2` when shared.
    pub(crate) fn text(self) -> String {
        let sign = if self.tied { "=" } else { "" };
        format!("{sign}{}", self.rank)
    }
}

impl By {
    /// A sort key: the best come first in ascending order, and equal keys share a rank.
    pub(crate) fn key(self, tally: Tally) -> Reverse<(i32, i32, i32)> {
        match self {
            Self::GoldFirst => Reverse((tally.gold, tally.silver, tally.bronze)),
            Self::Total => Reverse((tally.total(), 0, 0)),
        }
    }
}

/// The ranks of tallies that are sorted already.
pub(crate) fn ranks(sorted: &[Tally], by: By, ties: Ties) -> Vec<Rank> {
    let keys: Vec<_> = sorted.iter().map(|tally| by.key(*tally)).collect();
    let mut ranks: Vec<Rank> = Vec::with_capacity(keys.len());
    for (place, key) in keys.iter().enumerate() {
        let equals_former = place > 0 && keys[place - 1] == *key;
        let equals_next = keys.get(place + 1) == Some(key);
        let ordinal = i32::try_from(place + 1).unwrap_or(i32::MAX);
        let rank = match (ties, ranks.last()) {
            (Ties::Competition | Ties::Dense, Some(former)) if equals_former => former.rank,
            (Ties::Dense, Some(former)) => former.rank + 1,
            _ => ordinal,
        };
        ranks.push(Rank { rank, tied: ties != Ties::Ordinal && (equals_former || equals_next) });
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The nations of the men's track time trial, best first.
    const TRACK: [(i32, i32, i32); 22] = [
        (4, 2, 3),
        (2, 3, 2),
        (2, 2, 0),
        (2, 1, 1),
        (2, 0, 1),
        (2, 0, 1),
        (1, 2, 0),
        (1, 2, 0),
        (1, 1, 1),
        (1, 0, 1),
        (1, 0, 0),
        (0, 1, 2),
        (0, 1, 1),
        (0, 1, 0),
        (0, 1, 0),
        (0, 1, 0),
        (0, 1, 0),
        (0, 0, 2),
        (0, 0, 1),
        (0, 0, 1),
        (0, 0, 1),
        (0, 0, 1),
    ];

    fn ranked(by: By, ties: Ties) -> Vec<i32> {
        let mut tallies: Vec<Tally> = TRACK.iter().map(|&(gold, silver, bronze)| Tally { gold, silver, bronze }).collect();
        tallies.sort_by_key(|tally| by.key(*tally));
        ranks(&tallies, by, ties).into_iter().map(|rank| rank.rank).collect()
    }

    #[test]
    fn gold_first_skips_after_equals() {
        let expected = [1, 2, 3, 4, 5, 5, 7, 7, 9, 10, 11, 12, 13, 14, 14, 14, 14, 18, 19, 19, 19, 19];
        assert_eq!(ranked(By::GoldFirst, Ties::Competition), expected);
    }

    #[test]
    fn by_total() {
        let expected = [1, 2, 3, 3, 5, 5, 5, 5, 5, 5, 11, 11, 11, 14, 14, 14, 14, 14, 14, 14, 14, 14];
        assert_eq!(ranked(By::Total, Ties::Competition), expected);
    }

    #[test]
    fn dense_does_not_skip() {
        let expected = [1, 2, 3, 4, 5, 5, 6, 6, 7, 8, 9, 10, 11, 12, 12, 12, 12, 13, 14, 14, 14, 14];
        assert_eq!(ranked(By::GoldFirst, Ties::Dense), expected);
    }

    #[test]
    fn ordinal_never_ties() {
        assert_eq!(ranked(By::GoldFirst, Ties::Ordinal), (1..=22).collect::<Vec<_>>());
    }

    #[test]
    fn a_shared_rank_is_written_so() {
        let one = Tally { gold: 1, ..Tally::default() };
        let texts: Vec<String> =
            ranks(&[one, one, Tally::default()], By::GoldFirst, Ties::Competition).into_iter().map(Rank::text).collect();
        assert_eq!(texts, ["=1", "=1", "3"]);
    }
}

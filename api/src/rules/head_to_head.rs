//! Who of several competitors was ahead.

/// How a competitor did in one result list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) rank: Option<i32>,
    /// Whether the competitor won a match of two; none where it was no match.
    pub(crate) has_won: Option<bool>,
}

/// The index of the competitor ahead of all others in a list: the only winner of the match, or the only one with the best rank. Who has no
/// rank is behind those with one. None when nobody is alone ahead.
pub(crate) fn ahead(standings: &[Standing]) -> Option<usize> {
    let only = |is_ahead: &dyn Fn(&Standing) -> bool| {
        let mut ahead = standings.iter().enumerate().filter(|(_, standing)| is_ahead(standing)).map(|(place, _)| place);
        ahead.next().filter(|_| ahead.next().is_none())
    };
    match standings.iter().filter_map(|standing| standing.rank).min() {
        Some(best) => only(&|standing| standing.rank == Some(best)),
        None => only(&|standing| standing.has_won == Some(true)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_only_best_is_ahead() {
        let ranked = |rank| Standing { rank, has_won: None };
        let duel = |has_won| Standing { rank: None, has_won };
        for (standings, expected) in [
            (vec![ranked(Some(2)), ranked(Some(1))], Some(1)),
            (vec![ranked(Some(8)), ranked(None)], Some(0)),
            (vec![ranked(Some(1)), ranked(Some(1)), ranked(Some(3))], None),
            (vec![ranked(None), ranked(None)], None),
            (vec![duel(Some(false)), duel(Some(true))], Some(1)),
            (vec![duel(Some(false)), duel(Some(false))], None),
        ] {
            assert_eq!(ahead(&standings), expected, "{standings:?}");
        }
    }
}

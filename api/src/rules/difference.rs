//! Differences between marks: gaps to a winner, improvements of a record. A difference has the fewer decimals of the two marks.

use podium_entity::event::Better;
use podium_entity::mark::MarkKind;

/// A mark that is a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Measured {
    pub(crate) kind: MarkKind,
    pub(crate) value: i64,
    pub(crate) decimals: u32,
}

/// The difference of two marks, in the base unit of their kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Difference {
    pub(crate) kind: MarkKind,
    pub(crate) value: i64,
    pub(crate) decimals: u32,
    pub(crate) text: String,
}

/// The gap between a mark and the winner's: `+42.00` behind a faster one, `−0.05` below a higher one. `None` for marks of different kinds.
pub(crate) fn gap(winner: Measured, mark: Measured, better: Better) -> Option<Difference> {
    let mut difference = between(winner, mark)?;
    let sign = match (difference.value.signum(), better) {
        (1, _) | (0, Better::Lower) => '+',
        _ => '−',
    };
    difference.text.insert(0, sign);
    Some(difference)
}

/// By how much a record was beaten; positive whichever direction is better.
pub(crate) fn improvement(former: Measured, mark: Measured, better: Better) -> Option<Difference> {
    match better {
        Better::Lower => between(mark, former),
        Better::Higher => between(former, mark),
    }
}

fn between(from: Measured, to: Measured) -> Option<Difference> {
    let decimals = from.decimals.min(to.decimals);
    let value = to.value - from.value;
    let text = from.kind.format(value.abs(), decimals);
    (from.kind == to.kind).then_some(Difference { kind: from.kind, value, decimals, text })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(kind: MarkKind, text: &str) -> Measured {
        let mark = kind.parse(text).expect(text);
        Measured { kind, value: mark.value.expect("a number"), decimals: mark.decimals.expect("decimals") }
    }

    #[test]
    fn gaps_of_the_road_time_trial_of_2012() {
        let winner = measured(MarkKind::Time, "50:39.54");
        for (mark, text) in [("51:21.54", "+42.00"), ("51:47.87", "+1:08.33"), ("59:11.19", "+8:31.65")] {
            assert_eq!(gap(winner, measured(MarkKind::Time, mark), Better::Lower).expect("two times").text, text);
        }
    }

    #[test]
    fn a_lower_jump_is_so_much_below() {
        let lower = gap(measured(MarkKind::Height, "2.37"), measured(MarkKind::Height, "2.32"), Better::Higher).expect("two heights");
        assert_eq!((lower.value, lower.text.as_str()), (-50, "−0.05"));
    }

    #[test]
    fn an_equal_mark_is_signed_by_what_is_better() {
        let (time, height) = (measured(MarkKind::Time, "10.0"), measured(MarkKind::Height, "2.37"));
        assert_eq!(gap(time, time, Better::Lower).expect("two times").text, "+0.0");
        assert_eq!(gap(height, height, Better::Higher).expect("two heights").text, "−0.00");
    }

    #[test]
    fn fewer_decimals_win() {
        let finer = improvement(measured(MarkKind::Time, "1:09.8"), measured(MarkKind::Time, "1:09.20"), Better::Lower).expect("two times");
        assert_eq!((finer.value, finer.decimals, finer.text.as_str()), (600, 1, "0.6"));
        let all = improvement(measured(MarkKind::Time, "1:16.0"), measured(MarkKind::Time, "1:00.711"), Better::Lower).expect("two times");
        assert_eq!((all.value, all.text.as_str()), (15_289, "15.3"));
    }

    #[test]
    fn marks_of_two_kinds_have_no_difference() {
        assert_eq!(gap(measured(MarkKind::Time, "10.0"), measured(MarkKind::Height, "2.37"), Better::Lower), None);
    }
}

//! Orders: a field and a direction.

/// Which end of an order comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Direction {
    Asc,
    Desc,
}

impl Direction {
    pub(crate) fn is_descending(self) -> bool {
        self == Self::Desc
    }
}

/// What a list is ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct OrderBy<F> {
    pub(crate) field: F,
    pub(crate) direction: Direction,
}

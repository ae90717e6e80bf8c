//! `OrderDirection`.

use async_graphql::Enum;
use sea_orm::sea_query::{Expr, ExprTrait};

/// Which end of an order comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
pub(crate) enum OrderDirection {
    /// Smallest, earliest or alphabetically first.
    Asc,
    /// Largest, latest or alphabetically last.
    Desc,
}

impl OrderDirection {
    pub(crate) fn is_descending(self) -> bool {
        self == Self::Desc
    }

    /// A number that ascends in this direction, so that what equals are ordered by need not turn with it.
    pub(crate) fn sign(self, number: Expr) -> Expr {
        match self {
            Self::Asc => number,
            Self::Desc => number.mul(-1),
        }
    }
}

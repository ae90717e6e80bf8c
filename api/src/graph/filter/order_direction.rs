//! `OrderDirection`.

use async_graphql::Enum;

use crate::question::order::Direction;

/// Which end of an order comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "Direction")]
pub(crate) enum OrderDirection {
    /// Smallest, earliest or alphabetically first.
    Asc,
    /// Largest, latest or alphabetically last.
    Desc,
}

//! `OrderDirection`.

use async_graphql::Enum;

use crate::question::order::Direction;

/// The sort direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "Direction")]
pub(crate) enum OrderDirection {
    /// Ascending: smallest, earliest or alphabetically first.
    Asc,
    /// Descending: largest, latest or alphabetically last.
    Desc,
}

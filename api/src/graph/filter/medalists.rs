//! `MedalistOrder`.

use async_graphql::{Enum, InputObject};

use super::order_direction::OrderDirection;
use crate::question::medals::{MedalistOrder as Ordering, MedalistOrderField as Field};

/// The sort order of athletes with medals. It does not change their ranks.
#[derive(Clone, Copy, Debug, InputObject)]
pub(crate) struct MedalistOrder {
    /// The value to sort by.
    pub(crate) field: MedalistOrderField,
    /// The sort direction.
    #[graphql(default_with = "OrderDirection::Asc")]
    pub(crate) direction: OrderDirection,
}

/// The values that athletes with medals can be sorted by. Equal ones are sorted by rank, then by family name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "Field")]
pub(crate) enum MedalistOrderField {
    /// The number of these medals.
    Total,
    /// The number of gold medals among them.
    Gold,
    /// The years from the first of these medals to the last.
    Span,
    /// The year of the Games at which the first of these medals was won.
    FirstYear,
}

impl From<MedalistOrder> for Ordering {
    fn from(MedalistOrder { field, direction }: MedalistOrder) -> Self {
        Self { field: field.into(), direction: direction.into() }
    }
}

//! The order of a list, which its cursors hold the values of.

use podium_entity::key;
use sea_orm::prelude::*;
use sea_orm::sea_query::ExprTrait;

use super::cursor::Kind;
use crate::question::order::Direction;

/// Expressions that order a list, never null. All ascend or all descend, so that one row comparison is enough; a mixed order negates
/// its numbers.
pub(crate) struct Order {
    name: &'static str,
    direction: Direction,
    pub(super) terms: Vec<(Expr, Kind)>,
    pub(super) descending: bool,
}

impl Order {
    /// An order with a name for its cursors, without terms yet.
    pub(crate) fn by(name: &'static str) -> Self {
        Self { name, direction: Direction::Asc, terms: Vec::new(), descending: false }
    }

    pub(crate) fn text(mut self, column: impl Into<Expr>) -> Self {
        self.terms.push((column.into(), Kind::Text));
        self
    }

    pub(crate) fn int(mut self, number: impl Into<Expr>) -> Self {
        self.terms.push((number.into().cast_as("bigint"), Kind::Int));
        self
    }

    /// A number that turns with the direction, while the terms behind it, which order equals, do not.
    pub(crate) fn int_towards(mut self, direction: Direction, number: Expr) -> Self {
        self.direction = direction;
        self.int(if direction.is_descending() { number.mul(-1) } else { number })
    }

    /// All terms in this direction.
    pub(crate) fn towards(mut self, direction: Direction) -> Self {
        self.direction = direction;
        self.descending = direction.is_descending();
        self
    }

    /// How its cursors name this order.
    pub(super) fn cursor_name(&self) -> String {
        format!("{} {:?}", self.name, self.direction)
    }

    pub(super) fn kinds(&self) -> Vec<Kind> {
        self.terms.iter().map(|(_, kind)| *kind).collect()
    }

    pub(super) fn ending_in_id<E: EntityTrait>(mut self) -> Self {
        self.terms.push((key::column::<E>().into_expr(), Kind::Id));
        self
    }
}

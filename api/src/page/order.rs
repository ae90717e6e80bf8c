//! The sort order of a list. Its cursors hold the values of these terms.

use podium_entity::key;
use sea_orm::prelude::*;
use sea_orm::sea_query::ExprTrait;

use super::cursor::Kind;
use crate::question::order::Direction;

/// The terms that a list is ordered by, never null. All ascend or all descend, so that one row comparison suffices. An order of mixed
/// directions negates its numbers.
pub(crate) struct Order {
    name: &'static str,
    direction: Direction,
    pub(super) terms: Vec<(Expr, Kind)>,
    pub(super) descending: bool,
}

impl Order {
    /// An order without terms yet. The name appears in its cursors.
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

    /// A number that follows the direction. The terms after it break ties, and do not follow it.
    pub(crate) fn int_towards(mut self, direction: Direction, number: Expr) -> Self {
        self.direction = direction;
        self.int(if direction.is_descending() { number.mul(-1) } else { number })
    }

    /// Applies the direction to all terms.
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

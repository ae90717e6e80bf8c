//! Conditions on a list of ids or slugs.

use sea_orm::DbBackend;
use sea_orm::sea_query::extension::postgres::PgExpr;
use sea_orm::sea_query::{Expr, ExprTrait, Value, ValueType};

use super::key::Db;

/// The longest list that is padded. Longer ones are rare, and a statement has room for 32,766 parameters.
const MAX_PADDED: usize = 1 << 12;

/// How many elements PostgreSQL assumes in an array that is a parameter. With fewer it would make a custom plan each time, since that looks
/// cheaper than its generic plan.
const ASSUMED_ARRAY: usize = 10;

/// Whether a column has one of these values. Lists of all lengths share few statements, so that most are already prepared: on PostgreSQL a long
/// list is one parameter; otherwise the last value is repeated until the list is as long as a power of two.
pub(crate) fn among<V: Into<Value> + ValueType>(db: &Db, column: Expr, values: impl IntoIterator<Item = V>) -> Expr {
    let values: Vec<V> = values.into_iter().collect();
    if db.backend() == DbBackend::Postgres && values.len() >= ASSUMED_ARRAY {
        return column.eq_any(values);
    }
    let mut values: Vec<Value> = values.into_iter().map(Into::into).collect();
    if let Some(last) = values.last().cloned()
        && values.len() <= MAX_PADDED
    {
        values.resize(values.len().next_power_of_two(), last);
    }
    column.is_in(values)
}

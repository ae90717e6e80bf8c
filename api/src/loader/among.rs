//! Conditions on a list of ids or slugs.

use sea_orm::sea_query::{Expr, ExprTrait, Value};

/// The longest list that is padded. Longer ones are rare, and a statement has room for 32,766 parameters.
const MAX_PADDED: usize = 1 << 12;

/// Whether a column has one of these values. The last value is repeated until the list is as long as a power of two: then few
/// statements differ in their text, and most are already prepared.
pub(crate) fn among<V: Into<Value>>(column: Expr, values: impl IntoIterator<Item = V>) -> Expr {
    let mut values: Vec<Value> = values.into_iter().map(Into::into).collect();
    if let Some(last) = values.last().cloned()
        && values.len() <= MAX_PADDED
    {
        values.resize(values.len().next_power_of_two(), last);
    }
    column.is_in(values)
}

//! Filters, orders and scopes of a request, as plain domain values.
//!
//! Each GraphQL input is converted at its field by `TryFrom`, or rejected there. So the error for a client's mistake has the path of its
//! field, and a loader that reads these values fails only if the store fails.

pub(crate) mod athletes;
pub(crate) mod calendar;
pub(crate) mod editions;
pub(crate) mod entries;
pub(crate) mod events;
pub(crate) mod games;
pub(crate) mod medals;
pub(crate) mod nations;
pub(crate) mod numbers;
pub(crate) mod order;
pub(crate) mod participation;
pub(crate) mod phases;
pub(crate) mod programme;
pub(crate) mod results;
pub(crate) mod scope;
pub(crate) mod search_text;
pub(crate) mod slug;

use chrono::NaiveDate;

use slug::Slugs;

/// Criteria that name things by their slugs.
pub(crate) trait NamesSlugs {
    /// All lists of slugs.
    fn slugs(&mut self) -> Vec<&mut Slugs>;
}

/// A GraphQL input with the date of the request, which "held today" depends on.
pub(crate) struct FilterInput<F> {
    pub(crate) filter: F,
    pub(crate) today: NaiveDate,
}

//! The paging arguments of a field, and their bounds.

use crate::error::{Error, Result};

/// The page size if neither the field nor the request sets one.
pub(crate) const DEFAULT_PAGE: i32 = 20;
/// The maximum page size, unless the field sets another.
pub(crate) const MAXIMUM_PAGE: i32 = 100;

/// The paging arguments of a field, as they were sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct PageArgs {
    pub(crate) first: Option<i32>,
    pub(crate) after: Option<String>,
    pub(crate) last: Option<i32>,
    pub(crate) before: Option<String>,
}

/// The page size, and the end of the list to count from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct PageSize {
    pub(crate) count: i32,
    pub(crate) from_end: bool,
}

impl PageArgs {
    /// Validates the requested page size against the bounds of the list.
    pub(crate) fn extent(&self, default: i32, maximum: i32) -> Result<PageSize> {
        let (name, count, from_end) = match (self.first, self.last) {
            (Some(_), Some(_)) => return Err(Error::bad_input("Give `first` or `last`, not both.")),
            (Some(first), None) => ("first", first, false),
            (None, Some(last)) => ("last", last, true),
            (None, None) => ("first", default, false),
        };
        match count {
            ..0 => Err(Error::bad_input(format!("`{name}` is {count}, but a page cannot have fewer than 0 nodes."))),
            _ if count > maximum => {
                Err(Error::bad_input(format!("`{name}` is {count}, but a page of this list has at most {maximum} nodes.")))
            }
            _ => Ok(PageSize { count, from_end }),
        }
    }
}

/// Validates the `first` of a short list that is not paged.
pub(crate) fn at_most_100(first: i32) -> Result<u64> {
    match first {
        0..=MAXIMUM_PAGE => Ok(first.unsigned_abs().into()),
        _ => Err(Error::bad_input(format!("`first` is {first}, but this list has from 0 to {MAXIMUM_PAGE} items."))),
    }
}

/// How many items to take from the top of a plain list; without `first`, all of them.
pub(crate) fn from_the_top(first: Option<i32>) -> Result<usize> {
    match first.map(usize::try_from) {
        Some(Err(_)) => Err(Error::bad_input("`first` must be at least 0.")),
        Some(Ok(first)) => Ok(first),
        None => Ok(usize::MAX),
    }
}

//! A range of whole numbers.

/// A range of whole numbers, both ends included. A missing end is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Numbers {
    pub(crate) from: Option<i32>,
    pub(crate) to: Option<i32>,
}

impl Numbers {
    /// Whether there is any end.
    pub(crate) fn is_stated(&self) -> bool {
        self.from.is_some() || self.to.is_some()
    }
}

//! How much of a Games or an edition is loaded, as an order.

use podium_entity::games::Coverage;

/// A rank that grows with how much is loaded.
pub(crate) fn coverage_rank(coverage: Coverage) -> u8 {
    match coverage {
        Coverage::None => 0,
        Coverage::Partial => 1,
        Coverage::Medals => 2,
        Coverage::Participants => 3,
        Coverage::FullResults => 4,
    }
}

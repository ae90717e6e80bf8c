//! Orders coverage: how much of a Games or an edition is loaded.

use podium_entity::games::Coverage;

/// A rank that is higher the more is loaded.
pub(crate) fn coverage_rank(coverage: Coverage) -> u8 {
    match coverage {
        Coverage::None => 0,
        Coverage::Partial => 1,
        Coverage::Medals => 2,
        Coverage::Participants => 3,
        Coverage::FullResults => 4,
    }
}

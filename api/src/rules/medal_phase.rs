//! Which phase of an edition decides the medals.

use std::sync::Arc;

use podium_entity::phase::{Model, PhaseKind};

/// Whether a phase decides medals: a final, or the last phase of an edition without a final. `all` are the phases of the edition; a final
/// does not need them.
pub(crate) fn decides_medals(phase: &Model, all: &[Arc<Model>]) -> bool {
    let goes_on = |other: &Arc<Model>| other.kind == PhaseKind::Final || other.sequence > phase.sequence;
    phase.kind == PhaseKind::Final || !all.iter().any(goes_on)
}

//! Narratives and external ids.

use podium_entity::{external_id, narrative};

use crate::loader::children;

children! {
    /// The narratives of a Games.
    NarrativesOfGames: narrative by GamesId in [Sequence, Key];
    /// The narratives of an event family.
    NarrativesOfFamily: narrative by FamilyId in [Sequence, Key];
    /// The narratives of an event.
    NarrativesOfEvent: narrative by EventId in [Sequence, Key];
    /// The narratives of an edition.
    NarrativesOfEdition: narrative by EditionId in [Sequence, Key];
    /// The ids of a Games in other data sets.
    ExternalIdsOfGames: external_id by GamesId in [Scheme, Value];
    /// The ids of a nation in other data sets.
    ExternalIdsOfNation: external_id by NationId in [Scheme, Value];
    /// The ids of an event in other data sets.
    ExternalIdsOfEvent: external_id by EventId in [Scheme, Value];
    /// The ids of an athlete in other data sets.
    ExternalIdsOfAthlete: external_id by AthleteId in [Scheme, Value];
}

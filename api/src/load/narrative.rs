//! Texts and outside names of a subject.

use podium_entity::{external_id, narrative};

use crate::loader::children;

children! {
    /// What is told of a Games.
    NarrativesOfGames: narrative by GamesId in [Sequence, Key];
    /// What is told of an event family.
    NarrativesOfFamily: narrative by FamilyId in [Sequence, Key];
    /// What is told of an event.
    NarrativesOfEvent: narrative by EventId in [Sequence, Key];
    /// What is told of an edition.
    NarrativesOfEdition: narrative by EditionId in [Sequence, Key];
    /// The names of a Games in other data sets.
    ExternalIdsOfGames: external_id by GamesId in [Scheme, Value];
    /// The names of a nation in other data sets.
    ExternalIdsOfNation: external_id by NationId in [Scheme, Value];
    /// The names of an event in other data sets.
    ExternalIdsOfEvent: external_id by EventId in [Scheme, Value];
    /// The names of an athlete in other data sets.
    ExternalIdsOfAthlete: external_id by AthleteId in [Scheme, Value];
}

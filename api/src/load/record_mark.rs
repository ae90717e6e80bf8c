//! Record marks.

use podium_entity::record_mark;

use crate::loader::children;

children! {
    /// All record marks of an event, of every kind and distance.
    RecordsOfEvent: record_mark by EventId in [SetOn, Sequence];
}

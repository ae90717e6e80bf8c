//! The GraphQL types, one per file, with their resolvers; `filter` has the inputs.

pub(crate) mod filter;

// Values.
pub(crate) mod date;
pub(crate) mod date_time;
pub(crate) mod distance;
pub(crate) mod mark;
pub(crate) mod partial_date;
pub(crate) mod year_span;

// The Games and their participants.
pub(crate) mod delegation;
pub(crate) mod games;
pub(crate) mod host_city;
pub(crate) mod host_effect;
pub(crate) mod lineage;
pub(crate) mod nation;
pub(crate) mod participation;
pub(crate) mod venue;

// The programme.
pub(crate) mod discipline;
pub(crate) mod event;
pub(crate) mod event_family;
pub(crate) mod programme_change;
pub(crate) mod sport;
pub(crate) mod streak;

// One event at one Games.
pub(crate) mod course;
pub(crate) mod event_edition;
pub(crate) mod narrative;
pub(crate) mod phase;
pub(crate) mod phase_result;
pub(crate) mod preview_note;
pub(crate) mod qualification;

// Athletes and what they achieved.
pub(crate) mod athlete;
pub(crate) mod competitor;
pub(crate) mod entry;
pub(crate) mod event_result;
pub(crate) mod head_to_head;
pub(crate) mod medal_award;
pub(crate) mod medal_count;
pub(crate) mod medal_recipient;
pub(crate) mod medal_table;
pub(crate) mod medalist;
pub(crate) mod record_mark;

// Across everything.
pub(crate) mod about;
pub(crate) mod cost;
pub(crate) mod data_change;
pub(crate) mod external_id;
pub(crate) mod list_size;
pub(crate) mod named;
pub(crate) mod node;
pub(crate) mod on_this_day;
pub(crate) mod search;
pub(crate) mod source;

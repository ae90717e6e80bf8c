//! The stored data: one file per table, and what their rows share. Nothing here depends on GraphQL.

// Ids, slugs and the value types in rows; names and SQL that importers and server share.
pub mod key;
pub mod mark;
pub mod names;
pub mod partial_date;
pub mod slug;
pub mod sql;
pub mod table;

// Sources of facts.
pub mod data_version;
pub mod external_id;
pub mod search_sound;
pub mod search_term;
pub mod slug_history;
pub mod source;

// The Games and who takes part.
pub mod city;
pub mod delegation;
pub mod games;
pub mod games_host;
pub mod lineage;
pub mod lineage_member;
pub mod nation;
pub mod nation_code;
pub mod nation_name;
pub mod nation_relation;
pub mod venue;

// The programme: sports, disciplines, families and events.
pub mod discipline;
pub mod event;
pub mod event_alias;
pub mod event_family;
pub mod sport;

// One event at one Games.
pub mod course;
pub mod event_edition;
pub mod narrative;
pub mod phase;
pub mod preview_note;
pub mod qualification_rule;
pub mod quota_place;
pub mod waypoint;

// Athletes and what they achieved.
pub mod athlete;
pub mod athlete_career;
pub mod athlete_name;
pub mod entry;
pub mod entry_member;
pub mod medal_age;
pub mod medal_award;
pub mod medal_recipient;
pub mod medal_tally;
pub mod participation;
pub mod record_mark;
pub mod result;

//! What the sources share: reading files, and finding nations, events and people by the names of a source.

pub(crate) mod catalogue;
pub(crate) mod input;
pub(crate) mod nation_codes;
pub(crate) mod person_name;
pub(crate) mod programme;

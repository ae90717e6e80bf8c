//! Lists as files: CSV tables and calendars.

pub(crate) mod all_pages;
pub(crate) mod csv_file;
pub(crate) mod schedule;
mod table;

//! The `podium` format: one CSV file per table, described in `seed/data/README.md`. `load` reads it, `export` writes it.

pub(crate) mod context;
pub(crate) mod control_characters;
pub(crate) mod dataset;
pub(crate) mod export;
pub(crate) mod lines;
pub(crate) mod load;
pub(crate) mod tables;

//! Input of other sources: CSV files in the forms in which people have them. They are plain or compressed, alone, in a folder or in
//! an archive.

pub(crate) mod cells;
mod file;
mod header;
mod kind;
mod lines;
mod package;

pub(crate) use file::Input;
pub(crate) use lines::Lines;
pub(crate) use package::Package;

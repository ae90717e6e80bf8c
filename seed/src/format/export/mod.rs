//! Exports a store as files of the `podium` format, which `load` reads: importing an export changes nothing. The lines of a file
//! are sorted. Large tables are read in consecutive parts, and only one part is in memory.

mod columns;
mod csv_file;
mod names;
mod referred;

use std::path::Path;

use podium_entity::{entry, key};
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, Condition, DatabaseTransaction, EntityTrait, ModelTrait, QueryFilter, QuerySelect, QueryTrait};

use super::lines::{Line, Parts};
use super::tables::{self, BUILT_IN, Visitor};
use crate::error::Error;

use columns::{Column, Special, column, columns_of, id_of, uuid};
use csv_file::{CsvFile, unwritable};
use names::Names;
use referred::Referred;

/// Editions in one part: a few thousand rows.
const EDITIONS: usize = 50;

/// Athletes in one part.
const ATHLETES: usize = 1_000;

/// Writes every table into a folder, which is created if missing. Returns the number of lines of each file.
///
/// # Errors
/// When the folder is not empty or cannot be written, or the store fails. After an error, or when the future is dropped, no file is
/// left in the folder.
pub(crate) async fn export_within(db: &DatabaseTransaction, folder: &Path) -> Result<Vec<(&'static str, usize)>, Error> {
    std::fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
    if std::fs::read_dir(folder).map_err(|error| unwritable(folder, &error))?.next().is_some() {
        return Err(unwritable(folder, &"there is something in it"));
    }
    let mut unfinished = Unfinished(Some(folder));
    let mut export = Export { db, folder, names: Names::load(db).await?, written: Vec::new() };
    tables::visit(&mut export).await?;
    unfinished.0 = None;
    Ok(export.written)
}

/// Deletes the exported files when dropped early, since half an export looks like a whole one.
struct Unfinished<'a>(Option<&'a Path>);

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        // A file that cannot be deleted is left: there is nothing more to do here.
        let files = self.0.into_iter().flat_map(|folder| BUILT_IN.iter().map(|(name, _)| folder.join(name).with_extension("csv")));
        for file in files {
            drop(std::fs::remove_file(file));
        }
    }
}

struct Export<'a> {
    db: &'a DatabaseTransaction,
    folder: &'a Path,
    names: Names,
    /// The files written so far, with their numbers of lines.
    written: Vec<(&'static str, usize)>,
}

impl Visitor for Export<'_> {
    /// Writes a table as a sorted file. Lines that others reference come first.
    async fn table<L: Line>(&mut self) -> Result<(), Error> {
        let columns: Vec<Column<L::Entity>> = L::COLUMNS.split_whitespace().map(Column::parse).collect();
        let header: Vec<String> = columns.iter().flat_map(Column::headers).collect();
        let mut lines = CsvFile::create(self.folder, L::FILE, &header)?;
        for part in parts::<L>(&self.names) {
            let rows = L::Entity::find().filter(part).all(self.db).await?;
            let ids = |name: &str| {
                columns_of::<L::Entity>(name).flat_map(|column| rows.iter().filter_map(move |row| uuid(&row.get(column)))).collect()
            };
            let mut referred = Referred::new(&self.names);
            referred.load_awards(self.db, ids("replaces_id")).await?;
            referred.load_entries(self.db, ids("entry_id")).await?;
            referred.load_phases(self.db, ids("phase_id")).await?;
            if columns.iter().any(|column| matches!(column, Column::Special(Special::Medal))) {
                referred.load_receivers(self.db, ids("entry_id")).await?;
            }
            let cells = |row: &<L::Entity as EntityTrait>::Model| columns.iter().flat_map(|column| column.cells(row, &referred)).collect();
            lines.write(rows.iter().map(|row| (self.names.rank(id_of::<L::Entity>(row)), cells(row))).collect())?;
        }
        self.written.push((L::FILE, lines.end()?));
        Ok(())
    }
}

/// The filter of each part of a table.
fn parts<L: Line>(names: &Names) -> Vec<Condition> {
    let of_editions = |editions: &[Uuid]| Condition::all().add(column::<L::Entity>("edition_id").is_in(editions.iter().copied()));
    match L::PARTS {
        Parts::Whole => vec![Condition::all()],
        Parts::Editions => names.editions_in_order().chunks(EDITIONS).map(of_editions).collect(),
        Parts::Teams => {
            let teams = entry::Entity::find().select_only().column(entry::Column::Id).filter(entry::Column::AthleteId.is_null());
            let are_of = |editions: &[Uuid]| teams.clone().filter(entry::Column::EditionId.is_in(editions.iter().copied())).into_query();
            let of_teams = |editions: &[Uuid]| Condition::all().add(column::<L::Entity>("entry_id").in_subquery(are_of(editions)));
            names.editions_in_order().chunks(EDITIONS).map(of_teams).collect()
        }
        Parts::Athletes => {
            let athlete = columns_of::<L::Entity>("athlete_id").next().unwrap_or_else(key::column::<L::Entity>);
            let of_athletes = |athletes: &[Uuid]| Condition::all().add(athlete.is_in(athletes.iter().copied()));
            let of_nobody = Condition::all().add(athlete.is_null());
            names.athletes_in_order().chunks(ATHLETES).map(of_athletes).chain([of_nobody]).collect()
        }
    }
}

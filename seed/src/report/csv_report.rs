//! A CSV file that an import writes for a person to review: rejected rows, or notes.

use std::fs::File;
use std::path::{Path, PathBuf};

use crate::error::Error;

#[derive(Debug)]
pub(crate) struct CsvReport {
    what: &'static str,
    path: PathBuf,
    writer: csv::Writer<File>,
}

impl CsvReport {
    /// Creates the file. It never overwrites an existing one, which might be the imported file itself.
    pub(crate) fn create(path: &Path, what: &'static str, header: &[&str]) -> Result<Self, Error> {
        let made = File::create_new(path).map_err(|error| unwritable(what, path, &error))?;
        let writer = csv::WriterBuilder::new().flexible(true).from_writer(made);
        let mut csv_report = Self { what, path: path.to_owned(), writer };
        csv_report.write(header.iter().copied())?;
        Ok(csv_report)
    }

    /// Writes a line and flushes it, so that it remains even when the import fails.
    pub(crate) fn write<'a>(&mut self, cells: impl Iterator<Item = &'a str>) -> Result<(), Error> {
        let written = self.writer.write_record(cells).and_then(|()| Ok(self.writer.flush()?));
        written.map_err(|error| unwritable(self.what, &self.path, &error))
    }
}

fn unwritable(what: &'static str, path: &Path, error: &dyn std::fmt::Display) -> Error {
    Error::CsvReport { what, path: path.display().to_string(), reason: error.to_string() }
}

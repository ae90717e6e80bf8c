//! A file of an export, written a part at a time.

use std::fs::File;
use std::path::Path;

use crate::error::Error;

/// A line by the number of lines that must stand above it, each of which refers to the one before; none for most.
pub(super) type Ranked = (usize, Vec<String>);

/// The lines of a file.
pub(super) struct CsvFile<'a> {
    folder: &'a Path,
    writer: csv::Writer<File>,
    count: usize,
    /// Those that stand below all others, since they refer to them: a few.
    last: Vec<Ranked>,
}

impl<'a> CsvFile<'a> {
    /// A new file with the names of its columns.
    pub(super) fn create(folder: &'a Path, file: &str, header: &[String]) -> Result<Self, Error> {
        let path = folder.join(file).with_extension("csv");
        let writer = csv::Writer::from_path(path).map_err(|error| unwritable(folder, &error))?;
        let mut lines = Self { folder, writer, count: 0, last: Vec::new() };
        lines.put(header)?;
        Ok(lines)
    }

    /// Writes lines that all stand below those before.
    pub(super) fn write(&mut self, mut part: Vec<Ranked>) -> Result<(), Error> {
        part.sort_unstable();
        let first = part.partition_point(|(rank, _)| *rank == 0);
        self.last.extend(part.drain(first..));
        self.count += part.len();
        part.iter().try_for_each(|(_, line)| self.put(line))
    }

    /// Writes what stands last; tells how many lines there are.
    pub(super) fn end(mut self) -> Result<usize, Error> {
        let mut last = std::mem::take(&mut self.last);
        last.sort_unstable();
        last.iter().try_for_each(|(_, line)| self.put(line))?;
        self.writer.flush().map_err(|error| unwritable(self.folder, &error))?;
        Ok(self.count + last.len())
    }

    fn put(&mut self, line: &[String]) -> Result<(), Error> {
        self.writer.write_record(line).map_err(|error| unwritable(self.folder, &error))
    }
}

pub(super) fn unwritable(folder: &Path, reason: &dyn std::fmt::Display) -> Error {
    Error::Unwritable { path: folder.display().to_string(), reason: reason.to_string() }
}

//! A file of an export, written a part at a time.

use std::fs::File;
use std::path::Path;

use crate::error::Error;

/// A line with its rank: the length of the chain of lines that it refers to, which must come before it. Most lines have rank 0.
pub(super) type Ranked = (usize, Vec<String>);

/// The lines of a file.
pub(super) struct CsvFile<'a> {
    folder: &'a Path,
    writer: csv::Writer<File>,
    count: usize,
    /// Lines with a rank above 0, which are few. They refer to other lines, so they are written last.
    last: Vec<Ranked>,
}

impl<'a> CsvFile<'a> {
    /// Creates a file with a header.
    pub(super) fn create(folder: &'a Path, file: &str, header: &[String]) -> Result<Self, Error> {
        let path = folder.join(file).with_extension("csv");
        let writer = csv::Writer::from_path(path).map_err(|error| unwritable(folder, &error))?;
        let mut lines = Self { folder, writer, count: 0, last: Vec::new() };
        lines.put(header)?;
        Ok(lines)
    }

    /// Writes the next part. Its lines come after those of earlier parts.
    pub(super) fn write(&mut self, mut part: Vec<Ranked>) -> Result<(), Error> {
        part.sort_unstable();
        let first = part.partition_point(|(rank, _)| *rank == 0);
        self.last.extend(part.drain(first..));
        self.count += part.len();
        part.iter().try_for_each(|(_, line)| self.put(line))
    }

    /// Writes the lines that come last. Returns the total number of lines.
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

//! Rows that are not understood: how many are allowed, and where they are written.

use std::fs::File;
use std::path::PathBuf;

use csv::StringRecord;

use crate::error::Error;

/// What is done with rows that are not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RejectsTo {
    /// Where they are written, each with its line and the reason.
    pub file: Option<PathBuf>,
    /// With more of them nothing is imported.
    pub maximum: usize,
}

/// The rejected rows of one file.
#[derive(Debug)]
pub(crate) struct Rejects {
    path: String,
    to: RejectsTo,
    writer: Option<csv::Writer<File>>,
    pub(crate) count: usize,
    first: Option<(u64, String)>,
}

impl Rejects {
    /// Makes the file for the rejected rows of another one; never over a file that is there, which might be that very one.
    pub(crate) fn of(path: &str, to: &RejectsTo) -> Result<Self, Error> {
        let create = |file: &PathBuf| {
            let made = File::create_new(file)?;
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(made);
            writer.write_record(["line", "reason", "row"])?;
            Ok::<_, csv::Error>(writer)
        };
        let writer = to.file.as_ref().map(create).transpose();
        let writer = writer.map_err(|error| unwritable(to, &error))?;
        Ok(Self { path: path.to_owned(), to: to.clone(), writer, count: 0, first: None })
    }

    /// Sets a row aside; too many of them end the import.
    pub(crate) fn add(&mut self, line: u64, reason: &str, row: &StringRecord) -> Result<(), Error> {
        self.count += 1;
        if let Some(writer) = &mut self.writer {
            let (number, cells) = (line.to_string(), row.iter());
            let written = writer.write_record([number.as_str(), reason].into_iter().chain(cells));
            written.and_then(|()| Ok(writer.flush()?)).map_err(|error| unwritable(&self.to, &error))?;
        }
        let (first, said) = self.first.get_or_insert_with(|| (line, reason.to_owned()));
        if self.count <= self.to.maximum {
            return Ok(());
        }
        let advice = match &self.to.file {
            Some(file) => format!("look into {}, or allow more with --max-rejects", file.display()),
            None => "see them all with --rejects FILE, or allow more with --max-rejects".to_owned(),
        };
        let (path, maximum) = (self.path.clone(), self.to.maximum);
        Err(Error::TooManyRejects { path, maximum, line: *first, reason: said.clone(), advice })
    }
}

fn unwritable(to: &RejectsTo, error: &csv::Error) -> Error {
    let path = to.file.as_ref().map(|file| file.display().to_string()).unwrap_or_default();
    Error::Rejects { path, reason: error.to_string() }
}

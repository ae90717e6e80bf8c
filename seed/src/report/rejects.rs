//! Rejected rows: the maximum that an import allows, and the CSV report that they are written to.

use std::path::PathBuf;

use csv::StringRecord;

use crate::error::Error;
use crate::options::ImportOptions;
use crate::report::csv_report::CsvReport;

/// The rejected rows of one file.
#[derive(Debug)]
pub(crate) struct Rejects {
    path: String,
    file: Option<PathBuf>,
    maximum: usize,
    csv_report: Option<CsvReport>,
    pub(crate) count: usize,
    first: Option<(u64, String)>,
}

impl Rejects {
    /// Creates the CSV report, when one is asked for, for the rejected rows of the file at `path`.
    pub(crate) fn of(path: &str, options: &ImportOptions) -> Result<Self, Error> {
        let create = |file: &PathBuf| CsvReport::create(file, "rejected rows", &["line", "reason", "row"]);
        let csv_report = options.rejects.as_ref().map(create).transpose()?;
        Ok(Self { path: path.to_owned(), file: options.rejects.clone(), maximum: options.max_rejects, csv_report, count: 0, first: None })
    }

    /// Rejects a row. Too many rejected rows end the import.
    pub(crate) fn add(&mut self, line: u64, reason: &str, row: &StringRecord) -> Result<(), Error> {
        self.count += 1;
        if let Some(csv_report) = &mut self.csv_report {
            csv_report.write([line.to_string().as_str(), reason].into_iter().chain(row))?;
        }
        let (first, said) = self.first.get_or_insert_with(|| (line, reason.to_owned()));
        if self.count <= self.maximum {
            return Ok(());
        }
        let advice = match &self.file {
            Some(file) => format!("look into {}, or allow more with --max-rejects", file.display()),
            None => "see them all with --rejects FILE, or allow more with --max-rejects".to_owned(),
        };
        let (path, maximum) = (self.path.clone(), self.maximum);
        Err(Error::TooManyRejects { path, maximum, line: *first, reason: said.clone(), advice })
    }
}

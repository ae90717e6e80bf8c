//! Rows that are not understood: how many are allowed, and where they are written.

use std::path::PathBuf;

use csv::StringRecord;

use crate::error::Error;
use crate::listing::Listing;

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
    listing: Option<Listing>,
    pub(crate) count: usize,
    first: Option<(u64, String)>,
}

impl Rejects {
    /// Makes the file for the rejected rows of another one.
    pub(crate) fn of(path: &str, to: &RejectsTo) -> Result<Self, Error> {
        let create = |file: &PathBuf| Listing::create(file, "rejected rows", &["line", "reason", "row"]);
        let listing = to.file.as_ref().map(create).transpose()?;
        Ok(Self { path: path.to_owned(), to: to.clone(), listing, count: 0, first: None })
    }

    /// Sets a row aside; too many of them end the import.
    pub(crate) fn add(&mut self, line: u64, reason: &str, row: &StringRecord) -> Result<(), Error> {
        self.count += 1;
        if let Some(listing) = &mut self.listing {
            listing.write([line.to_string().as_str(), reason].into_iter().chain(row))?;
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

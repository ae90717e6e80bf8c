//! One CSV file, which can be read from its beginning again.

use std::fs::File;
use std::io::{self, Read, Seek};

use super::kind::Kind;
use crate::error::Error;

/// A CSV file, plain or compressed.
#[derive(Debug)]
pub(crate) struct Input {
    pub(crate) name: String,
    pub(super) file: File,
    pub(super) is_compressed: bool,
    pub(super) bytes: u64,
}

impl Input {
    /// Refuses what is neither text nor compressed with gzip.
    pub(super) fn of(name: String, mut file: File) -> Result<Self, Error> {
        let kind = Kind::of(&mut file).map_err(|error| refuse(&name, error.to_string()))?;
        match kind {
            Kind::Text | Kind::Gzip => {}
            Kind::Zip => return Err(refuse(&name, "it is an archive within an archive; unpack it first".to_owned())),
            Kind::Other(reason) => return Err(refuse(&name, reason.to_owned())),
        }
        let bytes = file.metadata().map_or(0, |about| about.len());
        Ok(Self { name, file, is_compressed: kind == Kind::Gzip, bytes })
    }
}

/// An error about a file or package as a whole.
pub(super) fn refuse(name: &str, reason: String) -> Error {
    Error::Input { path: name.to_owned(), line: None, reason }
}

/// Copies what can be read only once into a temporary file without a name.
pub(super) fn spool(from: &mut impl Read) -> io::Result<File> {
    let mut file = tempfile::tempfile()?;
    io::copy(from, &mut file)?;
    file.rewind()?;
    Ok(file)
}

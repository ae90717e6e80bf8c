//! A data set: files that are parsed line by line. The built-in data set is compiled into the program.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt::Display;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use csv::ErrorKind;
use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::format::control_characters::{code, control_character};
use crate::format::tables::BUILT_IN;

/// Columns of long texts, which may contain line breaks.
const PROSE: [&str; 5] = ["basis", "body", "format", "reason", "text"];

/// The CSV files of a data set by name, without the extension.
#[derive(Clone, Debug, Default)]
pub struct DataSet {
    files: BTreeMap<String, Vec<Text>>,
}

/// The contents of a file: in memory, or at a path.
#[derive(Clone, Debug)]
enum Text {
    Here(String),
    In(PathBuf),
}

/// A row of a file, with the index of the text that it comes from and its line number.
pub(crate) type Row<T> = (usize, u64, T);

impl DataSet {
    /// The checked rows of the sample, and what all data refers to: Games, nations, cities.
    pub fn sample() -> Self {
        let mut set = Self::default();
        for (name, text) in BUILT_IN {
            set.add(name, text);
        }
        set
    }

    /// The files of a folder. They are checked to be text now, but their rows are read later.
    ///
    /// # Errors
    /// When there is no such folder, none of the format's files in it, or a file that cannot be read as text.
    pub fn read(folder: &Path) -> Result<Self, Error> {
        let mut set = Self::default();
        for entry in std::fs::read_dir(folder).map_err(|error| unreadable(folder, &error))? {
            let path = entry.map_err(|error| unreadable(folder, &error))?.path();
            let name = path.file_stem().and_then(OsStr::to_str).map(str::to_owned);
            if let (Some(name), Some("csv")) = (name, path.extension().and_then(OsStr::to_str)) {
                check_text(&name, &path)?;
                set.files.entry(name).or_default().push(Text::In(path));
            }
        }
        match set.files.is_empty() {
            true => Err(unreadable(folder, &"there is no CSV file in it")),
            false => Ok(set),
        }
    }

    /// Adds a file. Several files of the same name are read in the order in which they were added.
    pub fn add(&mut self, name: &str, text: &str) {
        self.files.entry(name.to_owned()).or_default().push(Text::Here(text.to_owned()));
    }

    /// Refuses files that the format does not know.
    pub(crate) fn check_names(&self) -> Result<(), Error> {
        let unknown = self.files.keys().find(|name| !BUILT_IN.iter().any(|(known, _)| known == name));
        unknown.map_or(Ok(()), |name| Err(Error::UnknownFile(name.clone())))
    }

    /// The number of texts under one file name.
    pub(crate) fn texts(&self, name: &str) -> usize {
        self.files.get(name).map_or(0, Vec::len)
    }

    /// All rows of a file.
    pub(crate) fn rows<T: DeserializeOwned + Send + 'static>(&self, name: &str) -> Result<Vec<Row<T>>, Error> {
        self.read_rows(name).collect()
    }

    /// Iterates over the rows of a file.
    pub(crate) fn read_rows<'a, T: DeserializeOwned + Send + 'static>(
        &'a self,
        name: &'a str,
    ) -> impl Iterator<Item = Result<Row<T>, Error>> + Send {
        let texts = self.files.get(name).into_iter().flatten().enumerate();
        texts.flat_map(move |(part, text)| {
            let rows: Box<dyn Iterator<Item = Result<Row<T>, Error>> + Send> = match text.rows(name, part) {
                Ok(rows) => Box::new(rows),
                Err(error) => Box::new(std::iter::once(Err(error))),
            };
            rows
        })
    }
}

impl Text {
    fn rows<'a, T: DeserializeOwned>(
        &'a self,
        name: &'a str,
        part: usize,
    ) -> Result<impl Iterator<Item = Result<Row<T>, Error>> + use<'a, T>, Error> {
        let mut reader = csv::Reader::from_reader(self.open()?);
        let headers = reader.headers().map_err(|error| describe(name, &csv::StringRecord::new(), &error))?.clone();
        Ok(reader.into_records().map(move |record| {
            let record = record.map_err(|error| describe(name, &headers, &error))?;
            let line = record.position().map_or(0, csv::Position::line);
            check_letters(name, &headers, &record)?;
            let row = record.deserialize(Some(&headers)).map_err(|error| describe_row::<T>(name, &headers, &record, &error))?;
            Ok((part, line, row))
        }))
    }

    /// Opens the text. The CSV reader skips a byte order mark.
    fn open(&self) -> Result<Box<dyn Read + Send + '_>, Error> {
        match self {
            Self::Here(text) => Ok(Box::new(text.as_bytes())),
            Self::In(path) => Ok(Box::new(File::open(path).map_err(|error| unreadable(path, &error))?)),
        }
    }
}

fn unreadable(path: &Path, reason: &dyn Display) -> Error {
    Error::Unreadable { path: path.display().to_string(), reason: reason.to_string() }
}

/// Refuses a file that is not UTF-8.
fn check_text(name: &str, path: &Path) -> Result<(), Error> {
    let mut reader = BufReader::new(File::open(path).map_err(|error| unreadable(path, &error))?);
    let mut bytes = Vec::new();
    for line in 1.. {
        bytes.clear();
        if reader.read_until(b'\n', &mut bytes).map_err(|error| unreadable(path, &error))? == 0 {
            break;
        }
        if std::str::from_utf8(&bytes).is_err() {
            let reason = "the text is not UTF-8".to_owned();
            return Err(Error::Row { file: name.to_owned(), line, column: None, reason });
        }
    }
    Ok(())
}

/// Refuses control characters. Long texts may contain line breaks.
fn check_letters(file: &str, headers: &csv::StringRecord, record: &csv::StringRecord) -> Result<(), Error> {
    if control_character(record.as_slice()).is_none() {
        return Ok(());
    }
    for (column, cell) in headers.iter().zip(record) {
        let text = if PROSE.contains(&column) { cell.replace(['\n', '\r'], " ") } else { cell.to_owned() };
        if let Some(control) = control_character(&text) {
            let line = record.position().map_or(0, csv::Position::line);
            let reason = format!("there is a control character in it ({})", code(control));
            return Err(Error::Row { file: file.to_owned(), line, column: Some(column.to_owned()), reason });
        }
    }
    Ok(())
}

/// Turns an error in a row into one that names the cell at fault.
fn describe_row<T: DeserializeOwned>(file: &str, headers: &csv::StringRecord, record: &csv::StringRecord, error: &csv::Error) -> Error {
    let mut said = describe(file, headers, error);
    if let Error::Row { line, column, .. } = &mut said {
        *line = record.position().map_or(*line, csv::Position::line);
        *column = column.take().or_else(|| culprit::<T>(headers, record, error).map(str::to_owned));
    }
    said
}

/// The column that an error is about, when the CSV reader does not say. Cells are parsed from left to right and only the first
/// wrong one is reported. So the culprit is the last cell without which the error changes.
fn culprit<'a, T: DeserializeOwned>(headers: &'a csv::StringRecord, record: &csv::StringRecord, error: &csv::Error) -> Option<&'a str> {
    let without = |place: usize| -> csv::StringRecord {
        record.iter().enumerate().map(|(other, cell)| if other == place { "" } else { cell }).collect()
    };
    let reason = |error: &csv::Error| match error.kind() {
        ErrorKind::Deserialize { err, .. } => err.kind().to_string(),
        _ => error.to_string(),
    };
    let said = reason(error);
    let is_culprit = |place: &usize| without(*place).deserialize::<T>(Some(headers)).map_or_else(|error| reason(&error) != said, |_| true);
    (0..record.len()).rev().find(is_culprit).and_then(|place| headers.get(place))
}

/// Turns an error of the CSV reader into one that names the line, and the column if it is known.
fn describe(file: &str, headers: &csv::StringRecord, error: &csv::Error) -> Error {
    let line = error.position().map_or(1, csv::Position::line);
    let (column, reason) = match error.kind() {
        ErrorKind::Deserialize { err, .. } => {
            let column = err.field().and_then(|field| headers.get(usize::try_from(field).ok()?));
            (column.map(str::to_owned), err.kind().to_string())
        }
        ErrorKind::UnequalLengths { expected_len, len, .. } => (None, format!("{len} cells, but the header names {expected_len} columns")),
        ErrorKind::Utf8 { .. } => (None, "the text is not UTF-8".to_owned()),
        _ => (None, error.to_string()),
    };
    Error::Row { file: file.to_owned(), line, column, reason }
}

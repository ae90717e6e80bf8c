//! A data set: the texts of its files. The built-in one is part of the program.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt::Display;
use std::path::Path;

use csv::ErrorKind;
use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::text::{code, control_character};

macro_rules! built_in {
    ($($name:literal)*) => { [$(($name, include_str!(concat!("../data/", $name, ".csv")))),*] };
}

/// Every file of the format, as it is built in.
const BUILT_IN: [(&str, &str); 34] = built_in!(
            "athlete_names" "athletes" "cities" "courses" "delegations" "disciplines" "entries" "entry_members" "event_aliases"
            "event_editions" "event_families" "events" "external_ids" "games" "games_hosts" "lineage_members" "lineages"
            "medal_awards" "narratives" "nation_codes" "nation_names" "nation_relations" "nations" "phases" "preview_notes"
            "qualification_rules" "quota_places" "record_marks" "results" "slug_history" "sources" "sports" "venues" "waypoints"
);

/// Columns of long texts, in which a line may end.
const PROSE: [&str; 5] = ["basis", "body", "format", "reason", "text"];

/// The CSV files of a data set by name, without the ending.
#[derive(Clone, Debug, Default)]
pub struct DataSet {
    files: BTreeMap<String, Vec<String>>,
}

impl DataSet {
    /// The data that every Podium starts with.
    pub fn built_in() -> Self {
        let mut set = Self::default();
        for (name, text) in BUILT_IN {
            set.add(name, text);
        }
        set
    }

    /// The files of a folder.
    ///
    /// # Errors
    /// When there is no such folder, none of the format's files in it, or a file that cannot be read as text.
    pub fn read(folder: &Path) -> Result<Self, Error> {
        let unreadable =
            |path: &Path, reason: &dyn Display| Error::Unreadable { path: path.display().to_string(), reason: reason.to_string() };
        let mut set = Self::default();
        for entry in std::fs::read_dir(folder).map_err(|error| unreadable(folder, &error))? {
            let path = entry.map_err(|error| unreadable(folder, &error))?.path();
            if let (Some(name), Some("csv")) = (path.file_stem().and_then(OsStr::to_str), path.extension().and_then(OsStr::to_str)) {
                let bytes = std::fs::read(&path).map_err(|error| unreadable(&path, &error))?;
                set.add(name, &text(name, bytes)?);
            }
        }
        match set.files.is_empty() {
            true => Err(unreadable(folder, &"there is no CSV file in it")),
            false => Ok(set),
        }
    }

    /// Adds a file; one of the same name is read after those already there.
    pub fn add(&mut self, name: &str, text: &str) {
        self.files.entry(name.to_owned()).or_default().push(text.to_owned());
    }

    /// Refuses files that the format does not know.
    pub(crate) fn check_names(&self) -> Result<(), Error> {
        let unknown = self.files.keys().find(|name| !BUILT_IN.iter().any(|(known, _)| known == name));
        unknown.map_or(Ok(()), |name| Err(Error::UnknownFile(name.clone())))
    }

    /// The rows of a file, each with the number of its text among those added and its line.
    pub(crate) fn rows<T: DeserializeOwned>(&self, name: &str) -> Result<Vec<(usize, u64, T)>, Error> {
        let mut rows = Vec::new();
        for (part, text) in self.files.get(name).into_iter().flatten().enumerate() {
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let headers = reader.headers().map_err(|error| describe(name, &csv::StringRecord::new(), &error))?.clone();
            for record in reader.records() {
                let record = record.map_err(|error| describe(name, &headers, &error))?;
                let line = record.position().map_or(0, csv::Position::line);
                check_letters(name, &headers, &record)?;
                let row = record.deserialize(Some(&headers)).map_err(|error| describe_row::<T>(name, &headers, &record, &error))?;
                rows.push((part, line, row));
            }
        }
        Ok(rows)
    }
}

/// The text of a file, without a mark of its byte order.
fn text(name: &str, bytes: Vec<u8>) -> Result<String, Error> {
    let text = String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.split(|byte| *byte == b'\n').count() as u64;
        Error::Row { file: name.to_owned(), line, column: None, reason: "the text is not UTF-8".to_owned() }
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// Refuses control characters; a long text may have several lines.
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

/// Says which cell of a row is not as the format wants it.
fn describe_row<T: DeserializeOwned>(file: &str, headers: &csv::StringRecord, record: &csv::StringRecord, error: &csv::Error) -> Error {
    let mut said = describe(file, headers, error);
    if let Error::Row { line, column, .. } = &mut said {
        *line = record.position().map_or(*line, csv::Position::line);
        *column = column.take().or_else(|| culprit::<T>(headers, record, error).map(str::to_owned));
    }
    said
}

/// The column that an error is about, when the reader does not say: cells are read from left to right and the first wrong
/// one is told, so it is the last one without which the error is another.
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

/// Says where a file is not as the format wants it.
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

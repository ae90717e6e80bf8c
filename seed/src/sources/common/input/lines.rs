//! The lines of a CSV file. It is read line by line, and as often as needed.

use std::io::{self, BufRead, BufReader, Read, Seek};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use csv::{ErrorKind, StringRecord};
use flate2::read::MultiGzDecoder;

use super::file::Input;
use super::{cells, header};
use crate::error::Error;
use crate::format::control_characters::{code, control_character};

/// The most letters that a cell may have. No text of these sources comes near.
const LONGEST: usize = 1_000;

/// The bytes that are read at once.
const BUFFER: usize = 1 << 16;

/// The text of a file, decompressed.
type Text = BufReader<Box<dyn Read + Send>>;

impl Input {
    /// The lines from the beginning. The header must contain these columns. A column whose name ends in `?` may be missing; then
    /// its cells are empty.
    pub(crate) fn lines<const N: usize>(&self, columns: [&'static str; N]) -> Result<Lines<N>, Error> {
        let refuse = |line: Option<u64>, reason: String| Error::Input { path: self.name.clone(), line, reason };
        let mut file = self.file.try_clone().map_err(|error| refuse(None, error.to_string()))?;
        file.rewind().map_err(|error| refuse(None, error.to_string()))?;
        let done = Arc::new(AtomicU64::new(0));
        let counted = Counted { inner: BufReader::with_capacity(BUFFER, file), done: Arc::clone(&done) };
        let plain: Box<dyn Read + Send> = if self.is_compressed { Box::new(MultiGzDecoder::new(counted)) } else { Box::new(counted) };
        let mut text = BufReader::with_capacity(BUFFER, plain);
        let start = text.fill_buf().map_err(|error| describe(&self.name, 1, &error.into()))?;
        let separator = header::separator(start, columns);
        let mut reader = csv::ReaderBuilder::new().flexible(true).delimiter(separator).buffer_capacity(BUFFER).from_reader(text);
        let header = reader.headers().map_err(|error| describe(&self.name, 1, &error))?;
        let (places, width) = (header::places(header, columns).map_err(|reason| refuse(Some(1), reason))?, header.len());
        Ok(Lines {
            name: self.name.clone(),
            reader,
            record: StringRecord::new(),
            columns,
            places,
            width,
            line: 1,
            is_held: false,
            done,
            bytes: self.bytes,
        })
    }
}

/// The lines of a file, with some of its columns.
pub(crate) struct Lines<const N: usize> {
    name: String,
    reader: csv::Reader<Text>,
    record: StringRecord,
    columns: [&'static str; N],
    places: [Option<usize>; N],
    width: usize,
    line: u64,
    /// Whether `advance` stays on this line once.
    is_held: bool,
    done: Arc<AtomicU64>,
    bytes: u64,
}

impl<const N: usize> Lines<N> {
    /// Advances to the next line; false after the last one.
    pub(crate) fn advance(&mut self) -> Result<bool, Error> {
        if std::mem::take(&mut self.is_held) {
            return Ok(true);
        }
        // One record is one line, whatever line ending the file uses.
        self.line += 1;
        let more = self.reader.read_record(&mut self.record).map_err(|error| describe(&self.name, self.line, &error))?;
        match more && self.record.as_slice().contains('\n') {
            true => Err(self.refuse("a quote that opens on this line does not close on it")),
            false => Ok(more),
        }
    }

    /// The cells of the line, or the reason why it is rejected.
    pub(crate) fn cells(&self) -> Result<[&str; N], String> {
        if self.record.len() != self.width {
            return Err(format!("it has {} cells, but the header names {} columns", self.record.len(), self.width));
        }
        let cells = self.places.map(|place| place.map_or("", |place| cells::text(&self.record[place])));
        let all = self.record.as_slice();
        if all.len() > LONGEST || control_character(all).is_some() {
            self.columns.into_iter().zip(cells).try_for_each(|(column, cell)| check(column.trim_end_matches('?'), cell))?;
        }
        Ok(cells)
    }

    /// Makes the next `advance` stay on this line.
    pub(crate) fn hold(&mut self) {
        self.is_held = true;
    }

    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    pub(crate) fn record(&self) -> &StringRecord {
        &self.record
    }

    /// The bytes read so far, and the bytes of the whole file.
    pub(crate) fn progress(&self) -> (u64, u64) {
        (self.done.load(Ordering::Relaxed), self.bytes)
    }

    /// An error that refuses the whole file because of this line.
    pub(crate) fn refuse(&self, reason: &str) -> Error {
        Error::Input { path: self.name.clone(), line: Some(self.line), reason: reason.to_owned() }
    }
}

/// Refuses a cell that cannot be text written by a person: control characters, or too many letters.
fn check(column: &str, cell: &str) -> Result<(), String> {
    if let Some(control) = control_character(cell) {
        return Err(format!("`{column}` has a control character in it ({})", code(control)));
    }
    let letters = cell.chars().count();
    match letters > LONGEST {
        true => Err(format!("`{column}` has {letters} letters, and more than {LONGEST} are no text of this file")),
        false => Ok(()),
    }
}

/// Turns a read error into one with the line where the file is truncated, damaged or not text.
fn describe(path: &str, line: u64, error: &csv::Error) -> Error {
    let reason = match error.kind() {
        ErrorKind::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => "the compressed file breaks off; get it again".to_owned(),
        ErrorKind::Io(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData) => {
            format!("the compressed file is damaged ({error}); get it again")
        }
        ErrorKind::Utf8 { .. } => "the text is not UTF-8; save the file in that encoding".to_owned(),
        _ => error.to_string(),
    };
    Error::Input { path: path.to_owned(), line: Some(line), reason }
}

/// Counts the bytes read.
struct Counted<R> {
    inner: R,
    done: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.done.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

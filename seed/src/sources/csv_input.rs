//! CSV input of other sources: plain or compressed, from a file or a pipe. It is read line by line, and as often as needed.

use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use csv::{ErrorKind, StringRecord};
use flate2::read::MultiGzDecoder;

use crate::error::Error;
use crate::format::control_characters::{code, control_character};

/// The first bytes of a gzip file.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// The most letters that a cell may have. No text of these sources comes near.
const LONGEST: usize = 1_000;

/// A file that can be read from its beginning again.
#[derive(Debug)]
pub(crate) struct Input {
    pub(crate) name: String,
    file: File,
    is_compressed: bool,
    bytes: u64,
}

impl Input {
    /// Opens a file; `-` is standard input. Input that can be read only once is copied into a temporary file without a name.
    pub(crate) fn open(path: &Path) -> Result<Self, Error> {
        let name = if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() };
        let refuse = |reason: String| Error::Input { path: name.clone(), line: None, reason };
        let read = || -> io::Result<(File, bool)> {
            if path == Path::new("-") {
                return Ok((spool(&mut io::stdin().lock())?, false));
            }
            let mut file = File::open(path)?;
            let kind = file.metadata()?.file_type();
            Ok((if kind.is_file() || kind.is_dir() { file } else { spool(&mut file)? }, kind.is_dir()))
        };
        let (mut file, is_folder) = read().map_err(|error| refuse(error.to_string()))?;
        if is_folder {
            return Err(refuse("it is a folder, not a file".to_owned()));
        }
        let mut start = [0; 2];
        let begun = file.read(&mut start).map_err(|error| refuse(error.to_string()))?;
        if begun == 0 {
            return Err(refuse("it is empty".to_owned()));
        }
        let bytes = file.metadata().map_or(0, |about| about.len());
        Ok(Self { name, file, is_compressed: start == GZIP, bytes })
    }

    /// The lines from the beginning. The header must contain these columns. A column whose name ends in `?` may be missing; then
    /// its cells are empty.
    pub(crate) fn lines<const N: usize>(&self, columns: [&'static str; N]) -> Result<Lines<N>, Error> {
        let refuse = |line: Option<u64>, reason: String| Error::Input { path: self.name.clone(), line, reason };
        let mut file = self.file.try_clone().map_err(|error| refuse(None, error.to_string()))?;
        file.rewind().map_err(|error| refuse(None, error.to_string()))?;
        let done = Arc::new(AtomicU64::new(0));
        let counted = Counted { inner: io::BufReader::with_capacity(1 << 16, file), done: Arc::clone(&done) };
        let plain: Box<dyn Read + Send> = if self.is_compressed { Box::new(MultiGzDecoder::new(counted)) } else { Box::new(counted) };
        let mut reader = csv::ReaderBuilder::new().flexible(true).buffer_capacity(1 << 16).from_reader(plain);
        let header = reader.headers().map_err(|error| describe(&self.name, 1, &error))?.clone();
        let header: Vec<&str> = header.iter().map(|column| column.trim_start_matches('\u{feff}').trim()).collect();
        let mut places = [None; N];
        for (place, column) in places.iter_mut().zip(columns) {
            *place = header.iter().position(|name| *name == column.trim_end_matches('?'));
            if place.is_none() && !column.ends_with('?') {
                let needed: Vec<&str> = columns.into_iter().filter(|column| !column.ends_with('?')).collect();
                let reason = format!("there is no column `{column}`; the columns that are needed are {}", needed.join(", "));
                return Err(refuse(Some(1), reason));
            }
        }
        let width = header.len();
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

/// Copies input that can be read only once into a temporary file, which is deleted when the program ends.
fn spool(from: &mut impl Read) -> io::Result<File> {
    let mut file = tempfile::tempfile()?;
    io::copy(from, &mut file)?;
    file.rewind()?;
    Ok(file)
}

/// The lines of a file, with some of its columns.
pub(crate) struct Lines<const N: usize> {
    name: String,
    reader: csv::Reader<Box<dyn Read + Send>>,
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
        let cells = self.places.map(|place| place.map_or("", |place| &self.record[place]));
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

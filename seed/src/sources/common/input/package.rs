//! A package of files: a folder or a zip archive. A single file is a package too.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use zip::ZipArchive;
use zip::result::ZipError;

use super::file::{Input, refuse, spool};
use super::header;
use super::kind::Kind;
use crate::error::Error;

/// The endings of files that are read.
const ENDINGS: [&str; 3] = [".csv", ".csv.gz", ".csv.zip"];

/// How many parts a name may have: three, as `archive/results/Archery.csv`.
const DEPTH: usize = 3;

/// The most bytes of one file in an archive. No file of these sources comes near.
const LARGEST: u64 = 1 << 30;

/// Files with their names below the package, such as `results/Archery.csv`.
#[derive(Debug)]
pub(crate) struct Package {
    pub(crate) name: String,
    files: Files,
}

#[derive(Debug)]
enum Files {
    One(File),
    Folder(Vec<(String, PathBuf)>),
    Archive(Box<ZipArchive<File>>, Vec<(String, usize)>),
}

impl Package {
    /// Opens a file, folder or archive; `-` is standard input. What can be read only once is copied into a temporary file.
    pub(crate) fn open(path: &Path) -> Result<Self, Error> {
        let is_piped = path == Path::new("-");
        let name = if is_piped { "standard input".to_owned() } else { path.display().to_string() };
        let read = || -> io::Result<File> {
            if is_piped {
                return spool(&mut io::stdin().lock());
            }
            let mut file = File::open(path)?;
            let is_lasting = file.metadata()?.is_file() || path.is_dir();
            if is_lasting { Ok(file) } else { spool(&mut file) }
        };
        let mut file = read().map_err(|error| refuse(&name, error.to_string()))?;
        let files = if !is_piped && path.is_dir() {
            let mut files = Vec::new();
            list(path, "", &mut files).map_err(|error| refuse(&name, error.to_string()))?;
            files.sort();
            Files::Folder(files)
        } else if Kind::of(&mut file).map_err(|error| refuse(&name, error.to_string()))? == Kind::Zip {
            let archive = ZipArchive::new(file).map_err(|error| refuse(&name, describe(&error)))?;
            let files = entries(&archive);
            if archive.index_for_name("[Content_Types].xml").or(archive.index_for_name("mimetype")).is_some() {
                return Err(refuse(&name, "it is a spreadsheet; save it as CSV in UTF-8".to_owned()));
            }
            Files::Archive(Box::new(archive), files)
        } else {
            Files::One(file)
        };
        Ok(Self { name, files })
    }

    /// The names of the CSV files, in order; a single file has no name.
    pub(crate) fn names(&self) -> Vec<String> {
        match &self.files {
            Files::One(_) => vec![String::new()],
            Files::Folder(files) => files.iter().map(|(name, _)| name.clone()).collect(),
            Files::Archive(_, files) => files.iter().map(|(name, _)| name.clone()).collect(),
        }
    }

    /// Whether this is one file, neither a folder nor an archive.
    pub(crate) fn is_one_file(&self) -> bool {
        matches!(self.files, Files::One(_))
    }

    /// Opens the file with this name, which is one of `names`.
    pub(crate) fn input(&mut self, name: &str) -> Result<Input, Error> {
        match &mut self.files {
            Files::One(file) => Input::of(self.name.clone(), file.try_clone().map_err(|error| refuse(&self.name, error.to_string()))?),
            Files::Folder(files) => {
                let path = files.iter().find(|(known, _)| known == name).map(|(_, path)| path.clone());
                let mut inner = Self::open(&path.ok_or_else(|| refuse(&self.name, format!("there is no file `{name}` in it")))?)?;
                match inner.names().as_slice() {
                    [only] => inner.input(only),
                    _ => Err(inner.refuse("it should hold one CSV file".to_owned())),
                }
            }
            Files::Archive(archive, files) => {
                let index = files.iter().find(|(known, _)| known == name).map(|(_, index)| *index);
                let full = format!("{}/{name}", self.name);
                let file = index.map_or(Err(ZipError::FileNotFound), |index| unpack(archive, index));
                Input::of(full.clone(), file.map_err(|error| refuse(&full, describe(&error)))?)
            }
        }
    }

    /// Opens the one file with these columns. `path` is the file itself, or a folder or archive with it.
    pub(crate) fn file_with<const N: usize>(path: &Path, columns: [&'static str; N]) -> Result<Input, Error> {
        let mut package = Self::open(path)?;
        let (names, mut unreadable) = (package.names(), None);
        if let [name] = names.as_slice() {
            return package.input(name);
        }
        // Other files may be anything.
        let inputs = names.iter().filter_map(|name| package.input(name).map_err(|error| unreadable = Some(error)).ok());
        let mut found: Vec<Input> = inputs.filter(|input| input.lines(columns).is_ok()).collect();
        let needed = header::needed(&columns).join(", ");
        match found.len() {
            1 => Ok(found.remove(0)),
            0 => Err(unreadable.unwrap_or_else(|| package.refuse(format!("there is no CSV file with the columns {needed} in it")))),
            _ => {
                let names: Vec<&str> = found.iter().map(|input| input.name.as_str()).collect();
                Err(package.refuse(format!("it has more than one file with the columns {needed}: {}; name one", names.join(", "))))
            }
        }
    }

    /// An error about the package as a whole.
    pub(crate) fn refuse(&self, reason: String) -> Error {
        refuse(&self.name, reason)
    }
}

/// Lists the CSV files of a folder, and of the folders in it.
fn list(folder: &Path, below: &str, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let Some(last) = path.file_name().map(|last| last.to_string_lossy().into_owned()) else { continue };
        let name = format!("{below}{last}");
        if is_read(&name) && path.is_file() {
            files.push((name, path));
        } else if path.is_dir() && name.split('/').count() < DEPTH {
            list(&path, &format!("{name}/"), files)?;
        }
    }
    Ok(())
}

/// The CSV files of an archive with their places.
fn entries(archive: &ZipArchive<File>) -> Vec<(String, usize)> {
    let names = archive.file_names().enumerate().filter_map(|(index, name)| Some((name.ok()?.into_owned(), index)));
    let mut entries: Vec<(String, usize)> = names.filter(|(name, _)| is_read(name) && name.split('/').count() <= DEPTH).collect();
    entries.sort();
    entries
}

/// Whether a file may be one of a source: a CSV file that is not hidden and not what a Mac adds to archives.
fn is_read(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    ENDINGS.iter().any(|ending| lower.ends_with(ending)) && !name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX")
}

/// Unpacks a file of an archive into a temporary file.
fn unpack(archive: &mut ZipArchive<File>, index: usize) -> Result<File, ZipError> {
    let file = spool(&mut archive.by_index(index)?.take(LARGEST + 1))?;
    match file.metadata()?.len() > LARGEST {
        true => Err(ZipError::Io(io::Error::other("a file in it is larger than 1 GiB, and no file of these sources is"))),
        false => Ok(file),
    }
}

fn describe(error: &ZipError) -> String {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => "it is protected by a password; unpack it first".to_owned(),
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => format!("{error}; unpack it first"),
        ZipError::Io(error) if !matches!(error.kind(), ErrorKind::InvalidData | ErrorKind::InvalidInput | ErrorKind::UnexpectedEof) => {
            error.to_string()
        }
        _ => format!("the archive is damaged ({error}); get it again"),
    }
}

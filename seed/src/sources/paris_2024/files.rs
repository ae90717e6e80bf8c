//! Finds and opens the files of the folder, plain or compressed.

use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::report::rejects::Rejects;
use crate::sources::csv_input::Input;

/// The endings that a file may have.
const ENDINGS: [&str; 2] = ["csv", "csv.gz"];

/// The open files.
#[derive(Debug)]
pub(super) struct Files {
    /// The path of the folder, as the user gave it.
    pub(super) folder: String,
    pub(super) athletes: Input,
    pub(super) teams: Input,
    pub(super) medals: Input,
    pub(super) medallists: Input,
    pub(super) schedule: Input,
    /// One file for each discipline, in the order of their names.
    pub(super) results: Vec<Input>,
}

impl Files {
    /// Opens the files of a folder; the error says which one is missing.
    pub(super) fn open(folder: &Path) -> Result<Self, Error> {
        let about = std::fs::metadata(folder).map_err(|error| refuse(folder, &error.to_string()))?;
        if !about.is_dir() {
            return Err(refuse(folder, "it is a file, not the folder with the files of Paris 2024"));
        }
        Ok(Self {
            folder: folder.display().to_string(),
            athletes: open_one(folder, &["athletes", "athletes_trimmed"])?,
            teams: open_one(folder, &["teams"])?,
            medals: open_one(folder, &["medals"])?,
            medallists: open_one(folder, &["medallists"])?,
            schedule: open_one(folder, &["schedules"])?,
            results: open_results(&folder.join("results"))?,
        })
    }
}

/// Opens the first file with one of these names.
fn open_one(folder: &Path, names: &[&str]) -> Result<Input, Error> {
    let paths = names.iter().flat_map(|name| ENDINGS.map(|ending| folder.join(format!("{name}.{ending}"))));
    let found = paths.into_iter().find(|path| path.exists());
    let found = found.ok_or_else(|| refuse(folder, &format!("there is no file `{}.csv` or `{}.csv.gz` in it", names[0], names[0])))?;
    Input::open(&found)
}

/// Opens all files in the folder of results: one per discipline.
fn open_results(folder: &Path) -> Result<Vec<Input>, Error> {
    let read = || -> std::io::Result<Vec<PathBuf>> { std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect() };
    let mut paths = read().map_err(|error| refuse(folder, &format!("{error}; the files of results belong into it")))?;
    paths.retain(|path| ENDINGS.iter().any(|ending| path.to_string_lossy().ends_with(&format!(".{ending}"))));
    paths.sort();
    match paths.is_empty() {
        true => Err(refuse(folder, "there is no file with the results of a discipline, such as `Archery.csv`, in it")),
        false => paths.iter().map(|path| Input::open(path)).collect(),
    }
}

fn refuse(path: &Path, reason: &str) -> Error {
    Error::Input { path: path.display().to_string(), line: None, reason: reason.to_owned() }
}

/// Passes the number and the cells of every line to `take`. A line that `take` refuses is rejected, with the file name before the
/// reason.
pub(super) fn each<const N: usize>(
    input: &Input,
    columns: [&'static str; N],
    rejects: &mut Rejects,
    mut take: impl FnMut(u64, [&str; N]) -> Result<(), String>,
) -> Result<(), Error> {
    let mut lines = input.lines(columns)?;
    while lines.advance()? {
        if let Err(reason) = lines.cells().and_then(|cells| take(lines.line(), cells)) {
            let name = Path::new(&input.name).file_name().unwrap_or_default().to_string_lossy();
            rejects.add(lines.line(), &format!("{name}: {reason}"), lines.record())?;
        }
    }
    Ok(())
}

/// Parses a list of strings as Python prints it: `['KAO Wenchao', "O'NEILL Shane"]`.
pub(super) fn list(printed: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let mut letters = printed.chars();
    while let Some(quote) = letters.find(|letter| matches!(letter, '\'' | '"')) {
        let mut text = String::new();
        while let Some(letter) = letters.next().filter(|letter| *letter != quote) {
            text.extend(if letter == '\\' { letters.next() } else { Some(letter) });
        }
        texts.push(text);
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::list;

    #[test]
    fn lists_are_read_as_they_are_printed() {
        assert_eq!(list("['KAO Wenchao', \"O'NEILL Shane\", 'D\\'AMATO Alice']"), ["KAO Wenchao", "O'NEILL Shane", "D'AMATO Alice"]);
        assert_eq!((list("[]"), list("")), (Vec::<String>::new(), Vec::new()));
    }
}

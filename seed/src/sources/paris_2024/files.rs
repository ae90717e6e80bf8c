//! Finds and opens the files of the folder or archive.

use std::collections::BTreeSet;
use std::path::Path;

use crate::error::Error;
use crate::report::rejects::Rejects;
use crate::sources::common::input::{Input, Package};

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
    /// Opens the files of a folder or archive; the error says which one is missing.
    pub(super) fn open(path: &Path) -> Result<Self, Error> {
        let mut package = Package::open(path)?;
        if package.is_one_file() {
            return Err(package.refuse("it is neither the folder nor the zip archive with the files of Paris 2024".to_owned()));
        }
        let folder = folder_of(&package, "medallists")?;
        Ok(Self {
            athletes: open_one(&mut package, &folder, &["athletes", "athletes_trimmed"])?,
            teams: open_one(&mut package, &folder, &["teams"])?,
            medals: open_one(&mut package, &folder, &["medals"])?,
            medallists: open_one(&mut package, &folder, &["medallists"])?,
            schedule: open_one(&mut package, &folder, &["schedules"])?,
            results: open_results(&mut package, &format!("{folder}results/"))?,
            folder: package.name,
        })
    }
}

/// The folder of the package in which a file lies: the package itself, or the one folder in it that has the file.
fn folder_of(package: &Package, stem: &str) -> Result<String, Error> {
    let names = package.names();
    let folders: BTreeSet<&str> = names.iter().filter(|name| stem_of(name) == stem).map(|name| parent_of(name)).collect();
    match folders.iter().copied().collect::<Vec<_>>().as_slice() {
        [] | ["", ..] => Ok(String::new()),
        [folder] => Ok((*folder).to_owned()),
        [one, other, ..] => Err(package.refuse(format!("both `{one}` and `{other}` have a file `{stem}.csv`; name one of them"))),
    }
}

/// Opens the first file with one of these names.
fn open_one(package: &mut Package, folder: &str, stems: &[&str]) -> Result<Input, Error> {
    let names = package.names();
    let is_asked = |name: &&String, stem: &str| parent_of(name) == folder && stem_of(name) == stem;
    let found = stems.iter().find_map(|stem| names.iter().find(|name| is_asked(name, stem)));
    let found = found.ok_or_else(|| package.refuse(format!("there is no file `{folder}{}.csv` in it", stems[0])))?;
    package.input(found)
}

/// Opens all files in the folder of results: one per discipline.
fn open_results(package: &mut Package, folder: &str) -> Result<Vec<Input>, Error> {
    let names: Vec<String> = package.names().into_iter().filter(|name| parent_of(name).eq_ignore_ascii_case(folder)).collect();
    if names.is_empty() {
        let reason = format!("there is no file with the results of a discipline, such as `{folder}Archery.csv`, in it");
        return Err(package.refuse(reason));
    }
    names.iter().map(|name| package.input(name)).collect()
}

/// The path of the folder with its slash; empty for a file of the package itself.
fn parent_of(name: &str) -> &str {
    name.rfind('/').map_or("", |slash| &name[..=slash])
}

/// The name of the file without folder and ending.
fn stem_of(name: &str) -> String {
    name[parent_of(name).len()..].split('.').next().unwrap_or_default().to_lowercase()
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

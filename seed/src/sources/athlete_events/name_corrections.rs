//! Name corrections: restores the letters that names in the file have lost, from a second file.

use std::collections::HashMap;
use std::path::Path;

use crate::error::Error;
use crate::report::notes::{NoteKind, Notes};
use crate::sources::common::input::Package;

/// The columns of the second file.
const COLUMNS: [&str; 3] = ["ID", "name_ascii_stripped", "name_utf8"];

/// A name as `athlete_events.csv` has it, and the correct name.
#[derive(Debug)]
struct Correction {
    line: u64,
    lost: String,
    whole: String,
}

/// Corrections by the number of the athlete. Each is removed when it is looked up.
#[derive(Debug, Default)]
pub(super) struct NameCorrections {
    file: String,
    by_number: HashMap<u32, Correction>,
    /// Corrections that match no athlete: their line in the second file, and the reason.
    unused: Vec<(u64, String)>,
}

impl NameCorrections {
    /// Reads the file.
    pub(super) fn read(path: &Path) -> Result<Self, Error> {
        let input = Package::file_with(path, COLUMNS)?;
        let mut lines = input.lines(COLUMNS)?;
        let mut name_corrections = Self { file: input.name.clone(), ..Self::default() };
        while lines.advance()? {
            let [number, lost, whole] = lines.cells().map_err(|reason| lines.refuse(&reason))?;
            let number = number.parse().map_err(|_| lines.refuse(&format!("`ID` is `{number}`, not a number")))?;
            let correction = Correction { line: lines.line(), lost: lost.to_owned(), whole: whole.replace('\u{a0}', " ") };
            if let Some(earlier) = name_corrections.by_number.insert(number, correction) {
                name_corrections.unused.push((earlier.line, format!("athlete {number} stands further down again")));
            }
        }
        Ok(name_corrections)
    }

    /// Takes the corrected name of an athlete, if there is one.
    pub(super) fn take(&mut self, number: u32, name: &str) -> Option<String> {
        let Correction { line, lost, whole } = self.by_number.remove(&number)?;
        if lost != name {
            self.unused.push((line, format!("athlete {number} is `{name}` in the history, not `{lost}`")));
            return None;
        }
        Some(whole)
    }

    /// Adds a note for each correction that was not used.
    pub(super) fn note_unused(mut self, notes: &mut Notes) -> Result<(), Error> {
        let left = self.by_number.into_iter().map(|(number, correction)| {
            let Correction { line, lost, .. } = correction;
            (line, format!("no line of the history is of an athlete {number}, `{lost}`"))
        });
        self.unused.extend(left);
        self.unused.sort_unstable();
        let mut notes = notes.on(&self.file);
        self.unused.iter().try_for_each(|(line, about)| notes.add(NoteKind::UnusedName, *line, about))
    }
}

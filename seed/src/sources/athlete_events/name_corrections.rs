//! Names with the letters that the file lost, from a file of their own.

use std::collections::HashMap;
use std::path::Path;

use crate::error::Error;
use crate::report::notes::{NoteKind, Notes};
use crate::sources::csv_input::Input;

/// The columns of that file.
const COLUMNS: [&str; 3] = ["ID", "name_ascii_stripped", "name_utf8"];

/// A name as the file of the history has it, and as it is.
#[derive(Debug)]
struct Correction {
    line: u64,
    lost: String,
    whole: String,
}

/// The names by the numbers of the athletes, until they are asked for.
#[derive(Debug, Default)]
pub(super) struct NameCorrections {
    file: String,
    by_number: HashMap<u32, Correction>,
    /// Those that fit no line: the line in their own file, and why.
    unused: Vec<(u64, String)>,
}

impl NameCorrections {
    /// Reads the file.
    pub(super) fn read(path: &Path) -> Result<Self, Error> {
        let input = Input::open(path)?;
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

    /// The name of an athlete with all its letters, when it is known.
    pub(super) fn take(&mut self, number: u32, name: &str) -> Option<String> {
        let Correction { line, lost, whole } = self.by_number.remove(&number)?;
        if lost != name {
            self.unused.push((line, format!("athlete {number} is `{name}` in the history, not `{lost}`")));
            return None;
        }
        Some(whole)
    }

    /// Notes the names that were of no use.
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

//! Notes on an import that a user may want to check: the report shows a count and the first cases, a CSV report lists all.

use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::report::csv_report::CsvReport;
use crate::report::{Note, Report};

/// Cases of each kind that the report shows.
const FIRST: usize = 3;

/// The kinds of notes, in the order of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NoteKind {
    ContradictingLine,
    ContradictingAges,
    EventByItsWords,
    UnusedName,
    PerhapsKnown,
}

impl NoteKind {
    /// The name of the kind in the CSV report.
    fn word(self) -> &'static str {
        match self {
            Self::ContradictingLine => "contradicting line",
            Self::ContradictingAges => "contradicting ages",
            Self::EventByItsWords => "event placed by its words",
            Self::UnusedName => "name without a line",
            Self::PerhapsKnown => "athlete perhaps known",
        }
    }

    /// The text after the count in the report.
    fn sentence(self) -> &'static str {
        match self {
            Self::ContradictingLine => "lines contradict another one of the same athlete in the same event; what both say is kept",
            Self::ContradictingAges => "athletes have ages that contradict each other, so that their year of birth stays unknown",
            Self::EventByItsWords => "names of events are not in Podium's list, and were placed by their words",
            Self::UnusedName => "corrected names match no line by number and name, and were ignored",
            Self::PerhapsKnown => "new athletes may be the same as stored ones of another source; Podium's list does not say so",
        }
    }
}

/// The notes so far. Only the first cases of each kind stay in memory.
#[derive(Debug)]
pub(crate) struct Notes {
    path: Option<PathBuf>,
    csv_report: Option<CsvReport>,
    noted: Vec<(NoteKind, usize, Vec<String>)>,
}

impl Notes {
    /// Writes every note to a CSV report when a path is given; otherwise notes are only counted.
    pub(crate) fn to(path: Option<&Path>) -> Result<Self, Error> {
        let create = |file| CsvReport::create(file, "notes", &["file", "line", "kind", "about"]);
        Ok(Self { path: path.map(Path::to_owned), csv_report: path.map(create).transpose()?, noted: Vec::new() })
    }

    /// The notes on the lines of `file`.
    pub(crate) fn on<'a>(&'a mut self, file: &'a str) -> NotesOn<'a> {
        NotesOn { file, notes: self }
    }

    /// Adds all notes to the report.
    pub(crate) fn tell(self, report: &mut Report) {
        let all_in =
            self.path.map_or_else(|| "--notes FILE lists them all".to_owned(), |path| format!("{} lists them all", path.display()));
        for (kind, count, first) in self.noted {
            let rest = (count > first.len()).then(|| all_in.clone());
            report.notes.push(Note { what: kind.sentence().to_owned(), count, first, rest });
        }
    }
}

/// What is noticed on the lines of one file.
#[derive(Debug)]
pub(crate) struct NotesOn<'a> {
    file: &'a str,
    notes: &'a mut Notes,
}

impl NotesOn<'_> {
    /// Adds a note on a line, or without a line when the file has none for it. `about` must let a person check it.
    pub(crate) fn add(&mut self, kind: NoteKind, line: impl Into<Option<u64>>, about: &str) -> Result<(), Error> {
        let line = line.into().map(|line| line.to_string());
        if let Some(csv_report) = &mut self.notes.csv_report {
            csv_report.write([self.file, line.as_deref().unwrap_or_default(), kind.word(), about].into_iter())?;
        }
        let noted = &mut self.notes.noted;
        let place = noted.binary_search_by_key(&kind, |(kind, _, _)| *kind).unwrap_or_else(|place| {
            noted.insert(place, (kind, 0, Vec::new()));
            place
        });
        let (_, count, first) = &mut noted[place];
        *count += 1;
        if *count <= FIRST {
            first.push(line.map_or_else(|| about.to_owned(), |line| format!("{}, line {line}: {about}", self.file)));
        }
        Ok(())
    }
}

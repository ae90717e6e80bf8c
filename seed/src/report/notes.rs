//! What an import notices and its user may want to check: a count and the first cases in its report, all of them in a file.

use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::report::csv_report::CsvReport;
use crate::report::{Note, Report};

/// Cases of a kind that the report tells.
const FIRST: usize = 3;

/// What can be noticed, in the order of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NoteKind {
    ContradictingLine,
    ContradictingAges,
    EventByItsWords,
    UnusedName,
    PerhapsKnown,
}

impl NoteKind {
    /// The kind in the file.
    fn word(self) -> &'static str {
        match self {
            Self::ContradictingLine => "contradicting line",
            Self::ContradictingAges => "contradicting ages",
            Self::EventByItsWords => "event placed by its words",
            Self::UnusedName => "name without a line",
            Self::PerhapsKnown => "athlete perhaps known",
        }
    }

    /// What the report says of so many.
    fn sentence(self) -> &'static str {
        match self {
            Self::ContradictingLine => "lines contradict another one of the same athlete in the same event; what both say is kept",
            Self::ContradictingAges => "athletes have ages that contradict each other, so that their year of birth stays unknown",
            Self::EventByItsWords => "names of events are not in Podium's list, and were placed by their words",
            Self::UnusedName => "names of the file of names fit no line by number and name, and were of no use",
            Self::PerhapsKnown => "athletes may be ones whom another source knows, but Podium's list does not say so; they are new",
        }
    }
}

/// What has been noticed; of each kind no more than the first cases are held.
#[derive(Debug)]
pub(crate) struct Notes {
    path: Option<PathBuf>,
    csv_report: Option<CsvReport>,
    noted: Vec<(NoteKind, usize, Vec<String>)>,
}

impl Notes {
    /// Notes that are all written to a file, or only counted.
    pub(crate) fn to(path: Option<&Path>) -> Result<Self, Error> {
        let create = |file| CsvReport::create(file, "notes", &["file", "line", "kind", "about"]);
        Ok(Self { path: path.map(Path::to_owned), csv_report: path.map(create).transpose()?, noted: Vec::new() })
    }

    /// What is noticed on the lines of a file.
    pub(crate) fn on<'a>(&'a mut self, file: &'a str) -> NotesOn<'a> {
        NotesOn { file, notes: self }
    }

    /// Tells them all to the report.
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
    /// Notes something on a line, or on none where the file does not have it, said so that a person can check it.
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

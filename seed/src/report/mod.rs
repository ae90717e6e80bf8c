//! What an import reports: counts by table, progress, rejected rows, and notes to check.

pub(crate) mod csv_report;
pub(crate) mod notes;
pub(crate) mod progress;
pub(crate) mod rejects;

use std::fmt;
use std::ops::AddAssign;

/// What happened to the rows of one table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub inserted: usize,
    pub updated: usize,
    pub unchanged: usize,
    /// Kept, because the stored row comes from a source of higher precedence.
    pub kept: usize,
    /// Rejected: not understood, and left out.
    pub rejected: usize,
}

impl Tally {
    /// Whether any row was inserted or updated.
    pub fn changed(self) -> bool {
        self.inserted + self.updated > 0
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.inserted += other.inserted;
        self.updated += other.updated;
        self.unchanged += other.unchanged;
        self.kept += other.kept;
        self.rejected += other.rejected;
    }
}

/// The result of a load, table by table in the order of loading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub tables: Vec<(String, Tally)>,
    /// Observations about the source.
    pub notes: Vec<Note>,
}

/// An observation about the source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note {
    pub what: String,
    /// How often.
    pub count: usize,
    /// The first cases, where single cases can be named.
    pub first: Vec<String>,
    /// Where to find the other cases, when there are more.
    pub rest: Option<String>,
}

impl Note {
    /// The count and what it counts, followed by the first cases.
    fn told(&self) -> String {
        let cases = self.first.iter().cloned().chain(self.rest.iter().map(|rest| format!("and so on; {rest}")));
        let lines: Vec<String> = cases.map(|case| format!("{:>12}{case}\n", "")).collect();
        format!("{:>8} {}\n", self.count, self.what) + &lines.concat()
    }
}

impl Report {
    /// Adds the counts of some rows of a table.
    pub(crate) fn add(&mut self, table: &str, tally: Tally) {
        match self.tables.iter_mut().find(|(name, _)| name == table) {
            Some((_, sum)) => *sum += tally,
            None => self.tables.push((table.to_owned(), tally)),
        }
    }

    /// Adds the counts and notes of another report.
    pub(crate) fn extend(&mut self, other: Self) {
        other.tables.into_iter().for_each(|(table, tally)| self.add(&table, tally));
        self.notes.extend(other.notes);
    }

    /// Adds a note about the source, unless the count is 0.
    pub(crate) fn note(&mut self, what: &str, count: usize) {
        if count > 0 {
            self.notes.push(Note { what: what.to_owned(), count, ..Note::default() });
        }
    }

    /// Whether any row was inserted or updated in any table.
    pub fn changed(&self) -> bool {
        self.tables.iter().any(|(_, tally)| tally.changed())
    }

    /// The sum over all tables.
    pub fn total(&self) -> Tally {
        let mut total = Tally::default();
        self.tables.iter().for_each(|(_, tally)| total += *tally);
        total
    }

    /// A text table with a heading: the counts of each table with any rows, their sum, then the notes.
    pub fn table(&self) -> String {
        let counts = |name: &str, Tally { inserted, updated, unchanged, kept, rejected }: Tally| {
            format!("{name:<30}{inserted:>10}{updated:>10}{unchanged:>10}{kept:>10}{rejected:>10}\n")
        };
        let touched = self.tables.iter().filter(|(_, tally)| *tally != Tally::default());
        let lines: Vec<String> = touched.map(|(name, tally)| counts(name, *tally)).collect();
        let heading = format!("{:<30}{:>10}{:>10}{:>10}{:>10}{:>10}\n", "", "new", "changed", "unchanged", "kept", "rejected");
        let notes: Vec<String> = self.notes.iter().map(Note::told).collect();
        heading + &lines.concat() + &counts("all", self.total()) + &notes.concat()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Tally { inserted, updated, unchanged, kept, rejected } = self.total();
        let parts = [
            (inserted, "new"),
            (updated, "changed"),
            (unchanged, "as they were"),
            (kept, "kept from a better source"),
            (rejected, "not understood"),
        ];
        let told: Vec<String> = parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} rows {what}")).collect();
        f.write_str(&told.join(", "))
    }
}

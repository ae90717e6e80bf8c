//! What a load did.

use std::fmt;

/// What happened to the rows of one table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub inserted: usize,
    pub updated: usize,
    pub unchanged: usize,
    /// Left alone, since the stored row comes from a source of higher precedence.
    pub kept: usize,
}

impl Tally {
    /// Whether the table is other than before.
    pub fn changed(self) -> bool {
        self.inserted + self.updated > 0
    }
}

/// What a load did, table by table in the order of loading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub tables: Vec<(String, Tally)>,
}

impl Report {
    /// Whether anything is other than before.
    pub fn changed(&self) -> bool {
        self.tables.iter().any(|(_, tally)| tally.changed())
    }

    /// The sum over all tables.
    pub fn total(&self) -> Tally {
        self.tables.iter().fold(Tally::default(), |sum, (_, tally)| Tally {
            inserted: sum.inserted + tally.inserted,
            updated: sum.updated + tally.updated,
            unchanged: sum.unchanged + tally.unchanged,
            kept: sum.kept + tally.kept,
        })
    }
}

impl Report {
    /// What happened to each table that was touched, as aligned lines with a heading and a sum.
    pub fn table(&self) -> String {
        let counts = |name: &str, Tally { inserted, updated, unchanged, kept }: Tally| {
            format!("{name:<30}{inserted:>10}{updated:>10}{unchanged:>10}{kept:>10}\n")
        };
        let touched = self.tables.iter().filter(|(_, tally)| *tally != Tally::default());
        let lines: Vec<String> = touched.map(|(name, tally)| counts(name, *tally)).collect();
        let heading = format!("{:<30}{:>10}{:>10}{:>10}{:>10}\n", "", "new", "changed", "unchanged", "kept");
        heading + &lines.concat() + &counts("all", self.total())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Tally { inserted, updated, unchanged, kept } = self.total();
        let parts = [(inserted, "new"), (updated, "changed"), (unchanged, "as they were"), (kept, "kept from a better source")];
        let told: Vec<String> = parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} rows {what}")).collect();
        f.write_str(&told.join(", "))
    }
}

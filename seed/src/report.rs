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

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Tally { inserted, updated, unchanged, kept } = self.total();
        let parts = [(inserted, "new"), (updated, "changed"), (unchanged, "as they were"), (kept, "kept from a better source")];
        let told: Vec<String> = parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} rows {what}")).collect();
        f.write_str(&told.join(", "))
    }
}

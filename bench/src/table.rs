//! Renders the measurements as Markdown tables.

use anyhow::Result;

use crate::documents::{Answer, Document};
use crate::{postgres, sqlite};

/// The measurements for one number of copies.
#[derive(Debug)]
pub struct Measured {
    pub copies: u32,
    /// The number of lines in all copies.
    pub lines: u64,
    pub sqlite: sqlite::Growth,
    pub postgres: Option<postgres::Growth>,
    /// One for each document.
    pub answers: Vec<Result<Answer>>,
}

/// A column: its heading, the decimals of its values, and how to read a value.
type Column<'a, T> = (&'a str, usize, fn(&T) -> f64);

const SQLITE: [Column<'static, sqlite::Growth>; 6] = [
    ("bare CPU s", 2, |growth| growth.bare.cpu),
    ("import CPU s", 2, |growth| growth.first.cpu),
    ("import wall s", 2, |growth| growth.first.wall),
    ("peak MiB", 0, |growth| growth.first.peak),
    ("database MB", 0, |growth| megabytes(growth.bytes)),
    ("again CPU s", 2, |growth| growth.second.cpu),
];

const POSTGRES: [Column<'static, postgres::Growth>; 4] = [
    ("bare CPU s", 2, |growth| growth.bare.cpu),
    ("import CPU s", 2, |growth| growth.first.cpu),
    ("import wall s", 2, |growth| growth.first.wall),
    ("database MB", 0, |growth| megabytes(growth.bytes)),
];

/// All tables.
pub fn all(measured: &[Measured], documents: &[Document]) -> String {
    let on_sqlite: Vec<_> = measured.iter().map(|row| (row, &row.sqlite)).collect();
    let on_postgres: Vec<_> = measured.iter().filter_map(|row| Some((row, row.postgres.as_ref()?))).collect();
    let mut tables = vec![growth("SQLite", &on_sqlite, &SQLITE, |growth| growth.first.cpu / growth.bare.cpu)];
    if !on_postgres.is_empty() {
        tables.push(growth("PostgreSQL", &on_postgres, &POSTGRES, |growth| growth.first.cpu / growth.bare.cpu));
    }
    tables.push(answers(measured, documents));
    tables.join("\n")
}

/// One row per number of copies. Each value is followed, in brackets, by its ratio to the value in the first row.
fn growth<T>(title: &str, rows: &[(&Measured, &T)], columns: &[Column<'_, T>], to_bare: fn(&T) -> f64) -> String {
    let names = columns.iter().map(|(name, ..)| *name);
    let headings: Vec<&str> = ["copies", "lines"].into_iter().chain(names).chain(["import / bare"]).collect();
    let lines = rows.iter().map(|(measured, growth)| {
        let cells = columns.iter().map(|(_, decimals, value)| {
            let (value, first) = (value(growth), rows.first().map_or(f64::NAN, |(_, first)| value(first)));
            format!("{value:.decimals$}{}", beside(value, first, measured.copies == rows[0].0.copies))
        });
        let head = [measured.copies.to_string(), measured.lines.to_string()];
        head.into_iter().chain(cells).chain([format!("{:.1}", to_bare(growth))]).collect()
    });
    render(title, &headings, &lines.collect::<Vec<_>>())
}

/// One row per document: milliseconds and answer length, for each number of copies.
fn answers(measured: &[Measured], documents: &[Document]) -> String {
    let copies = || measured.iter().map(|row| row.copies);
    let cpu = copies().map(|copies| format!("CPU ms ({copies})"));
    let bytes = copies().map(|copies| format!("bytes ({copies})"));
    let headings: Vec<String> = ["document".to_owned()].into_iter().chain(cpu).chain(bytes).collect();
    let lines = documents.iter().enumerate().map(|(place, document)| {
        let answers: Vec<Option<&Answer>> = measured.iter().map(|row| row.answers[place].as_ref().ok()).collect();
        [document.name.clone()].into_iter().chain(times(&answers)).chain(lengths(&answers)).collect()
    });
    render("Answers on SQLite", &headings.iter().map(String::as_str).collect::<Vec<_>>(), &lines.collect::<Vec<_>>())
}

const FAILED: &str = "failed";

fn times(answers: &[Option<&Answer>]) -> Vec<String> {
    let first = answers.first().copied().flatten().map_or(f64::NAN, |answer| answer.milliseconds);
    let cells = answers.iter().enumerate().map(|(place, answer)| match answer {
        Some(Answer { milliseconds, .. }) => format!("{milliseconds:.2}{}", beside(*milliseconds, first, place == 0)),
        None => FAILED.to_owned(),
    });
    cells.collect()
}

fn lengths(answers: &[Option<&Answer>]) -> Vec<String> {
    answers.iter().map(|answer| answer.map_or_else(|| FAILED.to_owned(), |answer| answer.bytes.to_string())).collect()
}

/// The ratio to the first value, as ` (×2.9)`; empty for the first value itself.
fn beside(value: f64, first: f64, is_first: bool) -> String {
    match is_first {
        true => String::new(),
        false => format!(" (×{:.1})", value / first),
    }
}

/// Renders a heading and a table with aligned columns.
pub(crate) fn render(title: &str, headings: &[&str], lines: &[Vec<String>]) -> String {
    let width = |place: usize| {
        let cells = lines.iter().map(|line| line[place].chars().count());
        cells.chain([headings[place].chars().count()]).max().unwrap_or_default()
    };
    let row = |cells: &[String]| {
        let cells = cells.iter().enumerate().map(|(place, cell)| match place {
            0 => format!("{cell:<0$}", width(place)),
            _ => format!("{cell:>0$}", width(place)),
        });
        format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
    };
    let headings: Vec<String> = headings.iter().map(|&heading| heading.to_owned()).collect();
    let rules: Vec<String> = (0..headings.len()).map(|place| rule(place, width(place))).collect();
    let body: Vec<String> = lines.iter().map(|line| row(line)).collect();
    format!("### {title}\n\n{}{}{}", row(&headings), row(&rules), body.concat())
}

/// The rule below a heading: the first column is left-aligned, numbers are right-aligned.
fn rule(place: usize, width: usize) -> String {
    match place {
        0 => "-".repeat(width),
        _ => format!("{}:", "-".repeat(width.saturating_sub(1))),
    }
}

/// Millions of bytes.
#[expect(clippy::cast_precision_loss, reason = "no file has so many bytes")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_to_the_right() {
        let lines = [vec!["1".to_owned(), "0.50".to_owned()], vec!["10".to_owned(), format!("5.00{}", beside(5.0, 0.5, false))]];
        let expected = "### T\n\n| k  |            s |\n| -- | -----------: |\n| 1  |         0.50 |\n| 10 | 5.00 (×10.0) |\n";
        assert_eq!(render("T", &["k", "s"], &lines), expected);
    }
}

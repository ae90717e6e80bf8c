//! Makes a longer history: copies of the real one, with other athletes and teams at the same Games.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use csv::{ByteRecord, QuoteStyle, Reader, ReaderBuilder, Writer, WriterBuilder};
use flate2::read::MultiGzDecoder;

use crate::COLUMNS;

/// The offset between the athlete numbers of two copies. The history has fewer athletes.
const APART: u64 = 200_000;
const ID: usize = 0;
const NAME: usize = 1;
const TEAM: usize = 6;

/// Writes this many copies one after another, ordered by the numbers of the athletes, and returns the number of lines. The first
/// copy is the unchanged history. Only one line at a time is in memory.
pub fn write(history: &Path, copies: u32, to: &Path) -> Result<u64> {
    let mut writer = WriterBuilder::new().quote_style(QuoteStyle::NonNumeric).from_path(to)?;
    writer.write_record(COLUMNS)?;
    let mut lines = 0;
    for copy in 0..copies {
        lines += write_copy(&mut open(history)?, copy, &mut writer).with_context(|| format!("copy {copy} of {}", history.display()))?;
    }
    writer.flush()?;
    Ok(lines)
}

fn open(history: &Path) -> Result<Reader<impl std::io::Read>> {
    let file = File::open(history).with_context(|| history.display().to_string())?;
    let mut reader = ReaderBuilder::new().from_reader(MultiGzDecoder::new(BufReader::new(file)));
    ensure!(reader.headers()?.iter().eq(COLUMNS), "{} has other columns", history.display());
    Ok(reader)
}

fn write_copy(reader: &mut Reader<impl std::io::Read>, copy: u32, writer: &mut Writer<File>) -> Result<u64> {
    let (mut line, mut lines, mut last) = (ByteRecord::new(), 0, 0);
    while reader.read_byte_record(&mut line)? {
        let number: u64 = std::str::from_utf8(&line[ID])?.parse()?;
        ensure!(last <= number && number < APART, "the athlete {number} comes after {last}");
        (lines, last) = (lines + 1, number);
        match copy {
            0 => writer.write_byte_record(&line)?,
            _ => writer.write_byte_record(&copied(&line, number, copy))?,
        }
    }
    Ok(lines)
}

/// The line in a copy: another athlete, of another team, in the same event.
fn copied(line: &ByteRecord, number: u64, copy: u32) -> ByteRecord {
    let cells = line.iter().enumerate().map(|(column, cell)| match column {
        ID => (number + u64::from(copy) * APART).to_string().into_bytes(),
        NAME => with_word(cell, &word(copy)),
        TEAM => [cell, format!(" ({copy})").as_bytes()].concat(),
        _ => cell.to_vec(),
    });
    cells.collect()
}

/// Inserts the word of the copy after the first word of a name. At the end it would be the family name of all athletes in the copy,
/// and every list by name would have each copy in one piece.
fn with_word(name: &[u8], word: &str) -> Vec<u8> {
    let end = name.iter().position(|letter| *letter == b' ').unwrap_or(name.len());
    [&name[..end], b" ", word.as_bytes(), &name[end..]].concat()
}

/// The word of a copy: `Kb`, `Kc` and so on. It has only letters, since a number is no part of a name.
fn word(copy: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = copy;
    while rest > 0 {
        letters.push(char::from(b'a' + u8::try_from(rest % 26).unwrap_or_default()));
        rest /= 26;
    }
    letters.into_iter().chain(['K']).rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_has_other_athletes_and_teams_in_the_same_event() {
        let line = ByteRecord::from(vec!["7", "Jo Ann (-Li)", "F", "NA", "NA", "NA", "Fiji-1", "FIJ", "2012 Summer"]);
        let copied = copied(&line, 7, 2);
        let cells: Vec<&[u8]> = copied.iter().collect();
        assert_eq!(cells, [&b"400007"[..], b"Jo Kc Ann (-Li)", b"F", b"NA", b"NA", b"NA", b"Fiji-1 (2)", b"FIJ", b"2012 Summer"]);
        assert_eq!(with_word(b"Pele", "Kb"), b"Pele Kb");
    }

    #[test]
    fn copies_have_different_words() {
        assert_eq!([1, 9, 25, 26, 27].map(word), ["Kb", "Kj", "Kz", "Kba", "Kbb"]);
    }
}

//! The forms in which people have the files of the two sources: archives, folders one level up, other separators, columns in any order,
//! and cells as spreadsheets and data-frame programs write them. All of them say the same.

use std::io::{Cursor, Write};
use std::path::Path;

use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::import_athlete_events::gzip;
use crate::import_two_sources::{HISTORY, PARIS, exported, home, import};
use crate::server::{podium, refusal};

/// A file's name and its bytes.
type File = (String, Vec<u8>);

fn archive(files: &[File]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(name.as_str(), SimpleFileOptions::default()).expect("an entry");
        writer.write_all(bytes).expect("its bytes");
    }
    writer.finish().expect("an archive").into_inner()
}

fn write(home: &Path, files: &[File]) {
    for (name, bytes) in files {
        let path = home.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }
}

fn file(name: &str, bytes: impl Into<Vec<u8>>) -> File {
    (name.to_owned(), bytes.into())
}

/// The files of Paris, below a folder.
fn paris(folder: &str, form: impl Fn(&str) -> String) -> Vec<File> {
    PARIS.iter().map(|(name, text)| file(&format!("{folder}{name}"), form(text))).collect()
}

/// Another form of a text in CSV: its cells go through `cell`, its separator is this one.
fn rewritten(text: &str, separator: u8, cell: impl Fn(&str, &str) -> String) -> String {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut writer = csv::WriterBuilder::new().delimiter(separator).from_writer(Vec::new());
    let header = reader.headers().expect("a header").clone();
    writer.write_record(&header).expect("a line");
    for line in reader.records() {
        let line = line.expect("a line");
        writer.write_record(header.iter().zip(&line).map(|(column, text)| cell(column, text))).expect("a line");
    }
    String::from_utf8(writer.into_inner().expect("all lines")).expect("text")
}

/// As a spreadsheet of a country with decimal commas saves it.
fn spreadsheet(text: &str) -> String {
    rewritten(text, b';', |column, cell| match (column, cell) {
        ("Weight" | "weight", "75") => "75,0".to_owned(),
        (_, "NA") => "#N/A".to_owned(),
        _ => cell.to_owned(),
    })
}

/// As a data frame writes it: whole numbers of columns with gaps have decimals, and gaps are `NaN`.
fn data_frame(text: &str) -> String {
    rewritten(text, b',', |column, cell| match column {
        "ID" | "Age" | "Height" | "Year" | "code" | "code_athlete" | "participant_code" | "height" | "weight"
            if !cell.is_empty() && cell.bytes().all(|digit| digit.is_ascii_digit()) =>
        {
            format!("{cell}.0")
        }
        _ if cell.is_empty() || cell == "NA" => "NaN".to_owned(),
        _ => cell.to_owned(),
    })
}

/// With the columns in the other order, in capitals, and in the company of one more.
fn other_columns(text: &str) -> String {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let mut writer = csv::WriterBuilder::new().delimiter(b'\t').from_writer(Vec::new());
    for (number, line) in reader.records().enumerate() {
        let line = line.expect("a line");
        let cells = line.iter().rev().map(|cell| if number == 0 { cell.to_uppercase().replace('_', " ") } else { cell.to_owned() });
        writer.write_record([String::new()].into_iter().chain(cells)).expect("a line");
    }
    String::from_utf8(writer.into_inner().expect("all lines")).expect("text")
}

/// A home in which both sources have a form of their own, and what to import.
fn forms() -> Vec<(&'static str, Vec<File>, [&'static str; 2])> {
    let kaggle = file("athlete_events.csv", HISTORY);
    let regions = file("noc_regions.csv", "NOC,region,notes\nAUT,Austria,\n");
    let other = file("__MACOSX/._athlete_events.csv", "\u{0}\u{5}");
    let mac = [file("archive/athlete_events.csv", HISTORY), file("archive/noc_regions.csv", "NOC,region,notes\n"), other];
    vec![
        (
            "archives",
            vec![
                file("a.zip", archive(&[kaggle.clone(), regions.clone(), file("empty.csv", "")])),
                file("p.zip", archive(&paris("", str::to_owned))),
            ],
            ["a.zip", "p.zip"],
        ),
        (
            "archives with a folder one level up",
            vec![file("a.zip", archive(&mac)), file("p.zip", archive(&paris("paris2024/", str::to_owned)))],
            ["a.zip", "p.zip"],
        ),
        (
            "folders one level up",
            [mac.map(|(name, bytes)| (format!("a/{name}"), bytes)).to_vec(), paris("p/archive/", str::to_owned)].concat(),
            ["a", "p"],
        ),
        (
            "each file compressed for itself",
            [
                vec![file("a.csv.zip", archive(&[kaggle]))],
                paris("p/", str::to_owned).into_iter().map(|(name, text)| file(&format!("{name}.gz"), gzip(&text))).collect(),
            ]
            .concat(),
            ["a.csv.zip", "p"],
        ),
        ("a spreadsheet", [vec![file("a.csv", spreadsheet(HISTORY))], paris("p/", spreadsheet)].concat(), ["a.csv", "p"]),
        ("a data frame", [vec![file("a.csv", data_frame(HISTORY))], paris("p/", data_frame)].concat(), ["a.csv", "p"]),
        ("other columns", [vec![file("a.csv", other_columns(HISTORY))], paris("p/", other_columns)].concat(), ["a.csv", "p"]),
    ]
}

#[test]
fn every_form_says_the_same() {
    let whole = |home: &Path, [history, paris]: [&str; 2]| {
        import(home, &["athlete-events", history]);
        import(home, &["paris-2024", paris]);
        exported(home, "export")
    };
    let plain = home();
    let expected = whole(plain.path(), ["history.csv", "paris"]);
    for (form, files, names) in forms() {
        let home = TempDir::new().expect("a folder");
        write(home.path(), &files);
        assert!(whole(home.path(), names) == expected, "{form} differs");
    }
}

#[test]
fn what_is_of_no_use_is_refused_in_a_sentence() {
    let home = home();
    let history = || file("athlete_events.csv", HISTORY);
    let zipped = archive(&[history()]);
    // Both headers of the one entry say that it is encrypted.
    let mut locked = zipped.clone();
    let directory = locked.windows(4).position(|bytes| bytes == b"PK\x01\x02").expect("a directory");
    (locked[6], locked[directory + 8]) = (locked[6] | 1, locked[directory + 8] | 1);
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(HISTORY.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let twice = [history(), file("copy.csv", HISTORY)];
    write(
        home.path(),
        &[
            file("sheet.xlsx", archive(&[file("[Content_Types].xml", ""), file("xl/workbook.xml", "")])),
            file("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
            file("a.7z", b"7z\xbc\xaf\x27\x1c\0\0"),
            file("page.csv", "<!DOCTYPE html><title>Sign in</title>"),
            file("wide.csv", wide),
            file("locked.zip", locked),
            file("short.zip", &zipped[..zipped.len() / 2]),
            file("within.zip", archive(&[file("a.csv.zip", zipped.clone())])),
            file("other.zip", archive(&[file("readme.txt", "nothing")])),
            file("twice.zip", archive(&twice)),
            file("columns.csv", HISTORY.replacen("\"Team\"", "\"name\"", 1)),
            file("two/a/medallists.csv", ""),
            file("two/b/medallists.csv", ""),
            file("none/readme.csv", "x\n"),
        ],
    );
    for (source, from, expected) in [
        ("athlete-events", "sheet.xlsx", "cannot read sheet.xlsx: it is a spreadsheet; save it as CSV in UTF-8"),
        ("athlete-events", "old.xls", "cannot read old.xls: it is a spreadsheet; save it as CSV in UTF-8"),
        ("athlete-events", "a.7z", "it is a 7z archive; unpack it first"),
        ("athlete-events", "page.csv", "it is a web page, not the file; download it again"),
        ("athlete-events", "wide.csv", "the text is UTF-16; save the file as CSV in UTF-8"),
        ("athlete-events", "locked.zip", "locked.zip/athlete_events.csv: it is protected by a password; unpack it first"),
        ("athlete-events", "short.zip", "the archive is damaged"),
        ("athlete-events", "within.zip", "it is an archive within an archive; unpack it first"),
        ("athlete-events", "other.zip", "there is no CSV file with the columns ID, Name, Sex"),
        ("athlete-events", "twice.zip", "twice.zip/athlete_events.csv, twice.zip/copy.csv; name one"),
        ("athlete-events", "columns.csv", "line 1: there are two columns `Name`; remove one"),
        ("paris-2024", "page.csv", "it is neither the folder nor the zip archive with the files of Paris 2024"),
        ("paris-2024", "two", "both `a/` and `b/` have a file `medallists.csv`; name one of them"),
        ("paris-2024", "none", "there is no file `athletes.csv` in it"),
    ] {
        let told = refusal(&podium(home.path()).args(["import", source, from]).output().expect("podium runs"));
        assert!(told.contains(expected), "{expected}: {told}");
    }
}

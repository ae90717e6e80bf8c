//! `podium import athlete-events`: a small history, written here, and everything that can be wrong with one.

use std::io::Write;
use std::path::Path;
use std::process::{Output, Stdio};
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use tempfile::TempDir;

use crate::server::{Server, podium, refusal, said};

const HEADER: &str = r#""ID","Name","Sex","Age","Height","Weight","Team","NOC","Games","Year","Season","City","Sport","Event","Medal""#;

/// Two individual athletes with the same name, a pair with one member of another nation, and a member of the United Team.
const LINES: [&str; 9] = [
    r#""1","Anna ""Anni"" Beispiel (-Muster)","F",20,170,60.5,"Austria","AUT","1996 Summer",1996,"Summer","Atlanta","Swimming","Swimming Women's 100 metres Freestyle","Gold""#,
    r#""1","Anna ""Anni"" Beispiel (-Muster)","F",24,170,60.5,"Austria","AUT","2000 Summer",2000,"Summer","Sydney","Swimming","Swimming Women's 100 metres Freestyle",NA"#,
    r#""2","Anna Beispiel","F",30,NA,NA,"Germany","GER","1960 Summer",1960,"Summer","Roma","Swimming","Swimming Women's 100 metres Freestyle","Bronze""#,
    r#""3","Otto Kahn","M",25,180,80,"Germany/Austria","GER","1912 Summer",1912,"Summer","Stockholm","Tennis","Tennis Men's Doubles","Silver""#,
    r#""4","Paul Ski","M",22,NA,NA,"Germany/Austria","AUT","1912 Summer",1912,"Summer","Stockholm","Tennis","Tennis Men's Doubles","Silver""#,
    r#""4","Paul Ski","M",22,NA,NA,"Germany/Austria","AUT","1912 Summer",1912,"Summer","Stockholm","Tennis","Tennis Men's Doubles","Silver""#,
    r#""5","Mia Schnell","F",20,NA,NA,"Sweden","SWE","2000 Summer",2000,"Summer","Sydney","Swimming","Swimming Women's 4 x 100 metres Freestyle Relay","Gold""#,
    r#""6","Eva Vorlauf","F",20,NA,NA,"Sweden","SWE","2000 Summer",2000,"Summer","Sydney","Swimming","Swimming Women's 4 x 100 metres Freestyle Relay",NA"#,
    r#""7","Rosa Neu","F",NA,NA,NA,"Sweden","SWE","2016 Summer",2016,"Summer","Rio de Janeiro","Swimming","Swimming Women's 30 metres Butterfly",NA"#,
];

/// A file with these lines below the header.
fn history(lines: &[&str]) -> String {
    let lines: Vec<&str> = [HEADER].into_iter().chain(lines.iter().copied()).collect();
    lines.join("\r\n") + "\r\n"
}

fn import(home: &Path, arguments: &[&str]) -> Output {
    podium(home).args(["import", "athlete-events"]).args(arguments).output().expect("podium runs")
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("bytes are written");
    encoder.finish().expect("bytes are compressed")
}

/// The counts of a table in a report: new, changed, unchanged, kept, rejected.
fn counts(report: &str, table: &str) -> Vec<usize> {
    let line = report.lines().find(|line| line.split_whitespace().next() == Some(table)).unwrap_or_else(|| panic!("{table}: {report}"));
    line.split_whitespace().skip(1).map(|count| count.parse().expect("a number")).collect()
}

#[test]
fn a_history_comes_in_once_by_any_way() {
    let home = TempDir::new().expect("a folder");
    std::fs::write(home.path().join("history.csv"), history(&LINES)).expect("a file");
    std::fs::write(home.path().join("history.csv.gz"), gzip(history(&LINES).as_bytes())).expect("a file");
    let server = Server::start(home.path());
    let report = said(&import(home.path(), &["history.csv"]));
    assert_eq!(counts(&report, "athletes"), [7, 0, 0, 0, 0]);
    assert_eq!(counts(&report, "entries"), [6, 0, 0, 0, 0], "{report}");
    assert_eq!(counts(&report, "entry_members"), [8, 0, 0, 0, 0]);
    assert_eq!(counts(&report, "medal_awards"), [4, 0, 0, 0, 0]);
    assert_eq!(counts(&report, "medal_recipients"), [5, 0, 0, 0, 0], "the swimmer of the heats has none");
    for (note, count) in [("repeat another one", "1"), ("not in Podium's list", "1"), ("not whole in this file", "5")] {
        let told = report.lines().find(|line| line.contains(note)).unwrap_or_else(|| panic!("{note}: {report}"));
        assert!(told.trim_start().starts_with(count), "{told}");
    }
    let question = r#"{ athlete(slug: "anna-beispiel") { name sortName born { text derived } heightCm names { kind name } medals { medal games { slug } nation { code } }
        externalIds { scheme value } } other: athlete(slug: "anna-beispiel-1930") { medals { nation { slug } } }
        pair: eventEdition(slug: "1912-summer/tennis/doubles/men") { coverage medals { nation { code } competitor { name } } entries { nodes { athletes { slug } } } }
        about { dataVersion } }"#;
    let ask = || server.post(&serde_json::json!({ "query": question }).to_string());
    let answer = ask();
    for part in [
        r#""name":"Anna Beispiel","sortName":"Beispiel, Anna""#,
        r#"{"kind":"MARRIED","name":"Muster"}"#,
        r#"{"kind":"NICKNAME","name":"Anni"}"#,
        r#""medals":[{"medal":"GOLD","games":{"slug":"1996-summer"},"nation":{"code":"AUT"}}]"#,
        r#"{"scheme":"athlete-events","value":"1"}"#,
        r#""other":{"medals":[{"nation":{"slug":"EUA"}}]}"#,
        r#""medals":[{"nation":{"code":"MIX"},"competitor":{"name":"Germany/Austria"}}]"#,
        r#"{"athletes":[{"slug":"otto-kahn"},{"slug":"paul-ski"}]}"#,
        r#""dataVersion":"2""#,
    ] {
        assert!(answer.contains(part), "{part}: {answer}");
    }
    let again = said(&import(home.path(), &["history.csv.gz"]));
    assert!(again.contains("Everything was there already"), "{again}");
    let mut piped = podium(home.path());
    piped.args(["import", "athlete-events", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = piped.spawn().expect("podium runs");
    child.stdin.take().expect("standard input").write_all(&gzip(history(&LINES).as_bytes())).expect("the history is sent");
    assert!(said(&child.wait_with_output().expect("podium ends")).contains("Everything was there already"));
    assert_eq!(ask(), answer);
    said(&podium(home.path()).args(["export", "everything"]).output().expect("podium runs"));
    let out_and_in = said(&podium(home.path()).args(["import", "podium", "everything"]).output().expect("podium runs"));
    assert!(out_and_in.contains("Everything was there already"), "{out_and_in}");
    server.stop("-TERM");
}

#[test]
fn names_get_their_letters_and_nations_their_names() {
    let home = TempDir::new().expect("a folder");
    let lines = [
        r#""1","Bjrn Dhlie","M",NA,NA,NA,"Nowhere","XNO","1992 Winter",1992,"Winter","Albertville","Skeleton","Skeleton Men's Skeleton",NA"#,
        r#""2","Bjrn Other","M",NA,NA,NA,"Norway","NOR","1992 Winter",1992,"Winter","Albertville","Skeleton","Skeleton Men's Skeleton",NA"#,
    ];
    std::fs::write(home.path().join("history.csv"), history(&lines)).expect("a file");
    let names = "ID,name_ascii_stripped,name_utf8\n1,Bjrn Dhlie,Bjørn Dæhlie\n2,Somebody Else,Sømebødy Else\n";
    std::fs::write(home.path().join("names.csv"), names).expect("a file");
    std::fs::write(home.path().join("nocs.csv"), "NOC,region,notes\rXNO,Nowhere,\r").expect("a file");
    let told = refusal(&import(home.path(), &["history.csv", "--max-rejects", "0"]));
    assert!(told.contains("line 2: no nation had the code `XNO` in 1992") && told.contains("--nocs"), "{told}");
    let report = said(&import(home.path(), &["history.csv", "--names", "names.csv", "--nocs", "nocs.csv"]));
    assert_eq!((counts(&report, "nations"), counts(&report, "athletes")), (vec![1, 0, 0, 0, 0], vec![2, 0, 0, 0, 0]));
    let server = Server::start(home.path());
    let question = r#"{"query":"{ search(text: \"daehlie\") { hits { matchedText } } nation(code: \"XNO\") { name kind } athlete(slug: \"bjrn-other\") { name } }"}"#;
    let answer = server.post(question);
    assert!(
        answer.contains("Bjørn Dæhlie") && answer.contains(r#"{"name":"Nowhere","kind":"UNKNOWN"}"#) && answer.contains("Bjrn Other"),
        "{answer}"
    );
    server.stop("-TERM");
}

/// A `--names` file that comes with a later import corrects the names too. Names that match no line are reported.
#[test]
fn names_get_their_letters_later() {
    let line = |number: u32, name: &str| {
        format!(
            r#""{number}","{name}","M",NA,NA,NA,"Norway","NOR","1992 Winter",1992,"Winter","Albertville","Skeleton","Skeleton Men's Skeleton",NA"#
        )
    };
    // The third name lost a space. The last athlete is in the built-in data, with all letters of the name.
    let names = [r#"Bjrn ""Bj"" Dhlie (-Sn)"#, "Bjrn Other", "AnnaMaria Blank", "Only Ascii", "Jrgen Schtze"];
    let lines: Vec<String> = [1, 2, 3, 5, 107_799].into_iter().zip(names).map(|(number, name)| line(number, name)).collect();
    let history = history(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    let names = "ID,name_ascii_stripped,name_utf8\n\
                 1,\"Bjrn \"\"Bj\"\" Dhlie (-Sn)\",\"Bjørn \"\"Bjø\"\" Dæhlie (-Snø)\"\n\
                 2,Somebody Else,Sømebødy Else\n3,AnnaMaria Blank,Anna\u{a0}Maria Blank\n9,Nobdy,Nobødy\n5,Only Asci,Ønly Ascii\n5,Only Ascii,Only Ascii\n";
    let [early, late] = [true, false].map(|is_early| {
        let home = TempDir::new().expect("a folder");
        std::fs::write(home.path().join("history.csv"), &history).expect("a file");
        std::fs::write(home.path().join("names.csv"), names).expect("a file");
        if !is_early {
            said(&import(home.path(), &["history.csv"]));
            assert!(said(&import(home.path(), &["history.csv"])).contains("Everything was there already"));
        }
        let report = said(&import(home.path(), &["history.csv", "--names", "names.csv", "--notes", "notes.csv"]));
        assert!(report.contains("       3 corrected names match no line"), "{report}");
        let notes = std::fs::read_to_string(home.path().join("notes.csv")).expect("the notes");
        let told: Vec<&str> = notes.lines().skip(1).collect();
        assert_eq!(
            told,
            [
                "names.csv,3,name without a line,\"athlete 2 is `Bjrn Other` in the history, not `Somebody Else`\"",
                "names.csv,5,name without a line,\"no line of the history is of an athlete 9, `Nobdy`\"",
                "names.csv,6,name without a line,athlete 5 stands further down again",
            ]
        );
        for again in [&["history.csv", "--names", "names.csv"][..], &["history.csv"]] {
            let report = said(&import(home.path(), again));
            assert!(report.contains("Everything was there already"), "letters that are known stay: {report}");
        }
        said(&podium(home.path()).args(["export", "everything"]).output().expect("podium runs"));
        let read = |file: &str| std::fs::read_to_string(home.path().join("everything").join(file)).expect("a file of the export");
        let server = Server::start(home.path());
        let question = |text: &str| format!(r#"{{"query":"{{ search(text: \"{text}\") {{ hits {{ matchedText }} }} }}"}}"#);
        let found = ["snø", "dæhlie", "dhlie", "bj"].map(|text| server.post(&question(text)));
        server.stop("-TERM");
        (read("athletes.csv"), read("athlete_names.csv"), found)
    });
    assert_eq!((&late.1, &late.2), (&early.1, &early.2), "no name is left of those without their letters");
    assert!(!late.1.contains("Bjrn") && late.2[2].contains(r#""hits":[]"#), "{late:?}");
    assert!(early.0.contains("athlete-events:1,bjorn-daehlie,Bjørn Dæhlie,"), "{}", early.0);
    let addresses = [("bjorn-daehlie", "bjrn-dhlie"), ("anna-maria-blank", "annamaria-blank")];
    let early = addresses.into_iter().fold(early.0, |athletes, (early, late)| athletes.replace(early, late));
    assert_eq!(late.0, early, "an address stays");
}

/// A line with one invalid cell, and the reason in the report.
#[test]
fn rows_that_are_not_understood_are_set_aside() {
    let good = LINES[0];
    let bad = [
        (good.replace(r#""1","#, r#""one","#), "`ID` is `one`"),
        (good.replace(r#""F","#, r#""X","#), "`Sex` is `X`"),
        (good.replace(",20,", ",200,"), "`Age` is `200`"),
        (good.replace(",60.5,", ",heavy,"), "`Weight` is `heavy`, neither empty nor a number of kilograms"),
        (good.replace("AUT", "XYZ"), "no nation had the code `XYZ`"),
        (good.replace("1996 Summer", "1996 Autumn"), "`Games` is `1996 Autumn`"),
        (good.replace("1996 Summer", "1997 Summer").replace(",1996,", ",1997,"), "there were no Games `1997 Summer`"),
        (good.replace(r#""Swimming","#, r#""Flying","#).replace("Swimming Women's", "Flying Women's"), "`Sport` is `Flying`"),
        (good.replace("Swimming Women's 100", "Women's 100"), "`Event` is"),
        (good.replace(r#""Gold""#, r#""Platinum""#), "`Medal` is `Platinum`"),
        (good.replace(r#","Gold""#, ""), "14 cells, but the header names 15"),
        (good.replace("Anna", "An\0na"), "`Name` has a control character in it (U+0000)"),
        (good.replace("Muster", "Mus\u{85}ter"), "`Name` has a control character in it (U+0085)"),
        (good.replace("Muster", &"ä".repeat(2_000_000)), "`Name` has 2000024 letters, and more than 1000 are no text of this file"),
    ];
    let home = TempDir::new().expect("a folder");
    let lines: Vec<&str> = bad.iter().map(|(line, _)| line.as_str()).chain([LINES[2]]).collect();
    std::fs::write(home.path().join("history.csv"), history(&lines)).expect("a file");
    let told = refusal(&import(home.path(), &["history.csv", "--max-rejects", "13"]));
    assert!(told.contains("more than 13 rows of history.csv are not understood, the first on line 2: `ID` is `one`"), "{told}");
    let report = said(&import(home.path(), &["history.csv", "--max-rejects", "14", "--rejects", "rejects.csv"]));
    assert_eq!(counts(&report, "entries"), [1, 0, 0, 0, 14], "{report}");
    let rejects = std::fs::read_to_string(home.path().join("rejects.csv")).expect("the rejected rows");
    assert_eq!(rejects.lines().count(), 15);
    for ((number, (_, reason)), line) in bad.iter().enumerate().zip(rejects.lines().skip(1)) {
        let told: String = line.chars().take(200).collect();
        assert!(told.starts_with(&format!("{},", number + 2)) && told.contains(reason), "{reason}: {told}");
    }
    let told = refusal(&import(home.path(), &["history.csv", "--rejects", "history.csv"]));
    assert!(told.contains("cannot write the rejected rows to history.csv") && told.contains("name a new file"), "{told}");
    let told = refusal(&import(home.path(), &["history.csv", "--rejects", "no/such/folder.csv"]));
    assert!(told.contains("cannot write the rejected rows to no/such/folder.csv"), "{told}");
}

/// Doubtful lines are imported and noted: the report shows the first cases, a file lists all of them.
#[test]
fn what_may_be_wrong_is_listed() {
    let home = TempDir::new().expect("a folder");
    let older = LINES[0].replace(",20,", ",29,").replace("\"Gold\"", "NA");
    let again: Vec<String> = (2..=5).map(|number| LINES[4].replace("\"4\"", &format!("\"{number}\""))).collect();
    let other = again.iter().map(|line| line.replace("\"AUT\"", "\"HUN\""));
    let pairs = again.iter().cloned().zip(other).flat_map(|(line, other)| [line, other]);
    let many: Vec<String> = [LINES[0].to_owned(), older].into_iter().chain(pairs).chain([LINES[8].to_owned()]).collect();
    std::fs::write(home.path().join("history.csv"), history(&many.iter().map(String::as_str).collect::<Vec<_>>())).expect("a file");
    let report = said(&import(home.path(), &["history.csv", "--notes", "notes.csv"]));
    let first = "history.csv, line 3: athlete 1 Anna \"Anni\" Beispiel (-Muster), 1996 Summer, \
                 Swimming Women's 100 metres Freestyle: AUT with no medal here, but AUT with gold on line 2";
    assert!(report.contains("       5 lines contradict another one of the same athlete") && report.contains(first), "{report}");
    assert!(report.contains("            and so on; notes.csv lists them all\n"), "{report}");
    assert_eq!(report.matches("history.csv, line").count(), 3 + 1 + 1, "no more than three of a kind: {report}");
    let mut notes = csv::Reader::from_path(home.path().join("notes.csv")).expect("the notes");
    assert_eq!(notes.headers().expect("a header"), &["file", "line", "kind", "about"][..]);
    let notes: Vec<csv::StringRecord> = notes.records().map(|note| note.expect("a note")).collect();
    let lines = |kind: &str| notes.iter().filter(|note| &note[2] == kind).map(|note| note[1].to_owned()).collect::<Vec<_>>();
    assert_eq!(lines("contradicting line"), ["3", "5", "7", "9", "11"]);
    assert_eq!((lines("contradicting ages"), lines("event placed by its words")), (vec!["2".to_owned()], vec!["12".to_owned()]));
    assert!(notes.iter().any(|note| &note[3] == "athlete 1 Anna Beispiel: by the ages born from 1967 to 1976"), "{notes:?}");
    let report = said(&import(home.path(), &["history.csv"]));
    assert!(report.contains("            and so on; --notes FILE lists them all\n"), "{report}");
    let told = refusal(&import(home.path(), &["history.csv", "--notes", "notes.csv"]));
    assert!(told.contains("cannot write the notes to notes.csv") && told.contains("name a new file"), "{told}");
}

#[test]
fn what_is_no_history_is_told_and_nothing_comes_in() {
    let home = TempDir::new().expect("a folder");
    said(&podium(home.path()).args(["migrate", "up"]).output().expect("podium runs"));
    let everything = |folder: &str| {
        said(&podium(home.path()).args(["export", folder]).output().expect("podium runs"));
        let files = std::fs::read_dir(home.path().join(folder)).expect("the export").map(|file| file.expect("a file").path());
        files.map(|file| std::fs::read_to_string(file).expect("a text")).collect::<std::collections::BTreeSet<String>>()
    };
    let before = everything("before");
    let whole = history(&LINES);
    let write = |name: &str, bytes: &[u8]| std::fs::write(home.path().join(name), bytes).expect("a file");
    let many: Vec<String> = (1..2_000).map(|number| LINES[2].replacen("\"2\"", &format!("\"{number}\""), 1)).collect();
    let compressed = gzip(history(&many.iter().map(String::as_str).collect::<Vec<_>>()).as_bytes());
    write("empty.csv", b"");
    write("header.csv", HEADER.as_bytes());
    write("medals.csv", b"Year,City,Sport\n2012,London,Golf\n");
    write("column.csv", whole.replace(",\"NOC\"", ",\"Country\"").as_bytes());
    write("latin.csv", &whole.bytes().map(|byte| if byte == b'K' { 0xd6 } else { byte }).collect::<Vec<u8>>());
    write("quote.csv", whole.replacen("\"Silver\"\r\n", "\"Silver\r\n", 1).as_bytes());
    write("short.csv.gz", &compressed[..compressed.len() / 2]);
    write("damaged.csv.gz", &[&compressed[..20], &[0xff; 40], &compressed[60..]].concat());
    write("order.csv", history(&[LINES[2], LINES[0]]).as_bytes());
    std::fs::create_dir(home.path().join("folder")).expect("a folder");
    for (file, expected) in [
        ("nowhere.csv", "cannot read nowhere.csv: No such file"),
        ("folder", "cannot read folder: there is no CSV file with the columns ID, Name, Sex"),
        ("empty.csv", "cannot read empty.csv: it is empty"),
        ("header.csv", "there is no line below the header"),
        ("medals.csv", "medals.csv, line 1: there is no column `ID`; the columns that are needed are ID, Name, Sex"),
        ("column.csv", "line 1: there is no column `NOC`"),
        ("latin.csv", "latin.csv, line 5: the text is not UTF-8"),
        ("quote.csv", "quote.csv, line 5: a quote that opens on this line does not close on it"),
        ("short.csv.gz", "the compressed file breaks off"),
        ("damaged.csv.gz", "the compressed file is damaged"),
        ("order.csv", "order.csv, line 3: athlete 1 stands behind athlete 2"),
    ] {
        let told = refusal(&import(home.path(), &[file]));
        assert!(told.contains(expected), "{expected}: {told}");
    }
    let told = refusal(&import(home.path(), &["order.csv", "--names", "medals.csv"]));
    assert!(told.contains("medals.csv, line 1: there is no column `ID`"), "{told}");
    assert!(everything("after") == before, "nothing came in");
}

#[test]
fn a_dry_run_changes_nothing() {
    let home = TempDir::new().expect("a folder");
    std::fs::write(home.path().join("history.csv"), history(&LINES)).expect("a file");
    let told = refusal(&import(home.path(), &["history.csv", "--dry-run"]));
    assert!(told.contains("there is no database podium.db"), "{told}");
    let server = Server::start(home.path());
    let count = || server.post(r#"{"query":"{ athletes { totalCount } about { dataVersion } }"}"#);
    let before = count();
    let report = said(&import(home.path(), &["history.csv", "--dry-run"]));
    assert!(report.contains("without --dry-run it will be"), "{report}");
    assert_eq!(counts(&report, "athletes"), [7, 0, 0, 0, 0]);
    assert_eq!(count(), before);
    server.stop("-TERM");
}

/// After a killed import, the database is unchanged or holds everything.
#[test]
fn a_killed_import_leaves_the_database_as_it_was() {
    let home = TempDir::new().expect("a folder");
    let lines: Vec<String> = (1..=6_000)
        .map(|number| {
            let year = 1948 + 4 * (number % 17);
            format!(
                r#""{number}","Athlete Number{number}","F",20,NA,NA,"Sweden","SWE","{year} Summer",{year},"Summer","City","Swimming","Swimming Women's 100 metres Freestyle",NA"#
            )
        })
        .collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    std::fs::write(home.path().join("history.csv"), history(&lines)).expect("a file");
    let server = Server::start(home.path());
    let question =
        r#"{"query":"{ athletes { totalCount } events { totalCount } search(text: \"number\") { totalCount } about { dataVersion } }"}"#;
    let state = || server.post(question);
    let before = state();
    let mut killed = 0;
    for milliseconds in [60, 150, 300, 500, 800] {
        let mut import = podium(home.path());
        import.args(["import", "athlete-events", "history.csv"]).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = import.spawn().expect("podium runs");
        std::thread::sleep(Duration::from_millis(milliseconds));
        if child.try_wait().expect("an answer").is_none() {
            killed += 1;
        }
        child.kill().expect("podium is killed");
        let status = child.wait().expect("podium ends");
        // The kill came after the commit.
        if status.success() || state().contains(r#""search":{"totalCount":6000}"#) {
            break;
        }
        assert_eq!(state(), before, "after {milliseconds} ms");
    }
    assert!(killed >= 2, "the import is killed in its middle");
    said(&import(home.path(), &["history.csv"]));
    assert!(state().contains(r#""search":{"totalCount":6000}"#), "{}", state());
    server.stop("-TERM");
}

/// A full disk is reported, and leaves the database unchanged.
#[test]
fn a_full_disk_is_told() {
    let home = TempDir::new().expect("a folder");
    std::fs::write(home.path().join("history.csv"), history(&LINES)).expect("a file");
    said(&podium(home.path()).args(["migrate", "up"]).output().expect("podium runs"));
    // A file may not grow beyond so many blocks of 512 bytes: the tables fit, the data does not.
    let command = format!("ulimit -f 1600; trap '' XFSZ; exec {} import athlete-events history.csv", env!("CARGO_BIN_EXE_podium"));
    let output = std::process::Command::new("sh").args(["-c", &command]).current_dir(home.path()).output().expect("a shell");
    let told = refusal(&output);
    assert!(told.contains("make room on the disk of the database") && told.contains("nothing was changed"), "{told}");
    said(&import(home.path(), &["history.csv"]));
}

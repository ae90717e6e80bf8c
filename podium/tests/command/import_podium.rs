//! `podium import`: adds a user's own results to the existing data, completely or not at all.

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use crate::server::{Server, podium, refusal, said};

/// A new result for one athlete, in the podium format.
const FILES: [(&str, &str); 4] = [
    ("sources", "key,title,precedence\nours,Our own results,30\n"),
    ("athletes", "key,name,name_order,sort_name,gender,source\nada-example,Ada Example,GIVEN_FIRST,\"Example, Ada\",FEMALE,ours\n"),
    ("entries", "event,games,athlete,nation,status,source\ncycling-track/time-trial/women,2000-summer,ada-example,GBR,STARTED,ours\n"),
    (
        "results",
        "event,games,athlete,rank,mark,status,source\ncycling-track/time-trial/women,2000-summer,ada-example,4,35.999,OFFICIAL,ours\n",
    ),
];

fn files(folder: &Path, files: &[(&str, &str)]) {
    std::fs::create_dir_all(folder).expect("a folder");
    for (name, text) in files {
        std::fs::write(folder.join(format!("{name}.csv")), text).expect("a file");
    }
}

fn import(home: &Path, arguments: &[&str]) -> Output {
    podium(home).args(["import", "podium"]).args(arguments).output().expect("podium runs")
}

const ADA: &str =
    r#"{"query":"{ athlete(slug: \"ada-example\") { name results { nodes { rankText mark { text } } } } about { dataVersion } }"}"#;

#[test]
fn a_running_server_answers_with_what_came_in() {
    let home = TempDir::new().expect("a folder");
    let server = Server::start(home.path());
    assert!(server.post(ADA).contains(r#""athlete":null"#));
    files(&home.path().join("ours"), &FILES);
    let told = said(&import(home.path(), &["ours", "--dry-run"]));
    assert!(told.contains("without --dry-run") && server.post(ADA).contains(r#""athlete":null"#), "{told}");
    let told = said(&import(home.path(), &["ours"]));
    assert!(told.lines().any(|line| line.split_whitespace().eq(["athletes", "1", "0", "0", "0", "0"])), "{told}");
    let answer = server.post(ADA);
    assert!(
        answer.contains(
            r#"{"name":"Ada Example","results":{"nodes":[{"rankText":"4","mark":{"text":"35.999"}}]}},"about":{"dataVersion":"2"}"#
        ),
        "{answer}"
    );
    let again = said(&import(home.path(), &["ours"]));
    assert!(again.contains("Everything was there already"), "{again}");
    assert!(server.post(ADA).contains(r#""dataVersion":"2""#), "the second time changes nothing");
    server.stop("-TERM");
}

#[test]
fn an_empty_database_gets_the_built_in_data_too() {
    let home = TempDir::new().expect("a folder");
    files(&home.path().join("ours"), &FILES);
    said(&import(home.path(), &["ours"]));
    let server = Server::start(home.path());
    assert!(server.post(ADA).contains("Ada Example"));
    assert!(server.post(r#"{"query":"{ allGames { totalCount } }"}"#).contains(r#""totalCount":64"#));
    server.stop("-TERM");
}

#[test]
fn what_is_exported_comes_in_elsewhere() {
    let home = TempDir::new().expect("a folder");
    files(&home.path().join("ours"), &FILES);
    said(&import(home.path(), &["ours"]));
    let export = |folder: &str| podium(home.path()).args(["export", folder]).output().expect("podium runs");
    let told = said(&export("everything"));
    assert!(told.lines().any(|line| line.split_whitespace().eq(["games", "64"])), "{told}");
    assert!(refusal(&export("everything")).contains("new or empty folder"));
    let elsewhere = TempDir::new().expect("a folder");
    said(&import(elsewhere.path(), &[home.path().join("everything").to_str().expect("a path")]));
    let server = Server::start(elsewhere.path());
    assert!(server.post(ADA).contains("Ada Example"));
    server.stop("-TERM");
    let nowhere = TempDir::new().expect("a folder");
    let told = refusal(&podium(nowhere.path()).args(["export", "x"]).output().expect("podium runs"));
    assert!(told.contains("there is no database podium.db"), "{told}");
}

/// Half an export would look like a whole one.
#[test]
fn a_stopped_export_leaves_no_file() {
    let home = TempDir::new().expect("a folder");
    files(&home.path().join("ours"), &FILES);
    said(&import(home.path(), &["ours"]));
    let written = || std::fs::read_dir(home.path().join("half")).map_or(0, Iterator::count);
    // An export may be done before the signal comes.
    for _ in 0..20 {
        let mut export = podium(home.path());
        let mut child = export.args(["export", "half"]).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("podium runs");
        while written() == 0 && child.try_wait().expect("an answer").is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        let signalled = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("a signal");
        let ended = child.wait_with_output().expect("podium ends");
        if signalled.success() && !ended.status.success() {
            let told = refusal(&ended);
            assert!(told.contains("the export was stopped, and nothing is left of it in half"), "{told}");
            assert_eq!(written(), 0);
            return;
        }
        std::fs::remove_dir_all(home.path().join("half")).expect("a whole export");
    }
    panic!("every export was done before it could be stopped");
}

#[test]
fn what_is_wrong_is_told_and_nothing_comes_in() {
    let home = TempDir::new().expect("a folder");
    said(&podium(home.path()).args(["migrate", "up"]).output().expect("podium runs"));
    let broken = |name: &'static str, text: &'static str| -> Vec<(&str, &str)> {
        FILES.into_iter().filter(|file| file.0 != name).chain([(name, text)]).collect()
    };
    for (number, (set, expected)) in [
        (
            broken(
                "entries",
                "event,games,athlete,nation,status,source\ncycling-track/time-trial/women,2000-summer,ada-example,XXX,STARTED,ours\n",
            ),
            "entries.csv, line 2, column `nation`: there is no nation `XXX`",
        ),
        (broken("entries", "event,games,athlete,nation,status\n"), "results.csv, line 2, column `athlete`"),
        (broken("entries", "event,games\n\"unclosed"), "entries.csv"),
        (broken("weather", "key,name\n"), "`weather.csv` is not a file of the podium format"),
    ]
    .into_iter()
    .enumerate()
    {
        let folder = home.path().join(format!("set-{number}"));
        files(&folder, &set);
        let told = refusal(&import(home.path(), &[folder.to_str().expect("a path")]));
        assert!(told.contains(expected), "{told}");
    }
    for (name, cell) in [("nul", "Ada\0Example"), ("lines", "\"Ada\nExample\""), ("old", "Ada\u{9b}Example")] {
        let athletes = FILES[1].1.replacen("Ada Example", cell, 1);
        files(&home.path().join(name), &[FILES[0], ("athletes", &athletes)]);
        let told = refusal(&import(home.path(), &[name]));
        assert!(told.contains("athletes.csv, line 2, column `name`: there is a control character in it (U+00"), "{told}");
    }
    let folder = home.path().join("latin");
    files(&folder, &FILES);
    std::fs::write(folder.join("cities.csv"), b"key,name,country\nkoln,K\xf6ln,Germany\n").expect("a file");
    assert!(refusal(&import(home.path(), &["latin"])).contains("cities.csv, line 2: the text is not UTF-8"));
    std::fs::create_dir(home.path().join("empty")).expect("a folder");
    for (path, expected) in [("empty", "no CSV file in it"), ("nowhere", "cannot read nowhere"), ("podium.db", "cannot read podium.db")] {
        let told = refusal(&import(home.path(), &[path]));
        assert!(told.contains(expected) && told.contains("seed/data/README.md"), "{told}");
    }
    let server = Server::start(home.path());
    let answer = server.post(ADA);
    assert!(answer.contains(r#""athlete":null"#) && answer.contains(r#""dataVersion":"1""#), "{answer}");
    server.stop("-TERM");
}

/// The URL opens the database read-only, in place of a file without write permission: permissions do not stop an administrator.
#[test]
fn a_database_that_may_only_be_read_is_told() {
    let home = TempDir::new().expect("a folder");
    files(&home.path().join("ours"), &FILES);
    said(&podium(home.path()).args(["migrate", "up"]).output().expect("podium runs"));
    for arguments in [&["import", "podium", "ours"][..], &["import", "podium", "ours", "--dry-run"], &["serve", "--listen", "127.0.0.1:0"]]
    {
        let told = refusal(
            &podium(home.path()).args(["--database-url", "sqlite://podium.db?mode=ro"]).args(arguments).output().expect("podium runs"),
        );
        assert!(told.contains("the database cannot be written to") && !told.contains("code"), "{arguments:?}: {told}");
    }
    let arguments = ["--database-url", "sqlite://podium.db?mode=ro", "migrate", "up"];
    let told = said(&podium(home.path()).args(arguments).output().expect("podium runs"));
    assert!(!told.contains("pending"), "what is up to date needs no writing: {told}");
}

#[test]
fn a_long_text_may_have_several_lines() {
    let home = TempDir::new().expect("a folder");
    let narratives = "key,family,section,sequence,language,body,source\n\
                      ours:story,cycling-track/time-trial,story,1,en,\"One line.\r\nAnother one.\",ours\n";
    files(&home.path().join("ours"), &[FILES[0], ("narratives", narratives)]);
    said(&import(home.path(), &["ours"]));
    said(&podium(home.path()).args(["export", "everything"]).output().expect("podium runs"));
    let told = said(&import(home.path(), &["everything"]));
    assert!(told.contains("Everything was there already"), "{told}");
}

#[test]
fn an_import_waits_for_no_other_program_for_long() {
    let home = TempDir::new().expect("a folder");
    files(&home.path().join("ours"), &FILES);
    said(&podium(home.path()).args(["migrate", "up"]).output().expect("podium runs"));
    tokio::runtime::Runtime::new().expect("a runtime").block_on(async {
        use sea_orm::ConnectionTrait;
        let mut options = sea_orm::ConnectOptions::new(format!("sqlite://{}", home.path().join("podium.db").display()));
        options.max_connections(1);
        let holder = sea_orm::Database::connect(options).await.expect("the database opens");
        holder.execute_unprepared("BEGIN IMMEDIATE").await.expect("the database is held");
        let told = refusal(&import(home.path(), &["ours"]));
        assert!(told.contains("another program is writing to the database"), "{told}");
        assert!(cfg!(not(target_os = "linux")) || told.contains(&format!(", process {})", std::process::id())), "{told}");
        holder.execute_unprepared("COMMIT").await.expect("the database is let go");
    });
    said(&import(home.path(), &["ours"]));
}

/// During the first import into a new file, other programs cannot even read it.
#[test]
fn nothing_begins_beside_the_first_import_into_a_new_file() {
    let home = TempDir::new().expect("a folder");
    files(&home.path().join("ours"), &FILES);
    tokio::runtime::Runtime::new().expect("a runtime").block_on(async {
        use sea_orm::ConnectionTrait;
        let mut options = sea_orm::ConnectOptions::new(format!("sqlite://{}?mode=rwc", home.path().join("podium.db").display()));
        options.max_connections(1);
        let holder = sea_orm::Database::connect(options).await.expect("the database opens");
        holder.execute_unprepared("BEGIN EXCLUSIVE").await.expect("the database is held");
        let told = refusal(&import(home.path(), &["ours"]));
        assert!(told.contains("another program is writing to the database"), "{told}");
        assert!(cfg!(not(target_os = "linux")) || told.contains(&format!(", process {})", std::process::id())), "{told}");
        holder.execute_unprepared("COMMIT").await.expect("the database is let go");
    });
    said(&import(home.path(), &["ours"]));
}

/// An import that is killed at any moment leaves the database as it was.
#[test]
fn a_killed_import_leaves_nothing_behind() {
    for milliseconds in [2, 5, 10, 20, 35] {
        let home = TempDir::new().expect("a folder");
        files(&home.path().join("ours"), &FILES);
        let mut killed = podium(home.path())
            .args(["import", "podium", "ours"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("podium runs");
        std::thread::sleep(Duration::from_millis(milliseconds));
        killed.kill().expect("podium is killed");
        killed.wait().expect("podium ends");
        let server = Server::start(home.path());
        let answer = server.post(ADA);
        let is_whole = answer.contains("Ada Example") && answer.contains("35.999");
        assert!(is_whole || answer.contains(r#""athlete":null"#), "{milliseconds} ms: {answer}");
        server.stop("-TERM");
    }
}

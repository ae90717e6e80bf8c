//! End-to-end tests of the program: it starts, answers, stops in time, and reports errors in one sentence.

use std::fs::File;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use tempfile::TempDir;

use crate::server::{Server, get, podium};

/// The one-sentence error with which the program exited.
fn refusal(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success(), "{said}");
    assert!(output.stdout.is_empty());
    let lines: Vec<&str> = said.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(lines.len(), 1, "{said}");
    assert!(!said.contains("Error") && !said.contains("DbErr") && !said.contains("panicked"), "{said}");
    said
}

fn is_empty(folder: &Path) -> bool {
    std::fs::read_dir(folder).expect("a folder").next().is_none()
}

#[test]
fn an_empty_folder_is_all_it_needs() {
    let folder = TempDir::new().expect("a folder");
    let server = Server::start(folder.path());
    let answer = server.post(r#"{"query":"{ games(slug: \"2012-summer\") { name hostCities { name } } }"}"#);
    assert!(answer.ends_with(r#"{"data":{"games":{"name":"2012 Summer Olympics","hostCities":[{"name":"London"}]}}}"#), "{answer}");
    let healthy = server.get("/healthz");
    assert_eq!(healthy, (200, "ok\n".to_owned()));
    let schema = server.get("/schema.graphql");
    assert!(schema.1.contains("type Athlete implements"), "{schema:?}");
    let by_get = server.get("/graphql?query=%7Babout%7Bversion%7D%7D");
    assert!(by_get.1.contains(r#"{"data":{"about":{"version":"#), "{by_get:?}");
    server.stop("-TERM");
}

#[test]
fn a_wrong_request_is_told_the_rule() {
    let folder = TempDir::new().expect("a folder");
    let server = Server::start(folder.path());
    for (body, expected) in [
        ("{", "Send a JSON object"),
        ("{}", "There is no `query`"),
        (r#"{"query":"{ nope }"}"#, "BAD_USER_INPUT"),
        (r#"{"query":"{ games(slug: \"London\") { name } }"}"#, "looks like `2012-summer`"),
    ] {
        let answer = server.post(body);
        assert!(answer.contains(expected), "{body}: {answer}");
    }
    let unparsed = server.post(r#"{"query":"{ nope }"}"#);
    assert!(!unparsed.contains("\"data\""), "{unparsed}");
    let failed = server.post(r#"{"query":"{ games(slug: \"London\") { name } }"}"#);
    assert!(failed.contains(r#""data":{"games":null}"#) && failed.contains("requestId"), "{failed}");
    server.stop("-TERM");
}

/// How long a server that was asked takes to exit well.
fn ends_after(folder: &Path, signal: &str) -> Duration {
    let server = Server::start(folder);
    // A client that keeps its connection open must not hold the server.
    let mut idle = TcpStream::connect(&server.address).expect("the server listens");
    idle.write_all(b"GET /healthz HTTP/1.1\r\nHost: podium\r\n\r\n").expect("a request is sent");
    assert!(server.post(r#"{"query":"{ about { dataVersion } }"}"#).contains(r#""dataVersion":"1""#));
    let (took, well) = server.stop_and_say(signal);
    assert!(well, "{signal}");
    took
}

#[test]
fn it_stops_within_a_second_and_keeps_its_rows() {
    let folder = TempDir::new().expect("a folder");
    for signal in ["-INT", "-TERM"] {
        // The quickest of a few, since the machine does other things as well.
        let quickest = (0..3).map(|_| ends_after(folder.path(), signal)).min().expect("a stop");
        assert!(quickest < Duration::from_secs(1), "{signal}: {quickest:?}");
        let files: Vec<_> = std::fs::read_dir(folder.path()).expect("a folder").map(|file| file.expect("a file").file_name()).collect();
        assert_eq!(files, ["podium.db"], "everything is in the one file");
    }
}

#[test]
fn a_server_that_answers_nobody_stops_at_once() {
    let folder = TempDir::new().expect("a folder");
    let quickest = (0..3).map(|_| Server::start(folder.path()).stop("-TERM").0).min().expect("a stop");
    assert!(quickest < Duration::from_millis(300), "{quickest:?}");
}

/// A client that declares a body and does not send it gets a timeout, and does not hold the server.
#[test]
fn a_question_that_does_not_arrive_is_given_up() {
    let folder = TempDir::new().expect("a folder");
    let server = Server::start_with(folder.path(), &["--listen", "127.0.0.1:0", "--max-body-milliseconds", "300"]);
    let head = "POST /graphql HTTP/1.1\r\nHost: podium\r\nContent-Type: application/json\r\nConnection: close\r\n";
    let broken = server.ask(&format!("{head}Transfer-Encoding: chunked\r\n\r\nzz\r\n"));
    assert!(broken.starts_with("HTTP/1.1 400") && broken.contains("The question broke off"), "{broken}");
    let started = Instant::now();
    let slow = server.ask(&format!("{head}Content-Length: 100\r\n\r\n{{"));
    assert!(slow.starts_with("HTTP/1.1 408") && slow.contains("TIMEOUT") && slow.contains("did not arrive in time"), "{slow}");
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
    server.stop("-TERM");
}

/// The log without a terminal: JSON, one line per request, and no variables.
#[test]
fn it_tells_what_it_is_and_what_it_answers() {
    let folder = TempDir::new().expect("a folder");
    let server = Server::start(folder.path());
    let json = |line: &String| serde_json::from_str::<serde_json::Value>(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    let told: Vec<String> = server.lines(3).iter().map(|line| json(line)["message"].as_str().expect("a message").to_owned()).collect();
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[0].contains(&server.address) && told[1].contains("sqlite://podium.db"), "{told:?}");
    assert!(told[2].starts_with("it holds 64 Games, ") && told[2].contains("medals"), "{told:?}");

    server.post(r#"{"query":"query Named($slug: String!) { games(slug: $slug) { name } }","variables":{"slug":"2012-summer"}}"#);
    server.post(r#"{"query":"query Wrong { nope }","operationName":"Wrong"}"#);
    server.post("{");
    server.get("/healthz");
    server.post(r#"{"query":"{ about { version } }"}"#);
    let lines = server.lines(7);
    let requests: Vec<serde_json::Value> = lines[3..].iter().map(json).collect();
    let of = |field: &str| requests.iter().map(|request| request[field].clone()).collect::<Vec<_>>();
    assert_eq!(of("operation"), ["Named", "Wrong", "", ""], "{lines:?}");
    assert_eq!(of("status"), [200, 200, 400, 200], "{lines:?}");
    assert_eq!(of("statements"), [1, 0, 0, 0], "{lines:?}");
    assert!(requests.iter().all(|request| request["milliseconds"].is_number() && request["request_id"].is_string()), "{lines:?}");
    assert!(!lines.concat().contains("2012-summer"), "variables are nobody's business: {lines:?}");
    server.stop("-TERM");
}

#[test]
fn at_a_terminal_it_tells_in_text() {
    let folder = TempDir::new().expect("a folder");
    let program = format!("{} --listen 127.0.0.1:0 --built-in sample", env!("CARGO_BIN_EXE_podium"));
    // `script` runs the program in a pseudo-terminal, here for two seconds.
    let run =
        Command::new("script").args(["-qec", &format!("timeout -s INT 2 {program}"), "/dev/null"]).current_dir(folder.path()).output();
    let Ok(output) = run else {
        let told = writeln!(std::io::stderr(), "\n*** SKIPPED: no `script` to make a terminal with\n");
        return told.expect("standard error takes a line");
    };
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("answering on http://127.0.0.1:") && !said.contains('{'), "{said}");
}

/// While another program holds the database, the server accepts connections and responds with 503.
#[test]
fn it_is_not_ready_while_it_migrates() {
    let folder = TempDir::new().expect("a folder");
    let free = TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("an address").to_string();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("podium.db").display());
    let holder = runtime.block_on(async {
        let mut options = sea_orm::ConnectOptions::new(url);
        options.max_connections(1);
        let holder = sea_orm::Database::connect(options).await.expect("the database opens");
        sea_orm::ConnectionTrait::execute_unprepared(&holder, "PRAGMA journal_mode = WAL").await.expect("a mode");
        sea_orm::ConnectionTrait::execute_unprepared(&holder, "BEGIN IMMEDIATE").await.expect("the database is held");
        holder
    });
    std::thread::scope(|scope| {
        let server = scope.spawn(|| Server::start_with(folder.path(), &["--listen", &free]));
        let ask = |path: &str| {
            let deadline = Instant::now() + Duration::from_secs(10);
            loop {
                match get(&free, path) {
                    Some(answer) => return answer,
                    None => assert!(Instant::now() < deadline, "no answer from {free}"),
                }
            }
        };
        assert_eq!(ask("/readyz").0, 503);
        assert_eq!(ask("/healthz").0, 200);
        let answer = ask("/graphql?query=%7Babout%7Bversion%7D%7D");
        assert!(answer.0 == 503 && answer.1.contains("UNAVAILABLE"), "{answer:?}");
        runtime.block_on(async {
            sea_orm::ConnectionTrait::execute_unprepared(&holder, "COMMIT").await.expect("the database is let go");
            holder.close().await.expect("the connection ends");
        });
        let server = server.join().expect("the server starts");
        assert_eq!(server.get("/readyz").0, 200);
        server.stop("-TERM");
    });
}

#[test]
fn a_killed_server_starts_again() {
    let folder = TempDir::new().expect("a folder");
    Server::start(folder.path()).stop("-KILL");
    let server = Server::start(folder.path());
    assert!(server.post(r#"{"query":"{ about { dataVersion } }"}"#).contains(r#""dataVersion":"1""#));
    server.stop("-TERM");
}

#[test]
fn the_schema_needs_no_database() {
    let folder = TempDir::new().expect("a folder");
    let output = podium(folder.path()).arg("schema").output().expect("podium runs");
    assert!(output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stdout), include_str!("../../../schema.graphql"));
    let output = podium(folder.path()).args(["schema", "--federation"]).output().expect("podium runs");
    let sdl = String::from_utf8_lossy(&output.stdout).into_owned();
    for name in ["Athlete", "Nation", "Games", "Event", "EventEdition", "EventFamily"] {
        let line = sdl.lines().find(|line| line.starts_with(&format!("type {name} "))).expect("the type");
        assert!(line.ends_with(r#"@key(fields: "id") @key(fields: "slug") {"#), "{line}");
    }
    assert!(is_empty(folder.path()));
}

#[test]
fn migrate_goes_up_and_down_and_tells() {
    let folder = TempDir::new().expect("a folder");
    let migrate = |arguments: &str| {
        let output = podium(folder.path()).arg("migrate").args(arguments.split(' ')).output().expect("podium runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1, "one file is left after {arguments}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    assert!(!migrate("up").contains("pending"));
    let refused = podium(folder.path()).args(["migrate", "down"]).output().expect("podium runs");
    assert!(refusal(&refused).contains("deletes everything in sqlite://podium.db") && !migrate("status").contains("pending"));
    let told = migrate("down --yes");
    assert!(told.contains("pending m0001_reference") && !told.contains("made"), "{told}");
    assert_eq!(migrate("status"), told);
    assert!(!migrate("up").contains("pending"));
    assert!(!migrate("status").contains("pending"));
}

/// Runs `podium migrate down` at a terminal, types an answer, and returns whether it succeeded and what it wrote there.
#[cfg(target_os = "linux")]
fn migrate_down_at_a_terminal(folder: &Path, typed: &str) -> (bool, String) {
    let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    grantpt(&terminal).and_then(|()| unlockpt(&terminal)).expect("access to its other side");
    let name = ptsname(&terminal, Vec::new()).expect("the name of its other side").into_string().expect("a path");
    let open = || File::options().read(true).write(true).open(&name).expect("its other side");
    let child = podium(folder).args(["migrate", "down"]).stdin(open()).stderr(open()).stdout(Stdio::piped()).spawn().expect("podium runs");
    let mut terminal = File::from(terminal);
    terminal.write_all(typed.as_bytes()).expect("it is typed");
    let output = child.wait_with_output().expect("podium ends");
    let mut said = Vec::new();
    // When nobody has the other side open, reading ends with an error, after all that was written.
    terminal.read_to_end(&mut said).expect_err("nobody writes to it");
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

#[test]
#[cfg(target_os = "linux")]
fn at_a_terminal_migrate_down_asks_first() {
    let folder = TempDir::new().expect("a folder");
    let migrate = |direction| podium(folder.path()).args(["migrate", direction]).output().expect("podium runs").stdout;
    let full = migrate("up");
    for typed in ["no\n", "y\n", "\n", "\u{4}"] {
        let (deleted, said) = migrate_down_at_a_terminal(folder.path(), typed);
        assert!(said.contains("This deletes everything in sqlite://podium.db") && said.contains("Type `yes` to go on: "), "{said}");
        assert!(said.contains("nothing was deleted"), "{typed:?}: {said}");
        assert!(!deleted && migrate("status") == full, "{typed:?}: {said}");
    }
    let (deleted, said) = migrate_down_at_a_terminal(folder.path(), "yes\n");
    assert!(deleted && migrate("status") != full, "{said}");
}

#[test]
fn looking_at_a_database_does_not_make_one() {
    let folder = TempDir::new().expect("a folder");
    for direction in ["status", "down"] {
        let said = refusal(&podium(folder.path()).args(["migrate", direction]).output().expect("podium runs"));
        assert!(said.contains("there is no database podium.db"), "{said}");
    }
    assert!(is_empty(folder.path()));
}

/// Servers that start together on one empty database do not get in each other's way.
#[test]
fn two_first_starts_at_once() {
    let folder = TempDir::new().expect("a folder");
    let servers: Vec<Server> = std::thread::scope(|scope| {
        let starts: Vec<_> = (0..3).map(|_| scope.spawn(|| Server::start(folder.path()))).collect();
        starts.into_iter().map(|start| start.join().expect("a server")).collect()
    });
    for server in servers {
        assert!(server.post(r#"{"query":"{ about { dataVersion } }"}"#).contains(r#""dataVersion":"1""#));
        server.stop("-TERM");
    }
}

/// A first start that is killed at any moment leaves a database that the next start can use.
#[test]
fn a_killed_first_start_leaves_nothing_half_done() {
    for milliseconds in [3, 8, 15, 25, 40, 60, 90, 130] {
        let folder = TempDir::new().expect("a folder");
        let mut first = podium(folder.path()).args(["--listen", "127.0.0.1:0"]).stderr(Stdio::null()).spawn().expect("podium starts");
        std::thread::sleep(Duration::from_millis(milliseconds));
        first.kill().expect("podium is killed");
        first.wait().expect("podium ends");
        let server = Server::start(folder.path());
        let answer = server.post(r#"{"query":"{ allGames { totalCount } about { dataVersion } }"}"#);
        assert!(answer.contains(r#"{"data":{"allGames":{"totalCount":64},"about":{"dataVersion":"1"}}}"#), "{milliseconds} ms: {answer}");
        server.stop("-TERM");
    }
}

#[test]
fn a_port_in_use_is_told_and_nothing_is_written() {
    let folder = TempDir::new().expect("a folder");
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("an address").to_string();
    let said = refusal(&podium(folder.path()).args(["--listen", &address]).output().expect("podium runs"));
    assert!(said.contains(&address) && said.contains("--listen"), "{said}");
    assert!(is_empty(folder.path()));
}

#[test]
fn databases_out_of_reach_are_told() {
    let folder = TempDir::new().expect("a folder");
    for (url, expected) in [
        ("mysql://root@127.0.0.1/test", "sqlite:// or postgres://"),
        ("podium.db", "sqlite:// or postgres://"),
        ("sqlite://no/such/folder/podium.db?mode=rwc", "cannot open the database"),
        ("sqlite://missing.db", "cannot open the database"),
        ("sqlite:///proc/podium.db?mode=rwc", "cannot open the database"),
        ("postgres://nobody:secret@127.0.0.1:1/podium", "cannot open the database"),
    ] {
        let said = refusal(&podium(folder.path()).args(["--listen", "127.0.0.1:0", "--database-url", url]).output().expect("podium runs"));
        assert!(said.contains(expected), "{url}: {said}");
        assert!(!said.contains("secret"), "{said}");
    }
    assert!(is_empty(folder.path()));
}

#[test]
fn what_is_not_a_database_is_told_and_left_alone() {
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("podium.db");
    std::fs::write(&file, "these are my notes, not a database. ".repeat(100)).expect("a file");
    let before = std::fs::read(&file).expect("a file");
    let said = refusal(&podium(folder.path()).args(["--listen", "127.0.0.1:0"]).output().expect("podium runs"));
    assert!(said.contains("not a database"), "{said}");
    assert_eq!(std::fs::read(&file).expect("a file"), before);
}

#[test]
fn a_database_of_a_newer_version_is_left_alone() {
    let folder = TempDir::new().expect("a folder");
    let up = podium(folder.path()).args(["migrate", "up"]).output().expect("podium runs");
    assert!(up.status.success());
    tokio::runtime::Runtime::new().expect("a runtime").block_on(async {
        use sea_orm::ConnectionTrait;
        let url = format!("sqlite://{}", folder.path().join("podium.db").display());
        let db = sea_orm::Database::connect(url).await.expect("the database opens");
        db.execute_unprepared("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_tomorrow', 1)")
            .await
            .expect("a row is written");
    });
    for arguments in [vec!["--listen", "127.0.0.1:0"], vec!["migrate", "up"], vec!["migrate", "down"]] {
        let said = refusal(&podium(folder.path()).args(arguments).output().expect("podium runs"));
        assert!(said.contains("probably a newer version") && said.contains("m9999_tomorrow"), "{said}");
    }
}

#[test]
fn an_unknown_flag_is_told() {
    let folder = TempDir::new().expect("a folder");
    for (arguments, expected) in [
        (["--lisen", "x"], "unexpected argument '--lisen'"),
        (["--listen", "nowhere"], "cannot answer on `nowhere`"),
        (["--max-depth", "deep"], "must be a whole number from 0 to 40"),
        (["--max-nodes", "4294967295"], "must be a whole number from 0 to 2147483647"),
        (["--max-brackets", "61"], "must be a whole number from 0 to 60"),
        (["--max-depth", "41"], "must be a whole number from 0 to 40"),
        (["sevre", "x"], "unrecognized subcommand 'sevre'"),
    ] {
        let output = podium(folder.path()).args(arguments).output().expect("podium runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && output.stdout.is_empty() && said.contains(expected), "{said}");
    }
    let help = podium(folder.path()).arg("--help").output().expect("podium runs");
    assert!(help.status.success() && String::from_utf8_lossy(&help.stdout).contains("--database-url"));
    assert!(is_empty(folder.path()));
}

#[test]
fn probes_and_metrics_have_a_listener_of_their_own() {
    let folder = TempDir::new().expect("a folder");
    let arguments = ["--listen", "127.0.0.1:0", "--operations-listen", "127.0.0.1:0"];
    let server = Server::start_with(folder.path(), &arguments);
    let line = server.lines(2).into_iter().find(|line| line.contains("probes and metrics on ")).expect("a line");
    let operations = line.split("probes and metrics on ").nth(1).and_then(|rest| rest.split('"').next()).expect("an address").to_owned();
    for _ in 0..2 {
        server.post(r#"{"query":"query Games { allGames { totalCount } }","operationName":"Games"}"#);
    }
    server.post(r#"{"query":"{ nope }"}"#);
    server.post(&format!(r#"{{"query":"{}{}"}}"#, "{ a ".repeat(40), "}".repeat(40)));
    assert_eq!(server.get("/metrics").0, 404, "not in public");
    assert_eq!(get(&operations, "/readyz"), Some((200, "ready\n".to_owned())));
    assert_eq!(get(&operations, "/graphql").expect("an answer").0, 404);
    let (status, metrics) = get(&operations, "/metrics").expect("metrics");
    assert_eq!(status, 200);
    for line in [
        r#"podium_requests_total{operation="Games",status="200"} 2"#,
        r#"podium_errors_total{code="BAD_USER_INPUT"} 1"#,
        r#"podium_exceeded_limits_total{limit="maxBrackets"} 1"#,
        r#"podium_request_seconds_count{cached="false"} 3"#,
        r#"podium_request_seconds_count{cached="true"} 1"#,
        "podium_complexity_count 1",
        r#"podium_database_connections{state="busy"} 0"#,
        r#"podium_database_connections{state="idle"} 1"#,
        r#"podium_cache_entries{cache="answers"} 1"#,
        r#"podium_cache_hits_total{cache="answers"} 1"#,
        r#"podium_cache_misses_total{cache="answers"} 3"#,
        r#"podium_cache_entries{cache="priced_documents"} 1"#,
        r#"podium_cache_hits_total{cache="persisted_documents"} 0"#,
        "podium_data_version 1",
        "podium_lost_log_lines 0",
        "podium_answering 0",
        concat!(r#"podium_build_info{version=""#, env!("CARGO_PKG_VERSION"), r#""} 1"#),
    ] {
        assert!(metrics.lines().any(|told| told == line), "{line} is missing in {metrics}");
    }
}

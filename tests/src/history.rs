//! The whole history, imported from the file that most people have: medal tables against published ones, requests over 271,116 rows, and query
//! plans. Needs that file, in the folder that `PODIUM_DATA` names.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::support::{Backend, Graph, Snapshots, files, here, pluck, real_data};
use podium_api::answer::Engine;
use podium_api::limits::Limits;
use podium_entity::athlete;
use podium_seed::{AthleteEvents, Import, Report, Tally};
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait, Statement};

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_history_on_sqlite() {
    the_whole_history(Backend::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_history_on_postgres() {
    the_whole_history(Backend::Postgres).await;
}

/// All checks share one import.
async fn the_whole_history(backend: Backend) {
    let Some(files) = history() else { return };
    let Some(graph) = Graph::built_in(backend).await else { return };
    let source = Import::AthleteEvents(files.clone());
    let first = import_beside_a_reader(&graph, &source).await;
    the_report_tells_what_came_in(&first);
    every_reference_is_there(backend, &graph).await;
    medal_tables_are_the_published_ones(&graph).await;
    documents_are_answered(&graph).await;
    medals_are_counted_alike(&graph).await;
    tallies_are_the_awards_counted(&graph).await;
    sounds_have_the_medals_of_their_athletes(&graph).await;
    few_and_many_are_listed_alike(&graph).await;
    leaders_are_the_first_of_all(&graph).await;
    everything_is_found_once(&graph).await;
    tables_are_looked_up_and_not_read_through(backend, &graph).await;
    the_second_time_changes_nothing(&graph, &source, &first).await;
    // What is read is the same whatever it is written to.
    if backend == Backend::Sqlite {
        let without_names = Import::AthleteEvents(AthleteEvents { names: None, ..files });
        the_second_time_changes_nothing(&graph, &without_names, &first).await;
    }
}

/// The history file, if it is available.
fn history() -> Option<AthleteEvents> {
    let folder = real_data("athlete-events-1896-2016")?;
    Some(AthleteEvents {
        file: folder.join("athlete_events.csv.gz"),
        names: Some(folder.join("athlete_names_utf8.csv.gz")),
        nocs: Some(folder.join("noc_regions.csv")),
    })
}

async fn import(graph: &Graph, source: &Import) -> Report {
    graph.import(source).await
}

/// Imports while someone reads: they see the data from before, and wait for nothing.
async fn import_beside_a_reader(graph: &Graph, source: &Import) -> Report {
    let (is_done, db) = (Arc::new(AtomicBool::new(false)), graph.store.reader.clone());
    let reader = tokio::spawn({
        let is_done = Arc::clone(&is_done);
        async move {
            let (mut longest, mut seen) = (Duration::ZERO, BTreeSet::new());
            while !is_done.load(Ordering::Relaxed) {
                let begun = Instant::now();
                seen.insert(athlete::Entity::find().count(&db).await.expect("a count"));
                longest = longest.max(begun.elapsed());
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            (longest, seen)
        }
    });
    let count = async || athlete::Entity::find().count(&graph.store.reader).await.expect("a count");
    let before = count().await;
    let report = import(graph, source).await;
    is_done.store(true, Ordering::Relaxed);
    let (longest, seen) = reader.await.expect("the reader goes on");
    assert!(longest < Duration::from_secs(2), "a reader waited for {longest:?}");
    assert!(seen.is_subset(&BTreeSet::from([before, count().await])), "all of an import is seen, or nothing: {seen:?}");
    assert!(seen.contains(&before));
    report
}

fn the_report_tells_what_came_in(report: &Report) {
    let of = |table: &str| report.tables.iter().find(|(name, _)| name == table).map(|(_, tally)| *tally).unwrap_or_default();
    // 135,571 athletes, of whom Podium had 157.
    assert_eq!(of("athletes"), Tally { inserted: 135_414, kept: 157, ..Tally::default() });
    assert_eq!(of("games"), Tally { updated: 51, ..Tally::default() });
    assert_eq!(of("medal_awards"), Tally { inserted: 18_818, kept: 116, ..Tally::default() });
    let editions = of("event_editions");
    assert_eq!(editions.inserted + editions.kept, 6_192, "as many as the file has pairs of Games and event");
    assert_eq!(report.total().rejected, 0);
    assert_eq!(report.notes.iter().map(|note| note.count).collect::<Vec<_>>(), [1_398, 71], "{:?}", report.notes);
}

/// The import leaves foreign keys unchecked, since it writes what it refers to; here they are checked.
async fn every_reference_is_there(backend: Backend, graph: &Graph) {
    if backend == Backend::Sqlite {
        let check = Statement::from_string(graph.store.writer.get_database_backend(), "PRAGMA foreign_key_check");
        assert_eq!(graph.store.writer.query_all_raw(check).await.expect("an answer").len(), 0);
    }
}

/// A Games and a nation, each with its medals.
type Table = BTreeMap<(String, String), [i64; 3]>;

/// Reads a medal table: Games, nation, gold, silver, bronze.
fn published(file: &str) -> Table {
    let mut table = Table::new();
    for row in csv::Reader::from_path(here().join("history").join(file)).expect("a file of medal tables").records() {
        let row = row.expect("a row");
        let number = |place: usize| row[place].parse().expect("a number");
        table.insert((row[0].to_owned(), row[1].to_owned()), [number(2), number(3), number(4)]);
    }
    table
}

/// The medal tables of fourteen whole Games equal the published ones. Differences are listed, each with its reason.
async fn medal_tables_are_the_published_ones(graph: &Graph) {
    let (mut expected, differences) = (published("medal_tables.csv"), published("differences.csv"));
    for (place, difference) in differences {
        let medals = expected.entry(place).or_default();
        medals.iter_mut().zip(difference).for_each(|(medals, difference)| *medals += difference);
    }
    expected.retain(|_, medals| *medals != [0; 3]);
    let games: BTreeSet<String> = expected.keys().map(|(games, _)| games.clone()).collect();
    assert!(games.len() >= 14);
    let mut found = Table::new();
    for games in games {
        let question = format!(
            "{{ games(slug: \"{games}\") {{ coverage medalTable {{ complete rows(first: 200) {{ nation {{ slug }} gold silver bronze }} }} }} }}"
        );
        let answer = graph.data(&question).await;
        assert_eq!((&answer["games"]["coverage"], &answer["games"]["medalTable"]["complete"]), (&"PARTICIPANTS".into(), &true.into()));
        for row in answer["games"]["medalTable"]["rows"].as_array().expect("rows") {
            let medals = ["gold", "silver", "bronze"].map(|colour| row[colour].as_i64().expect("a number"));
            found.insert((games.clone(), row["nation"]["slug"].as_str().expect("a slug").to_owned()), medals);
        }
    }
    assert_eq!(found, expected);
}

/// Every document of this folder has its answer.
async fn documents_are_answered(graph: &Graph) {
    for (document, path) in documents("history") {
        let (answer, statements) = graph.ask(&document).await;
        Snapshots::hold(&path, &answer, statements);
    }
    // An athlete of the built-in data is not duplicated.
    let athletes = graph.data("{ athletes(filter: { name: \"Bradley Wiggins\" }) { nodes { slug } } }").await;
    assert_eq!(pluck(&athletes["athletes"]["nodes"], "slug"), ["bradley-wiggins"]);
}

/// One row of search terms for each subject, however many imports derived it.
async fn everything_is_found_once(graph: &Graph) {
    let backend = graph.store.writer.get_database_backend();
    let counts = Statement::from_string(backend, "SELECT COUNT(*) - COUNT(DISTINCT subject_id) AS twice FROM search_term");
    let counted = graph.store.writer.query_one_raw(counts).await.expect("an answer").expect("a row");
    assert_eq!(counted.try_get::<i64>("", "twice").expect("a number"), 0);
}

/// Lists are sorted by medal counts stored at import. They equal the counts computed for the response.
async fn medals_are_counted_alike(graph: &Graph) {
    let list = "(orderBy: { field: MEDALS, direction: DESC }, first: 100) { nodes { slug medalCount { total } } }";
    let table = "medalTable(ranking: TOTAL) { rows(first: 1) { nation { slug } total } }";
    let answer = graph.data(&format!("{{ athletes{list} nations{list} {table} }}")).await;
    let first = &answer["medalTable"]["rows"][0];
    let first = (first["nation"]["slug"].as_str(), first["total"].as_i64());
    for (what, best) in [("athletes", (Some("michael-fred-phelps-ii"), Some(28))), ("nations", first)] {
        let nodes = answer[what]["nodes"].as_array().expect("nodes");
        let totals: Vec<i64> = nodes.iter().map(|node| node["medalCount"]["total"].as_i64().expect("a number")).collect();
        assert!(totals.is_sorted_by(|one, other| one >= other), "{what}: {totals:?}");
        assert_eq!((nodes[0]["slug"].as_str(), totals.first().copied()), best);
        assert_eq!(nodes.len(), 100);
    }
}

/// Few athletes of a nation or a sport are looked up, many are found along the names: both lists are the nation's own, from either end.
async fn few_and_many_are_listed_alike(graph: &Graph) {
    for (nation, is_few) in [("FIJ", true), ("CHN", false), ("USA", false)] {
        let pages = |list: &str, filter: &str| {
            let page = |name: &str, ends: &str| format!("{name}: {list}({filter} {ends}) {{ nodes {{ slug }} totalCount }}");
            format!("{} {}", page("start", "first: 30"), page("end", "last: 30"))
        };
        let answer = graph
            .data(&format!(
                "{{ {} nation(code: \"{nation}\") {{ {} }} }}",
                pages("athletes", &format!("filter: {{ nation: [\"{nation}\"] }}")),
                pages("athletes", "")
            ))
            .await;
        for end in ["start", "end"] {
            assert_eq!(answer[end], answer["nation"][end], "{nation}, {end}");
            assert_eq!(answer[end]["nodes"].as_array().map(Vec::len), Some(30));
        }
        let count = answer["start"]["totalCount"].as_i64().expect("a number");
        assert_eq!(count < 1_000, is_few, "{nation}: {count}");
    }
}

/// The medals of each sound are those of its athlete, also of athletes whose medals the import changed.
async fn sounds_have_the_medals_of_their_athletes(graph: &Graph) {
    let sounds = |condition: &str| {
        let joined = "search_sound s LEFT JOIN search_term t ON t.number = s.number";
        Statement::from_string(
            graph.store.reader.get_database_backend(),
            format!("SELECT COUNT(*) AS sounds FROM {joined} WHERE {condition}"),
        )
    };
    let count = async |condition: &str| {
        let row = graph.store.reader.query_one_raw(sounds(condition)).await.expect("an answer").expect("a row");
        row.try_get::<i64>("", "sounds").expect("a number")
    };
    assert_eq!(count("t.weight IS NULL OR t.weight <> s.medals").await, 0);
    assert!(count("s.medals > 0").await > 10_000);
}

/// Medal tables are summed up from stored tallies. Asked for as of a day, they are counted from the awards; after the last decision, these are the
/// same.
async fn tallies_are_the_awards_counted(graph: &Graph) {
    let table = |filter: &str, options: &str| {
        format!(
            "medalTable(filter: {{ {filter} }}, {options}) {{ rows {{ rank nation {{ slug }} lineage {{ slug }} gold silver bronze }} }}"
        )
    };
    let filters = [
        "",
        "season: [WINTER]",
        "years: { to: 1912 }, includeUnofficialGames: true",
        "games: [\"1906-intercalated\", \"2000-summer\"]",
        "nation: [\"GER\"], medal: [GOLD, BRONZE]",
        "medal: [GOLD]",
        "medal: []",
        "gamesKind: [YOUTH]",
    ];
    let options = "includeZero: true, lineages: [\"german\"]";
    let mut asked: Vec<String> = filters.iter().map(|filter| table(filter, options)).collect();
    asked.push(format!("allGames(first: 60, filter: {{ kind: [OLYMPIC] }}) {{ nodes {{ slug {} }} }}", table("", "ranking: TOTAL")));
    asked.push("nations(first: 100, orderBy: { field: MEDALS, direction: DESC }) { nodes { slug medalCount(filter: { }) { gold silver bronze } } }".to_owned());
    for question in asked {
        let counted = question.replace("(filter: {", "(filter: { asOf: \"2100-01-01\",");
        let answers = [graph.data(&format!("{{ {question} }}")).await, graph.data(&format!("{{ {counted} }}")).await];
        assert_eq!(answers[0], answers[1], "{question}");
        assert!(
            ["YOUTH", "medal: []"].iter().any(|none| question.contains(none)) || answers[0].to_string().contains("\"gold\":"),
            "{question}"
        );
    }
}

/// Pages from the leaders alone, and the pages behind them, equal the same list read backwards.
async fn leaders_are_the_first_of_all(graph: &Graph) {
    let by_medals = "orderBy: { field: MEDALS, direction: DESC }";
    for (list, asked) in [
        ("athletes", format!(r#"filter: {{ sport: ["rowing"] }}, {by_medals}"#)),
        ("athletes", format!(r#"filter: {{ nation: ["JPN"], medal: [GOLD] }}, {by_medals}"#)),
        ("athletes", format!("filter: {{ gender: [FEMALE], medalist: true }}, {by_medals}")),
        ("medalAwards", "orderBy: { field: AGE }".to_owned()),
        ("medalAwards", r#"filter: { sport: ["gymnastics"] }, orderBy: { field: AGE, direction: DESC }"#.to_owned()),
    ] {
        let page = async |part: String| {
            let answer = graph.data(&format!("{{ {list}({asked}, {part}) {{ nodes {{ id }} pageInfo {{ endCursor }} }} }}")).await;
            let end = answer[list]["pageInfo"]["endCursor"].as_str().expect("a cursor").to_owned();
            (pluck(&answer[list]["nodes"], "id"), end)
        };
        let (mut walked, mut end) = page("first: 13".to_owned()).await;
        while walked.len() <= 100 {
            let (further, next) = page(format!("first: 13, after: \"{end}\"")).await;
            (walked, end) = ([walked, further].concat(), next);
        }
        let (back, _) = page(format!("last: 100, before: \"{end}\"")).await;
        assert_eq!(back[..], walked[walked.len() - 101..walked.len() - 1], "{list}({asked})");
    }
}

fn documents(folder: &str) -> Vec<(String, PathBuf)> {
    let found = files(&here().join(folder), "graphql").into_iter();
    let found: Vec<(String, PathBuf)> = found.map(|path| (std::fs::read_to_string(&path).expect("a document"), path)).collect();
    assert!(!found.is_empty());
    found
}

async fn the_second_time_changes_nothing(graph: &Graph, source: &Import, first: &Report) {
    let version = async || {
        let stored = podium_entity::data_version::Entity::find().one(&graph.store.writer).await;
        stored.expect("an answer").expect("a version").version
    };
    let before = version().await;
    let second = import(graph, source).await;
    assert!(!second.changed(), "{}", second.table());
    for (table, second) in second.tables {
        let (_, first) = first.tables.iter().find(|(name, _)| *name == table).expect("the same tables");
        assert_eq!(second.unchanged + second.kept, first.inserted + first.unchanged + first.kept, "{table}");
    }
    assert_eq!(version().await, before);
}

/// Tables of more than 100,000 rows. A full scan of one needs a reason.
const LARGE: [&str; 4] = ["athlete", "entry", "entry_member", "search_term"];

/// The allowed full scans of large tables, by document and with the reason. All other lookups use an index.
async fn tables_are_looked_up_and_not_read_through(backend: Backend, graph: &Graph) {
    let told = Arc::new(Mutex::new(Vec::<Statement>::new()));
    let list = Arc::clone(&told);
    let watched = Engine::new(graph.store.sessions.clone(), Limits::default())
        .on_statement(move |statement| list.lock().expect("no panic").push(statement.clone()));
    let mut found = BTreeSet::new();
    for (document, path) in documents("queries").into_iter().chain(documents("quirks")).chain(documents("history")) {
        watched.execute(async_graphql::Request::new(document)).await;
        let name = path.strip_prefix(here()).expect("a path of the tests").with_extension("").display().to_string();
        let statements = std::mem::take(&mut *told.lock().expect("no panic"));
        for statement in statements {
            for table in read_through(backend, graph, &statement).await {
                found.insert(format!("{backend:?} {name} {table}"));
            }
        }
    }
    let reasons = std::fs::read_to_string(here().join("history/read_through.txt")).expect("the list of reasons");
    let mut allowed = BTreeSet::new();
    for line in reasons.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let (which, reason) = line.split_once(": ").unwrap_or_else(|| panic!("{line} has a reason"));
        assert!(!reason.is_empty(), "{line}");
        allowed.insert(which.to_owned());
    }
    let unexpected: Vec<&String> = found.difference(&allowed).collect();
    assert!(unexpected.is_empty(), "{backend:?} reads through: {unexpected:#?}");
}

/// The large tables that a statement scans, by the query plan.
async fn read_through(backend: Backend, graph: &Graph, statement: &Statement) -> BTreeSet<String> {
    let prefix = if backend == Backend::Sqlite { "EXPLAIN QUERY PLAN " } else { "EXPLAIN " };
    let explained = Statement { sql: format!("{prefix}{}", statement.sql), ..statement.clone() };
    let rows = graph.store.reader.query_all_raw(explained).await.unwrap_or_else(|error| panic!("{error}: {}", statement.sql));
    let column = if backend == Backend::Sqlite { "detail" } else { "QUERY PLAN" };
    let lines = rows.iter().map(|row| row.try_get::<String>("", column).expect("a line of the plan"));
    lines.filter_map(|line| scanned(&line)).filter(|table| LARGE.contains(&table.as_str())).collect()
}

/// An index that covers so small a part of its table that scanning it is intended.
const LEADERS: &str = "INDEX search_term_leaders";

/// The table that a line of a query plan scans: `SCAN entry`, `Seq Scan on entry`.
fn scanned(line: &str) -> Option<String> {
    let line = line.trim_start_matches([' ', '-', '>']);
    if line.ends_with(LEADERS) {
        return None;
    }
    let rest = line.strip_prefix("SCAN ").or_else(|| line.split_once("Seq Scan on ").map(|(_, rest)| rest))?;
    rest.split_whitespace().next().map(str::to_owned)
}

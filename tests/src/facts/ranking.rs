//! The worked examples of the ranking rules: the men's track time trial under every switch.

use crate::support::{Backend, Graph, pluck};
use serde_json::Value;

/// A row: rank as printed, code, gold, silver, bronze.
type Row = (&'static str, &'static str, i64, i64, i64);

const MEN: [Row; 22] = [
    ("1", "FRA", 4, 2, 3),
    ("2", "AUS", 2, 3, 2),
    ("3", "ITA", 2, 2, 0),
    ("4", "DEN", 2, 1, 1),
    ("=5", "GBR", 2, 0, 1),
    ("=5", "GDR", 2, 0, 1),
    ("=7", "BEL", 1, 2, 0),
    ("=7", "NED", 1, 2, 0),
    ("9", "URS", 1, 1, 1),
    ("10", "FRG", 1, 0, 1),
    ("11", "ESP", 1, 0, 0),
    ("12", "GER", 0, 1, 2),
    ("13", "USA", 0, 1, 1),
    ("=14", "CAN", 0, 1, 0),
    ("=14", "EUA", 0, 1, 0),
    ("=14", "GRE", 0, 1, 0),
    ("=14", "TCH", 0, 1, 0),
    ("18", "RSA", 0, 0, 2),
    ("=19", "AUT", 0, 0, 1),
    ("=19", "JAM", 0, 0, 1),
    ("=19", "JPN", 0, 0, 1),
    ("=19", "POL", 0, 0, 1),
];

const WOMEN: [Row; 4] = [("1", "AUS", 1, 1, 0), ("2", "FRA", 1, 0, 0), ("3", "CHN", 0, 1, 1), ("4", "BLR", 0, 0, 1)];

/// The table of an event or family under some arguments.
async fn table(of: &str, arguments: &str) -> Value {
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    let question = "{ OF { medalTable ARGUMENTS { complete nationCount gold silver bronze total
        rows { rank rankText tied nation { code name } lineage { slug } gold silver bronze total } } } }";
    let mut data = graph.data(&question.replace("OF", of).replace("ARGUMENTS", arguments)).await;
    let field = of.split('(').next().expect("a field");
    data[field]["medalTable"].take()
}

const MENS_EVENT: &str = r#"event(slug: "cycling-track/time-trial/men")"#;

/// Rows as the example prints them: ties ordered by code.
fn rows(table: &Value) -> Vec<(String, String, i64, i64, i64)> {
    let number = |row: &Value, colour: &str| row[colour].as_i64().expect("a number");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let mut rows: Vec<_> = table["rows"].as_array().expect("rows").iter().collect();
    rows.sort_by_key(|row| (row["rank"].as_i64(), text(&row["nation"]["code"])));
    let row = |row: &&Value| {
        (text(&row["rankText"]), text(&row["nation"]["code"]), number(row, "gold"), number(row, "silver"), number(row, "bronze"))
    };
    rows.iter().map(row).collect()
}

fn expected(rows: &[Row]) -> Vec<(String, String, i64, i64, i64)> {
    rows.iter().map(|(rank, code, gold, silver, bronze)| ((*rank).to_owned(), (*code).to_owned(), *gold, *silver, *bronze)).collect()
}

fn ranks(table: &Value) -> Vec<i64> {
    table["rows"].as_array().expect("rows").iter().map(|row| row["rank"].as_i64().expect("a rank")).collect()
}

#[tokio::test]
async fn men_gold_first() {
    let table = table(MENS_EVENT, "").await;
    assert_eq!(rows(&table), expected(&MEN));
    assert_eq!((&table["complete"], &table["nationCount"]), (&true.into(), &22.into()));
    assert_eq!([&table["gold"], &table["silver"], &table["bronze"], &table["total"]], [19, 19, 19, 57]);
}

#[tokio::test]
async fn equals_are_shown_by_name() {
    let table = table(MENS_EVENT, "").await;
    let names = pluck(&table["rows"], "nation.name");
    assert_eq!(names[4..6], ["East Germany", "Great Britain"]);
    assert_eq!(names[13..17], ["Canada", "Czechoslovakia", "Greece", "United Team of Germany"]);
}

#[tokio::test]
async fn men_by_total() {
    let table = table(MENS_EVENT, "(ranking: TOTAL)").await;
    assert_eq!(ranks(&table), [1, 2, 3, 3, 5, 5, 5, 5, 5, 5, 11, 11, 11, 14, 14, 14, 14, 14, 14, 14, 14, 14]);
}

#[tokio::test]
async fn men_dense_and_ordinal() {
    let dense = table(MENS_EVENT, "(ties: DENSE)").await;
    assert_eq!(ranks(&dense), [1, 2, 3, 4, 5, 5, 6, 6, 7, 8, 9, 10, 11, 12, 12, 12, 12, 13, 14, 14, 14, 14]);
    let ordinal = table(MENS_EVENT, "(ties: ORDINAL)").await;
    assert_eq!(ranks(&ordinal), (1..=22).collect::<Vec<_>>());
    assert!(pluck(&ordinal["rows"], "tied").iter().all(|tied| tied == "false"));
}

#[tokio::test]
async fn german_lineage_is_second() {
    let table = table(MENS_EVENT, r#"(lineages: ["german"])"#).await;
    assert_eq!(rows(&table)[..2], expected(&[("1", "FRA", 4, 2, 3), ("2", "GER", 3, 2, 4)]));
    assert_eq!(table["rows"][1]["lineage"]["slug"], "german");
    assert_eq!(table["nationCount"], 19);
    assert_eq!(table["total"], 57);
    assert!(!pluck(&table["rows"], "nation.code").iter().any(|code| ["GDR", "FRG", "EUA"].contains(&code.as_str())));
}

#[tokio::test]
async fn with_1906_italy_is_second() {
    let table = table(MENS_EVENT, "(filter: { includeUnofficialGames: true })").await;
    let top = [("1", "FRA", 4, 2, 4), ("2", "ITA", 3, 2, 0), ("3", "AUS", 2, 3, 2), ("=4", "DEN", 2, 1, 1), ("=4", "GBR", 2, 1, 1)];
    assert_eq!(rows(&table)[..5], expected(&top));
    assert_eq!(table["total"], 60);
}

#[tokio::test]
async fn women_and_both() {
    assert_eq!(rows(&table(r#"event(slug: "cycling-track/time-trial/women")"#, "").await), expected(&WOMEN));
    let family = r#"eventFamily(slug: "cycling-track/time-trial")"#;
    let both = table(family, "").await;
    assert_eq!(rows(&both)[..2], expected(&[("1", "FRA", 5, 2, 3), ("2", "AUS", 3, 4, 2)]));
    assert_eq!(rows(&table(family, "(filter: { gender: [WOMEN] })").await), expected(&WOMEN));
}

#[tokio::test]
async fn multiple_medalists() {
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    let question = r#"{ event(slug: "cycling-track/time-trial/men") {
        multipleMedalists { rankText athlete { familyName } nations { code } span firstYear lastYear gold silver bronze total }
    } }"#;
    let data = graph.data(question).await;
    let medalists = &data["event"]["multipleMedalists"];
    let column = |path: &str| pluck(medalists, path);
    assert_eq!(column("athlete.familyName"), ["Fredborg", "Gray", "Trentin", "Hartwell", "Kelly", "Nimke"]);
    assert_eq!(column("rankText"), ["1", "=2", "=2", "=4", "=4", "=4"]);
    assert_eq!(column("span"), ["1968–1976", "1928–1932", "1964–1968", "1992–1996", "1992–2000", "2000–2004"]);
    assert_eq!(column("gold"), ["1", "1", "1", "0", "0", "0"]);
    assert_eq!(column("silver"), ["1", "0", "0", "1", "1", "1"]);
    assert_eq!(column("bronze"), ["1", "1", "1", "1", "1", "1"]);
    assert_eq!(column("total"), ["3", "2", "2", "2", "2", "2"]);
    assert_eq!(medalists[0]["nations"][0]["code"], "DEN");
}

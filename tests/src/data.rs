//! The built-in data: loading it, rejecting broken files, and comparing it with other data sets where they are available.

use std::collections::BTreeSet;

use crate::support::{Backend, Graph, empty, pluck, real_data};
use podium_seed::DataSet;
use sea_orm::EntityTrait;

#[tokio::test]
async fn loading_twice_changes_nothing() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let Some((store, _home)) = empty(backend).await else { continue };
        store.migrate().await.expect("the migrations run");
        let first = podium_seed::load(&store.writer, &DataSet::sample()).await.expect("the data loads");
        let second = podium_seed::load(&store.writer, &DataSet::sample()).await.expect("the data loads again");
        assert!(first.changed() && !second.changed() && second.total().unchanged > 2_000, "{second}");
        let version = podium_entity::data_version::Entity::find().one(&store.writer).await.expect("an answer").expect("a version");
        assert_eq!(version.version, 1);
    }
}

#[tokio::test]
async fn a_correction_updates_and_raises_the_version() {
    let (store, _home) = empty(Backend::Sqlite).await.expect("SQLite is always there");
    store.migrate().await.expect("the migrations run");
    podium_seed::load(&store.writer, &DataSet::sample()).await.expect("the data loads");
    let mut correction = DataSet::default();
    correction
        .add("cities", "key,name,native_name,country,latitude,longitude,time_zone\nathens,Athens,Αθήνα,Hellas,37.98,23.73,Europe/Athens\n");
    let report = podium_seed::load(&store.writer, &correction).await.expect("the correction loads");
    assert_eq!((report.total().inserted, report.total().updated), (0, 1));
    let version = podium_entity::data_version::Entity::find().one(&store.writer).await.expect("an answer").expect("a version");
    assert_eq!(version.version, 2);
}

#[tokio::test]
async fn a_lower_source_does_not_overrule() {
    let (store, _home) = empty(Backend::Sqlite).await.expect("SQLite is always there");
    store.migrate().await.expect("the migrations run");
    podium_seed::load(&store.writer, &DataSet::sample()).await.expect("the data loads");
    let mut rumour = DataSet::default();
    rumour.add("sources", "key,title,precedence\nrumour,A rumour,1\n");
    rumour.add("nations", "key,code,name,kind,source\nGBR,GBR,Albion,COUNTRY,rumour\n");
    let report = podium_seed::load(&store.writer, &rumour).await.expect("the rumour loads");
    assert_eq!((report.total().kept, report.total().updated), (1, 0));
}

/// An entry from a better source keeps its nation. So do its athlete, and a medal that only the lesser source has.
#[tokio::test]
async fn a_rumour_of_another_nation_moves_nobody() {
    let (store, _home) = empty(Backend::Sqlite).await.expect("SQLite is always there");
    store.migrate().await.expect("the migrations run");
    podium_seed::load(&store.writer, &DataSet::sample()).await.expect("the data loads");
    let mut rumour = DataSet::default();
    rumour.add("sources", "key,title,precedence\nrumour,A rumour,1\n");
    let of = "cycling-track/time-trial/men,2004-summer";
    rumour.add("entries", &format!("event,games,nation,athlete,status,source\n{of},FRA,chris-hoy,STARTED,rumour\n"));
    rumour.add("medal_awards", &format!("event,games,athlete,medal,status,source\n{of},chris-hoy,BRONZE,AWARDED,rumour\n"));
    let first = podium_seed::load(&store.writer, &rumour).await.expect("the rumour loads").total();
    assert_eq!((first.kept, first.updated), (1, 0));
    let again = podium_seed::load(&store.writer, &rumour).await.expect("the rumour loads again");
    assert!(!again.changed(), "{}", again.table());
}

/// A file with one mistake, and the error that its author sees.
const BROKEN: [(&str, &str, &str); 21] = [
    ("cities", "key,name,country\nx,X,Y,Z\n", "cities.csv, line 2: 4 cells, but the header names 3 columns"),
    ("cities", "key,name,country,mayor\nx,X,Y,Z\n", "mayor"),
    ("cities", "key,name\nx,X\n", "country"),
    ("cities", "key,name,country,latitude\nx,X,Y,north\n", "cities.csv, line 2, column `latitude`"),
    ("venues", "key,name,city\nx,X,atlantis\n", "venues.csv, line 2, column `city`: there is no city `atlantis`"),
    (
        "games",
        "key,year,season,kind,name,status,recognition,coverage,source\nx,2040,AUTUMN,OLYMPIC,X,SCHEDULED,OFFICIAL,NONE,ioc\n",
        "games.csv, line 2, column `season`",
    ),
    (
        "athletes",
        "key,name,name_order,sort_name,gender,born,source\nx,X,MONONYM,X,MALE,1900-02-30,ioc\n",
        "athletes.csv, line 2, column `born`: `1900-02-30` is not a partial date",
    ),
    (
        "entries",
        "event,games,nation,athlete,team,status,source\ncycling-track/time-trial/men,2004-summer,GBR,chris-hoy,Crew,STARTED,ioc\n",
        "entries.csv, line 2, column `athlete`: one of `athlete` and `team` must be given",
    ),
    (
        "entries",
        "event,games,nation,athlete,status,source\ncycling-track/time-trial/men,1900-summer,GBR,chris-hoy,STARTED,ioc\n",
        "there is no edition of `cycling-track/time-trial/men` at `1900-summer`",
    ),
    (
        "results",
        "event,games,athlete,rank,mark,status,source\ncycling-track/time-trial/men,2004-summer,chris-hoy,1,quick,OFFICIAL,ioc\n",
        "results.csv, line 2, column `mark`: `quick` is not a mark of kind Time, which is printed like `50:39.54`",
    ),
    (
        "results",
        "event,games,athlete,status,source\ncycling-track/time-trial/men,2004-summer,chris-hoy,OFFICIAL,ioc\n",
        "a result needs a rank, a mark or an irm",
    ),
    (
        "medal_awards",
        "event,games,athlete,medal,status,replaces,source\ncycling-track/time-trial/men,2004-summer,chris-hoy,GOLD,REALLOCATED,GOLD:nobody,ioc\n",
        "medal_awards.csv, line 2, column `replaces`: `GOLD:nobody` is no award",
    ),
    ("cities", "key,name,country\nx,X,Y\nz,Z,Y\nx,X,Y\n", "cities.csv, line 4: the same row stands further up"),
    ("sports", "key,name\nWater Polo,Water polo\n", "sports.csv, line 2, column `key`: `Water Polo` is not a slug such as `cycling-track`"),
    ("nations", "key,code,name,kind,source\nABCD,ABCD,X,COUNTRY,ioc\n", "nations.csv, line 2, column `code`: a code has three letters"),
    (
        "event_editions",
        "event,games,status,coverage,source\ncycling-track/time-trial/men,1940-summer,MEDAL,NONE,ioc\n",
        "event_editions.csv, line 2, column `games`: the Games `1940-summer` were cancelled",
    ),
    (
        "results",
        "event,games,athlete,rank,status,source\ncycling-track/time-trial/men,1996-summer,takanobu-jumonji,0,OFFICIAL,ioc\n",
        "results.csv, line 2, column `rank`: a rank is at least 1",
    ),
    (
        "games",
        "key,year,season,kind,name,opened_on,status,recognition,coverage,source\nx,2040,SUMMER,OLYMPIC,X,2040-13-01,SCHEDULED,OFFICIAL,NONE,ioc\n",
        "games.csv, line 2, column `opened_on`",
    ),
    (
        "medal_awards",
        "event,games,athlete,medal,status,valid_from,valid_to,ended_by,source\n\
         cycling-track/time-trial/men,2004-summer,chris-hoy,GOLD,AWARDED,2010-01-01,2009-01-01,STRIPPED,ioc\n",
        "medal_awards.csv, line 2, column `valid_to`: the award ends before it begins",
    ),
    ("narratives", "key,section,sequence,language,body,source\nx,note,1,en,X,ioc\n", "a narrative is about"),
    ("medals", "key\nx\n", "`medals.csv` is not a file of the podium format"),
];

#[tokio::test]
async fn a_broken_file_is_told_by_line_and_nothing_is_loaded() {
    let (store, _home) = empty(Backend::Sqlite).await.expect("SQLite is always there");
    store.migrate().await.expect("the migrations run");
    for (file, text, expected) in BROKEN {
        let mut data = DataSet::sample();
        data.add(file, text);
        let refusal = podium_seed::load(&store.writer, &data).await.expect_err(expected).to_string();
        assert!(refusal.contains(expected), "{refusal}");
        assert!(podium_entity::source::Entity::find().one(&store.writer).await.expect("an answer").is_none(), "{refusal}");
    }
}

/// A file is read and written in batches. A duplicate row is detected even across batches.
#[tokio::test]
async fn a_row_that_stands_twice_far_apart_is_told() {
    let (store, _home) = empty(Backend::Sqlite).await.expect("SQLite is always there");
    store.migrate().await.expect("the migrations run");
    let folder = tempfile::TempDir::new().expect("a folder");
    let lines = (0..12_000).map(|number| format!("city-{number},City {number},Nowhere\n")).collect::<Vec<_>>().concat();
    let file = folder.path().join("cities.csv");
    std::fs::write(&file, format!("\u{feff}key,name,country\n{lines}city-3,City 3,Nowhere\n")).expect("a file");
    let data = DataSet::read(folder.path()).expect("a folder of the format");
    let refusal = podium_seed::load(&store.writer, &data).await.expect_err("a row stands twice").to_string();
    assert_eq!(refusal, "cities.csv, line 12002: the same row stands further up");
    std::fs::write(&file, format!("key,name,country\n{lines}")).expect("a file");
    let report = podium_seed::load(&store.writer, &data).await.expect("every city once");
    assert_eq!(report.total().inserted, 12_000);
}

#[test]
fn a_file_that_is_not_text_is_told_before_anything_is_read() {
    let folder = tempfile::TempDir::new().expect("a folder");
    std::fs::write(folder.path().join("cities.csv"), b"key,name,country\nx,X,Y\nz,\xff,Y\n").expect("a file");
    let refusal = DataSet::read(folder.path()).expect_err("no text").to_string();
    assert_eq!(refusal, "cities.csv, line 3: the text is not UTF-8");
}

/// Value and decimals reproduce the printed mark. Fifths of a second are the exception: they keep their text.
#[tokio::test]
async fn every_printed_mark_comes_back() {
    let graph = Graph::with_fixtures(Backend::Sqlite).await.expect("SQLite is always there");
    let results = podium_entity::result::Entity::find().all(&graph.store.reader).await.expect("results");
    let records = podium_entity::record_mark::Entity::find().all(&graph.store.reader).await.expect("records");
    let results = results.into_iter().map(|row| (row.mark_kind, row.mark_value, row.mark_decimals, row.mark_text));
    let records = records.into_iter().map(|row| (row.mark_kind, Some(row.mark_value), Some(row.mark_decimals), Some(row.mark_text)));
    let mut compared = 0;
    for (kind, value, decimals, text) in results.chain(records) {
        let (Some(value), Some(decimals), Some(text)) = (value, decimals, text) else { continue };
        if !text.ends_with("/5") {
            assert_eq!(kind.format(value, decimals.cast_unsigned()), text);
            compared += 1;
        }
    }
    assert!(compared > 100, "{compared}");
}

#[tokio::test]
async fn every_record_fits_its_edition() {
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    let records = podium_entity::record_mark::Entity::find().all(&graph.store.reader).await.expect("records");
    assert!(records.len() >= 26);
    for record in records {
        let edition =
            podium_entity::event_edition::Entity::find_by_id(record.edition_id.expect("an edition")).one(&graph.store.reader).await;
        let edition = edition.expect("an answer").expect("an edition");
        assert_eq!((edition.event_id, Some(edition.games_id), edition.distance_mm), (record.event_id, record.games_id, record.distance_mm));
        let (first, last) = (edition.starts_on.or(edition.ends_on), edition.ends_on.or(edition.starts_on));
        assert!(first.is_none_or(|first| first <= record.set_on) && last.is_none_or(|last| record.set_on <= last), "{}", edition.slug);
    }
}

/// A file of another data set, if `PODIUM_DATA` names the folder of such files.
fn outside(file: &str) -> Option<csv::Reader<std::fs::File>> {
    let (folder, file) = file.split_once('/').expect("a file in a folder");
    Some(csv::Reader::from_path(real_data(folder)?.join(file)).expect("a readable file"))
}

#[tokio::test]
async fn nations_are_those_of_olympedia() {
    let Some(mut file) = outside("olympedia-tables/Olympics_Country.csv") else { return };
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    let nations = podium_entity::nation::Entity::find().all(&graph.store.reader).await.expect("nations");
    let ours: BTreeSet<&str> = nations.iter().map(|nation| nation.code.as_str()).collect();
    let theirs: Vec<String> = file.records().map(|row| row.expect("a row")[0].to_owned()).collect();
    assert!(theirs.len() > 200);
    let missing: Vec<&String> = theirs.iter().filter(|code| !ours.contains(code.as_str())).collect();
    assert_eq!(missing, Vec::<&String>::new());
    assert_eq!(theirs.iter().filter(|code| *code == "ROC").count(), nations.iter().filter(|nation| nation.code == "ROC").count());
}

#[tokio::test]
async fn games_are_those_of_olympedia() {
    let Some(mut file) = outside("olympedia-tables/Olympics_Games.csv") else { return };
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    let data =
        graph.data("{ allGames(first: 100) { nodes { year season status openedOn closedOn hostCities { name nation { code } } } } }").await;
    let ours = data["allGames"]["nodes"].as_array().expect("a list");
    let mut compared = 0;
    for row in file.records() {
        let row = row.expect("a row");
        let (title, year, host) = (&row[0], row[3].trim().to_owned(), row[6].to_owned());
        let season = title.split_whitespace().nth(1).expect("a season").to_uppercase();
        // The equestrian Games of 1956 have a row of their own there. Here they are part of the Games of that year.
        if !["SUMMER", "WINTER", "INTERCALATED"].contains(&season.as_str()) || host.is_empty() {
            continue;
        }
        let games = ours.iter().find(|games| games["year"].as_i64() == year.parse().ok() && games["season"] == season.as_str());
        let games = games.unwrap_or_else(|| panic!("{title} is missing"));
        assert!(pluck(&games["hostCities"], "nation.code").contains(&host), "{title}: {host}");
        assert_eq!(games["status"] == "CANCELLED", row[10].contains("Not held"), "{title}");
        // Dates have no year, such as ` 6 April`, or that of 2021. In 1904 and 1908 the Games went on for months, and the first day in
        // Olympedia is that of a ceremony in between, or before.
        for (theirs, field) in [(row[7].trim(), "openedOn"), (row[8].trim(), "closedOn")] {
            if !theirs.is_empty() && !["1904", "1908"].contains(&year.as_str()) {
                let ours = games[field].as_str().unwrap_or_else(|| panic!("{title} has no {field}"));
                let mut words = theirs.split_whitespace();
                let (day, month) = (words.next().expect("a day"), words.next().expect("a month"));
                let months = [
                    "January",
                    "February",
                    "March",
                    "April",
                    "May",
                    "June",
                    "July",
                    "August",
                    "September",
                    "October",
                    "November",
                    "December",
                ];
                let month = 1 + months.iter().position(|name| *name == month).unwrap_or_else(|| panic!("{title}: {month}"));
                assert_eq!(ours[5..], format!("{month:02}-{day:0>2}"), "{title} {field}");
            }
        }
        compared += 1;
    }
    assert!(compared >= 60, "{compared}");
}

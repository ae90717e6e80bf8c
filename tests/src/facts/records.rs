//! The Olympic record progressions of the track time trial, and what follows from them.

use crate::support::{Backend, Graph, pluck};
use serde_json::{Value, json};

/// Time, rider, nation, day.
const MEN: [(&str, &str, &str, &str); 19] = [
    ("1:16.0", "Octave Dayen", "FRA", "1928-08-05"),
    ("1:15.2", "Gerard Bosch van Drakestein", "NED", "1928-08-05"),
    ("1:14.4", "Willy Falck Hansen", "DEN", "1928-08-05"),
    ("1:13.0", "Dunc Gray", "AUS", "1932-08-01"),
    ("1:12.0", "Arie van Vliet", "NED", "1936-08-08"),
    ("1:11.1", "Russell Mockridge", "AUS", "1952-07-31"),
    ("1:09.8", "Leandro Faggin", "ITA", "1956-12-06"),
    ("1:09.20", "Piet van der Touw", "NED", "1960-08-26"),
    ("1:08.75", "Dieter Gieseler", "EUA", "1960-08-26"),
    ("1:07.27", "Sante Gaiardoni", "ITA", "1960-08-26"),
    ("1:04.65", "Gianni Sartori", "ITA", "1968-10-17"),
    ("1:04.61", "Niels Fredborg", "DEN", "1968-10-17"),
    ("1:03.91", "Pierre Trentin", "FRA", "1968-10-17"),
    ("1:02.955", "Lothar Thoms", "GDR", "1980-07-22"),
    ("1:02.940", "Erin Hartwell", "USA", "1996-07-24"),
    ("1:02.712", "Florian Rousseau", "FRA", "1996-07-24"),
    ("1:01.609", "Jason Queally", "GBR", "2000-09-16"),
    ("1:00.896", "Arnaud Tournant", "FRA", "2004-08-20"),
    ("1:00.711", "Chris Hoy", "GBR", "2004-08-20"),
];

const WOMEN: [(&str, &str, &str, &str); 7] = [
    ("35.728", "Daniela Larreal", "VEN", "2000-09-16"),
    ("35.230", "Chris Witty", "USA", "2000-09-16"),
    ("35.013", "Wang Yan", "CHN", "2000-09-16"),
    ("34.696", "Michelle Ferris", "AUS", "2000-09-16"),
    ("34.140", "Félicia Ballanger", "FRA", "2000-09-16"),
    ("34.112", "Jiang Yonghua", "CHN", "2004-08-20"),
    ("33.952", "Anna Meares", "AUS", "2004-08-20"),
];

async fn ask(question: &str) -> Value {
    Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there").data(question).await
}

async fn progression(gender: &str) -> Value {
    let question = r#"{ event(slug: "cycling-track/time-trial/GENDER") { recordProgression {
        sequence mark { text value } athlete { name medals(filter: { event: ["cycling-track/time-trial/GENDER"] }) { games { year } } }
        nation { code } games { year } date daysStood improvement { text value }
    } } }"#;
    ask(&question.replace("GENDER", gender)).await["event"]["recordProgression"].take()
}

fn assert_chain(chain: &Value, expected: &[(&str, &str, &str, &str)]) {
    let places: Vec<String> = (1..=expected.len()).map(|place| place.to_string()).collect();
    assert_eq!(pluck(chain, "sequence"), places);
    assert_eq!(pluck(chain, "mark.text"), expected.iter().map(|row| row.0).collect::<Vec<_>>());
    assert_eq!(pluck(chain, "athlete.name"), expected.iter().map(|row| row.1).collect::<Vec<_>>());
    assert_eq!(pluck(chain, "nation.code"), expected.iter().map(|row| row.2).collect::<Vec<_>>());
    assert_eq!(pluck(chain, "date"), expected.iter().map(|row| row.3).collect::<Vec<_>>());
}

#[tokio::test]
async fn both_progressions() {
    assert_chain(&progression("men").await, &MEN);
    assert_chain(&progression("women").await, &WOMEN);
}

#[tokio::test]
async fn days_and_improvements() {
    let chain = progression("men").await;
    assert_eq!((&chain[13]["athlete"]["name"], &chain[13]["daysStood"]), (&json!("Lothar Thoms"), &json!(5846)));
    assert_eq!((&chain[0]["improvement"], &chain[18]["daysStood"]), (&Value::Null, &Value::Null));
    let improvements: Vec<i64> =
        chain.as_array().expect("a list")[1..].iter().map(|mark| mark["improvement"]["value"].as_i64().expect("a number")).collect();
    assert!(improvements.iter().all(|value| *value > 0));
    assert_eq!((improvements.iter().sum::<i64>(), improvements.iter().min(), improvements.iter().max()), (15_289, Some(&15), Some(&2_620)));
    assert_eq!(chain[7]["improvement"]["text"], "0.6");
}

#[tokio::test]
async fn holders_without_a_medal_at_those_games() {
    let chain = progression("men").await;
    let without = chain
        .as_array()
        .expect("a list")
        .iter()
        .filter(|mark| !pluck(&mark["athlete"]["medals"], "games.year").contains(&mark["games"]["year"].to_string()));
    let names: Vec<&Value> = without.map(|mark| &mark["athlete"]["name"]).collect();
    assert_eq!(names, ["Octave Dayen", "Piet van der Touw", "Gianni Sartori"]);
}

#[tokio::test]
async fn games_without_a_new_record() {
    let question = r#"{ event(slug: "cycling-track/time-trial/men") {
        editions { games { year } distance { millimetres } } recordProgression { games { year } }
    } }"#;
    let data = ask(question).await;
    let set = pluck(&data["event"]["recordProgression"], "games.year");
    let held =
        data["event"]["editions"].as_array().expect("a list").iter().filter(|edition| edition["distance"]["millimetres"] == 1_000_000);
    let without: Vec<String> = held.map(|edition| edition["games"]["year"].to_string()).filter(|year| !set.contains(year)).collect();
    assert_eq!(without, ["1948", "1964", "1972", "1976", "1984", "1988", "1992"]);
}

#[tokio::test]
async fn the_record_on_a_day() {
    let question = r#"{ event(slug: "cycling-track/time-trial/men") {
        before: recordOn(date: "1928-08-04") { mark { text } }
        first: recordOn(date: "1928-08-05") { mark { text } }
        long: recordOn(date: "1990-01-01") { mark { text } athlete { name } }
        now: recordOn(date: "2026-01-01") { mark { text } daysStood }
        third: recordProgression(distanceMm: 333333) { mark { text } }
        world: recordProgression(kind: WORLD) { mark { text } }
    } }"#;
    let event = ask(question).await["event"].take();
    assert_eq!(event["before"], Value::Null);
    assert_eq!(event["first"]["mark"]["text"], "1:14.4");
    assert_eq!(event["long"], json!({ "mark": { "text": "1:02.955" }, "athlete": { "name": "Lothar Thoms" } }));
    assert_eq!(event["now"], json!({ "mark": { "text": "1:00.711" }, "daysStood": null }));
    assert_eq!((&event["third"], &event["world"]), (&json!([]), &json!([])));
}

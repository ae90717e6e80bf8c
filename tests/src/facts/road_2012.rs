//! The men's road time trial of London 2012, every line of the page.

use crate::support::{Backend, Graph, pluck};
use serde_json::{Value, json};

/// Rider, nation, time; by rank from 1.
const RESULTS: [(&str, &str, &str); 37] = [
    ("Bradley Wiggins", "GBR", "50:39.54"),
    ("Tony Martin", "GER", "51:21.54"),
    ("Chris Froome", "GBR", "51:47.87"),
    ("Taylor Phinney", "USA", "52:38.07"),
    ("Marco Pinotti", "ITA", "52:49.28"),
    ("Michael Rogers", "AUS", "52:51.39"),
    ("Fabian Cancellara", "SUI", "52:53.71"),
    ("Bert Grabsch", "GER", "53:18.04"),
    ("Jonathan Castroviejo", "ESP", "53:29.36"),
    ("Janez Brajkovič", "SLO", "54:09.72"),
    ("Lieuwe Westra", "NED", "54:19.62"),
    ("Vasil Kiryienka", "BLR", "54:30.29"),
    ("Edvald Boasson Hagen", "NOR", "54:30.87"),
    ("Lars Bak", "DEN", "54:33.21"),
    ("Jakob Fuglsang", "DEN", "54:34.49"),
    ("Gustav Larsson", "SWE", "54:35.26"),
    ("Philippe Gilbert", "BEL", "54:39.98"),
    ("Nelson Oliveira", "POR", "54:41.57"),
    ("Jack Bauer", "NZL", "54:54.16"),
    ("Denis Menchov", "RUS", "54:59.26"),
    ("Ramūnas Navardauskas", "LTU", "55:12.32"),
    ("Lars Boom", "NED", "55:29.74"),
    ("Alexander Vinokourov", "KAZ", "55:37.05"),
    ("Fumiyuki Beppu", "JPN", "55:40.64"),
    ("Maciej Bodnar", "POL", "55:49.67"),
    ("Magno Nazaret", "BRA", "55:50.77"),
    ("David McCann", "IRL", "56:03.77"),
    ("Ryder Hesjedal", "CAN", "56:06.18"),
    ("Sylvain Chavanel", "FRA", "56:07.67"),
    ("Michael Albasini", "SUI", "56:38.38"),
    ("Assan Bazayev", "KAZ", "56:40.77"),
    ("Luis León Sánchez", "ESP", "56:59.16"),
    ("Tomás Gil", "VEN", "57:05.12"),
    ("Mouhcine Lahsaini", "MAR", "57:25.24"),
    ("Fabio Duarte", "COL", "57:34.20"),
    ("Alireza Haghi", "IRI", "57:41.44"),
    ("Ahmet Akdilek", "TUR", "59:11.19"),
];

async fn edition(fields: &str) -> Value {
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    let question = format!(r#"{{ eventEdition(slug: "2012-summer/cycling-road/individual-time-trial/men") {{ {fields} }} }}"#);
    graph.data(&question).await["eventEdition"].take()
}

#[tokio::test]
async fn all_results() {
    let edition = edition("results { totalCount nodes { rank rankText mark { text value decimals milliseconds } gap { text } competitor { name } nation { code } medal irm } }").await;
    let results = &edition["results"]["nodes"];
    assert_eq!(edition["results"]["totalCount"], 37);
    assert_eq!(pluck(results, "rank"), (1..=37).map(|rank: i32| rank.to_string()).collect::<Vec<_>>());
    assert_eq!(pluck(results, "competitor.name"), RESULTS.map(|row| row.0));
    assert_eq!(pluck(results, "nation.code"), RESULTS.map(|row| row.1));
    assert_eq!(pluck(results, "mark.text"), RESULTS.map(|row| row.2));
    assert_eq!(results[0]["mark"]["milliseconds"], 3_039_540);
    assert_eq!(pluck(results, "medal")[..4], ["GOLD", "SILVER", "BRONZE", "null"]);
    let gaps = pluck(results, "gap.text");
    assert_eq!((gaps[0].as_str(), gaps[1].as_str(), gaps[2].as_str(), gaps[36].as_str()), ("null", "+42.00", "+1:08.33", "+8:31.65"));
}

#[tokio::test]
async fn the_infobox() {
    let edition = edition(
        "venue { name } startsOn endsOn competitorCount nationCount publishedCompetitorCount publishedNationCount countMismatch
         winningMark { text speedKmh } previous { games { year } } next { games { year } } entryListPublishedOn
         medals { medal competitor { name } nation { code } }",
    )
    .await;
    assert_eq!(edition["venue"]["name"], "London and Surrey");
    assert_eq!([&edition["startsOn"], &edition["endsOn"], &edition["entryListPublishedOn"]], ["2012-08-01"; 3]);
    assert_eq!([&edition["competitorCount"], &edition["publishedCompetitorCount"]], [37, 37]);
    assert_eq!([&edition["nationCount"], &edition["publishedNationCount"]], [30, 30]);
    assert_eq!(edition["countMismatch"], false);
    assert_eq!(edition["winningMark"], json!({ "text": "50:39.54", "speedKmh": 52.11 }));
    assert_eq!((&edition["previous"]["games"]["year"], &edition["next"]["games"]["year"]), (&json!(2008), &json!(2016)));
    assert_eq!(pluck(&edition["medals"], "competitor.name"), ["Bradley Wiggins", "Tony Martin", "Chris Froome"]);
    assert_eq!(pluck(&edition["medals"], "nation.code"), ["GBR", "GER", "GBR"]);
}

#[tokio::test]
async fn qualification() {
    let edition = edition("qualification { rules { topRanked places } quotas { nation { code } places kind counterpart { code } } }").await;
    let rules = &edition["qualification"]["rules"];
    assert_eq!(pluck(rules, "places"), ["15", "7", "4", "2", "1", "1", "10"]);
    assert_eq!(pluck(rules, "topRanked"), ["15", "7", "4", "2", "1", "1", "null"]);
    let quotas = edition["qualification"]["quotas"].as_array().expect("a list");
    let of_kind = |kind: &str| {
        quotas
            .iter()
            .filter(|quota| quota["kind"] == kind)
            .map(|quota| quota["nation"]["code"].as_str().expect("a code"))
            .collect::<Vec<_>>()
    };
    assert_eq!(of_kind("EXTRA"), ["AUS", "CAN", "DEN", "ESP", "GBR", "GER", "KAZ", "NED", "SUI", "SWE"]);
    assert_eq!(of_kind("BASE").len(), 30);
    assert_eq!((of_kind("REALLOCATED_OUT"), of_kind("REALLOCATED_IN")), (vec!["LUX"], vec!["USA"]));
    let passed = quotas.iter().find(|quota| quota["kind"] == "REALLOCATED_OUT").expect("a place passed on");
    assert_eq!((&passed["places"], &passed["counterpart"]["code"]), (&json!(1), &json!("USA")));
}

#[tokio::test]
async fn favourites_course_and_schedule() {
    let edition = edition(
        "preview { role athlete { name } } narratives { section } course { distance { millimetres label } laps startFormat waypoints { name role } }
         phases { name kind localDate localTime startsAt timeZone }",
    )
    .await;
    let preview: Vec<(String, String)> =
        pluck(&edition["preview"], "role").into_iter().zip(pluck(&edition["preview"], "athlete.name")).collect();
    for (role, name) in [
        ("DEFENDING_CHAMPION", "Fabian Cancellara"),
        ("FAVOURITE", "Bradley Wiggins"),
        ("WORLD_CHAMPION", "Tony Martin"),
        ("ABSENTEE", "Cadel Evans"),
        ("CONTENDER", "Chris Froome"),
        ("CONTENDER", "Michael Rogers"),
        ("CONTENDER", "Taylor Phinney"),
        ("CONTENDER", "Sylvain Chavanel"),
        ("CONTENDER", "Luis León Sánchez"),
        ("CONTENDER", "Marco Pinotti"),
    ] {
        assert!(preview.contains(&(role.to_owned(), name.to_owned())), "{role} {name}");
    }
    let course = &edition["course"];
    assert_eq!(course["distance"], json!({ "millimetres": 44_000_000, "label": "44 km" }));
    assert_eq!((&course["laps"], &course["startFormat"]), (&json!(1), &json!("STAGGERED")));
    let places = ["Hampton Court Palace", "Esher", "Kingston upon Thames", "Teddington", "Bushy Park", "Hampton Court Palace"];
    assert_eq!(pluck(&course["waypoints"], "name"), places);
    assert_eq!(pluck(&course["waypoints"], "role"), ["START", "VIA", "VIA", "VIA", "VIA", "FINISH"]);
    let phase = &edition["phases"][0];
    assert_eq!((&phase["name"], &phase["localDate"], &phase["localTime"]), (&json!("Final"), &json!("2012-08-01"), &json!("14:15")));
    assert_eq!((&phase["startsAt"], &phase["timeZone"]), (&json!("2012-08-01T13:15:00Z"), &json!("Europe/London")));
    for section in ["qualification", "favourites", "course"] {
        assert!(pluck(&edition["narratives"], "section").contains(&section.to_owned()), "{section}");
    }
}

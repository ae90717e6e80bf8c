//! Who won the track time trial, and what follows.

use crate::support::{Backend, Graph, pluck};
use serde_json::{Value, json};

/// Gold, silver, bronze by year: name and nation.
const MEN: [(i32, [(&str, &str); 3]); 19] = [
    (1896, [("Paul Masson", "FRA"), ("Stamatios Nikolopoulos", "GRE"), ("Adolf Schmal", "AUT")]),
    (1928, [("Willy Falck Hansen", "DEN"), ("Gerard Bosch van Drakestein", "NED"), ("Dunc Gray", "AUS")]),
    (1932, [("Dunc Gray", "AUS"), ("Jacques van Egmond", "NED"), ("Charles Rampelberg", "FRA")]),
    (1936, [("Arie van Vliet", "NED"), ("Pierre Georget", "FRA"), ("Rudolf Karsch", "GER")]),
    (1948, [("Jacques Dupont", "FRA"), ("Pierre Nihant", "BEL"), ("Tommy Godwin", "GBR")]),
    (1952, [("Russell Mockridge", "AUS"), ("Marino Morettini", "ITA"), ("Raymond Robinson", "RSA")]),
    (1956, [("Leandro Faggin", "ITA"), ("Ladislav Fouček", "TCH"), ("Jimmy Swift", "RSA")]),
    (1960, [("Sante Gaiardoni", "ITA"), ("Dieter Gieseler", "EUA"), ("Rostislav Vargashkin", "URS")]),
    (1964, [("Patrick Sercu", "BEL"), ("Giovanni Pettenella", "ITA"), ("Pierre Trentin", "FRA")]),
    (1968, [("Pierre Trentin", "FRA"), ("Niels Fredborg", "DEN"), ("Janusz Kierzkowski", "POL")]),
    (1972, [("Niels Fredborg", "DEN"), ("Daniel Clark", "AUS"), ("Jürgen Schütze", "GDR")]),
    (1976, [("Klaus-Jürgen Grünke", "GDR"), ("Michel Vaarten", "BEL"), ("Niels Fredborg", "DEN")]),
    (1980, [("Lothar Thoms", "GDR"), ("Aleksandr Panfilov", "URS"), ("David Weller", "JAM")]),
    (1984, [("Fredy Schmidtke", "FRG"), ("Curt Harnett", "CAN"), ("Fabrice Colas", "FRA")]),
    (1988, [("Aleksandr Kirichenko", "URS"), ("Martin Vinnicombe", "AUS"), ("Robert Lechner", "FRG")]),
    (1992, [("José Manuel Moreno", "ESP"), ("Shane Kelly", "AUS"), ("Erin Hartwell", "USA")]),
    (1996, [("Florian Rousseau", "FRA"), ("Erin Hartwell", "USA"), ("Takanobu Jumonji", "JPN")]),
    (2000, [("Jason Queally", "GBR"), ("Stefan Nimke", "GER"), ("Shane Kelly", "AUS")]),
    (2004, [("Chris Hoy", "GBR"), ("Arnaud Tournant", "FRA"), ("Stefan Nimke", "GER")]),
];

const WOMEN: [(i32, [(&str, &str); 3]); 2] = [
    (2000, [("Félicia Ballanger", "FRA"), ("Michelle Ferris", "AUS"), ("Jiang Cuihua", "CHN")]),
    (2004, [("Anna Meares", "AUS"), ("Jiang Yonghua", "CHN"), ("Natallia Tsylinskaya", "BLR")]),
];

const HOSTS: [&str; 19] = [
    "Athens",
    "Amsterdam",
    "Los Angeles",
    "Berlin",
    "London",
    "Helsinki",
    "Melbourne",
    "Rome",
    "Tokyo",
    "Mexico City",
    "Munich",
    "Montreal",
    "Moscow",
    "Los Angeles",
    "Seoul",
    "Barcelona",
    "Atlanta",
    "Sydney",
    "Athens",
];

async fn graph() -> Graph {
    Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there")
}

async fn editions(graph: &Graph, gender: &str) -> Value {
    let question = r#"{ event(slug: "cycling-track/time-trial/GENDER") {
        editions { games { year hostCities { name } } medals { medal competitor { name } nation { code } } }
    } }"#;
    graph.data(&question.replace("GENDER", gender)).await["event"]["editions"].take()
}

fn assert_medals(editions: &Value, expected: &[(i32, [(&str, &str); 3])]) {
    assert_eq!(editions.as_array().map(Vec::len), Some(expected.len()));
    for (edition, (year, medals)) in editions.as_array().expect("a list").iter().zip(expected) {
        assert_eq!(edition["games"]["year"], *year);
        assert_eq!(pluck(&edition["medals"], "medal"), ["GOLD", "SILVER", "BRONZE"], "{year}");
        assert_eq!(pluck(&edition["medals"], "competitor.name"), medals.map(|(name, _)| name), "{year}");
        assert_eq!(pluck(&edition["medals"], "nation.code"), medals.map(|(_, nation)| nation), "{year}");
    }
}

#[tokio::test]
async fn the_medalists_of_every_games() {
    let graph = graph().await;
    let men = editions(&graph, "men").await;
    assert_medals(&men, &MEN);
    assert_medals(&editions(&graph, "women").await, &WOMEN);
    let hosts: Vec<String> =
        men.as_array().expect("a list").iter().map(|edition| pluck(&edition["games"]["hostCities"], "name").remove(0)).collect();
    assert_eq!(hosts, HOSTS);
}

#[tokio::test]
async fn the_intercalated_games_are_there_but_not_counted() {
    let question = r#"{ event(slug: "cycling-track/time-trial/men") {
        editions(includeUnofficialGames: true) { games { slug recognition } distance { millimetres label } medals { competitor { name } nation { code } } }
    } }"#;
    let mut data = graph().await.data(question).await;
    let editions = data["event"]["editions"].take();
    assert_eq!(editions.as_array().map(Vec::len), Some(20));
    let edition = &editions[1];
    assert_eq!(edition["games"], json!({ "slug": "1906-intercalated", "recognition": "UNOFFICIAL" }));
    assert_eq!(edition["distance"], json!({ "millimetres": 333_333, "label": "333⅓ m" }));
    assert_eq!(pluck(&edition["medals"], "competitor.name"), ["Francesco Verri", "Herbert Crowther", "Henri Menjou"]);
    assert_eq!(pluck(&edition["medals"], "nation.code"), ["ITA", "GBR", "FRA"]);
}

#[tokio::test]
async fn the_programme() {
    let question = r#"{
        men: event(slug: "cycling-track/time-trial/men") { yearsHeld heldSpans { firstYear lastYear } status }
        women: event(slug: "cycling-track/time-trial/women") { yearsHeld status }
        eventFamily(slug: "cycling-track/time-trial") { events { gender editions { games { year } distance { millimetres } } } }
        first: eventEdition(slug: "1896-summer/cycling-track/time-trial/men") { previous { slug } next { games { year } } }
        pause: eventEdition(slug: "1928-summer/cycling-track/time-trial/men") { previous { games { year } } }
        war: eventEdition(slug: "1936-summer/cycling-track/time-trial/men") { next { games { year } } }
        last: eventEdition(slug: "2004-summer/cycling-track/time-trial/men") { next { slug } }
        unofficial: eventEdition(slug: "1906-intercalated/cycling-track/time-trial/men") { previous { games { year } } next { games { year } } }
    }"#;
    let data = graph().await.data(question).await;
    let spans = json!([{ "firstYear": 1896, "lastYear": 1896 }, { "firstYear": 1928, "lastYear": 2004 }]);
    assert_eq!(data["men"], json!({ "yearsHeld": "1896, 1928–2004", "heldSpans": spans, "status": "DISCONTINUED" }));
    assert_eq!(data["women"], json!({ "yearsHeld": "2000–2004", "status": "DISCONTINUED" }));
    let distances = |event: usize| pluck(&data["eventFamily"]["events"][event]["editions"], "distance.millimetres");
    assert_eq!(distances(0)[..2], ["333333", "1000000"]);
    assert!(distances(0)[1..].iter().all(|distance| distance == "1000000"));
    assert_eq!(distances(1), ["500000", "500000"]);
    let year = |year: i32| json!({ "games": { "year": year } });
    assert_eq!(data["first"], json!({ "previous": null, "next": year(1928) }));
    assert_eq!(data["pause"], json!({ "previous": year(1896) }));
    assert_eq!(data["war"], json!({ "next": year(1948) }));
    assert_eq!(data["last"], json!({ "next": null }));
    assert_eq!(data["unofficial"], json!({ "previous": year(1896), "next": year(1928) }));
}

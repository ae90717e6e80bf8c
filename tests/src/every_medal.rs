//! Every medal of every Games: the whole built-in data against published totals, against what any almanac says of thirty athletes, and
//! against itself.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use podium_seed::{Import, ImportOptions};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::support::{Backend, Graph, here, pluck, real_data};

/// Gold, silver and bronze by Games and nation.
type Totals = BTreeMap<(String, String), [i64; 3]>;

/// The medals of athletes whom any almanac counts, most decorated first within their field.
const ALMANAC: [(&str, [i64; 3]); 32] = [
    ("michael-phelps", [23, 3, 2]),
    ("larisa-latynina", [9, 5, 4]),
    ("nikolay-andrianov", [7, 5, 3]),
    ("boris-shakhlin", [7, 4, 2]),
    ("edoardo-mangiarotti", [6, 5, 2]),
    ("takashi-ono", [5, 4, 4]),
    ("paavo-nurmi", [9, 3, 0]),
    ("birgit-fischer", [8, 4, 0]),
    ("sawao-kato", [8, 3, 1]),
    ("jenny-thompson", [8, 3, 1]),
    ("mark-spitz", [9, 1, 1]),
    ("matt-biondi", [8, 2, 1]),
    ("carl-lewis", [9, 1, 0]),
    ("usain-bolt", [8, 0, 0]),
    ("allyson-felix", [7, 3, 1]),
    ("katie-ledecky", [9, 4, 1]),
    ("caeleb-dressel", [9, 1, 0]),
    ("emma-mckeon", [6, 3, 5]),
    ("simone-biles", [7, 2, 2]),
    ("vera-caslavska", [7, 4, 0]),
    ("isabell-werth", [8, 6, 0]),
    ("aladar-gerevich", [7, 1, 2]),
    ("ray-ewry", [8, 0, 0]),
    ("jesse-owens", [4, 0, 0]),
    ("jason-kenny", [7, 2, 0]),
    ("mijain-lopez", [5, 0, 0]),
    ("marit-bjorgen", [8, 4, 3]),
    ("bjorn-daehlie", [8, 4, 0]),
    ("johannes-hosflot-klaebo", [11, 1, 1]),
    ("ireen-wust", [6, 5, 2]),
    ("raisa-smetanina", [4, 5, 1]),
    ("eric-heiden", [5, 0, 0]),
];

/// The twenty largest nations of all time, by gold medals. Their rows of each Games are held against the published ones.
const ALL_TIME: [(&str, [i64; 3]); 20] = [
    ("USA", [1228, 1008, 886]),
    ("URS", [473, 376, 355]),
    ("CHN", [330, 262, 227]),
    ("GER", [326, 327, 328]),
    ("GBR", [316, 347, 361]),
    ("FRA", [292, 329, 362]),
    ("ITA", [281, 250, 298]),
    ("NOR", [231, 199, 188]),
    ("SWE", [224, 238, 247]),
    ("JPN", [211, 198, 233]),
    ("RUS", [193, 168, 187]),
    ("GDR", [192, 165, 162]),
    ("AUS", [191, 201, 233]),
    ("HUN", [189, 163, 188]),
    ("NED", [174, 168, 182]),
    ("CAN", [162, 196, 241]),
    ("FIN", [146, 151, 189]),
    ("KOR", [145, 134, 130]),
    ("SUI", [123, 137, 145]),
    ("AUT", [98, 132, 140]),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_medal_on_sqlite() {
    every_medal(Backend::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_medal_on_postgres() {
    every_medal(Backend::Postgres).await;
}

/// All checks share one database.
async fn every_medal(backend: Backend) {
    let Some(graph) = Graph::everything(backend).await else { return };
    every_table_is_complete(&graph).await;
    athletes_have_the_medals_of_any_almanac(&graph).await;
    what_people_ask_first_is_answered(&graph).await;
    tables_are_those_of_the_day(&graph).await;
    nobody_is_there_twice(&graph).await;
    careers_are_counted_as_their_medals(&graph).await;
    let tables = tables(&graph, "MEDAL, ART").await;
    tables_are_the_published_ones(&tables);
    let venues = venues_on_the_map(&graph).await;
    every_games_to_2018_has_a_map(&graph, &venues).await;
    imports_change_no_table(&graph, &tables).await;
    let missing: Vec<_> = venues.difference(&venues_on_the_map(&graph).await).cloned().collect();
    assert!(missing.is_empty(), "an import took the coordinates of {missing:?}");
}

/// The venues whose coordinates are known, each with its Games.
async fn venues_on_the_map(graph: &Graph) -> BTreeSet<(String, String, String)> {
    let mut known = BTreeSet::new();
    for games in games_held(graph).await {
        let answer = graph.data(&format!("{{ games(slug: \"{games}\") {{ venues {{ name latitude longitude }} }} }}")).await;
        let venues = answer["games"]["venues"].as_array().expect("venues").clone();
        let located = venues.iter().filter(|venue| venue["latitude"].is_f64() && venue["longitude"].is_f64());
        let place = |venue: &Value| format!("{}, {}", venue["latitude"], venue["longitude"]);
        known.extend(located.map(|venue| (games.clone(), venue["name"].as_str().expect("a name").to_owned(), place(venue))));
    }
    known
}

async fn every_games_to_2018_has_a_map(graph: &Graph, venues: &BTreeSet<(String, String, String)>) {
    for games in games_held(graph).await.iter().filter(|games| games.as_str() < "2019") {
        let count = venues.iter().filter(|(place, ..)| place == games).count();
        assert!(count >= 3, "{games} has {count} venues on the map");
    }
    assert!(venues.len() >= 640, "{}", venues.len());
}

/// Whole careers are counted ahead; a filter that leaves no medal out counts the medals themselves.
async fn careers_are_counted_as_their_medals(graph: &Graph) {
    let page = |filter: &str, part: &str| {
        let list = format!("multipleMedalists(minMedals: 1, {part}{filter})");
        format!("{{ {list} {{ totalCount nodes {{ rankText athlete {{ slug }} gold silver bronze span }} }} }}")
    };
    for part in
        ["first: 100", "last: 100", "first: 100, orderBy: { field: SPAN, direction: DESC }", "first: 100, orderBy: { field: FIRST_YEAR }"]
    {
        let (ahead, counted) = (graph.data(&page("", part)).await, graph.data(&page(", filter: { asOf: \"2099-01-01\" }", part)).await);
        assert!(ahead["multipleMedalists"]["totalCount"].as_i64().is_some_and(|count| count > 20_000), "{part}");
        assert_eq!(ahead, counted, "{part}");
    }
}

/// The slugs of the Games that were held.
async fn games_held(graph: &Graph) -> Vec<String> {
    let held = graph.data("{ allGames(filter: { status: [HELD] }, first: 100) { nodes { slug } } }").await;
    pluck(&held["allGames"]["nodes"], "slug")
}

async fn every_table_is_complete(graph: &Graph) {
    let games = games_held(graph).await;
    assert!(games.len() >= 54, "{}", games.len());
    for slug in games {
        let answer = graph.data(&format!("{{ games(slug: \"{slug}\") {{ medalTable {{ complete rows(first: 1) {{ gold }} }} }} }}")).await;
        let table = &answer["games"]["medalTable"];
        assert_eq!(table["complete"], true, "{slug}");
        assert!(table["rows"][0]["gold"].as_i64().is_some_and(|gold| gold > 0), "{slug}");
    }
    let whole = graph.data("{ medalTable { complete rows(first: 20) { nation { code slug } gold silver bronze } } }").await;
    assert_eq!(whole["medalTable"]["complete"], true);
    let rows = whole["medalTable"]["rows"].as_array().expect("rows");
    let largest: Vec<_> = rows.iter().map(|row| (row["nation"]["code"].as_str().expect("a code"), counts(row))).collect();
    assert_eq!(largest, ALL_TIME);
    let official = tables(graph, "MEDAL").await;
    for row in rows {
        let of_nation = official.iter().filter(|((games, nation), _)| row["nation"]["slug"] == *nation && !games.starts_with("1906"));
        let sum = of_nation.fold([0; 3], |sum, (_, medals)| std::array::from_fn(|medal| sum[medal] + medals[medal]));
        assert_eq!(counts(row), sum, "{}: all time is the sum of all Games", row["nation"]["code"]);
    }
}

async fn athletes_have_the_medals_of_any_almanac(graph: &Graph) {
    for (slug, medals) in ALMANAC {
        let answer = graph.data(&format!("{{ athlete(slug: \"{slug}\") {{ medalCount {{ gold silver bronze }} }} }}")).await;
        assert_eq!(counts(&answer["athlete"]["medalCount"]), medals, "{slug}");
    }
}

async fn what_people_ask_first_is_answered(graph: &Graph) {
    let bolt = graph.data("{ athlete(slug: \"usain-bolt\") { name names { name } born { text } externalIds { scheme value } } }").await;
    assert_eq!((&bolt["athlete"]["name"], &bolt["athlete"]["born"]["text"]), (&"Usain Bolt".into(), &"21 August 1986".into()));
    assert!(pluck(&bolt["athlete"]["names"], "name").contains(&"Usain St. Leo Bolt".to_owned()));
    let norway =
        graph.data("{ games(slug: \"2026-winter\") { medalTable { rows(first: 1) { nation { code } gold silver bronze } } } }").await;
    let first = &norway["games"]["medalTable"]["rows"][0];
    assert_eq!((first["nation"]["code"].as_str(), counts(first)), (Some("NOR"), [18, 12, 11]));
    // The mixed teams are no delegation, but their members' nations are.
    let athens = graph.data("{ games(slug: \"1896-summer\") { delegations { nation { code } } } }").await;
    let codes = ["AUS", "AUT", "DEN", "FRA", "GBR", "GER", "GRE", "HUN", "SUI", "USA"];
    assert_eq!(pluck(&athens["games"]["delegations"], "nation.code"), codes);
}

/// `wonOn` selects by the day of the event; `asOf` leaves out what was not yet won.
async fn tables_are_those_of_the_day(graph: &Graph) {
    let table = |filter: &str| {
        format!("{{ medalTable(filter: {{ {filter} }}) {{ rows(first: 200) {{ nation {{ code }} gold silver bronze }} }} }}")
    };
    let day = graph.data(&table("games: [\"2024-summer\"], wonOn: { from: \"2024-07-27\", to: \"2024-07-27\" }")).await;
    let golds: i64 = day["medalTable"]["rows"].as_array().expect("rows").iter().map(|row| counts(row)[0]).sum();
    assert_eq!(golds, 13, "gold medals of the first day of Paris 2024");
    let before = graph.data(&table("asOf: \"1896-04-01\"")).await;
    assert_eq!(before["medalTable"]["rows"], Value::Array(Vec::new()), "no medal was won before the first Games");
    let backwards = graph.ask(&table("wonOn: { from: \"2024-08-09\", to: \"2024-08-01\" }")).await.0;
    assert_eq!(backwards["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
}

/// Medallists with one name, nation and year of birth are listed, each pair with the reason why they are two.
async fn nobody_is_there_twice(graph: &Graph) {
    use podium_entity::{athlete, entry_member};
    use sea_orm::{EntityTrait, QuerySelect};
    let members = entry_member::Entity::find().select_only().columns([entry_member::Column::AthleteId, entry_member::Column::NationId]);
    let pairs: BTreeSet<(uuid::Uuid, uuid::Uuid)> =
        members.into_tuple().all(&graph.store.reader).await.expect("the members").into_iter().collect();
    let athletes = athlete::Entity::find().all(&graph.store.reader).await.expect("the athletes");
    let by_id: BTreeMap<uuid::Uuid, &athlete::Model> = athletes.iter().map(|row| (row.id, row)).collect();
    let mut same: BTreeMap<(String, uuid::Uuid, String), BTreeSet<&str>> = BTreeMap::new();
    for (athlete, nation) in pairs {
        let row = by_id[&athlete];
        let year = row.born.as_ref().map_or("", |born| &born[..4]);
        same.entry((podium_entity::names::fold::fold(&row.name), nation, year.to_owned())).or_default().insert(&row.slug);
    }
    let found: BTreeSet<String> =
        same.into_values().filter(|slugs| slugs.len() > 1).map(|slugs| slugs.into_iter().collect::<Vec<_>>().join(" ")).collect();
    let listed: BTreeSet<String> =
        rows::<Namesakes>(&here().join("every_medal/namesakes.csv")).into_iter().map(|line| line.slugs).collect();
    assert_eq!(found, listed);
}

#[derive(Deserialize)]
struct Namesakes {
    slugs: String,
}

/// The medal table of every Games, of editions with this status. Published totals count the art competitions of their time.
async fn tables(graph: &Graph, status: &str) -> Totals {
    let mut totals = Totals::new();
    for games in games_held(graph).await {
        let question = format!(
            "{{ games(slug: \"{games}\") {{ medalTable(filter: {{ editionStatus: [{status}] }}) \
             {{ rows(first: 200) {{ nation {{ slug }} gold silver bronze }} }} }} }}"
        );
        let answer = graph.data(&question).await;
        for row in answer["games"]["medalTable"]["rows"].as_array().expect("rows") {
            totals.insert((games.clone(), row["nation"]["slug"].as_str().expect("a slug").to_owned()), counts(row));
        }
    }
    totals
}

/// A line of `differences.csv`.
#[derive(Deserialize)]
struct Difference {
    games: String,
    nation: String,
    gold: i64,
    silver: i64,
    bronze: i64,
    published_gold: i64,
    published_silver: i64,
    published_bronze: i64,
    reason: String,
}

/// Every row equals the published one, or stands in the list of differences with its reason.
fn tables_are_the_published_ones(tables: &Totals) {
    let Some(published) = published() else { return };
    let games: BTreeSet<&String> = published.keys().map(|(games, _)| games).collect();
    let places: BTreeSet<&(String, String)> = tables.keys().filter(|(place, _)| games.contains(place)).chain(published.keys()).collect();
    let zero = [0; 3];
    let mut found = BTreeMap::new();
    for place in &places {
        let (ours, theirs) = (tables.get(*place).unwrap_or(&zero), published.get(*place).unwrap_or(&zero));
        if ours != theirs {
            found.insert((*place).clone(), (*ours, *theirs));
        }
    }
    let explained: BTreeMap<(String, String), ([i64; 3], [i64; 3])> = rows::<Difference>(&here().join("every_medal/differences.csv"))
        .into_iter()
        .map(|line| {
            assert!(!line.reason.is_empty());
            let theirs = [line.published_gold, line.published_silver, line.published_bronze];
            ((line.games, line.nation), ([line.gold, line.silver, line.bronze], theirs))
        })
        .collect();
    assert_eq!(found, explained);
    assert!(places.len() > 1_800, "{}", places.len());
}

#[derive(Deserialize)]
struct Participation {
    games: String,
    country: String,
    gold: i64,
    silver: i64,
    bronze: i64,
}

#[derive(Deserialize)]
struct GamesDetail {
    code: String,
    year: i32,
    season: String,
    edition: String,
}

#[derive(Deserialize)]
struct Paris {
    country_code: String,
    #[serde(rename = "Gold Medal")]
    gold: i64,
    #[serde(rename = "Silver Medal")]
    silver: i64,
    #[serde(rename = "Bronze Medal")]
    bronze: i64,
}

#[derive(Deserialize)]
struct Milano {
    country_code: String,
    gold: i64,
    silver: i64,
    bronze: i64,
}

/// The published totals at hand, by Games and the slug of the nation; none when the data is not here.
fn published() -> Option<Totals> {
    let folder = real_data("participation-1896-2022")?;
    let detail = rows::<GamesDetail>(&folder.join("gamesDetail.csv"));
    let olympic = detail.into_iter().filter(|games| unquoted(&games.edition) == "olympics");
    let games: BTreeMap<String, (i32, String)> = olympic
        .map(|games| (unquoted(&games.code).to_owned(), (games.year, format!("{}-{}", games.year, unquoted(&games.season)))))
        .collect();
    let mut totals = Totals::new();
    for row in rows::<Participation>(&folder.join("participationRecords.csv.gz")) {
        // The file has no medals of Cortina 1956.
        let Some((year, slug)) = games.get(unquoted(&row.games)).filter(|(_, slug)| slug != "1956-winter") else { continue };
        let sum = totals.entry((slug.clone(), nation(unquoted(&row.country), *year))).or_default();
        sum.iter_mut().zip([row.gold, row.silver, row.bronze]).for_each(|(sum, medals)| *sum += medals);
    }
    for row in rows::<Paris>(&real_data("paris-2024")?.join("medals_total.csv")) {
        totals.insert(("2024-summer".to_owned(), row.country_code), [row.gold, row.silver, row.bronze]);
    }
    for row in rows::<Milano>(&real_data("milano-cortina-2026")?.join("medals.csv")) {
        totals.insert(("2026-winter".to_owned(), row.country_code), [row.gold, row.silver, row.bronze]);
    }
    totals.retain(|_, medals| *medals != [0; 3]);
    Some(totals)
}

/// The slug of the nation that a code of the published totals meant in a year.
fn nation(code: &str, year: i32) -> String {
    let slug = match (code, year) {
        ("GER", 1956..=1964) => "EUA",
        ("ROC", 2018) => "OAR",
        ("ROC", 2020..) => "ROC@2020",
        ("IOA", 1992) => "IOP",
        ("SCG", 1996..=2002) => "YUG",
        ("BWI", 1960) => "WIF",
        (code, _) => code,
    };
    slug.to_owned()
}

fn unquoted(text: &str) -> &str {
    text.trim().trim_matches('"')
}

/// The rows of a CSV file, whose cells may be padded with blanks.
fn rows<T: DeserializeOwned>(path: &Path) -> Vec<T> {
    let file = std::fs::File::open(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let plain: Box<dyn std::io::Read> = if path.extension().is_some_and(|extension| extension == "gz") {
        Box::new(flate2::read::GzDecoder::new(file))
    } else {
        Box::new(file)
    };
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(plain);
    reader.deserialize().map(|row| row.unwrap_or_else(|error| panic!("{}: {error}", path.display()))).collect()
}

fn counts(row: &Value) -> [i64; 3] {
    ["gold", "silver", "bronze"].map(|colour| row[colour].as_i64().unwrap_or_else(|| panic!("a number in {row}")))
}

/// The whole history and Paris on top: no medal twice, nobody twice, and every table as before.
async fn imports_change_no_table(graph: &Graph, before: &Totals) {
    let Some(history) = real_data("athlete-events-1896-2016") else { return };
    let Some(paris) = real_data("paris-2024") else { return };
    for source in [
        Import::AthleteEvents(podium_seed::AthleteEvents {
            file: history.join("athlete_events.csv.gz"),
            names: Some(history.join("athlete_names_utf8.csv.gz")),
            nocs: Some(history.join("noc_regions.csv")),
        }),
        Import::Paris2024(podium_seed::Paris2024 { folder: paris }),
    ] {
        let imported = podium_seed::import(&graph.store, &source, &ImportOptions::default(), &|_| {}).await;
        imported.unwrap_or_else(|error| panic!("{error}"));
    }
    let after = tables(graph, "MEDAL, ART").await;
    let changed = |place: &&(String, String)| after.get(*place) != before.get(*place);
    let changed: BTreeSet<_> = after.keys().chain(before.keys()).filter(changed).collect();
    let changed: Vec<_> = changed.into_iter().map(|place| (place, before.get(place), after.get(place))).collect();
    assert!(changed.is_empty(), "{changed:?}");
    for slug in ["usain-bolt", "simone-biles"] {
        let found = graph.data(&format!("{{ athlete(slug: \"{slug}\") {{ name }} }}")).await;
        let name = found["athlete"]["name"].as_str().expect("a name");
        let all = graph.data(&format!("{{ athletes(filter: {{ name: \"{name}\" }}) {{ totalCount }} }}")).await;
        assert_eq!(all["athletes"]["totalCount"], 1, "{name}");
    }
}

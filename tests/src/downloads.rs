//! Files: all rows of a list as CSV, the schedule of a Games as a calendar, the sitemap, or a sentence that says why there is none.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request};
use podium_api::answer::Engine;
use podium_api::http::{Access, App, Traffic, router};
use podium_api::limits::Limits;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::support::{Backend, Graph, skip};

async fn door() -> (Graph, Router) {
    door_with(Access::default()).await
}

async fn door_with(clients: Access) -> (Graph, Router) {
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    let door = door_of(&graph, clients);
    (graph, door)
}

fn door_of(graph: &Graph, clients: Access) -> Router {
    let app = App::new(Traffic::default(), clients);
    app.open(Engine::new(graph.store.sessions.clone(), Limits::default()));
    router(app)
}

/// The rows of a document.
async fn rows(door: &Router, document: &str) -> (u16, String, String) {
    let query = document.bytes().fold(String::new(), |query, byte| query + &format!("%{byte:02X}"));
    get(door, &format!("/graphql.csv?query={query}")).await
}

/// The status, the media type, and the file.
async fn get(door: &Router, address: &str) -> (u16, String, String) {
    ask(door, Method::GET, address).await
}

async fn ask(door: &Router, method: Method, address: &str) -> (u16, String, String) {
    let request = Request::builder().method(method).uri(address).body(Body::empty()).expect("a request");
    let (parts, body) = door.clone().oneshot(request).await.expect("an answer").into_parts();
    let media = parts.headers["content-type"].to_str().expect("a text").to_owned();
    let body = to_bytes(body, usize::MAX).await.expect("a whole file");
    (parts.status.as_u16(), media, String::from_utf8(body.to_vec()).expect("UTF-8"))
}

#[tokio::test]
async fn all_pages_are_one_file() {
    let (graph, door) = door().await;
    let list = r#"medalAwards(filter: { discipline: ["cycling-track"] }, orderBy: { field: GAMES }, first: 7, after: $page)"#;
    let nodes = "nodes { games { year } event { name } medal competitor { name } nation { code } athletes { name } }";
    let document = format!("query Medals($page: String) {{ {list} {{ {nodes} pageInfo {{ hasNextPage endCursor }} }} }}");
    let (status, media, file) = rows(&door, &document).await;
    assert_eq!((status, media.as_str()), (200, "text/csv; charset=utf-8; header=present"), "{file}");
    let mut reader = csv::Reader::from_reader(file.as_bytes());
    let header: Vec<String> = reader.headers().expect("a header").iter().map(str::to_owned).collect();
    assert_eq!(header, ["games.year", "event.name", "medal", "competitor.name", "nation.code", "athletes.name"]);
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("rows of equal length");
    let count = graph.data(r#"{ medalAwards(filter: { discipline: ["cycling-track"] }) { totalCount } }"#).await;
    assert_eq!(Some(rows.len() as u64), count["medalAwards"]["totalCount"].as_u64());
    assert!(rows.len() > 50, "{} rows are several pages", rows.len());
    let first: Vec<&str> = rows[0].iter().collect();
    assert_eq!(first, ["1896", "Men's track time trial", "GOLD", "Paul Masson", "FRA", "Paul Masson"]);
}

#[tokio::test]
async fn what_is_no_file_is_said_in_a_sentence() {
    let (_graph, door) = door().await;
    for (document, status, said) in [
        ("{ sports { name } }", 400, "select the `nodes` of a connection"),
        ("{ a: nations { nodes { name } } b: nations { nodes { name } } }", 400, "of several"),
        ("{ nations(first: 2) { nodes { name } } }", 400, "`pageInfo { hasNextPage endCursor }`"),
        ("{ nations { nodes { nam } } }", 400, "nam"),
        (r#"{ nations(filter: { code: ["XXX"] }) { nodes { name } } }"#, 200, "BAD_USER_INPUT"),
        ("{", 400, "errors"),
    ] {
        let (answered, media, body) = rows(&door, document).await;
        assert_eq!((answered, media.as_str()), (status, "application/graphql-response+json; charset=utf-8"), "{document}: {body}");
        assert!(body.contains(said), "{document}: {body}");
    }
    let request = Request::post("/graphql.csv").body(Body::empty()).expect("a request");
    assert_eq!(door.oneshot(request).await.expect("an answer").status(), 405);
}

#[tokio::test]
async fn a_schedule_is_a_calendar() {
    let (graph, door) = door().await;
    let phases = "phases(filter: { games: [\"2012-summer\"] }, first: 100) { nodes { name localDate startsAt edition { title } } }";
    let phases = graph.data(&format!("{{ {phases} }}")).await["phases"]["nodes"].as_array().expect("phases").clone();
    let dated = phases.iter().filter(|phase| !phase["localDate"].is_null() || !phase["startsAt"].is_null()).count();
    let (status, media, calendar) = get(&door, "/schedules/2012-summer.ics").await;
    assert_eq!((status, media.as_str()), (200, "text/calendar; charset=utf-8"));
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\n") && calendar.ends_with("END:VCALENDAR\r\n"), "{calendar}");
    assert!(dated > 0);
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), dated, "{calendar}");
    let (_, _, of_nobody) = get(&door, "/schedules/2012-summer.ics?sport=skating").await;
    assert_eq!(of_nobody.matches("BEGIN:VEVENT").count(), 0);
    let (_, _, of_both) = get(&door, "/schedules/2012-summer.ics?sport=skating,cycling").await;
    assert_eq!(of_both.matches("BEGIN:VEVENT").count(), dated, "{of_both}");
    // Nobody has a result of these phases, so all who are entered compete.
    for (nation, expected) in [("GBR", dated), ("ISL", 0)] {
        let (_, _, calendar) = get(&door, &format!("/schedules/2012-summer.ics?nation={nation}")).await;
        assert_eq!(calendar.matches("BEGIN:VEVENT").count(), expected, "{nation}: {calendar}");
    }
}

#[tokio::test]
async fn a_schedule_of_nothing_is_not_found() {
    let (_graph, door) = door().await;
    for (address, said) in [
        ("/schedules/2044-summer.ics", "2044-summer"),
        ("/schedules/2012-summer.ics?sport=chess", "chess"),
        ("/schedules/2012-summer", "/schedules/2024-summer.ics"),
        ("/schedules/No%20Games.ics", "No Games"),
    ] {
        let (status, _, body) = get(&door, address).await;
        assert!(status == 404 && body.contains(said), "{address}: {status} {body}");
    }
}

/// GET would refuse both. HEAD does not look, and does not know the length.
#[tokio::test]
async fn head_of_a_file_executes_nothing() {
    let (_graph, door) = door().await;
    for (address, media) in [
        ("/schedules/1999-summer.ics", "text/calendar; charset=utf-8"),
        ("/graphql.csv?query=%7Bx%7D", "text/csv; charset=utf-8; header=present"),
    ] {
        let (status, told, body) = ask(&door, Method::HEAD, address).await;
        assert_eq!((status, told.as_str(), body.as_str()), (200, media, ""), "{address}");
        let request = Request::head(address).body(Body::empty()).expect("a request");
        assert_eq!(door.clone().oneshot(request).await.expect("an answer").headers().get("content-length"), None, "{address}");
        assert_ne!(get(&door, address).await.0, 200, "{address}");
    }
}

#[tokio::test]
async fn a_sitemap_lists_every_page() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let Some(graph) = Graph::built_in(backend).await else { continue };
        let clients = Access { public_url: Some("https://example.org/results".to_owned()), ..Access::default() };
        let door = door_of(&graph, clients);
        let (status, media, index) = get(&door, "/sitemap.xml").await;
        assert_eq!((status, media.as_str()), (200, "application/xml; charset=utf-8"), "{index}");
        let mut pages = Vec::new();
        for part in addresses(&index) {
            let (status, _, xml) = get(&door, part.strip_prefix("https://example.org/results").expect("our own")).await;
            assert_eq!(status, 200, "{part}: {xml}");
            pages.extend(addresses(&xml));
        }
        let counts = graph
            .data("{ athletes { totalCount } events { totalCount } allGames(first: 100) { totalCount nodes { eventEditions { totalCount } } } nations { totalCount } }")
            .await;
        let editions = counts["allGames"]["nodes"].as_array().expect("Games").iter();
        let editions: Option<u64> = editions.map(|games| games["eventEditions"]["totalCount"].as_u64()).sum();
        let listed = |folder: &str| {
            Some(pages.iter().filter(|page| page.starts_with(&format!("https://example.org/results/{folder}/"))).count() as u64)
        };
        for (folder, field) in [("athletes", "athletes"), ("events", "events"), ("games", "allGames"), ("nations", "nations")] {
            assert_eq!(listed(folder), counts[field]["totalCount"].as_u64(), "{folder}");
        }
        assert_eq!(listed("editions"), editions);
        for path in [
            "/",
            "/nations",
            "/sports",
            "/records",
            "/on-this-day",
            "/sports/cycling",
            "/editions/2024-summer/cycling-road/individual-time-trial/men",
        ] {
            assert!(pages.contains(&format!("https://example.org/results{path}")), "{path}");
        }
        let (_, _, robots) = get(&door, "/robots.txt").await;
        assert!(robots.contains("Disallow: /results/explorer/\n") && !robots.contains("/graphql\n"), "the pages ask it: {robots}");
        assert!(robots.contains("Sitemap: https://example.org/results/sitemap.xml\n"), "{robots}");
        for part in ["athletes-2", "athletes-0", "athletes-4294967295", "athletes-99999999999999999999", "horses-1", "athletes"] {
            let (status, _, said) = get(&door, &format!("/sitemap-{part}.xml")).await;
            assert!(status == 404 && said.contains("/sitemap.xml lists them"), "{part}: {status} {said}");
        }
    }
}

fn addresses(xml: &str) -> Vec<String> {
    xml.split("<loc>").skip(1).filter_map(|rest| Some(rest.split_once("</loc>")?.0.to_owned())).collect()
}

#[tokio::test]
async fn the_parts_of_a_sitemap_are_all_of_it() {
    let (graph, _) = door().await;
    let engine = Engine::new(graph.store.sessions.clone(), Limits::default());
    let whole = engine.slugs("event", 0, 1000).await.expect("slugs");
    let mut parts = Vec::new();
    for part in 0.. {
        match engine.slugs("event", part, 2).await.expect("slugs") {
            slugs if slugs.is_empty() => break,
            slugs => parts.extend(slugs),
        }
    }
    assert!(whole.len() > 2 && whole.is_sorted(), "{whole:?}");
    assert_eq!(parts, whole);
}

/// Whether the pages are in this build, which has none without Node.
async fn has_pages(door: &Router) -> bool {
    let is_there = get(door, "/records").await.0 == 200;
    if !is_there {
        assert!(std::env::var_os("PODIUM_REQUIRE_NODE").is_none(), "the pages are not built");
        skip("no pages in this build: `make web/dist/index.html`, then build again");
    }
    is_there
}

/// Several addresses lead to a page. Search engines are told of one.
#[tokio::test]
async fn a_page_names_its_one_address() {
    let (_graph, door) = door_with(Access { public_url: Some("https://example.org".to_owned()), ..Access::default() }).await;
    if !has_pages(&door).await {
        return;
    }
    for (asked, canonical) in [
        ("/nations/GBR", Some("/nations/GBR")),
        ("/athletes/christopher-andrew-hoy", Some("/athletes/chris-hoy")),
        ("/records", Some("/records")),
        ("/on-this-day", Some("/on-this-day")),
        ("/on-this-day?month=8&day=1", None),
        ("/athletes/nobody-at-all", None),
    ] {
        let (_, _, page) = get(&door, asked).await;
        let expected = canonical.map(|path| format!("<link rel=\"canonical\" href=\"https://example.org{path}\">"));
        let found = page.split_once("<link rel=\"canonical\"").map(|(_, rest)| rest.split('>').next().unwrap_or_default());
        assert_eq!(found.map(|rest| format!("<link rel=\"canonical\"{rest}>")), expected, "{asked}");
    }
}

#[tokio::test]
async fn a_day_that_no_year_has_is_not_found() {
    let (_graph, door) = door().await;
    if !has_pages(&door).await {
        return;
    }
    for (query, expected) in [("", 200), ("?month=2&day=29", 200), ("?month=2&day=30", 404), ("?month=13", 404), ("?day=first", 404)] {
        let (status, ..) = get(&door, &format!("/on-this-day{query}")).await;
        assert_eq!(status, expected, "{query}");
    }
}

/// What schema.org's programs read: dates and places that are known, and no empty ones.
#[tokio::test]
async fn a_page_describes_its_subject_to_programs() {
    let (_graph, door) = door().await;
    if !has_pages(&door).await {
        return;
    }
    for (path, expected) in [
        ("/athletes/chris-hoy", json!({ "@type": "Person", "name": "Chris Hoy", "nationality": "Great Britain" })),
        (
            "/games/2012-summer",
            json!({ "@type": "SportsEvent", "name": "2012 Summer Olympics", "startDate": "2012-07-27", "endDate": "2012-08-12",
                    "location": { "@type": "Place", "name": "London" } }),
        ),
        (
            "/editions/1896-summer/athletics/high-jump/men",
            json!({ "@type": "SportsEvent", "name": "Men's high jump, 1896 Summer Olympics", "location": { "@type": "Place", "name": "Athens" } }),
        ),
    ] {
        let (status, _, page) = get(&door, path).await;
        let data = page.split_once("<script type=\"application/ld+json\">").and_then(|(_, rest)| rest.split_once("</script>"));
        let (data, _) = data.unwrap_or_else(|| panic!("{path} has no data: {status}"));
        let mut data: Value = serde_json::from_str(data).expect("JSON");
        assert_eq!(data.as_object_mut().and_then(|data| data.remove("@context")), Some(json!("https://schema.org")));
        assert_eq!(data, expected, "{path}");
    }
}

#[tokio::test]
async fn without_a_public_address_there_is_no_sitemap() {
    let (_graph, door) = door().await;
    let (status, _, said) = get(&door, "/sitemap.xml").await;
    assert!(status == 404 && said.contains("--public-url"), "{status} {said}");
    let (status, _, robots) = get(&door, "/robots.txt").await;
    assert_eq!((status, robots.contains("Sitemap")), (200, false));
}

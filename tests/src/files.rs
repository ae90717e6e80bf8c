//! Files: all rows of a list as CSV, the schedule of a Games as a calendar, the sitemap, or a sentence that says why there is none.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request};
use podium_api::answer::Engine;
use podium_api::http::{App, Clients, Traffic, router};
use podium_api::limits::Limits;
use tower::ServiceExt;

use crate::support::{Backend, Graph};

async fn door() -> (Graph, Router) {
    door_of(Clients::default()).await
}

async fn door_of(clients: Clients) -> (Graph, Router) {
    let graph = Graph::built_in(Backend::Sqlite).await.expect("SQLite is always there");
    let app = App::new(Traffic::default(), clients);
    app.open(Engine::new(graph.store.sessions.clone(), Limits::default()));
    (graph, router(app))
}

/// The rows of a document.
async fn rows(door: &Router, document: &str) -> (u16, String, String) {
    let query = document.bytes().fold(String::new(), |query, byte| query + &format!("%{byte:02X}"));
    get(door, &format!("/graphql.csv?query={query}")).await
}

/// The status, the media type, and the file.
async fn get(door: &Router, address: &str) -> (u16, String, String) {
    let request = Request::builder().method(Method::GET).uri(address).body(Body::empty()).expect("a request");
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

#[tokio::test]
async fn a_sitemap_lists_every_page() {
    let (graph, door) = door_of(Clients { public_url: Some("https://example.org/results".to_owned()), ..Clients::default() }).await;
    let addresses = |xml: &str| -> Vec<String> {
        xml.split("<loc>").skip(1).filter_map(|rest| Some(rest.split_once("</loc>")?.0.to_owned())).collect()
    };
    let (status, media, index) = get(&door, "/sitemap.xml").await;
    assert_eq!((status, media.as_str()), (200, "application/xml; charset=utf-8"), "{index}");
    let mut pages = Vec::new();
    for part in addresses(&index) {
        let (status, _, xml) = get(&door, part.strip_prefix("https://example.org/results").expect("our own")).await;
        assert_eq!(status, 200, "{part}: {xml}");
        pages.extend(addresses(&xml));
    }
    let counts = graph.data("{ athletes { totalCount } events { totalCount } allGames { totalCount } nations { totalCount } }").await;
    for (folder, field) in [("athletes", "athletes"), ("events", "events"), ("games", "allGames"), ("nations", "nations")] {
        let prefix = format!("https://example.org/results/{folder}/");
        let count = pages.iter().filter(|page| page.starts_with(&prefix)).count() as u64;
        assert_eq!(Some(count), counts[field]["totalCount"].as_u64(), "{folder}");
    }
    assert!(
        pages.contains(&"https://example.org/results/editions/2024-summer/cycling-road/individual-time-trial/men".to_owned()),
        "{pages:?}"
    );
    let (_, _, robots) = get(&door, "/robots.txt").await;
    assert!(robots.contains("Sitemap: https://example.org/results/sitemap.xml\n"), "{robots}");
    for missing in ["/sitemaps/athletes-2.xml", "/sitemaps/athletes-0.xml", "/sitemaps/horses-1.xml", "/sitemaps/athletes.xml"] {
        let (status, _, said) = get(&door, missing).await;
        assert!(status == 404 && said.contains("/sitemap.xml lists them"), "{missing}: {status} {said}");
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

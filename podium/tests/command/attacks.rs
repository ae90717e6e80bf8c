//! Hostile requests against the program in its own process: each is rejected at once, and the program keeps running.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::server::Server;

/// How long a rejection may take.
const AT_ONCE: Duration = Duration::from_millis(50);

/// How often an attack is tried until a rejection is that quick, since the machine does other things as well.
const TRIES: usize = 20;

/// The name of an attack, its request body, and a text that the response must contain.
type Attack = (&'static str, String, &'static str);

fn query(document: impl AsRef<str>) -> String {
    json!({ "query": document.as_ref() }).to_string()
}

fn nested(open: &str, close: &str, times: usize) -> String {
    format!("{{ nodes(ids: {}1{}) {{ id }} }}", open.repeat(times), close.repeat(times))
}

/// `count` texts in a row.
fn many(count: usize, text: impl Fn(usize) -> String) -> String {
    (0..count).map(text).collect::<Vec<_>>().join(" ")
}

/// A fragment bomb: each fragment spreads the next one `spreads` times.
fn bomb(levels: usize, spreads: usize) -> String {
    let fragments = many(levels, |level| format!("fragment F{level} on Query {{ {} }}", format!("...F{} ", level + 1).repeat(spreads)));
    format!("{{ ...F0 }} {fragments} fragment F{levels} on Query {{ sports {{ slug }} }}")
}

fn attacks() -> Vec<Attack> {
    let circle = "{ fields { type ".repeat(8) + "{ name }" + &" } }".repeat(8);
    let deep = "{ previous ".repeat(200) + "{ slug }" + &" }".repeat(200);
    let wide = "{ athletes(first: 100) { nodes { medals { edition { event { editions { medals { athletes { name } } } } } } } } }";
    let gateway = json!({
        "query": "query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }",
        "variables": { "r": vec![json!({ "__typename": "Athlete", "slug": "chris-hoy" }); 4000] },
    });
    vec![
        ("33 nested lists", query(nested("[", "]", 33)), "maxBrackets"),
        ("1,300 nested lists", query(nested("[", "]", 1300)), "maxTokens"),
        ("1,300 nested lists, never closed", query(nested("[", "", 1300)), "maxBrackets"),
        ("2,000 nested lists", query(nested("[", "]", 2000)), "maxTokens"),
        ("100,000 nested lists", query(nested("[", "]", 100_000)), "maxDocumentBytes"),
        ("600 nested objects", query(nested("{a:", "}", 600)), "maxTokens"),
        ("2,000 nested objects", query(nested("{a:", "}", 2000)), "maxTokens"),
        (
            "nested lists behind a block string that never ends",
            query(format!("{{ nodes(ids: [\"\"\" \" {}", "[".repeat(1500))),
            "never ends",
        ),
        ("nested lists behind a string that never ends", query(format!("{{ nodes(ids: [\" \n {}", "[".repeat(1500))), "maxBrackets"),
        ("nested lists as a default", query(format!("query ($a: [Int] = {}) {{ about {{ version }} }}", "[".repeat(1500))), "maxBrackets"),
        ("a nested type", query(format!("query ($a: {}Int) {{ about {{ version }} }}", "[".repeat(1500))), "maxBrackets"),
        (
            "nested lists in variables",
            format!(r#"{{"query":"{{ about {{ version }} }}","variables":{{"a":{}}}}}"#, "[".repeat(100_000)),
            "JSON object",
        ),
        ("a fragment bomb of 31 levels", query(bomb(31, 2)), "maxSelections"),
        ("a fragment bomb of 5 levels, 20 wide", query(bomb(5, 20)), "maxSelections"),
        ("a fragment bomb of 100 levels, 6 wide", query(bomb(100, 6)), "maxSelections"),
        ("a fragment that spreads itself", query("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }"), "spreads itself"),
        ("fragments that all spread each other", query(circles(12)), "spreads itself"),
        ("330 aliases", query(format!("{{ {} }}", "a: about { version } ".repeat(330))), "maxAliases"),
        ("15,000 aliases", query(format!("{{ {} }}", "a:about{version}".repeat(15_000))), "maxDocumentBytes"),
        ("20,000 times the same field", query(format!("{{ {} }}", "__typename ".repeat(20_000))), "maxDocumentBytes"),
        ("2,500 times the same field", query(format!("{{ {} }}", "__typename ".repeat(2500))), "maxTokens"),
        ("5,000 directives", query(format!("{{ __typename {} }}", "@a ".repeat(5000))), "maxTokens"),
        ("900 directives", query(format!("{{ __typename {} }}", "@a ".repeat(900))), "maxDirectives"),
        ("200 levels", query(format!("{{ games(slug: \"2012-summer\") {deep} }}")), "maxBrackets"),
        (
            "20 levels",
            query(format!("{{ games(slug: \"2012-summer\") {}{{ slug }}{} }}", "{ previous ".repeat(20), " }".repeat(20))),
            "maxDepth",
        ),
        ("a page of pages of pages", query(wide), "maxNodes"),
        ("introspection in circles", query(format!("{{ __schema {{ types {circle} }} }}")), "maxIntrospectionLists"),
        ("introspection through an interface", query(through_an_interface(7)), "maxIntrospectionLists"),
        (
            "introspection under 50 aliases",
            query(format!("{{ __schema {{ types {{ fields {{ type {{ {} }} }} }} }} }}", aliased("fields { name }", 50))),
            "maxIntrospection",
        ),
        ("8,000 spreads in a row", query(format!("{{ {} }} fragment A on Query {{ __typename }}", "...A".repeat(8000))), "maxTokens"),
        ("numbers in a row", query(format!("{{ nodes(ids: [{}]) {{ id }} }}", "1-".repeat(15_000))), "maxTokens"),
        ("200 chained fragments", query(chain(200)), "maxNesting"),
        ("many tables for many entities", many_tables(), "maxComplexity"),
        ("a long list for each of many", many_times(20_000), "maxItems"),
        ("a shorter list for each of many", many_times(900), "maxComplexity"),
        ("a long list as a length", long_length(), "maxItems"),
        ("the schema for a gateway, 40 times", query(format!("{{ {} }}", aliased("_service { sdl }", 40))), "maxComplexity"),
        ("500 questions at once", format!("[{}]", vec![query("{ about { version } }"); 500].join(",")), "several at once"),
        ("200 operations of one name", query("query A { sports { slug } } ".repeat(200)), "BAD_USER_INPUT"),
        ("450 variables of one name", query(format!("query ({}) {{ __typename }}", "$a: Int ".repeat(450))), "BAD_USER_INPUT"),
        ("a name of 30,000 letters", query(format!("{{ {} }}", "a".repeat(30_000))), "more than 100 characters"),
        ("280 unknown names of 100 letters", query(format!("{{ {} }}", unknown(280))), "Unknown field"),
        ("a string of 30,000 letters", query(format!("{{ games(slug: \"{}\") {{ name }} }}", "a".repeat(30_000))), "not a slug"),
        ("a megabyte", query("#".repeat(1_000_000)), "LIMIT_EXCEEDED"),
        ("4,000 entities", gateway.to_string(), "maxItems"),
        ("an entity of 20,000 fields, 100 times", fat_entity(), "maxItems"),
        ("a page of two billion", query("{ athletes(first: 2147483647) { nodes { name } } }"), "at most 100"),
    ]
}

fn through_an_interface(times: usize) -> String {
    format!(r#"{{ __type(name: "Node") {}{{ name }}{} }}"#, "{ possibleTypes { interfaces ".repeat(times), " } }".repeat(times))
}

fn aliased(field: &str, times: usize) -> String {
    many(times, |name| format!("a{name}: {field}"))
}

/// A chain of fragments: each spreads the next one.
fn chain(length: usize) -> String {
    format!(
        "{{ ...F0 }} {} fragment F{length} on Query {{ __typename }}",
        many(length, |name| format!("fragment F{name} on Query {{ ...F{} }}", name + 1))
    )
}

/// Medal tables that show no rows, for each of 1,000 events.
fn many_tables() -> String {
    let tables = aliased("medalTable(includeZero: true) { rows(first: 0) { gold } }", 20);
    let document = format!("query ($r: [_Any!]!) {{ _entities(representations: $r) {{ ... on Event {{ {tables} }} }} }}");
    let event = json!({ "__typename": "Event", "slug": "cycling-track/time-trial/men" });
    json!({ "query": document, "variables": { "r": vec![event; 1000] } }).to_string()
}

/// A filter with this many values, used ten times for each of 100 nations.
fn many_times(values: usize) -> String {
    let field = "nations(first: 100) { nodes { medalAwards(filter: { season: $s }) { totalCount } } }";
    let document = format!("query ($s: [Season!]) {{ {} }}", aliased(field, 10));
    json!({ "query": document, "variables": { "s": vec!["SUMMER"; values] } }).to_string()
}

/// A list where a number is expected, used by many spreads.
fn long_length() -> String {
    let document =
        format!("query ($r: [Int]) {{ {} }} fragment F on Query {{ allGames(first: $r, last: $r) {{ totalCount }} }}", "...F ".repeat(400));
    json!({ "query": document, "variables": { "r": vec![1; 50_000] } }).to_string()
}

/// A representation with many useless fields, used many times.
fn fat_entity() -> String {
    let mut fields: serde_json::Map<String, Value> = (0..20_000).map(|name| (format!("k{name}"), json!(1))).collect();
    fields.insert("__typename".to_owned(), json!("Athlete"));
    let document = format!("query ($r: _Any!) {{ _entities(representations: [{}]) {{ __typename }} }}", "$r ".repeat(100));
    json!({ "query": document, "variables": { "r": fields } }).to_string()
}

/// This many unknown fields.
fn unknown(count: usize) -> String {
    many(count, |name| format!("{}{name:03}", "medal".repeat(19)))
}

/// This many fragments, each of which spreads all of them.
fn circles(count: usize) -> String {
    let spreads = many(count, |name| format!("...F{name}"));
    let fragments = many(count, |name| format!("fragment F{name} on Query {{ {spreads} }}"));
    format!("{{ {spreads} }} {fragments}")
}

/// Posts a body and returns the response body. The server may respond to a large body before all of it is sent.
fn post(server: &Server, body: &str) -> String {
    let head = "POST /graphql HTTP/1.1\r\nHost: podium\r\nContent-Type: application/json\r\nConnection: close\r\n";
    let answer = server.ask(&format!("{head}Content-Length: {}\r\n\r\n{body}", body.len()));
    answer.split_once("\r\n\r\n").map_or_else(String::new, |(_, body)| body.to_owned())
}

#[test]
#[expect(clippy::print_stdout, reason = "`cargo test -p podium attack -- --nocapture` prints the table")]
fn each_attack_is_refused_at_once() {
    let folder = TempDir::new().expect("a folder");
    let server = Server::start(folder.path());
    server.post(&query("{ about { version } }"));
    println!("| attack | bytes | ms | answer |\n| --- | --- | --- | --- |");
    for (name, body, expected) in attacks() {
        let attack = || {
            let started = Instant::now();
            (post(&server, &body), started.elapsed())
        };
        let (mut answer, mut took) = attack();
        for _ in 1..TRIES {
            if took < AT_ONCE {
                break;
            }
            (answer, took) = attack();
        }
        let json: Value = serde_json::from_str(&answer).unwrap_or_else(|error| panic!("{name}: {error} in {answer}"));
        let error = &json["errors"][0];
        println!(
            "| {name} | {} | {:.1} | {} |",
            body.len(),
            took.as_secs_f64() * 1000.0,
            error["message"].as_str().unwrap_or_default().chars().take(90).collect::<String>()
        );
        assert!(error.to_string().contains(expected), "{name}: {json}");
        assert!(json["errors"].as_array().is_some_and(|errors| errors.len() <= 20), "{name}: an answer does not grow with the attack");
        assert!(took < AT_ONCE, "{name}: {took:?}");
    }
    assert!(server.post(&query("{ about { version } }")).contains("\"data\""), "the program lives on");
    server.stop("-TERM");
}

/// Even at the largest values of the limits, recursion does not overflow the stack.
#[test]
fn the_deepest_questions_do_not_end_the_program() {
    let folder = TempDir::new().expect("a folder");
    let limits =
        ["--max-depth", "40", "--max-brackets", "60", "--max-nesting", "200", "--max-tokens", "100000", "--max-selections", "100000"];
    let server = Server::start_with(folder.path(), &[["--listen", "127.0.0.1:0"].as_slice(), &limits].concat());
    let games = |field: &str, levels: usize| {
        format!("{{ games(slug: \"2012-summer\") {}{{ slug }}{} }}", format!("{{ {field} ").repeat(levels), " }".repeat(levels))
    };
    for document in [
        games("name slug a: next { name } previous", 37),
        games("previous", 38),
        format!("{{ ...A {} }}", "... { ".repeat(55) + "__typename" + &" }".repeat(55)) + "fragment A on Query { __typename }",
        chain(190),
        nested("[", "]", 55),
    ] {
        let answer = server.post(&query(document));
        assert!(answer.contains("\"data\"") || answer.contains("BAD_USER_INPUT"), "{answer}");
    }
    assert!(server.post(&query("{ about { version } }")).contains("\"data\""), "the program lives on");
    server.stop("-TERM");
}

//! A search for documents that are accepted and cost too much: random questions, each asked in one document as often as the limits allow.

use std::collections::HashMap;
use std::time::Instant;

use anyhow::{Context, Result};
use fastrand::Rng;
use serde_json::{Value, json};

use super::expensive::{self, Cost};
use super::finding::{Finding, Plan};
use crate::server::{NOTHING_CACHED, PATIENT, Server};

/// What the search needs to know of the schema.
const INTROSPECTION: &str = "{ __schema { types { kind name enumValues { name } \
    inputFields { name defaultValue type { ...T } } fields { name args { name defaultValue type { ...T } } type { ...T } } } } } \
    fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } }";

/// Slugs that arguments and filters take.
const SLUGS: &str = "{ athlete: athletes(first: 100, orderBy: { field: MEDALS }) { nodes { slug } } event: events(first: 100) { nodes { slug } } \
    games: allGames(first: 100) { nodes { slug } } nation: nations(first: 100) { nodes { slug } } }";

/// How often a question stands in a document at most.
const MAX_ALIASES: u64 = 200;

/// How many of the dearest documents are asked again, each of a server of its own.
const KEPT: usize = 5;

/// After how many documents the server is started again, since memory that it keeps hides what the next one takes.
const BEFORE_A_NEW_SERVER: usize = 100;

/// Searches for as long as the plan says.
pub(super) fn attempt(plan: &Plan, url: &str) -> Result<Finding> {
    let start = || Server::start_with(&plan.program, url, &[&NOTHING_CACHED[..], &PATIENT].concat());
    let mut server = start()?;
    let mut questions = Questions::of(&mut server)?;
    let (began, mut tried, mut dearest) = (Instant::now(), 0, Vec::new());
    while began.elapsed() < plan.search {
        let Some((document, cost)) = questions.largest_document(&mut server)? else { continue };
        tried += 1;
        if tried % BEFORE_A_NEW_SERVER == 0 {
            server = start()?;
        }
        dearest.push((cost.share(), document));
        dearest.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        dearest.truncate(KEPT);
    }
    let mut costs = Vec::new();
    for (_, document) in dearest {
        let cost = expensive::ask(plan, url, &document)?;
        eprintln!("{cost}: {document}");
        costs.push(cost);
    }
    let worst = costs.into_iter().max_by(|one, other| one.share().total_cmp(&other.share())).context("no document was found")?;
    Ok(worst.finding("a search for expensive documents", &format!("of {tried}, the worst was ")))
}

/// Makes random questions that are valid.
struct Questions {
    types: HashMap<String, Value>,
    slugs: Value,
    random: Rng,
}

impl Questions {
    fn of(server: &mut Server) -> Result<Self> {
        let mut data = |question: &str| -> Result<Value> {
            let mut answer: Value = serde_json::from_slice(&server.ask(&json!({ "query": question }).to_string())?)?;
            Ok(answer["data"].take())
        };
        let types = data(INTROSPECTION)?["__schema"]["types"].take();
        let types = types.as_array().context("the types of the schema")?.iter();
        let types = types.map(|kind| (text(&kind["name"]).to_owned(), kind.clone())).collect();
        Ok(Self { types, slugs: data(SLUGS)?, random: Rng::with_seed(2012) })
    }

    /// A document that asks one question as often as the limits allow, and what it costs; `None` when it is refused.
    fn largest_document(&mut self, server: &mut Server) -> Result<Option<(String, Cost)>> {
        let roots: Vec<Value> = items(&self.types["Query"]["fields"])
            .filter(|root| !matches!(text(&root["name"]), "node" | "nodes" | "_entities" | "_service"))
            .cloned()
            .collect();
        let (root, depth) = (self.random.choice(&roots).context("a root field")?.clone(), self.random.u32(1..5));
        let question = self.field(&root, depth);
        let told = server.ask(&json!({ "query": repeat(&question, 1), "extensions": { "cost": true } }).to_string())?;
        let told = &serde_json::from_slice::<Value>(&told)?["extensions"]["cost"];
        let room = |most: &str, one: &str| told[most].as_u64().unwrap_or(1) / told[one].as_u64().unwrap_or(1).max(1);
        let mut times = room("maxComplexity", "complexity").min(room("maxNodes", "nodes")).clamp(1, MAX_ALIASES);
        // Other limits may be lower.
        while times > 0 {
            let document = repeat(&question, times);
            let cost = expensive::measure(server, &document).with_context(|| document.clone())?;
            match cost.code() {
                Some("LIMIT_EXCEEDED") => times /= 2,
                Some("BAD_USER_INPUT") => break,
                _ => return Ok(Some((document, cost))),
            }
        }
        Ok(None)
    }

    /// A field with random arguments and a selection.
    fn field(&mut self, field: &Value, depth: u32) -> String {
        let (mut arguments, mut is_sized) = (Vec::new(), false);
        for argument in items(&field["args"]) {
            let name = text(&argument["name"]);
            let chance = match name {
                "after" | "before" => 0.0,
                "first" | "last" if is_sized => 0.0,
                "first" | "orderBy" | "filter" => 0.6,
                "last" => 0.9,
                _ => 0.3,
            };
            if is_required(argument) || self.random.f32() < chance {
                is_sized |= matches!(name, "first" | "last");
                arguments.push(format!("{name}: {}", self.value(name, text(&field["name"]), &argument["type"])));
            }
        }
        let arguments = if arguments.is_empty() { String::new() } else { format!("({})", arguments.join(", ")) };
        let returned = self.types[base(&field["type"])].clone();
        let selection = if is_leaf(&returned) { String::new() } else { self.selection(&returned, depth.saturating_sub(1)) };
        format!("{}{arguments}{selection}", text(&field["name"]))
    }

    fn selection(&mut self, of: &Value, depth: u32) -> String {
        let (leaves, objects): (Vec<&Value>, Vec<&Value>) =
            items(&of["fields"]).partition(|field| is_leaf(&self.types[base(&field["type"])]));
        let (leaves, objects): (Vec<Value>, Vec<Value>) = (leaves.into_iter().cloned().collect(), objects.into_iter().cloned().collect());
        if let Some(nodes) = objects.iter().find(|field| field["name"] == "nodes") {
            let count = if self.random.bool() { " totalCount" } else { "" };
            let nodes = if depth > 0 { self.field(nodes, depth) } else { "nodes { __typename }".to_owned() };
            return format!(" {{ {nodes}{count} }}");
        }
        let further = if depth > 0 && self.random.f32() < 0.8 { &objects } else { &leaves };
        let fields = (0..self.random.usize(1..3)).filter_map(|number| {
            let field = self.random.choice(further)?.clone();
            Some(format!("f{number}: {}", self.field(&field, depth)))
        });
        let fields = fields.collect::<Vec<_>>().join(" ");
        format!(" {{ {} }}", if fields.is_empty() { "__typename" } else { &fields })
    }

    /// A value for an argument, or for a field of an input object, of this name. `#` stands for a number that differs from alias to alias.
    fn value(&mut self, name: &str, parent: &str, of: &Value) -> String {
        let kind = text(&of["kind"]);
        if kind == "NON_NULL" {
            return self.value(name, parent, &of["ofType"]);
        }
        if kind == "LIST" {
            let values: Vec<String> = (0..self.random.usize(1..6)).map(|_| self.value(name, parent, &of["ofType"])).collect();
            return format!("[{}]", values.join(", "));
        }
        let (declared, random) = (self.types[text(&of["name"])].clone(), &mut self.random);
        match text(&of["name"]) {
            "Boolean" => random.bool().to_string(),
            "Int" => match name {
                "first" | "last" => random.choice(["100", "#", "1"]).unwrap_or("1").to_owned(),
                "from" | "to" | "year" => format!("{}#", random.choice([18, 19, 20]).unwrap_or(19)),
                _ => random.u32(1..10).to_string(),
            },
            "Float" => "1.5".to_owned(),
            "Date" => format!("\"{}#-08-01\"", random.choice([19, 20]).unwrap_or(19)),
            "String" | "ID" => json!(self.slug(name, parent)).to_string(),
            _ if kind == "ENUM" => text(&random.choice(items(&declared["enumValues"])).expect("a value")["name"]).to_owned(),
            _ => {
                let fields: Vec<&Value> =
                    items(&declared["inputFields"]).filter(|field| is_required(field) || self.random.f32() < 0.25).collect();
                let fields = fields.into_iter().filter(|field| !matches!(text(&field["name"]), "name" | "lineage" | "lineages"));
                let fields: Vec<String> = fields
                    .map(|field| {
                        format!("{}: {}", text(&field["name"]), self.value(text(&field["name"]), text(&declared["name"]), &field["type"]))
                    })
                    .collect();
                format!("{{ {} }}", fields.join(", "))
            }
        }
    }

    fn slug(&mut self, name: &str, parent: &str) -> String {
        let subject = match (name, parent) {
            ("text", _) => return self.random.choice(["an", "smith", "100m", "olymp"]).unwrap_or("an").to_owned(),
            ("heldAt" | "notHeldAt" | "games", _) | ("slug", "games" | "GamesFilter") => "games",
            ("nation" | "hostNation" | "code", _) | ("slug", "NationFilter") => "nation",
            ("athletes", _) | ("slug", "athlete" | "AthleteFilter") => "athlete",
            ("event", _) | ("slug", "event" | "EventFilter") => "event",
            ("discipline", _) | ("slug", "discipline") => return "athletics".to_owned(),
            _ => return "cycling".to_owned(),
        };
        self.random.choice(items(&self.slugs[subject]["nodes"])).map_or("", |node| text(&node["slug"])).to_owned()
    }
}

/// A document with a question so many times.
fn repeat(question: &str, times: u64) -> String {
    let fields: Vec<String> =
        (0..times).map(|number| format!("a{number}: {}", question.replace('#', &(10 + number % 90).to_string()))).collect();
    format!("{{ {} }}", fields.join(" "))
}

fn items(list: &Value) -> impl ExactSizeIterator<Item = &Value> {
    list.as_array().map_or(&[][..], Vec::as_slice).iter()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn is_required(argument: &Value) -> bool {
    argument["type"]["kind"] == "NON_NULL" && argument["defaultValue"].is_null()
}

fn is_leaf(declared: &Value) -> bool {
    matches!(text(&declared["kind"]), "SCALAR" | "ENUM")
}

/// The name of a type without its list and non-null modifiers.
fn base(of: &Value) -> &str {
    let mut of = of;
    while !of["ofType"].is_null() {
        of = &of["ofType"];
    }
    text(&of["name"])
}

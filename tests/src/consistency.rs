//! A response holds for one moment: all of it is of one data version, even if an import commits during execution.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use async_graphql::Request;
use podium_api::answer::Engine;
use podium_api::limits::Limits;
use podium_seed::DataSet;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::support::{Backend, Graph};

const BACKENDS: [Backend; 2] = [Backend::Sqlite, Backend::Postgres];

/// A request with several rounds of loads, each of which returns the name of the same athlete.
const QUESTION: &str = r#"{
  about { dataVersion }
  first: athlete(slug: "chris-hoy") { name medals { medal athletes { slug name } } }
  athletes(first: 2, filter: { slug: ["chris-hoy"] }) { nodes { slug name entries(first: 5) { nodes { athletes { slug name } } } } }
  search(text: "chris-hoy", kinds: [ATHLETE], first: 1) { hits { item { ... on Athlete { name } } } }
}"#;

/// Renames the athlete, from a source with the highest precedence.
async fn rename(graph: &Graph, name: &str) {
    let mut data = DataSet::default();
    data.add("sources", "key,title,precedence\nbest,The best,1000\n");
    let line = format!("chris-hoy,{name},MONONYM,{name},MALE,best");
    data.add("athletes", &format!("key,name,name_order,sort_name,gender,source\n{line}\n"));
    podium_seed::load(&graph.store.writer, &data).await.expect("the name is changed");
}

/// Commits another name as an import does: with the data version, in one transaction.
async fn commit_name(graph: Arc<Graph>, number: usize) {
    let transaction = graph.store.begin().await.expect("a transaction");
    let sql = format!("UPDATE athlete SET name = 'Name {number}' WHERE slug = 'chris-hoy'");
    transaction.execute_unprepared(&sql).await.expect("the name is changed");
    podium_store::data_version::raise(&transaction).await.expect("the version is raised");
    graph.store.commit(transaction).await.expect("a commit");
}

/// All names of the athlete in an answer.
fn names(answer: &Value, found: &mut Vec<String>) {
    match answer {
        Value::Array(items) => items.iter().for_each(|item| names(item, found)),
        Value::Object(fields) => {
            if let Some(Value::String(name)) = fields.get("name")
                && fields.get("slug").is_none_or(|slug| slug == "chris-hoy")
            {
                found.push(name.clone());
            }
            fields.values().for_each(|field| names(field, found));
        }
        _ => {}
    }
}

/// Checks that all names in a response are the same, and belong to its data version.
fn check(answer: &Value, first_version: i64) {
    assert_eq!(answer.get("errors"), None, "{answer}");
    let version: i64 = answer["data"]["about"]["dataVersion"].as_str().expect("a version").parse().expect("a number");
    let mut found = Vec::new();
    names(answer, &mut found);
    assert!(found.len() > 3, "{answer}");
    let expected = format!("Name {}", version - first_version);
    assert!(found.iter().all(|name| *name == expected), "version {version}: {found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_answer_mixes_two_versions() {
    for backend in BACKENDS {
        let Some(graph) = Graph::built_in(backend).await else { continue };
        rename(&graph, "Name 0").await;
        let first =
            graph.data("{ about { dataVersion } }").await["about"]["dataVersion"].as_str().expect("a version").parse().expect("a number");
        let is_done = Arc::new(AtomicBool::new(false));
        let askers: Vec<_> = (0..4)
            .map(|_| {
                let (engine, is_done) = (graph.engine.clone(), Arc::clone(&is_done));
                tokio::spawn(async move {
                    let mut asked = 0;
                    while !is_done.load(Ordering::Relaxed) {
                        let answer = engine.execute(Request::new(QUESTION)).await;
                        let answer = serde_json::to_value(&answer).expect("an answer is JSON");
                        // On a slow machine, three changes may occur within one request, which then fails with this code.
                        if answer["errors"][0]["extensions"]["code"] != "UNAVAILABLE" {
                            check(&answer, first);
                            asked += 1;
                        }
                    }
                    asked
                })
            })
            .collect();
        for number in 1..=20 {
            rename(&graph, &format!("Name {number}")).await;
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        is_done.store(true, Ordering::Relaxed);
        let mut asked = 0;
        for asker in askers {
            asked += asker.await.expect("no mixed answer");
        }
        assert!(asked > 20, "{backend:?}: {asked}");
    }
}

/// Changes the data exactly between two statements of one request.
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_made_again_when_the_data_changed() {
    for backend in BACKENDS {
        for (changes, is_answered) in [(1, true), (2, true), (100, false)] {
            let Some(graph) = Graph::built_in(backend).await else { continue };
            rename(&graph, "Name 0").await;
            let graph = Arc::new(graph);
            let (changed, watched) = (Arc::new(AtomicUsize::new(0)), Arc::clone(&graph));
            let engine = Engine::new(graph.store.sessions.clone(), Limits::default()).on_statement({
                let changed = Arc::clone(&changed);
                move |statement| {
                    if statement.sql.contains("medal_recipient") && changed.load(Ordering::SeqCst) < changes {
                        let number = changed.fetch_add(1, Ordering::SeqCst) + 1;
                        let change = commit_name(Arc::clone(&watched), number);
                        let runtime = tokio::runtime::Handle::current();
                        std::thread::spawn(move || runtime.block_on(change)).join().expect("the change is committed");
                    }
                }
            });
            let first: i64 = graph.data("{ about { dataVersion } }").await["about"]["dataVersion"]
                .as_str()
                .expect("a version")
                .parse()
                .expect("a number");
            let answer = serde_json::to_value(engine.execute(Request::new(QUESTION)).await).expect("an answer is JSON");
            if is_answered {
                check(&answer, first);
            } else {
                assert_eq!(answer["data"], Value::Null, "{backend:?}");
                assert_eq!(answer["errors"][0]["extensions"], json!({ "code": "UNAVAILABLE" }), "{backend:?}");
            }
            assert!(changed.load(Ordering::SeqCst) > 0, "{backend:?}: nothing was changed meanwhile");
        }
    }
}

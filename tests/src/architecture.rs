//! Tests the dependency rules of `ARCHITECTURE.md`: which file imports which. Reads the `use` lines of the crates, and paths such as
//! `crate::load::sql::join` in their code.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::support::{files, here};

/// The files that each file imports, as module paths: `load::medal_award`.
type Graph = BTreeMap<String, BTreeSet<String>>;

/// The import graph of a crate, from its `use` lines outside of tests.
fn graph(krate: &str) -> Graph {
    let root = here().join("..").join(krate).join("src");
    let modules: BTreeMap<String, String> = files(&root, "rs")
        .into_iter()
        .map(|path| (module(&root, &path), std::fs::read_to_string(&path).expect("a readable file")))
        .filter(|(module, _)| !module.ends_with("tests"))
        .collect();
    let names: BTreeSet<String> = modules.keys().cloned().collect();
    modules.iter().map(|(module, text)| (module.clone(), named(module, text, &names))).collect()
}

/// `load/medal_award.rs` is `load::medal_award`, `load/mod.rs` is `load`.
fn module(root: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(root).expect("a file of the crate").with_extension("");
    let parts: Vec<String> = relative.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    parts.join("::").trim_end_matches("::mod").to_owned()
}

fn named(module: &str, text: &str, modules: &BTreeSet<String>) -> BTreeSet<String> {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let code: String = code.lines().filter(|line| !line.trim_start().starts_with("//")).flat_map(|line| [line, "\n"]).collect();
    let mut found = BTreeSet::new();
    if module == "main" {
        // It calls the functions of its modules.
        let declared = code.lines().filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';'));
        found.extend(declared.map(str::to_owned).filter(|child| modules.contains(child)));
    }
    let parent = module.rsplit_once("::").map_or("", |(parent, _)| parent);
    for statement in code.split(';') {
        let used = statement.rfind("use ").filter(|start| statement[..*start].ends_with(['\n', ' ']));
        let paths = used.map_or_else(|| inline(statement), |start| expanded(statement[start + 4..].trim()));
        for path in paths {
            let absolute = match path.split_once("::") {
                Some(("crate", rest)) => rest.to_owned(),
                Some(("super", rest)) => format!("{parent}::{rest}").trim_start_matches("::").to_owned(),
                Some((child, _)) if modules.contains(&format!("{module}::{child}")) => format!("{module}::{path}"),
                Some((child, _)) if module == root(modules) && modules.contains(child) => path.clone(),
                _ => continue,
            };
            // The longest prefix that is a file; what is left names something in it.
            let parts: Vec<&str> = absolute.split("::").collect();
            let target = (1..=parts.len()).rev().map(|length| parts[..length].join("::")).find(|prefix| modules.contains(prefix));
            // What is left stands in the root of the crate.
            let target = target.unwrap_or_else(|| root(modules).to_owned());
            found.extend(Some(target).filter(|target| target != module));
        }
    }
    found
}

/// The paths within code that begin at the crate or the parent.
fn inline(code: &str) -> Vec<String> {
    let starts = ["crate::", "super::"].into_iter().flat_map(|start| code.match_indices(start));
    let path = |(start, _): (usize, &str)| {
        code[start..].chars().take_while(|letter| letter.is_alphanumeric() || matches!(letter, '_' | ':')).collect::<String>()
    };
    starts.map(path).collect()
}

/// The root file of a program or library.
fn root(modules: &BTreeSet<String>) -> &'static str {
    if modules.contains("main") { "main" } else { "lib" }
}

/// `a::{b, c::{self, d}}` is `a::b`, `a::c` and `a::c::d`.
fn expanded(path: &str) -> Vec<String> {
    let path: String = path.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some(open) = path.find('{') else { return vec![path.split(" as ").next().unwrap_or_default().to_owned()] };
    let prefix = &path[..open];
    let mut items = vec![String::new()];
    let mut depth = 0;
    for letter in path[open + 1..path.rfind('}').unwrap_or(path.len())].chars() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                items.push(String::new());
                continue;
            }
            _ => {}
        }
        items.last_mut().expect("an item").push(letter);
    }
    let whole = |item: &String| match item.trim() {
        "self" => vec![prefix.trim_end_matches("::").to_owned()],
        item => expanded(&format!("{prefix}{item}")),
    };
    items.iter().filter(|item| !item.trim().is_empty()).flat_map(whole).collect()
}

/// Import cycles: groups of files that import each other.
fn circles(graph: &Graph) -> Vec<Vec<String>> {
    let reachable = |from: &String| {
        let (mut seen, mut next) = (BTreeSet::new(), vec![from.clone()]);
        while let Some(module) = next.pop() {
            for target in graph.get(&module).into_iter().flatten() {
                if seen.insert(target.clone()) {
                    next.push(target.clone());
                }
            }
        }
        seen
    };
    let reach: BTreeMap<&String, BTreeSet<String>> = graph.keys().map(|module| (module, reachable(module))).collect();
    let mut circles = BTreeSet::new();
    for module in graph.keys().filter(|module| reach[module].contains(*module)) {
        circles.insert(
            graph.keys().filter(|other| reach[module].contains(*other) && reach[other].contains(module)).cloned().collect::<Vec<_>>(),
        );
    }
    circles.into_iter().collect()
}

/// The types of the graph refer to each other, as an athlete to medals and back. There is no other import cycle.
#[test]
fn nothing_goes_round_in_circles_but_the_types_of_the_graph() {
    for krate in ["entity", "store", "seed", "almanac", "podium", "bench", "api"] {
        let graph = graph(krate);
        assert!(graph.len() > 1, "{krate} was not read");
        for circle in circles(&graph) {
            let are_types = circle.iter().all(|module| module.starts_with("graph::"));
            assert!(krate == "api" && are_types, "{krate}: {circle:?}");
        }
    }
}

/// What each folder and root file of the server may import, besides itself.
#[test]
fn arrows_run_one_way() {
    let below: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("lib", &[][..]),
        ("http", &["answer", "bounded_cache", "error", "limits"]),
        (
            "answer",
            &["bounded_cache", "cache_sizes", "document", "error", "federation", "limits", "load", "loader", "query", "subscription"],
        ),
        ("document", &["bounded_cache", "error", "limits"]),
        ("federation", &["error", "graph", "loader", "query", "subscription"]),
        ("query", &["error", "graph", "load", "loader", "page", "question"]),
        ("subscription", &["error", "graph", "load", "loader"]),
        ("graph", &["error", "limits", "load", "loader", "page", "question", "rules"]),
        ("question", &["error", "rules"]),
        ("load", &["error", "loader", "page", "question", "rules"]),
        ("page", &["error", "loader", "question"]),
        ("loader", &["bounded_cache", "error"]),
        ("rules", &[]),
        ("limits", &[]),
        ("cache_sizes", &[]),
        ("bounded_cache", &[]),
        ("error", &[]),
    ]);
    let graph = graph("api");
    let top = |module: &str| module.split("::").next().unwrap_or_default().to_owned();
    for (module, targets) in &graph {
        let allowed = below.get(&*top(module)).unwrap_or_else(|| panic!("{module} is in no folder that ARCHITECTURE.md knows"));
        for target in targets.iter().filter(|target| top(target) != top(module)) {
            assert!(allowed.contains(&&*top(target)), "{module} imports {target}");
        }
    }
    for folder in below.keys() {
        assert!(graph.keys().any(|module| top(module) == *folder), "there is no {folder}");
    }
}

/// The server does not know the importers, nor the importers the server.
#[test]
fn crates_know_only_what_they_need() {
    for (krate, known) in [
        ("entity", &[][..]),
        ("migration", &[]),
        ("store", &["podium-entity", "podium-migration"]),
        ("seed", &["podium-entity", "podium-store"]),
        ("almanac", &["podium-entity", "podium-seed", "podium-store"]),
        ("api", &["podium-entity", "podium-store"]),
        ("podium", &["podium-api", "podium-seed", "podium-store"]),
        ("bench", &[]),
    ] {
        let manifest = std::fs::read_to_string(here().join("..").join(krate).join("Cargo.toml")).expect("a manifest");
        let dependencies = manifest.split("[dependencies]").nth(1).expect("dependencies").split("\n[").next().unwrap_or_default();
        let own = dependencies.lines().filter_map(|line| line.split(['.', ' ', '=']).next().filter(|name| name.starts_with("podium-")));
        assert_eq!(own.collect::<Vec<_>>(), known, "{krate}");
        assert_eq!(dependencies.contains("async-graphql"), krate == "api", "{krate}");
    }
}

#[test]
fn use_lines_are_read() {
    let modules = ["load", "load::medal", "load::sql", "page", "question::scope"].map(str::to_owned).into();
    let text =
        "use std::fmt;\nuse super::sql::{alias, join};\nuse crate::page::{self, args::PageArgs};\nuse crate::question::scope::Scope;\n";
    assert_eq!(named("load::medal", text, &modules), ["load::sql", "page", "question::scope"].map(str::to_owned).into());
    let text = "fn f() { crate::page::listing(super::sql::join) }";
    assert_eq!(named("load::medal", text, &modules), ["load::sql", "page"].map(str::to_owned).into());
    let circle = Graph::from([("a".into(), ["b".into()].into()), ("b".into(), ["a".into()].into()), ("c".into(), ["a".into()].into())]);
    assert_eq!(circles(&circle), [["a", "b"]]);
}

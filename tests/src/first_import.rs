//! A first import of the history defers indexes until its end; rows that exist already are not duplicated. The lines are made up.

use crate::support::{Backend, Graph};
use podium_entity::{athlete_name, entry_member, medal_recipient};
use podium_seed::{AthleteEvents, DataSet, Import, Report, Tally};
use sea_orm::{EntityTrait, PaginatorTrait};

const HEADER: &str = r#""ID","Name","Sex","Age","Height","Weight","Team","NOC","Games","Year","Season","City","Sport","Event","Medal""#;

/// One athlete whom Podium knows by this number, and three unknown ones with two further names each.
const LINES: [&str; 4] = [
    r#""78005","Anna M. Meares","F",20,NA,NA,"Australia","AUS","1996 Summer",1996,"Summer","Atlanta","Athletics","Athletics Women's 100 metres","Gold""#,
    r#""200001","Ada ""Addie"" Muster","F",20,NA,NA,"Austria","AUT","1996 Summer",1996,"Summer","Atlanta","Athletics","Athletics Women's 100 metres","Silver""#,
    r#""200002","Eva Muster (-Beispiel)","F",20,NA,NA,"Austria","AUT","1996 Summer",1996,"Summer","Atlanta","Athletics","Athletics Women's 100 metres",NA"#,
    r#""200003","Mia ""Mimi"" Muster","F",20,NA,NA,"Austria","AUT","1996 Summer",1996,"Summer","Atlanta","Athletics","Athletics Women's 100 metres","Bronze""#,
];

/// Data about the first athlete from a source with lower precedence than the history.
const HEARSAY: [(&str, &str); 4] = [
    ("sources", "key,title,precedence\nhearsay,What was heard,5\n"),
    ("athlete_names", "athlete,name,kind\nanna-meares,Anna M. Meares,AS_PRINTED\n"),
    ("entries", "event,games,athlete,nation,status,source\nathletics/100m/women,1996-summer,anna-meares,AUS,STARTED,hearsay\n"),
    ("medal_awards", "event,games,athlete,medal,status,source\nathletics/100m/women,1996-summer,anna-meares,GOLD,AWARDED,hearsay\n"),
];

/// Imports a file with these lines.
async fn import(graph: &Graph, lines: &[&str]) -> Report {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(&file, format!("{HEADER}\n{}\n", lines.join("\n"))).expect("the file is written");
    let from = AthleteEvents { file: file.path().to_owned(), names: None, nocs: None };
    graph.import(&Import::AthleteEvents(from)).await
}

/// The inserted and the unchanged rows of the tables that no foreign key references.
fn parts(report: &Report) -> [(usize, usize); 3] {
    ["athlete_names", "entry_members", "medal_recipients"].map(|table| {
        let tally = report.tables.iter().find(|(name, _)| name == table).map(|(_, tally)| *tally).unwrap_or_default();
        assert_eq!(Tally { inserted: 0, unchanged: 0, ..tally }, Tally::default(), "{table}: {}", report.table());
        (tally.inserted, tally.unchanged)
    })
}

/// How many rows those tables have.
async fn rows(graph: &Graph) -> [u64; 3] {
    let db = &graph.store.reader;
    let counts = [
        athlete_name::Entity::find().count(db).await,
        entry_member::Entity::find().count(db).await,
        medal_recipient::Entity::find().count(db).await,
    ];
    counts.map(|count| count.expect("an answer"))
}

#[tokio::test]
async fn what_a_lesser_source_said_stands_once() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let mut data = DataSet::sample();
        for (name, text) in HEARSAY {
            data.add(name, text);
        }
        let Some(graph) = Graph::over(backend, &data).await else { continue };
        let before = rows(&graph).await;
        let first = import(&graph, &LINES).await;
        assert_eq!(parts(&first), [(6, 1), (3, 1), (2, 1)], "{backend:?}: {}", first.table());
        assert_eq!(rows(&graph).await, [before[0] + 6, before[1] + 3, before[2] + 2], "{backend:?}");
        assert!(!import(&graph, &LINES).await.changed(), "{backend:?}");
    }
}

#[tokio::test]
async fn a_part_may_have_come_in_before() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let [Some(graph), Some(other)] = [Graph::built_in(backend).await, Graph::built_in(backend).await] else { continue };
        let excerpt = import(&graph, &LINES[..2]).await;
        assert_eq!(parts(&excerpt), [(3, 0), (2, 0), (2, 0)], "{backend:?}: {}", excerpt.table());
        let whole = import(&graph, &LINES).await;
        assert_eq!(parts(&whole), [(4, 3), (2, 2), (1, 2)], "{backend:?}: {}", whole.table());
        import(&other, &LINES).await;
        assert_eq!(rows(&graph).await, rows(&other).await, "{backend:?}");
        assert!(!import(&graph, &LINES).await.changed(), "{backend:?}");
    }
}

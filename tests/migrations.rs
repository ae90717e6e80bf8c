//! The tables: up, down and up again on both databases, and what they hold is what the entities say.

use std::collections::{BTreeMap, BTreeSet};

use podium_migration::{Migrator, MigratorTrait};
use podium_tests::{Backend, empty};
use sea_orm::{ActiveEnum, ColumnTrait, ConnectionTrait, DatabaseConnection, EntityTrait, IdenStatic, Iterable, QueryResult, Statement};

#[tokio::test]
async fn up_down_and_up_again() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let Some((store, _home)) = empty(backend).await else { continue };
        Migrator::up(&store.writer, None).await.expect("up");
        let first = columns(backend, &store.writer).await;
        Migrator::down(&store.writer, None).await.expect("down");
        assert_eq!(columns(backend, &store.writer).await.keys().cloned().collect::<Vec<_>>(), Vec::<String>::new());
        Migrator::up(&store.writer, None).await.expect("up again");
        assert_eq!(columns(backend, &store.writer).await, first);
    }
}

#[tokio::test]
async fn both_databases_have_what_the_entities_say() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let Some((store, _home)) = empty(backend).await else { continue };
        store.migrate().await.expect("the migrations run");
        assert_eq!(columns(backend, &store.writer).await, entities(), "{backend:?}");
    }
}

#[tokio::test]
async fn rows_that_must_not_be_are_refused() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let Some((store, _home)) = empty(backend).await else { continue };
        store.migrate().await.expect("the migrations run");
        podium_seed::load(&store.writer, &podium_seed::DataSet::built_in()).await.expect("the data loads");
        for statement in [
            "UPDATE games SET season = 'AUTUMN'",
            "UPDATE result SET rank = 0",
            "UPDATE result SET irm = 'DNF' WHERE rank = 2",
            "UPDATE result SET mark_decimals = NULL WHERE mark_value IS NOT NULL",
            "UPDATE medal_award SET status = 'VACANT' WHERE entry_id IS NOT NULL",
            "UPDATE medal_award SET valid_to = '2020-01-01' WHERE valid_to IS NULL",
            "UPDATE entry SET team_name = 'both' WHERE athlete_id IS NOT NULL",
            "UPDATE entry SET nation_id = edition_id",
            "UPDATE games SET closed_on = '1800-01-01'",
            "DELETE FROM nation",
            "DELETE FROM athlete",
        ] {
            let refused = store.writer.execute_unprepared(statement).await;
            assert!(refused.is_err(), "{backend:?}: {statement}");
        }
    }
}

/// Rows of the tables as they were before the whole history came in; `#1` stands for an id.
const OF_BEFORE: [&str; 17] = [
    "INSERT INTO source (id, key, title, precedence) VALUES (#1, 's', 'S', 1)",
    "INSERT INTO nation (id, key, slug, code, name, name_fold, kind, source_id) VALUES (#2, 'XAA', 'XAA', 'XAA', 'A', 'a', 'COUNTRY', #1)",
    "INSERT INTO games (id, key, slug, year, season, kind, name, status, recognition, coverage, source_id) \
     VALUES (#3, 'g', 'g', 2000, 'SUMMER', 'OLYMPIC', 'G', 'HELD', 'OFFICIAL', 'NONE', #1)",
    "INSERT INTO sport (id, key, slug, name) VALUES (#4, 's', 's', 'S')",
    "INSERT INTO discipline (id, key, slug, sport_id, name) VALUES (#5, 'd', 'd', #4, 'D')",
    "INSERT INTO event_family (id, key, slug, discipline_id, name) VALUES (#6, 'f', 'f', #5, 'F')",
    "INSERT INTO event (id, key, slug, family_id, name, gender, participant_kind, mark_kind, better, source_id) \
     VALUES (#7, 'e', 'd/f/e', #6, 'E', 'OPEN', 'INDIVIDUAL', 'NONE', 'HIGHER', #1)",
    "INSERT INTO event_edition (id, slug, event_id, games_id, variant, status, coverage, source_id) VALUES (#8, 'x', #7, #3, '', 'MEDAL', 'MEDALS', #1)",
    "INSERT INTO athlete (id, key, slug, name, name_order, sort_name, sort_fold, gender, source_id) \
     VALUES (#9, 'athlete-events:7', 'ada', 'Ada Old', 'GIVEN_FIRST', 'Old, Ada', 'old ada', 'FEMALE', #1)",
    "INSERT INTO entry (id, edition_id, nation_id, athlete_id, status, source_id) VALUES (#10, #8, #2, #9, 'STARTED', #1)",
    "INSERT INTO entry_member (id, entry_id, athlete_id, role, competed) VALUES (#11, #10, #9, 'MEMBER', TRUE)",
    "INSERT INTO medal_award (id, edition_id, entry_id, medal, status, source_id) VALUES (#12, #8, #10, 'GOLD', 'AWARDED', #1)",
    "INSERT INTO medal_recipient (id, award_id, athlete_id) VALUES (#13, #12, #9)",
    "INSERT INTO external_id (id, athlete_id, scheme, value) VALUES (#14, #9, 'athlete-events', '7')",
    "INSERT INTO athlete_name (id, athlete_id, name, kind) VALUES (#15, #9, 'Adi', 'NICKNAME')",
    "INSERT INTO result (id, edition_id, entry_id, rank, rank_tied, sort_order, mark_kind, timing, status, source_id) \
     VALUES (#16, #8, #10, 1, FALSE, 1, 'NONE', 'UNKNOWN', 'OFFICIAL', #1)",
    "INSERT INTO record_mark (id, event_id, kind, sequence, mark_kind, mark_value, mark_decimals, mark_text, entry_id, games_id, edition_id, \
     set_on, equalled, ratification, source_id) VALUES (#17, #7, 'OLYMPIC', 1, 'POINTS', 9, 0, '9', #10, #3, #8, '2000-09-20', FALSE, 'RATIFIED', #1)",
];

/// What a database held before a step that makes its tables anew, it holds after.
#[tokio::test]
async fn rows_stay_when_tables_are_made_anew() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let Some((store, _home)) = empty(backend).await else { continue };
        Migrator::up(&store.writer, Some(6)).await.expect("the steps before");
        for statement in OF_BEFORE {
            let mut sql = statement.to_owned();
            for number in (1..=17).rev() {
                let id = uuid::Uuid::from_u128(number);
                let literal = if backend == Backend::Sqlite { format!("x'{}'", id.simple()) } else { format!("'{id}'") };
                sql = sql.replace(&format!("#{number}"), &literal);
            }
            store.writer.execute_unprepared(&sql).await.unwrap_or_else(|error| panic!("{error}: {sql}"));
        }
        store.migrate().await.expect("the steps since");
        let schema = podium_api::schema::Schema::new(store.reader.clone(), podium_api::limits::Limits::default());
        let question = "{ search(text: \"old\") { hits { matchedText } } athlete(slug: \"ada\") { \
                        nations { code } games { slug } externalIds { scheme value } medals { medal nation { code } } \
                        names { name } results { nodes { rankText } } } event(slug: \"d/f/e\") { recordProgression { mark { text } competitor { name } } } }";
        let answer = schema.execute(async_graphql::Request::new(question)).await;
        let answer = serde_json::to_value(&answer).expect("an answer is JSON");
        let expected = serde_json::json!({ "data": {
            "search": { "hits": [{ "matchedText": "Ada Old" }] },
            "athlete": { "nations": [{ "code": "XAA" }], "games": [{ "slug": "g" }],
                "externalIds": [{ "scheme": "athlete-events", "value": "7" }], "medals": [{ "medal": "GOLD", "nation": { "code": "XAA" } }],
                "names": [{ "name": "Adi" }], "results": { "nodes": [{ "rankText": "1" }] } },
            "event": { "recordProgression": [{ "mark": { "text": "9" }, "competitor": { "name": "Ada Old" } }] },
        } });
        assert_eq!(answer, expected, "{backend:?}");
        if backend == Backend::Sqlite {
            let dangling = Statement::from_string(store.writer.get_database_backend(), "PRAGMA foreign_key_check");
            assert_eq!(store.writer.query_all_raw(dangling).await.expect("an answer").len(), 0);
            let unchecked = store.writer.execute_unprepared("DELETE FROM entry").await;
            assert!(unchecked.is_err(), "references are looked up again");
        }
        // What is known of the size of tables is of the new ones.
        let sized = match backend {
            Backend::Sqlite => "SELECT COUNT(*) AS known FROM sqlite_stat1 WHERE tbl = 'entry'",
            Backend::Postgres => "SELECT COUNT(*) AS known FROM pg_class WHERE relname = 'entry' AND reltuples = 1",
        };
        let sized = Statement::from_string(store.reader.get_database_backend(), sized);
        let known: i64 =
            store.reader.query_one_raw(sized).await.expect("an answer").expect("a row").try_get("", "known").expect("a number");
        assert!(known > 0, "{backend:?}");
    }
}

/// The columns of each table, and whether they may be null, but for the table of the migrations and the index for searching.
type Tables = BTreeMap<String, BTreeSet<(String, bool)>>;

async fn columns(backend: Backend, db: &DatabaseConnection) -> Tables {
    let sql = match backend {
        Backend::Sqlite => {
            "SELECT m.name AS t, c.name AS c, CASE WHEN c.\"notnull\" = 0 AND c.pk = 0 THEN 'YES' ELSE 'NO' END AS n \
             FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"
        }
        Backend::Postgres => {
            "SELECT table_name::text AS t, column_name::text AS c, is_nullable::text AS n FROM information_schema.columns WHERE table_schema = 'public'"
        }
    };
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.expect("the catalogue answers");
    let mut tables = Tables::new();
    for row in rows {
        let text = |name| row.try_get::<String>("", name).expect("a text");
        let (table, column) = (text("t"), (text("c"), text("n") == "YES"));
        if table != "seaql_migrations" && !table.starts_with("search_index") {
            tables.entry(table).or_default().insert(column);
        }
    }
    tables
}

/// The columns of each entity, and whether they may be null.
fn entities() -> Tables {
    fn of<E: EntityTrait>(entity: E) -> (String, BTreeSet<(String, bool)>) {
        (entity.table_name().to_owned(), E::Column::iter().map(|column| (column.as_str().to_owned(), column.def().is_null())).collect())
    }
    macro_rules! entities {
        ($($table:ident)*) => { [$(of(podium_entity::$table::Entity)),*] };
    }
    let all = entities!(
        athlete athlete_name city course data_version delegation discipline entry entry_member event event_alias event_edition event_family
        external_id games games_host lineage lineage_member medal_award medal_recipient narrative nation nation_code nation_name
        nation_relation phase preview_note qualification_rule quota_place record_mark result search_term slug_history source sport venue waypoint
    );
    all.into_iter().collect()
}

/// The values that a column is checked for are those that its entity knows.
#[tokio::test]
async fn checked_values_are_those_of_the_entities() {
    fn values<E: ActiveEnum<Value = String> + Iterable>() -> String {
        let values: Vec<String> = E::iter().map(|value| format!("'{}'", value.to_value())).collect();
        values.join(", ")
    }
    macro_rules! columns {
        ($($table:ident.$column:literal: $enum:path;)*) => { vec![$((stringify!($table), $column, values::<$enum>())),*] };
    }
    use podium_entity::mark::MarkKind;
    use podium_entity::{
        athlete, athlete_name, course, entry, entry_member, event, event_alias, event_edition, games, games_host, medal_award, nation,
        nation_relation, phase, preview_note, quota_place, record_mark, result, search_term, waypoint,
    };
    let columns = columns! {
        games."season": games::Season; games."kind": games::GamesKind; games."status": games::GamesStatus; games."recognition": games::Recognition;
        games."coverage": games::Coverage; games_host."role": games_host::HostRole; nation."kind": nation::NationKind;
        nation_relation."kind": nation_relation::NationRelationKind; event."gender": event::EventGender;
        event."participant_kind": event::ParticipantKind; event."mark_kind": MarkKind; event."better": event::Better;
        event_alias."kind": event_alias::EventAliasKind; event_edition."status": event_edition::EditionStatus;
        event_edition."coverage": games::Coverage; course."start_format": course::StartFormat; waypoint."role": waypoint::WaypointRole;
        phase."kind": phase::PhaseKind; athlete."name_order": athlete::NameOrder; athlete."gender": athlete::Gender;
        athlete_name."kind": athlete_name::AthleteNameKind; entry."status": entry::EntryStatus; entry_member."role": entry_member::MemberRole;
        result."mark_kind": MarkKind; result."irm": result::Irm; result."timing": result::Timing; result."status": result::ResultStatus;
        medal_award."medal": medal_award::Medal; medal_award."status": medal_award::MedalAwardStatus;
        medal_award."ended_by": medal_award::MedalAwardEnd; record_mark."kind": record_mark::RecordKind; record_mark."mark_kind": MarkKind;
        record_mark."ratification": record_mark::Ratification; quota_place."kind": quota_place::QuotaKind;
        preview_note."role": preview_note::PreviewRole; search_term."kind": search_term::SearchKind;
    };
    let (store, _home) = empty(Backend::Sqlite).await.expect("SQLite is always there");
    store.migrate().await.expect("the migrations run");
    let sql = "SELECT name, sql FROM sqlite_master WHERE type = 'table'";
    let rows = store.writer.query_all_raw(Statement::from_string(store.writer.get_database_backend(), sql)).await.expect("an answer");
    let text = |row: &QueryResult, column| row.try_get::<String>("", column).expect("a text");
    let made: BTreeMap<String, String> = rows.iter().map(|row| (text(row, "name"), text(row, "sql"))).collect();
    for (table, column, values) in &columns {
        assert!(made[*table].contains(&format!("CHECK ({column} IN ({values}))")), "{table}.{column}: {values}");
    }
    let checks: usize = made.values().map(|sql| sql.matches(" IN ('").count()).sum();
    assert_eq!(columns.len(), checks - 2, "but for the IRMs that may have a rank and the kinds of slugs");
}

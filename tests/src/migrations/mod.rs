//! The migrations: up, down and up again on both databases; the tables match the entities; invalid rows are rejected.

mod catalogue;

use std::collections::BTreeMap;

use crate::support::{Backend, Graph, Snapshots, empty, here};
use podium_migration::{Migrator, MigratorTrait};
use sea_orm::{ActiveEnum, ConnectionTrait, Iterable, QueryResult, Statement};

use catalogue::{entities, tables};

const BACKENDS: [Backend; 2] = [Backend::Sqlite, Backend::Postgres];

#[tokio::test]
async fn up_down_and_up_again() {
    for backend in BACKENDS {
        let Some((store, _database)) = empty(backend).await else { continue };
        store.migrate().await.expect("up");
        let first = tables(backend, &store.writer).await;
        Migrator::down(&store.writer, None).await.expect("down");
        assert_eq!(tables(backend, &store.writer).await, BTreeMap::new());
        store.migrate().await.expect("up again");
        assert_eq!(tables(backend, &store.writer).await, first);
    }
}

/// Types, nullability, unique columns, and foreign keys.
#[tokio::test]
async fn both_databases_have_what_the_entities_say() {
    for backend in BACKENDS {
        let Some((store, _database)) = empty(backend).await else { continue };
        store.migrate().await.expect("the migrations run");
        let (tables, entities) = (tables(backend, &store.writer).await, entities());
        assert_eq!(tables.keys().collect::<Vec<_>>(), entities.keys().collect::<Vec<_>>(), "{backend:?}");
        let differences: Vec<String> = entities
            .iter()
            .filter(|(name, entity)| tables[*name] != **entity)
            .map(|(name, entity)| format!("{name}: {:?}, but its entity says {entity:?}", tables[name]))
            .collect();
        assert!(differences.is_empty(), "{backend:?}:\n{}", differences.join("\n"));
    }
}

/// The whole schema of both databases as a snapshot, so that a review shows a change of an index or a check.
#[tokio::test]
async fn the_schemas_are_as_reviewed() {
    for backend in BACKENDS {
        let Some((store, _database)) = empty(backend).await else { continue };
        store.migrate().await.expect("the migrations run");
        Snapshots::text(&here().join("schemas"), &format!("{backend:?}").to_lowercase(), &catalogue::dump(backend, &store.writer).await);
    }
}

#[tokio::test]
async fn rows_that_must_not_be_are_refused() {
    for backend in BACKENDS {
        let Some(Graph { store, .. }) = &Graph::built_in(backend).await else { continue };
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

/// The check constraint of a column allows exactly the values of its entity.
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
    let (store, _database) = empty(Backend::Sqlite).await.expect("SQLite is always there");
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

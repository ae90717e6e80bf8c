//! The tables: up, down and up again on both databases, and what they hold is what the entities say.

use std::collections::{BTreeMap, BTreeSet};

use podium_migration::{Migrator, MigratorTrait};
use podium_tests::{Backend, empty};
use sea_orm::{ConnectionTrait, DatabaseConnection, EntityTrait, IdenStatic, Iterable, Statement};

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

/// The columns of each table, but for the table of the migrations.
type Tables = BTreeMap<String, BTreeSet<String>>;

async fn columns(backend: Backend, db: &DatabaseConnection) -> Tables {
    let sql = match backend {
        Backend::Sqlite => "SELECT m.name AS t, c.name AS c FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'",
        Backend::Postgres => "SELECT table_name AS t, column_name AS c FROM information_schema.columns WHERE table_schema = 'public'",
    };
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.expect("the catalogue answers");
    let mut tables = Tables::new();
    for row in rows {
        let (table, column): (String, String) = (row.try_get("", "t").expect("a name"), row.try_get("", "c").expect("a name"));
        if table != "seaql_migrations" {
            tables.entry(table).or_default().insert(column);
        }
    }
    tables
}

/// The columns of each entity.
fn entities() -> Tables {
    fn of<E: EntityTrait>(entity: E) -> (String, BTreeSet<String>) {
        (entity.table_name().to_owned(), E::Column::iter().map(|column| column.as_str().to_owned()).collect())
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

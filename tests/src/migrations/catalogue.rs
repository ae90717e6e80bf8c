//! What the databases know of their tables, and what the entities say of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::Backend;
use sea_orm::sea_query::ColumnType;
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseConnection, EntityTrait, IdenStatic, Iterable, PrimaryKeyToColumn, QueryResult};
use sea_orm::{RelationTrait, Statement};

/// A table, as far as its entity describes it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Table {
    /// The type of each column, and whether it may be null.
    pub(super) columns: BTreeMap<String, (String, bool)>,
    /// The primary key. Tables that no foreign key references have a unique index instead.
    pub(super) key: BTreeSet<String>,
    /// The single columns with a unique constraint, besides the primary key.
    pub(super) unique: BTreeSet<String>,
    /// The columns that refer to another table.
    pub(super) references: BTreeSet<(String, String)>,
}

pub(super) type Tables = BTreeMap<String, Table>;

/// All tables but that of the migrations and those of the search index.
pub(super) async fn tables(backend: Backend, db: &DatabaseConnection) -> Tables {
    let mut tables = Tables::new();
    let columns = match backend {
        Backend::Sqlite => {
            "SELECT m.name AS t, c.name AS c, lower(c.type) AS k, CASE WHEN c.\"notnull\" = 0 AND c.pk = 0 THEN 'YES' ELSE 'NO' END AS n \
             FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"
        }
        Backend::Postgres => {
            "SELECT table_name::text AS t, column_name::text AS c, data_type::text AS k, is_nullable::text AS n \
             FROM information_schema.columns WHERE table_schema = 'public'"
        }
    };
    for row in rows(db, columns).await {
        let kind = text(&row, "k").replace("timestamp with time zone", "timestamptz");
        if is_ours(&text(&row, "t")) {
            tables.entry(text(&row, "t")).or_default().columns.insert(text(&row, "c"), (kind, text(&row, "n") == "YES"));
        }
    }
    let keys = match backend {
        Backend::Sqlite => {
            "SELECT m.name AS t, c.name AS c FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.pk > 0"
        }
        Backend::Postgres => {
            "SELECT t.relname::text AS t, a.attname::text AS c FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid \
             JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (i.indkey) WHERE i.indisprimary"
        }
    };
    for row in rows(db, keys).await {
        if let Some(table) = tables.get_mut(&text(&row, "t")) {
            table.key.insert(text(&row, "c"));
        }
    }
    let unique = match backend {
        Backend::Sqlite => {
            "SELECT m.name AS t, MIN(i.name) AS c FROM sqlite_master m JOIN pragma_index_list(m.name) l JOIN pragma_index_info(l.name) i \
             WHERE m.type = 'table' AND l.\"unique\" AND l.origin <> 'pk' AND NOT l.partial GROUP BY m.name, l.name HAVING COUNT(*) = 1 AND MIN(i.cid) >= 0"
        }
        Backend::Postgres => {
            "SELECT t.relname::text AS t, a.attname::text AS c FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid \
             JOIN pg_namespace s ON s.oid = t.relnamespace AND s.nspname = 'public' \
             JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = i.indkey[0] \
             WHERE i.indisunique AND NOT i.indisprimary AND i.indpred IS NULL AND i.indnatts = 1"
        }
    };
    for row in rows(db, unique).await {
        if let Some(table) = tables.get_mut(&text(&row, "t")) {
            table.unique.insert(text(&row, "c"));
        }
    }
    for table in tables.values_mut().filter(|table| table.key.is_empty()) {
        table.key.extend(table.unique.take("id"));
    }
    // In a foreign key of several columns, the first identifies the row. The others keep it consistent.
    let references = match backend {
        Backend::Sqlite => {
            "SELECT m.name AS t, f.\"from\" AS c, f.\"table\" AS r FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f \
             WHERE m.type = 'table' AND f.seq = 0"
        }
        Backend::Postgres => {
            "SELECT t.relname::text AS t, a.attname::text AS c, r.relname::text AS r FROM pg_constraint f JOIN pg_class t ON t.oid = f.conrelid \
             JOIN pg_class r ON r.oid = f.confrelid JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = f.conkey[1] WHERE f.contype = 'f'"
        }
    };
    for row in rows(db, references).await {
        if let Some(table) = tables.get_mut(&text(&row, "t")) {
            table.references.insert((text(&row, "c"), text(&row, "r")));
        }
    }
    tables
}

/// The whole schema of a database: columns, keys, indexes, checks, foreign keys.
pub(super) async fn dump(backend: Backend, db: &DatabaseConnection) -> String {
    let sql = match backend {
        Backend::Sqlite => "SELECT tbl_name AS t, sql AS d FROM sqlite_master WHERE sql IS NOT NULL ORDER BY tbl_name, type DESC, name",
        Backend::Postgres => {
            "SELECT t, d FROM ( \
             SELECT table_name::text AS t, 1 AS o, column_name || ' ' || data_type || CASE is_nullable WHEN 'NO' THEN ' NOT NULL' ELSE '' END \
             || COALESCE(' COLLATE ' || collation_name, '') AS d FROM information_schema.columns WHERE table_schema = 'public' \
             UNION ALL SELECT c.conrelid::regclass::text, 2, pg_get_constraintdef(c.oid) FROM pg_constraint c \
             JOIN pg_namespace s ON s.oid = c.connamespace AND s.nspname = 'public' \
             UNION ALL SELECT tablename::text, 3, indexdef FROM pg_indexes WHERE schemaname = 'public' \
             UNION ALL SELECT viewname::text, 4, definition FROM pg_views WHERE schemaname = 'public') AS parts \
             ORDER BY t COLLATE \"C\", o, d COLLATE \"C\""
        }
    };
    let mut dumped = Vec::new();
    let mut last = String::new();
    for row in rows(db, sql).await {
        let table = text(&row, "t");
        if table == "seaql_migrations" {
            continue;
        }
        if table != last {
            dumped.push(format!("\n{table}\n"));
            last = table;
        }
        dumped.push(format!("    {}\n", text(&row, "d").lines().map(str::trim).collect::<Vec<_>>().join(" ")));
    }
    dumped.concat()
}

fn is_ours(table: &str) -> bool {
    table != "seaql_migrations" && !table.starts_with("search_index") && !table.starts_with("sqlite_")
}

async fn rows(db: &DatabaseConnection, sql: &str) -> Vec<QueryResult> {
    db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap_or_else(|error| panic!("{error}: {sql}"))
}

fn text(row: &QueryResult, column: &str) -> String {
    row.try_get("", column).expect("a text")
}

/// The tables as the entities describe them.
pub(super) fn entities() -> Tables {
    fn of<E: EntityTrait>(entity: E) -> (String, Table) {
        let key: Vec<String> = E::PrimaryKey::iter().map(|key| key.into_column().as_str().to_owned()).collect();
        let mut table = Table { key: key.iter().cloned().collect(), ..Table::default() };
        for column in E::Column::iter() {
            let (name, def) = (column.as_str().to_owned(), column.def());
            if def.is_unique() && !key.contains(&name) {
                table.unique.insert(name.clone());
            }
            table.columns.insert(name, (sql_type(def.get_column_type()), def.is_null()));
        }
        for relation in E::Relation::iter().map(|relation| relation.def()).filter(|relation| !relation.is_owner) {
            let column = relation.from_col.iter().next().expect("a column").to_string();
            table.references.insert((column, relation.to_tbl.sea_orm_table().to_string()));
        }
        (entity.table_name().to_owned(), table)
    }
    macro_rules! entities {
        ($($table:ident)*) => { [$(of(podium_entity::$table::Entity)),*] };
    }
    let all = entities!(
        athlete athlete_career athlete_name city course data_version delegation discipline entry entry_member event event_alias event_edition event_family
        external_id games games_host lineage lineage_member medal_age medal_award medal_recipient medal_tally narrative nation nation_code nation_name
        nation_relation participation phase preview_note qualification_rule quota_place record_mark result search_sound search_term slug_history source sport venue waypoint
    );
    all.into_iter().collect()
}

/// What both databases call the type of a column.
fn sql_type(column: &ColumnType) -> String {
    let name = match column {
        ColumnType::Uuid => "uuid",
        ColumnType::Text | ColumnType::String(_) => "text",
        ColumnType::Integer => "integer",
        ColumnType::BigInteger => "bigint",
        ColumnType::Double => "double precision",
        ColumnType::Boolean => "boolean",
        ColumnType::Date => "date",
        ColumnType::TimestampWithTimeZone => "timestamptz",
        other => panic!("a column of the type {other:?}"),
    };
    name.to_owned()
}

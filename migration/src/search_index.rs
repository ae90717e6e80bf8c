//! The index that finds a name by any three letters of it: FTS5 on `SQLite`, `pg_trgm` on `PostgreSQL`. Both follow the table
//! `search_term` by themselves, and are asked alike: `number IN (SELECT rowid FROM search_index WHERE names LIKE '%ggin%')`.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, Statement, TransactionTrait};

/// The table keeps the texts, so that the index only has to say where they are.
const SQLITE: &str = "\
CREATE VIRTUAL TABLE search_index USING fts5(names, content = 'search_term', content_rowid = 'number', tokenize = 'trigram', detail = 'none');
CREATE TRIGGER search_term_new AFTER INSERT ON search_term BEGIN
    INSERT INTO search_index (rowid, names) VALUES (new.number, new.names);
END;
CREATE TRIGGER search_term_gone AFTER DELETE ON search_term BEGIN
    INSERT INTO search_index (search_index, rowid, names) VALUES ('delete', old.number, old.names);
END;
CREATE TRIGGER search_term_other AFTER UPDATE OF names ON search_term BEGIN
    INSERT INTO search_index (search_index, rowid, names) VALUES ('delete', old.number, old.names);
    INSERT INTO search_index (rowid, names) VALUES (new.number, new.names);
END;";

const POSTGRES: &str = "CREATE VIEW search_index AS SELECT number AS rowid, names FROM search_term;";

/// The step that makes it.
pub(crate) struct SearchIndex;

impl MigrationName for SearchIndex {
    fn name(&self) -> &'static str {
        "m0009_search_index"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for SearchIndex {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let sql = if manager.get_database_backend() == DbBackend::Postgres { POSTGRES } else { SQLITE };
        manager.get_connection().execute_unprepared(sql).await.map(|_| ())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let kind = if manager.get_database_backend() == DbBackend::Postgres { "VIEW" } else { "TABLE" };
        manager.get_connection().execute_unprepared(&format!("DROP {kind} search_index")).await.map(|_| ())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// What looks the letters up on `PostgreSQL`. The extension comes with it, but its administrator may not let us have it.
const TRIGRAMS: &str = "\
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX search_term_names ON search_term USING gin (names gin_trgm_ops);";

/// Makes the index of letters where it is not there yet. When the database does not let us, names are searched without
/// one, slower; its reason is what is answered.
///
/// # Errors
/// When the database does not answer.
pub async fn index_letters(transaction: &DatabaseTransaction) -> Result<Option<String>, DbErr> {
    if transaction.get_database_backend() != DbBackend::Postgres {
        return Ok(None);
    }
    let made = Statement::from_string(DbBackend::Postgres, "SELECT 1 AS made FROM pg_indexes WHERE indexname = 'search_term_names'");
    if transaction.query_one_raw(made).await?.is_some() {
        return Ok(None);
    }
    let attempt = transaction.begin().await?;
    match attempt.execute_unprepared(TRIGRAMS).await {
        Ok(_) => attempt.commit().await.map(|()| None),
        Err(refusal) => attempt.rollback().await.map(|()| Some(refusal.to_string())),
    }
}

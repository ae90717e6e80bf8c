//! The trigram index over the search terms on `PostgreSQL`. An administrator may have to allow its extension.

use sea_orm_migration::prelude::DbErr;
use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, Statement, TransactionTrait};

const INDEX: &str = "\
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX search_term_names ON search_term USING gin (names gin_trgm_ops);";

/// Whether the trigram index is missing where there could be one.
///
/// # Errors
/// When the database does not answer.
pub async fn lacks_trigrams(db: &impl ConnectionTrait) -> Result<bool, DbErr> {
    if db.get_database_backend() != DbBackend::Postgres {
        return Ok(false);
    }
    let made = Statement::from_string(DbBackend::Postgres, "SELECT 1 AS made FROM pg_indexes WHERE indexname = 'search_term_names'");
    Ok(db.query_one_raw(made).await?.is_none())
}

/// Creates the trigram index if it is missing. When the database refuses the extension, the reason is returned, and searches by
/// name run without the index, only slower.
///
/// # Errors
/// When the database does not answer.
pub async fn index_trigrams(transaction: &DatabaseTransaction) -> Result<Option<String>, DbErr> {
    if !lacks_trigrams(transaction).await? {
        return Ok(None);
    }
    let attempt = transaction.begin().await?;
    match attempt.execute_unprepared(INDEX).await {
        Ok(_) => attempt.commit().await.map(|()| None),
        Err(refusal) => attempt.rollback().await.map(|()| Some(refusal.to_string())),
    }
}

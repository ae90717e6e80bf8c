//! Reads `PostgreSQL` over a connection that an answer keeps to its end. The pool asks the server whether a connection still works whenever it
//! is given back, so giving it back after each statement would cost as many round trips as the statements themselves.

use sea_orm::sqlx::pool::PoolConnection;
use sea_orm::sqlx::{self, AssertSqlSafe, PgPool, Postgres};
use sea_orm::{DbErr, QueryResult, RuntimeErr, Statement};
use sea_query_sqlx::SqlxValues;
use tokio::sync::Mutex;

use crate::connect::postgres_connections;
use crate::error::is_worth_a_retry;
use crate::row::Row;

/// The connections of one answer: its own, and others of the pool for those statements of a round that get one sooner.
pub(crate) struct PostgresReader {
    pool: PgPool,
    /// Taken from the pool for the first statement.
    own: Mutex<Option<PoolConnection<Postgres>>>,
}

impl PostgresReader {
    pub(crate) fn new(pool: PgPool) -> Self {
        Self { pool, own: Mutex::default() }
    }

    /// The rows that a statement selects. After an outage, a broken connection is noticed only when it is used, so the read may meet each of
    /// them. A standby may also end a read. So it is tried once more than there are connections.
    pub(crate) async fn rows(&self, statement: &Statement) -> Result<Vec<Row>, DbErr> {
        let mut tries = 1;
        loop {
            match self.select(statement).await {
                Err(error) if tries <= postgres_connections() && is_worth_a_retry(&error) => tries += 1,
                rows => return rows,
            }
        }
    }

    async fn select(&self, statement: &Statement) -> Result<Vec<Row>, DbErr> {
        // Waiting for another connection alone could last for ever: those who have them may wait as well.
        let mut own = tokio::select! {
            biased;
            own = self.own.lock() => own,
            Ok(mut another) = self.pool.acquire() => return select(&mut another, statement).await,
        };
        let mut connection = match own.take() {
            Some(connection) => connection,
            None => self.pool.acquire().await.map_err(|error| DbErr::Conn(RuntimeErr::SqlxError(error.into())))?,
        };
        let rows = select(&mut connection, statement).await;
        // After an error, the pool finds out whether the connection still works.
        *own = rows.is_ok().then_some(connection);
        rows
    }
}

async fn select(connection: &mut PoolConnection<Postgres>, statement: &Statement) -> Result<Vec<Row>, DbErr> {
    let values = statement.values.clone().unwrap_or_else(|| sea_orm::Values(Vec::new()));
    let query = sqlx::query_with(AssertSqlSafe(statement.sql.as_str()), SqlxValues(values));
    let rows = query.fetch_all(&mut **connection).await.map_err(|error| DbErr::Query(RuntimeErr::SqlxError(error.into())))?;
    Ok(rows.into_iter().map(|row| Row::from(QueryResult::from(row))).collect())
}

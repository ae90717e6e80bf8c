//! The slugs of whole tables, for a sitemap.

use async_graphql::ServerResult;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use podium_store::Session;
use sea_orm::DbErr;

use super::engine::{Engine, with_timeout};
use crate::error::Error;
use crate::load::slugs;

impl Engine {
    /// How many rows each of these tables has.
    pub(crate) async fn counts<const N: usize>(&self, tables: [&'static str; N]) -> ServerResult<Vec<u64>> {
        let count = move |session: Session| async move {
            let mut counts = Vec::with_capacity(N);
            for table in tables {
                counts.push(slugs::count(&session, table).await?);
            }
            Ok(counts)
        };
        self.read(move |session| count(session).boxed()).await
    }

    /// One part of the slugs of a table, counted from 0; empty after the last.
    ///
    /// # Errors
    /// When the store does not answer, or not in time.
    pub async fn slugs(&self, table: &'static str, part: u32, size: u32) -> ServerResult<Vec<String>> {
        self.read(move |session| async move { slugs::part(&session, table, part, size).await }.boxed()).await
    }

    /// Reads from the store, within the time of an answer.
    async fn read<T, W>(&self, work: W) -> ServerResult<T>
    where
        T: Send + 'static,
        W: FnOnce(Session) -> BoxFuture<'static, Result<T, DbErr>> + Send + 'static,
    {
        let read = with_timeout(self.limits.time(), self.sessions.run(work)).await?;
        read.flatten().map_err(|error| Error::from(error).of_answer())
    }
}

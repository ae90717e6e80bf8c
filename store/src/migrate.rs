//! Migrations: creating and updating the tables, dropping them, and listing the migration steps.

use podium_migration::{Migrator, MigratorTrait};
use sea_orm::DatabaseTransaction;

use crate::error::StoreError;
use crate::store::Store;

impl Store {
    /// Runs the pending migrations, and loads no data.
    ///
    /// # Errors
    /// When a newer version has changed the database, or a step fails; then nothing is changed.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        let is_behind = self.is_behind().await?;
        let steps = async {
            let transaction = self.begin().await?;
            migrate_within(&transaction).await?;
            self.commit(transaction).await.map_err(StoreError::from)
        };
        self.with_import_pragmas(is_behind, steps).await?;
        if is_behind {
            self.tidy_up().await;
        }
        Ok(())
    }

    /// Drops all tables, with everything in them.
    ///
    /// # Errors
    /// When a newer version has changed the database, another program writes to it, or a step fails; then nothing is dropped.
    pub async fn drop_tables(&self) -> Result<(), StoreError> {
        let transaction = self.begin().await?;
        Migrator::down(&transaction, None).await.map_err(StoreError::Migration)?;
        Ok(self.commit(transaction).await?)
    }

    /// The migration steps by name, and whether each was made; steps of a newer version come last.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn steps(&self) -> Result<Vec<(String, bool)>, StoreError> {
        let made = self.steps_made().await?;
        let mut steps: Vec<(String, bool)> =
            Migrator::migrations().iter().map(|step| (step.name().to_owned(), made.iter().any(|name| name == step.name()))).collect();
        let unknown: Vec<String> = made.into_iter().filter(|name| !steps.iter().any(|(step, _)| step == name)).collect();
        steps.extend(unknown.into_iter().map(|name| (name, true)));
        Ok(steps)
    }

    /// Whether an earlier version of Podium made the tables, so that migration steps are pending.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn is_behind(&self) -> Result<bool, StoreError> {
        Ok((1..Migrator::migrations().len()).contains(&self.steps_made().await?.len()))
    }

    /// Whether the database has no tables of Podium yet.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn is_new(&self) -> Result<bool, StoreError> {
        Ok(self.steps_made().await?.is_empty())
    }

    /// Indexes names by trigrams where that is missing and possible. Without, searches are only slower.
    pub async fn index_names(&self) {
        let index = async {
            if podium_migration::lacks_trigrams(&self.writer).await? {
                let transaction = self.begin().await?;
                index_names_within(&transaction).await?;
                self.commit(transaction).await?;
            }
            Ok::<_, StoreError>(())
        };
        if let Err(error) = index.await {
            tracing::warn!(%error, "names are searched without an index");
        }
    }

    /// Refuses a database that a newer version of Podium has changed.
    ///
    /// # Errors
    /// When that is so, or the database does not answer.
    pub async fn refuse_newer(&self) -> Result<(), StoreError> {
        let known = Migrator::migrations();
        let unknown = self.steps_made().await?.into_iter().find(|made| !known.iter().any(|step| step.name() == made));
        unknown.map_or(Ok(()), |step| Err(StoreError::Newer(step)))
    }

    async fn steps_made(&self) -> Result<Vec<String>, StoreError> {
        podium_migration::steps_made(&self.writer).await.map_err(|error| StoreError::Migration(error).or_recognised())
    }
}

/// Runs the pending migrations within a transaction of the caller.
///
/// # Errors
/// When a step fails.
pub async fn migrate_within(transaction: &DatabaseTransaction) -> Result<(), StoreError> {
    Migrator::up(transaction, None).await.map_err(StoreError::Migration)?;
    index_names_within(transaction).await
}

async fn index_names_within(transaction: &DatabaseTransaction) -> Result<(), StoreError> {
    if let Some(reason) = podium_migration::index_trigrams(transaction).await? {
        tracing::warn!(
            "names are searched without an index, since the database refused one ({reason}): \
             let an administrator run CREATE EXTENSION pg_trgm, and start again"
        );
    }
    Ok(())
}

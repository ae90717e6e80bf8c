//! Copies of a whole database.

use std::path::Path;

use sea_orm::prelude::Uuid;
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::error::StoreError;
use crate::store::Store;

impl Store {
    /// Copies a `SQLite` database into a new file, as it is at one moment. Others may read and write meanwhile. An interruption leaves no
    /// file by that name.
    ///
    /// # Errors
    /// When there is such a file, it cannot be written, or the database is not `SQLite`.
    pub async fn back_up(&self, file: &Path) -> Result<(), StoreError> {
        if self.reader.get_database_backend() != DbBackend::Sqlite {
            return Err(StoreError::NoBackup);
        }
        if file.exists() {
            return Err(StoreError::BackupExists(file.display().to_string()));
        }
        let mut unfinished = file.as_os_str().to_owned();
        unfinished.push(format!(".{}.unfinished", Uuid::new_v4().simple()));
        let refused = |error: std::io::Error| StoreError::BackupFailed { file: file.display().to_string(), reason: error.to_string() };
        let copy = Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO ?", [unfinished.to_string_lossy().into_owned().into()]);
        if let Err(error) = self.writer.execute_raw(copy).await {
            let _ = std::fs::remove_file(&unfinished);
            let reason = crate::error::driver_message(&error);
            return Err(StoreError::BackupFailed { file: file.display().to_string(), reason });
        }
        // Which fails when someone else made such a file meanwhile.
        let linked = std::fs::hard_link(&unfinished, file).map_err(refused);
        let _ = std::fs::remove_file(&unfinished);
        linked
    }
}

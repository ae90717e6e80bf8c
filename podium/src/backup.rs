//! `podium backup`.

use std::path::Path;

use crate::existing_store::existing_store;
use crate::options::Options;
use crate::output::print;

/// Copies a SQLite database into a new file, while others read and write it.
pub(crate) async fn backup(options: &Options, file: &Path) -> anyhow::Result<()> {
    let store = existing_store(options).await?;
    let done = store.back_up(file).await;
    store.close().await;
    done?;
    print(&format!("Everything is in {}. To restore it, stop the server and put it in the place of the database.\n", file.display()))
}

//! The store of the commands that must not create one.

use std::path::Path;

use anyhow::anyhow;
use podium_store::Store;

use crate::options::Options;

/// Connects to a database that must exist: reading or emptying a database is no reason to create one.
pub(crate) async fn existing_store(options: &Options) -> anyhow::Result<Store> {
    let file = options.database_url.strip_prefix("sqlite://").and_then(|rest| rest.split('?').next()).unwrap_or_default();
    if !file.is_empty() && !Path::new(file).exists() {
        return Err(anyhow!("there is no database {file}: `podium serve` makes one, with the built-in data"));
    }
    Ok(Store::connect(&options.database_url.replace("mode=rwc", "mode=rw")).await?)
}

//! `podium prepare`.

use podium_store::Store;

use crate::options::Options;

/// Does what `podium serve` does before it serves: migrates the tables, and loads the built-in data into an empty database.
pub(crate) async fn prepare(options: &Options) -> anyhow::Result<()> {
    let store = Store::connect(&options.database_url).await?;
    let loaded = podium_seed::prepare(&store, options.built_in).await?;
    tracing::info!("{} holds {}", store.url, podium_seed::holdings(&store).await?);
    if let Some(report) = loaded {
        tracing::info!("the built-in data was loaded just now: {report}");
    }
    store.close().await;
    Ok(())
}

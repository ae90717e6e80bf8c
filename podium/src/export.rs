//! `podium export`.

use std::path::Path;

use anyhow::bail;

use crate::existing_store::existing_store;
use crate::options::Options;
use crate::output::print;
use crate::signals::stop_signal;

/// Exports everything into a folder, and prints how many lines each file has. An interrupted export leaves no file.
pub(crate) async fn export(options: &Options, folder: &Path) -> anyhow::Result<()> {
    let store = existing_store(options).await?;
    let written = tokio::select! {
        written = podium_seed::export(&store, folder) => written?,
        () = stop_signal()? => bail!("the export was stopped, and nothing is left of it in {}", folder.display()),
    };
    store.close().await;
    print(&written.iter().map(|(file, lines)| format!("{file:<30}{lines:>10}\n")).collect::<Vec<_>>().concat())
}

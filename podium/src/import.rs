//! `podium import`.

use podium_seed::{Import, ImportOptions};
use podium_store::{LEARNT_WITHIN, Store};

use crate::existing_store::existing_store;
use crate::options::Options;
use crate::output::print;
use crate::progress;

/// Imports a source, and prints a report of its rows.
pub(crate) async fn import(options: &Options, source: &Import, how: &ImportOptions) -> anyhow::Result<()> {
    source.check()?;
    let store = if how.dry_run { existing_store(options).await? } else { Store::connect(&options.database_url).await? };
    let how = &ImportOptions { built_in: options.built_in, ..how.clone() };
    let bar = progress::bar();
    let report = podium_seed::import(&store, source, how, &|step| bar.show(step)).await;
    bar.end();
    let report = report?;
    store.close().await;
    // Servers have seen the change before the import is reported as done.
    if report.changed() && !how.dry_run {
        tokio::time::sleep(LEARNT_WITHIN).await;
    }
    print(&report.table())?;
    if report.total().kept > 0 {
        print("What was kept comes from a source of higher precedence.\n")?;
    }
    print(match (report.changed(), how.dry_run) {
        (false, _) => "Everything was there already.\n",
        (true, true) => "Nothing was changed; without --dry-run it will be.\n",
        (true, false) => "A running server answers with it from now on.\n",
    })
}

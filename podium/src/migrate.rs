//! `podium migrate`.

use std::io::{IsTerminal, stderr, stdin};

use anyhow::{anyhow, bail};
use podium_store::Store;

use crate::existing_store::existing_store;
use crate::options::{Direction, Options};
use crate::output::{print, tell};

/// Runs the migrations up or down, or shows their state. Prints each step, and whether it was made.
pub(crate) async fn migrate(options: &Options, direction: Direction) -> anyhow::Result<()> {
    let store = match direction {
        Direction::Up => Store::connect(&options.database_url).await?,
        Direction::Down { .. } | Direction::Status => existing_store(options).await?,
    };
    match direction {
        Direction::Up => store.migrate().await?,
        Direction::Down { yes } => {
            store.refuse_newer().await?;
            if !yes {
                confirm(&store.url)?;
            }
            store.drop_tables().await?;
            tell(&format!("Everything in {} is deleted. `podium serve` would load the built-in data into it.\n", store.url));
        }
        Direction::Status => {}
    }
    let steps = store.steps().await?.into_iter();
    store.close().await;
    print(&steps.map(|(name, made)| format!("{} {name}\n", if made { "made   " } else { "pending" })).collect::<Vec<_>>().concat())
}

/// Asks before everything is deleted.
fn confirm(url: &str) -> anyhow::Result<()> {
    if !stdin().is_terminal() || !stderr().is_terminal() {
        bail!("`migrate down` deletes everything in {url}, so it was not run: add --yes when you mean it");
    }
    tell(&format!("This deletes everything in {url}. Type `yes` to go on: "));
    let mut answer = String::new();
    stdin().read_line(&mut answer).map_err(|error| anyhow!("cannot read the answer: {error}"))?;
    match answer.trim() {
        "yes" => Ok(()),
        _ => bail!("nothing was deleted"),
    }
}

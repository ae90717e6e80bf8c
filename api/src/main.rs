//! The program `podium`: reads its configuration and does one thing.

use std::process::ExitCode;

use anyhow::Context;
use clap::Parser;
use podium_api::config::{Command, Config, Direction, Migrate, Serve};
use podium_api::http;
use podium_api::schema::{self, Schema};
use podium_api::store::Store;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let config = Config::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,podium=info,podium_api=info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let done = match config.command() {
        Command::Serve(options) => serve(options).await,
        Command::Migrate(options) => migrate(options).await,
        Command::Schema => write(&schema::sdl()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("podium: {error:#}.");
            ExitCode::FAILURE
        }
    }
}

/// The port is taken before the database is touched, so that a second server changes nothing.
async fn serve(options: Serve) -> anyhow::Result<()> {
    let in_use = || format!("cannot answer on {}: choose another address with --listen", options.listen);
    let listener = TcpListener::bind(options.listen).await.with_context(in_use)?;
    let store = Store::connect(&options.store.database_url).await?;
    store.migrate().await?;
    if let Some(report) = store.load_built_in_when_empty().await? {
        tracing::info!("loaded the built-in data: {report}");
    }
    tracing::info!("answering on http://{}/graphql", listener.local_addr()?);
    let stop = stop_signal()?;
    http::serve(listener, Schema::new(store.reader), stop).await.context("the server failed")
}

async fn migrate(options: Migrate) -> anyhow::Result<()> {
    let store = Store::connect(&options.store.database_url).await?;
    match options.direction.unwrap_or_default() {
        Direction::Up => store.migrate().await?,
        Direction::Down => store.take_down().await?,
        Direction::Status => {}
    }
    let steps = store.steps().await?.into_iter();
    write(&steps.map(|(name, made)| format!("{} {name}\n", if made { "made   " } else { "pending" })).collect::<String>())
}

/// Ctrl-C, or the signal of a supervisor.
fn stop_signal() -> anyhow::Result<impl Future<Output = ()> + Send + 'static> {
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// To standard output; a reader that has gone away is no error.
fn write(text: &str) -> anyhow::Result<()> {
    use std::io::{ErrorKind, Write};
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error).context("cannot write to standard output"),
        _ => Ok(()),
    }
}

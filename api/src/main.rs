//! The program `podium`: reads its configuration and does one thing.

use std::io::IsTerminal;
use std::process::ExitCode;

use anyhow::anyhow;
use clap::Parser;
use podium_api::config::{Command, Config, Direction};
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
    let config = match Config::try_parse() {
        Ok(config) => config,
        Err(error) => return answer_or_refuse(&error),
    };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,podium=info,podium_api=info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(std::io::stderr().is_terminal()).init();
    let done = match config.command() {
        Command::Serve => serve(&config).await,
        Command::Migrate { direction } => migrate(&config, direction.unwrap_or_default()).await,
        Command::Schema => write(&schema::sdl()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("podium: {error}.");
            ExitCode::FAILURE
        }
    }
}

/// Prints the help that was asked for, or says in one sentence what is wrong with the arguments.
fn answer_or_refuse(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        return match error.print() {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        };
    }
    let said = error.to_string();
    let lines = said.lines().map(str::trim).take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more"));
    let sentence = lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("; ");
    eprintln!("podium: {}; see `podium --help`.", sentence.trim_start_matches("error: "));
    ExitCode::from(2)
}

/// The port is taken before the database is touched, so that a second server changes nothing.
async fn serve(config: &Config) -> anyhow::Result<()> {
    let refuse = |error| anyhow!("cannot answer on {} ({error}): choose another address with --listen", config.listen);
    let listener = TcpListener::bind(&config.listen).await.map_err(refuse)?;
    let store = Store::connect(&config.database_url).await?;
    if let Some(report) = store.prepare().await? {
        tracing::info!("loaded the built-in data: {report}");
    }
    tracing::info!("answering on http://{}/graphql", listener.local_addr()?);
    let stop = stop_signal()?;
    http::serve(listener, Schema::new(store.reader.clone()), stop).await.map_err(|error| anyhow!("the server failed: {error}"))?;
    store.close().await;
    Ok(())
}

async fn migrate(config: &Config, direction: Direction) -> anyhow::Result<()> {
    let store = match direction {
        Direction::Up => Store::connect(&config.database_url).await?,
        // To look at a database, or to empty it, is no reason to make one.
        Direction::Down | Direction::Status => Store::connect(&config.database_url.replace("mode=rwc", "mode=rw")).await?,
    };
    match direction {
        Direction::Up => store.migrate().await?,
        Direction::Down => store.take_down().await?,
        Direction::Status => {}
    }
    let steps = store.steps().await?.into_iter();
    write(&steps.map(|(name, made)| format!("{} {name}\n", if made { "made   " } else { "pending" })).collect::<Vec<_>>().concat())
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
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(anyhow!("cannot write to standard output: {error}")),
        _ => Ok(()),
    }
}

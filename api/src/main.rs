//! The program `podium`: reads its configuration and does one thing.

use std::path::{Path, PathBuf};
use std::pin::pin;
use std::process::ExitCode;

use anyhow::anyhow;
use clap::Parser;
use podium_api::config::{Command, Config, Direction, Source};
use podium_api::http::{self, App};
use podium_api::log;
use podium_api::progress;
use podium_api::schema::{self, Schema};
use podium_api::store::{Import, Store};
use podium_seed::{AthleteEvents, DataSet, Paris2024, RejectsTo};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A deep question is resolved by as deep a stack.
const STACK: usize = 16 * 1024 * 1024;

fn main() -> ExitCode {
    match tokio::runtime::Builder::new_multi_thread().thread_stack_size(STACK).enable_all().build() {
        // On a thread of the runtime, for its stack.
        Ok(runtime) => runtime.block_on(async { tokio::spawn(run()).await.unwrap_or(ExitCode::FAILURE) }),
        Err(error) => {
            eprintln!("podium: no thread can be started: {error}.");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> ExitCode {
    let config = match Config::try_parse() {
        Ok(config) => config,
        Err(error) => return answer_or_refuse(&error),
    };
    log::init();
    let done = match config.command() {
        Command::Serve => serve(&config).await,
        Command::Migrate { direction } => migrate(&config, direction.unwrap_or_default()).await,
        Command::Import { source, dry_run, rejects, max_rejects, notes } => {
            import(&config, source, RejectsTo { file: rejects, maximum: max_rejects }, notes, dry_run).await
        }
        Command::Export { folder } => export(&config, &folder).await,
        Command::Schema { federation: false } => write(&schema::sdl()),
        Command::Schema { federation: true } => write(&schema::federation_sdl()),
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
    eprintln!("podium: {}; see `podium --help`.", sentence.trim_start_matches("error: ").replace(":; ", ": "));
    ExitCode::from(2)
}

/// The port is taken before the database is touched, so that a second server changes nothing. While the tables are brought
/// up to date the door is there, and says that it is closed.
async fn serve(config: &Config) -> anyhow::Result<()> {
    let refuse =
        |error| anyhow!("cannot answer on `{}` ({error}): choose another address with --listen, such as 127.0.0.1:8000", config.listen);
    let listener = TcpListener::bind(&config.listen).await.map_err(refuse)?;
    let address = listener.local_addr()?;
    let store = Store::connect_to_serve(&config.database_url, config.limits.time()).await?;
    let app = App::default();
    let mut server = pin!(http::serve(listener, app.clone(), stop_signal()?));
    let ended = tokio::select! {
        ended = &mut server => ended,
        prepared = store.prepare() => {
            let loaded = prepared?;
            app.open(Schema::new(store.reader.clone(), config.limits));
            tracing::info!("answering on http://{address}/graphql, with an explorer on http://{address}/");
            tracing::info!("the database is {}", store.url);
            tracing::info!("it holds {}{}", store.holdings().await?, loaded.map(|report| format!("; the built-in data was loaded just now: {report}")).unwrap_or_default());
            server.await
        }
    };
    ended.map_err(|error| anyhow!("the server failed: {error}"))?;
    store.close().await;
    Ok(())
}

async fn migrate(config: &Config, direction: Direction) -> anyhow::Result<()> {
    let store = match direction {
        Direction::Up => Store::connect(&config.database_url).await?,
        Direction::Down | Direction::Status => existing(config).await?,
    };
    match direction {
        Direction::Up => store.migrate().await?,
        Direction::Down => store.take_down().await?,
        Direction::Status => {}
    }
    let steps = store.steps().await?.into_iter();
    store.close().await;
    write(&steps.map(|(name, made)| format!("{} {name}\n", if made { "made   " } else { "pending" })).collect::<Vec<_>>().concat())
}

/// Reads the files before the database is touched, and tells what became of them.
async fn import(config: &Config, source: Source, rejects: RejectsTo, notes: Option<PathBuf>, dry_run: bool) -> anyhow::Result<()> {
    let from = match source {
        Source::Podium { folder } => Import::Podium(DataSet::read(&folder)?),
        Source::AthleteEvents { file, names, nocs } => Import::AthleteEvents(AthleteEvents { file, names, nocs, rejects, notes }),
        Source::Paris2024 { folder } => Import::Paris2024(Paris2024 { folder, rejects, notes }),
    };
    let store = if dry_run { existing(config).await? } else { Store::connect(&config.database_url).await? };
    let bar = progress::bar();
    let report = store.import(&from, dry_run, &|step| bar.show(step)).await;
    bar.end();
    let report = report?;
    store.close().await;
    write(&report.table())?;
    if report.total().kept > 0 {
        write("What was kept comes from a source of higher precedence.\n")?;
    }
    write(match (report.changed(), dry_run) {
        (false, _) => "Everything was there already.\n",
        (true, true) => "Nothing was changed; without --dry-run it will be.\n",
        (true, false) => "A running server answers with it from now on.\n",
    })
}

/// To look at a database, or to empty it, is no reason to make one.
async fn existing(config: &Config) -> anyhow::Result<Store> {
    let file = config.database_url.strip_prefix("sqlite://").and_then(|rest| rest.split('?').next()).unwrap_or_default();
    if !file.is_empty() && !Path::new(file).exists() {
        return Err(anyhow!("there is no database {file}: `podium serve` makes one, with the built-in data"));
    }
    Ok(Store::connect(&config.database_url.replace("mode=rwc", "mode=rw")).await?)
}

async fn export(config: &Config, folder: &Path) -> anyhow::Result<()> {
    let store = existing(config).await?;
    let written = tokio::select! {
        written = store.export(folder) => written?,
        () = stop_signal()? => return Err(anyhow!("the export was stopped, and nothing is left of it in {}", folder.display())),
    };
    store.close().await;
    write(&written.iter().map(|(file, lines)| format!("{file:<30}{lines:>10}\n")).collect::<Vec<_>>().concat())
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

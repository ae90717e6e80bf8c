//! The program `podium`: parses its options and runs one command.

// It panics when standard error is closed; `output::tell` does not.
#![warn(clippy::print_stderr)]

mod backup;
mod config_file;
mod existing_store;
mod export;
mod import;
mod log;
mod migrate;
mod options;
mod output;
mod prepare;
mod progress;
mod serve;
mod signals;
mod traces;

use std::process::ExitCode;

use podium_api::answer::schema;

use crate::options::{Command, Options};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Resolving a deeply nested document needs a deep stack.
const STACK_SIZE: usize = 16 * 1024 * 1024;

fn main() -> ExitCode {
    let options = match config_file::options() {
        Ok(options) => options,
        Err(refusal) => {
            output::tell(&format!("podium: {refusal}.\n"));
            return ExitCode::FAILURE;
        }
    };
    match tokio::runtime::Builder::new_multi_thread().thread_stack_size(STACK_SIZE).enable_all().build() {
        // Spawned, because only the worker threads of the runtime have the deep stack.
        Ok(runtime) => runtime.block_on(async { tokio::spawn(run(options)).await.unwrap_or(ExitCode::FAILURE) }),
        Err(error) => {
            output::tell(&format!("podium: no thread can be started: {error}.\n"));
            ExitCode::FAILURE
        }
    }
}

async fn run(options: Options) -> ExitCode {
    if let Err(error) = log::init() {
        output::tell(&format!("podium: no thread can be started: {error}.\n"));
        return ExitCode::FAILURE;
    }
    let done = match options.command() {
        Command::Serve => serve::serve(&options).await,
        Command::Migrate { direction } => migrate::migrate(&options, direction.unwrap_or_default()).await,
        Command::Import { source, options: how } => import::import(&options, &source, &how).await,
        Command::Prepare => prepare::prepare(&options).await,
        Command::Backup { file } => backup::backup(&options, &file).await,
        Command::Export { folder } => export::export(&options, &folder).await,
        Command::Schema { federation: false } => output::print(&schema::sdl()),
        Command::Schema { federation: true } => output::print(schema::federation_sdl()),
    };
    // The last lines of the log stand before the last word.
    log::flush();
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output::tell(&format!("podium: {error}.\n"));
            ExitCode::FAILURE
        }
    }
}

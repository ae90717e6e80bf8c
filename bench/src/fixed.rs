//! A server that answers everything with the same bytes, on the libraries that Podium uses. No answer can cost less.

use std::env;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use axum::Router;
use axum::body::Bytes;
use axum::http::header;
use tokio::net::TcpListener;

use crate::server::Server;

/// The variable that turns a benchmark into this server, with the file of the bytes.
const FILE: &str = "PODIUM_BENCH_FIXED";

/// Starts this program again as the server of a file.
pub fn start(file: &Path) -> Result<Server> {
    let mut command = Command::new(env::current_exe()?);
    command.env(FILE, file);
    Server::run(command)
}

/// Serves for ever, when this program was started for that. Benchmarks call it first.
pub fn serve_if_asked() -> Result<()> {
    let Some(file) = env::var_os(FILE) else { return Ok(()) };
    let bytes = Bytes::from(std::fs::read(file)?);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        eprintln!("http://{}/", listener.local_addr()?);
        // The body is read, as Podium has to.
        let answer = move |_: Bytes| {
            let bytes = bytes.clone();
            async move { ([(header::CONTENT_TYPE, "application/json; charset=utf-8")], bytes) }
        };
        axum::serve(listener, Router::new().fallback(answer)).await
    })?;
    anyhow::bail!("the server of fixed bytes ended")
}

/// Writes the bytes that the server answers with.
pub fn write(file: &Path, bytes: &[u8]) -> Result<()> {
    std::fs::write(file, bytes).with_context(|| file.display().to_string())
}

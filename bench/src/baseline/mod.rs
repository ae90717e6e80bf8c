//! The servers that Podium is measured by, on the libraries that it uses: one that always answers the same bytes, and one that sends one
//! statement to the database, which builds the whole answer. A benchmark starts itself again as such a server.

mod statement;

use std::env;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use axum::Router;
use axum::body::Bytes;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;

use crate::server::Server;
use statement::Statement;

/// The variable that turns a benchmark into such a server: the file of the bytes, or that of the statement.
const FILE: &str = "PODIUM_BENCH_YARDSTICK";
/// The variable with the URL of the database that the statement is sent to.
const DATABASE: &str = "PODIUM_BENCH_YARDSTICK_DATABASE";

/// Starts the server that answers with the bytes of a file. No answer can cost less.
pub fn fixed_bytes(file: &Path) -> Result<Server> {
    let mut command = Command::new(env::current_exe()?);
    command.env(FILE, file).env_remove(DATABASE);
    Server::run(command)
}

/// Starts the server that sends the statement of a question to a database.
pub fn one_statement(question: &str, url: &str) -> Result<Server> {
    let kind = if url.starts_with("sqlite:") { "sqlite" } else { "postgres" };
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("questions").join(format!("{question}.{kind}.sql"));
    let mut command = Command::new(env::current_exe()?);
    command.env(FILE, file).env(DATABASE, url);
    Server::run(command)
}

/// Serves for ever, when this program was started for that. Benchmarks call it first.
pub fn serve_if_asked() -> Result<()> {
    let Some(file) = env::var_os(FILE) else { return Ok(()) };
    let read = std::fs::read(&file).with_context(|| file.display().to_string())?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let answers = match env::var(DATABASE) {
            Ok(url) => Answers::Made(Arc::new(Statement::open(&url, String::from_utf8(read)?).await?)),
            Err(_) => Answers::Fixed(read.into()),
        };
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        eprintln!("http://{}/", listener.local_addr()?);
        let answer = move |body: Bytes| {
            let answers = answers.clone();
            async move { answers.answer(&body).await }
        };
        axum::serve(listener, Router::new().fallback(answer)).await?;
        bail!("the baseline ended")
    })
}

#[derive(Clone)]
enum Answers {
    Fixed(Bytes),
    Made(Arc<Statement>),
}

impl Answers {
    async fn answer(&self, body: &[u8]) -> Response {
        let made = match self {
            Self::Fixed(bytes) => Ok(bytes.clone()),
            Self::Made(statement) => statement.answer(body).await.map(Bytes::from),
        };
        match made {
            Ok(json) => ([(header::CONTENT_TYPE, "application/json; charset=utf-8")], json).into_response(),
            Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, format!("{error:#}")).into_response(),
        }
    }
}

//! `podium serve`.

use std::pin::pin;

use anyhow::anyhow;
use podium_api::answer::Engine;
use podium_api::http::{self, App, Traffic};
use podium_seed::{BuiltIn, Report, TransferError};
use podium_store::Store;

use crate::log;
use crate::options::Options;
use crate::signals::stop_signal;
use crate::traces::Traces;

/// Binds the port before it opens the database, so that a second server changes nothing. While the migrations run, the server responds that
/// it is not ready.
pub(crate) async fn serve(options: &Options) -> anyhow::Result<()> {
    let refuse = |flag: &'static str, address: &str| {
        let refusal = format!("cannot answer on `{address}`: choose another address with {flag}, such as 127.0.0.1:8000");
        move |error: std::io::Error| anyhow!("{refusal} ({error})")
    };
    let listener = http::listen(&options.listen).await.map_err(refuse("--listen", &options.listen))?;
    let address = listener.local_addr()?;
    let mut store = Store::connect_to_serve(&options.database_url, options.limits.database_time()).await?;
    if let Some(replica) = &options.database_replica_url {
        store = store.read_from(replica, options.limits.database_time()).await?;
        tracing::info!("answers are read from the replica");
    }
    let app = App::new(with_files_for(options.traffic.clone()), options.access.clone());
    let traces = options.traces_endpoint.as_deref().filter(|endpoint| !endpoint.is_empty()).map(Traces::send_to).transpose()?;
    if traces.is_some() {
        app.trace_with(opentelemetry::global::tracer("podium"));
    }
    if let Some(address) = &options.operations_listen {
        let refuse = || refuse("--operations-listen", address);
        let listener = std::net::TcpListener::bind(address).map_err(refuse())?;
        tracing::info!("probes and metrics on {}", listener.local_addr()?);
        http::operations::serve(listener, app.clone(), log::lost_lines).map_err(refuse())?;
    }
    if options.built_in == BuiltIn::Everything && store.is_new().await? {
        tracing::info!("loading every medal of every Games into {}; this takes a few seconds, once", store.url);
    }
    let mut server = pin!(http::serve(listener, app.clone(), options.limits.time(), stop_signal()?));
    tokio::select! {
        () = &mut server => {}
        prepared = make_ready(&store, options.built_in) => {
            let loaded = prepared?.map(|report| format!("; the built-in data was loaded just now: {report}")).unwrap_or_default();
            let engine = Engine::new(store.sessions.clone(), options.limits).with_caches(options.caches, store.version.clone());
            app.open(if options.access.suggestions { engine } else { engine.without_suggestions() });
            tracing::info!("answering on http://{address}/graphql, with the results as pages on http://{address}/ and an explorer on http://{address}/explorer/");
            tracing::info!("the database is {}", store.url);
            tracing::info!("it holds {}{loaded}", podium_seed::holdings(&store).await?);
            server.await;
        }
    }
    tracing::info!("stopping, as asked");
    store.close().await;
    if let Some(traces) = traces {
        traces.end().await;
    }
    Ok(())
}

/// Prepares the store and learns the version of its data, so that the first answers can be cached.
async fn make_ready(store: &Store, built_in: BuiltIn) -> Result<Option<Report>, TransferError> {
    let loaded = podium_seed::prepare(store, built_in).await?;
    store.watch().await;
    Ok(loaded)
}

/// How many files the program needs beside its connections.
const OTHER_FILES: usize = 256;

/// Lets the program open as many files as it may, and takes no more connections than there are files for.
fn with_files_for(mut traffic: Traffic) -> Traffic {
    let files = rlimit::increase_nofile_limit(rlimit::INFINITY).ok().and_then(|files| usize::try_from(files).ok());
    let most = files.map_or(usize::MAX, |files| files.saturating_sub(OTHER_FILES).max(1));
    if traffic.max_connections > most {
        let wanted = std::mem::replace(&mut traffic.max_connections, most);
        tracing::warn!("taking at most {most} connections instead of {wanted}, since the system grants no more files: raise `ulimit -n`");
    }
    traffic
}

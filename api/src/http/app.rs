//! The state that all routes share: engine, limits, slots and metrics.

use std::net::IpAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::extract::Request;
use axum::http::HeaderMap;
use opentelemetry::global::BoxedTracer;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::admission::budget::Budgets;
use super::admission::subscribers::Subscribers;
use super::admission::{Admission, Busy, Permit};
use super::connection::client_address::client_address;
use super::connection::slots::ConnectionSlots;
use super::cors;
use super::graphql::trusted_documents::TrustedDocuments;
use super::monitoring::gauges::GaugeValues;
use super::monitoring::metrics::Metrics;
use super::options::{Access, Traffic};
use crate::answer::Engine;

/// The shortest interval of keep-alive messages.
const MIN_KEEP_ALIVE: Duration = Duration::from_millis(100);

/// The maximum size of all request bodies in memory, in bytes. A parsed body takes more.
const MAX_BODY_BYTES_AT_ONCE: usize = 32 << 20;

/// What the routes share. Clones share it too.
#[derive(Clone)]
pub struct App(Arc<Shared>);

struct Shared {
    /// Unset until the store is ready.
    engine: OnceLock<Engine>,
    admission: Admission,
    /// The bytes of bodies that may be held at once.
    bodies: Arc<Semaphore>,
    connections: ConnectionSlots,
    budgets: Budgets,
    subscribers: Subscribers,
    metrics: Metrics,
    /// Unset when no traces are collected.
    tracer: OnceLock<BoxedTracer>,
    traffic: Traffic,
    access: Access,
}

impl App {
    /// An app without an engine, which answers that it is starting.
    pub fn new(traffic: Traffic, access: Access) -> Self {
        let (admission, connections) = (Admission::new(&traffic), ConnectionSlots::new(traffic.max_connections));
        let bodies = Arc::new(Semaphore::new(MAX_BODY_BYTES_AT_ONCE));
        let (budgets, subscribers) = (Budgets::new(traffic.max_complexity_per_minute), Subscribers::new(traffic.max_subscribers));
        let (engine, metrics, tracer) = (OnceLock::new(), Metrics::new(), OnceLock::new());
        Self(Arc::new(Shared { engine, admission, bodies, connections, budgets, subscribers, metrics, tracer, traffic, access }))
    }

    /// Sets the engine, once the store is ready. A second call changes nothing.
    pub fn open(&self, engine: Engine) {
        let _ = self.0.engine.set(engine);
    }

    /// Collects a trace of each request. A second call changes nothing.
    pub fn trace_with(&self, tracer: BoxedTracer) {
        let _ = self.0.tracer.set(tracer);
    }

    pub(super) fn tracer(&self) -> Option<&BoxedTracer> {
        self.0.tracer.get()
    }

    pub(super) fn engine(&self) -> Option<&Engine> {
        self.0.engine.get()
    }

    pub(super) fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    pub(super) fn budgets(&self) -> &Budgets {
        &self.0.budgets
    }

    pub(super) fn subscribers(&self) -> &Subscribers {
        &self.0.subscribers
    }

    /// How often a subscriber is sent a message, so that its connection does not count as idle.
    pub(super) fn keep_alive_interval(&self) -> Duration {
        (self.0.traffic.max_silence() / 3).max(MIN_KEEP_ALIVE)
    }

    /// Whether the page that sent these headers may open a WebSocket.
    pub(super) fn allows_origin(&self, headers: &HeaderMap) -> bool {
        cors::allows(&self.0.access.cors_origin, headers)
    }

    /// The metrics, as Prometheus reads them.
    pub(super) fn metrics_text(&self, lost_log_lines: u64) -> String {
        let (answering, waiting) = self.0.admission.load();
        let data_version = self.engine().and_then(Engine::data_version).unwrap_or_default();
        self.metrics().text(&GaugeValues {
            answering: answering as u64,
            waiting: waiting as u64,
            refused_requests: self.0.admission.refused(),
            connections: self.0.connections.count() as u64,
            refused_connections: self.0.connections.refused(),
            subscribers: self.0.subscribers.count() as u64,
            refused_subscribers: self.0.subscribers.refused(),
            data_version: u64::try_from(data_version).unwrap_or_default(),
            lost_log_lines,
            database: self.engine().map(Engine::connection_usage).unwrap_or_default(),
            caches: self.engine().map(Engine::cache_usage).unwrap_or_default(),
        })
    }

    pub(super) fn trusted_documents(&self) -> Option<&TrustedDocuments> {
        self.0.access.documents.as_ref()
    }

    /// The address at which people reach this server, if it is known.
    pub(super) fn public_url(&self) -> Option<&str> {
        self.0.access.public_url.as_deref()
    }

    pub(super) fn client(&self, request: &Request) -> IpAddr {
        client_address(request, self.0.access.client_address_header.as_ref())
    }

    /// Reserves memory for a request body, if there is enough.
    pub(super) fn room(&self, bytes: u32) -> Result<OwnedSemaphorePermit, Busy> {
        Arc::clone(&self.0.bodies).try_acquire_many_owned(bytes).map_err(|_| Busy)
    }

    /// Waits for a permit to execute a request of a client.
    pub(super) async fn admit(&self, client: IpAddr) -> Result<Permit, Busy> {
        self.0.admission.enter(client).await
    }

    /// The slots of the connections.
    pub(super) fn connections(&self) -> &ConnectionSlots {
        &self.0.connections
    }

    pub(super) fn traffic(&self) -> &Traffic {
        &self.0.traffic
    }

    pub(super) fn access(&self) -> &Access {
        &self.0.access
    }
}

impl Default for App {
    fn default() -> Self {
        Self::new(Traffic::default(), Access::default())
    }
}

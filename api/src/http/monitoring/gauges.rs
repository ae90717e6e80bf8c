//! The state of the server at the time of a scrape.

use std::sync::atomic::{AtomicU64, Ordering};

use podium_store::ConnectionUse;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

use crate::bounded_cache::CacheUse;

/// What the gauges show.
#[derive(Clone, Debug, Default)]
pub(crate) struct GaugeValues {
    pub(crate) answering: u64,
    pub(crate) waiting: u64,
    pub(crate) refused_requests: u64,
    pub(crate) connections: u64,
    pub(crate) refused_connections: u64,
    pub(crate) subscribers: u64,
    pub(crate) refused_subscribers: u64,
    /// 0 while it is unknown.
    pub(crate) data_version: u64,
    pub(crate) lost_log_lines: u64,
    pub(crate) database: ConnectionUse,
    /// The caches that are switched on, with their names.
    pub(crate) caches: Vec<(&'static str, CacheUse)>,
}

/// The gauges of a registry.
#[derive(Default)]
pub(super) struct Gauges {
    answering: Number,
    waiting: Number,
    refused_requests: Number,
    connections: Number,
    refused_connections: Number,
    subscribers: Number,
    refused_subscribers: Number,
    data_version: Number,
    lost_log_lines: Number,
    database_connections: Family<State, Number>,
    cache_entries: Family<Cache, Number>,
    cache_bytes: Family<Cache, Number>,
    cache_hits: Family<Cache, Counter>,
    cache_misses: Family<Cache, Counter>,
}

type Number = Gauge<u64, AtomicU64>;

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct State {
    state: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Cache {
    cache: &'static str,
}

impl Gauges {
    /// Gauges that a registry encodes.
    pub(super) fn register(registry: &mut Registry) -> Self {
        let gauges = Self::default();
        for (name, help, gauge) in [
            ("answering", "Requests that execute", &gauges.answering),
            ("waiting", "Requests in the queue", &gauges.waiting),
            ("refused_requests", "Requests refused so far because too many waited", &gauges.refused_requests),
            ("connections", "Open connections", &gauges.connections),
            ("refused_connections", "Connections refused so far because there were too many", &gauges.refused_connections),
            ("subscribers", "Open WebSockets and event streams", &gauges.subscribers),
            (
                "refused_subscribers",
                "WebSockets and event streams refused or evicted so far because there were too many",
                &gauges.refused_subscribers,
            ),
            ("data_version", "The version of the data; 0 while it is unknown", &gauges.data_version),
            ("lost_log_lines", "Lines of the log lost so far because they could not be written", &gauges.lost_log_lines),
        ] {
            registry.register(name, help, gauge.clone());
        }
        let database = gauges.database_connections.clone();
        registry.register("database_connections", "Connections to the database that read, by state: busy or idle", database);
        registry.register("cache_entries", "Entries of each cache", gauges.cache_entries.clone());
        registry.register("cache_bytes", "Estimated bytes of the entries of each cache", gauges.cache_bytes.clone());
        registry.register(
            "cache_hits",
            "Lookups that found an entry; those of rows restart with each data version",
            gauges.cache_hits.clone(),
        );
        registry.register(
            "cache_misses",
            "Lookups that found none; those of rows restart with each data version",
            gauges.cache_misses.clone(),
        );
        gauges
    }

    /// Takes the values that are encoded next.
    pub(super) fn set(&self, values: &GaugeValues) {
        for (gauge, value) in [
            (&self.answering, values.answering),
            (&self.waiting, values.waiting),
            (&self.refused_requests, values.refused_requests),
            (&self.connections, values.connections),
            (&self.refused_connections, values.refused_connections),
            (&self.subscribers, values.subscribers),
            (&self.refused_subscribers, values.refused_subscribers),
            (&self.data_version, values.data_version),
            (&self.lost_log_lines, values.lost_log_lines),
        ] {
            gauge.set(value);
        }
        for (state, count) in [("busy", values.database.busy), ("idle", values.database.idle)] {
            self.database_connections.get_or_create(&State { state }).set(count as u64);
        }
        for (cache, usage) in &values.caches {
            let cache = Cache { cache };
            self.cache_entries.get_or_create(&cache).set(usage.entries);
            self.cache_bytes.get_or_create(&cache).set(usage.bytes);
            self.cache_hits.get_or_create(&cache).inner().store(usage.hits, Ordering::Relaxed);
            self.cache_misses.get_or_create(&cache).inner().store(usage.misses, Ordering::Relaxed);
        }
    }
}

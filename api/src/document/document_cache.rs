//! The cache of documents. The parsed form depends on the text alone, the priced form also on the operation and the variables.

use std::sync::Arc;

use async_graphql::ServerResult;
use quick_cache::Weighter;

use super::measure::Parsed;
use super::price::Priced;
use crate::bounded_cache::{BoundedCache, CacheUse};
use crate::limits::Limits;

/// A document takes about this many times the bytes of its text in memory.
const GROWTH: usize = 24;

/// About how many bytes a selection takes, with its arguments.
const SELECTION: usize = 320;

/// The overhead of an entry in bytes, without its document.
const OVERHEAD: usize = 512;

#[derive(Clone)]
struct Bytes;

impl Weighter<Arc<str>, Arc<Parsed>> for Bytes {
    fn weight(&self, text: &Arc<str>, _: &Arc<Parsed>) -> u64 {
        (text.len() * GROWTH + OVERHEAD) as u64
    }
}

impl Weighter<Arc<str>, Arc<Priced>> for Bytes {
    fn weight(&self, request: &Arc<str>, priced: &Arc<Priced>) -> u64 {
        (request.len() * 2 + priced.selections * SELECTION + OVERHEAD) as u64
    }
}

/// The cache of documents, bounded by an estimate of their bytes.
pub(crate) struct DocumentCache {
    parsed: BoundedCache<Arc<str>, Arc<Parsed>, Bytes>,
    priced: BoundedCache<Arc<str>, Arc<Priced>, Bytes>,
}

/// The memory of a usual document, for the first size of the table.
const USUAL: u64 = 8192;

impl DocumentCache {
    pub(crate) fn new(bytes: u64) -> Self {
        Self { parsed: BoundedCache::new(bytes / 2, USUAL, Bytes), priced: BoundedCache::new(bytes / 2, USUAL, Bytes) }
    }

    /// Parses a document, or takes it from the cache.
    ///
    /// # Errors
    /// When it is not GraphQL, or larger than the limits allow.
    pub(crate) fn read(&self, text: &str, limits: &Limits) -> ServerResult<Arc<Parsed>> {
        if let Some(parsed) = self.parsed.get(text) {
            return Ok(parsed);
        }
        let parsed = Arc::new(Parsed::read(text, limits)?);
        self.parsed.insert(text.into(), Arc::clone(&parsed));
        Ok(parsed)
    }

    /// The priced operation of a request, if it is cached.
    pub(crate) fn priced(&self, request: &str) -> Option<Arc<Priced>> {
        self.priced.get(request)
    }

    pub(crate) fn insert(&self, request: Arc<str>, priced: Arc<Priced>) {
        self.priced.insert(request, priced);
    }

    /// The state of the parsed documents, and of the priced ones.
    pub(crate) fn usage(&self) -> (CacheUse, CacheUse) {
        (self.parsed.usage(), self.priced.usage())
    }
}

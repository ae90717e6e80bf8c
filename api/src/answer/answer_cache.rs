//! The cache of finished answers. They are valid for one data version and one day.

use std::sync::Arc;

use chrono::{NaiveDate, Utc};
use podium_store::KnownVersion;
use quick_cache::Weighter;

use super::finished::Finished;
use crate::bounded_cache::{BoundedCache, CacheUse};

/// An answer has the same bytes for the same request, data version and day.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct AnswerKey {
    request: Arc<str>,
    version: KnownVersion,
    day: NaiveDate,
}

impl AnswerKey {
    #[expect(clippy::disallowed_methods, reason = "a cached answer is looked up without a `Moment`")]
    pub(super) fn now(request: Arc<str>, version: KnownVersion) -> Self {
        Self { request, version, day: Utc::now().date_naive() }
    }
}

/// The overhead of an entry in bytes, without its key and its answer.
const OVERHEAD: usize = 256;

#[derive(Clone)]
struct Bytes;

impl Weighter<AnswerKey, Arc<Finished>> for Bytes {
    fn weight(&self, key: &AnswerKey, answer: &Arc<Finished>) -> u64 {
        (key.request.len() + answer.bytes() + OVERHEAD) as u64
    }
}

/// The cache of answers, bounded by bytes.
pub(super) struct AnswerCache(BoundedCache<AnswerKey, Arc<Finished>, Bytes>);

/// The size of a usual answer, for the first size of the table.
const USUAL: u64 = 4096;

impl AnswerCache {
    pub(super) fn new(bytes: u64) -> Self {
        Self(BoundedCache::new(bytes, USUAL, Bytes))
    }

    pub(super) fn get(&self, key: &AnswerKey) -> Option<Arc<Finished>> {
        self.0.get(key)
    }

    /// The answer of a key. Requests at the same time share one execution. An answer with errors is shared, but not cached.
    pub(super) async fn get_or_execute(&self, key: &AnswerKey, execute: impl Future<Output = Arc<Finished>>) -> Arc<Finished> {
        self.0.get_or_make(key, execute, |answer| answer.is_data()).await
    }

    pub(super) fn usage(&self) -> CacheUse {
        self.0.usage()
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::Value;

    use super::*;
    use crate::answer::GraphqlResponse;
    use crate::answer::prepared::Operation;

    fn key(number: usize) -> AnswerKey {
        let day = NaiveDate::from_ymd_opt(2026, 11, 29).expect("a day");
        AnswerKey { request: format!("{{ question{number} }}").into(), version: KnownVersion::default(), day }
    }

    #[tokio::test]
    async fn it_stays_within_its_bytes() {
        let (cache, bytes) = (AnswerCache::new(1 << 20), 1 << 20);
        let mut answered = 0;
        for number in 0..1_000 {
            let key = key(number);
            let make = async {
                answered += 1;
                let answer = GraphqlResponse { errors: Vec::new(), data: Some(Value::from("letters ".repeat(500))), statements: 0 };
                Arc::new(Finished::of(answer, Operation::default(), None))
            };
            cache.get_or_execute(&key, make).await;
            assert!(cache.0.bytes() <= bytes, "{} after {number}", cache.0.bytes());
        }
        assert_eq!(answered, 1_000);
        assert!(cache.0.bytes() > bytes / 2, "{}", cache.0.bytes());
    }
}

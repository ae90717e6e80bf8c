//! A cache bounded by bytes, which counts its hits and misses.

use std::hash::Hash;
use std::sync::atomic::{AtomicU64, Ordering};

use quick_cache::sync::Cache;
use quick_cache::{Equivalent, Weighter};

/// A cache whose entries take at most so many bytes, as `W` weighs them.
pub(crate) struct BoundedCache<K, V, W> {
    entries: Cache<K, V, W>,
    hits: AtomicU64,
    misses: AtomicU64,
}

/// The state of a cache.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct CacheUse {
    pub(crate) entries: u64,
    pub(crate) bytes: u64,
    pub(crate) hits: u64,
    pub(crate) misses: u64,
}

impl<K: Clone + Eq + Hash, V: Clone, W: Weighter<K, V> + Clone> BoundedCache<K, V, W> {
    /// An empty cache of at most `bytes`. The bytes of a usual entry decide the first size of its table.
    pub(crate) fn new(bytes: u64, usual: u64, weighter: W) -> Self {
        let entries = Cache::with_weighter(usize::try_from(bytes / usual).unwrap_or(usize::MAX), bytes, weighter);
        Self { entries, hits: AtomicU64::new(0), misses: AtomicU64::new(0) }
    }

    /// The value of a key.
    pub(crate) fn get<Q: Hash + Equivalent<K> + ?Sized>(&self, key: &Q) -> Option<V> {
        let value = self.entries.get(key);
        let counter = if value.is_some() { &self.hits } else { &self.misses };
        counter.fetch_add(1, Ordering::Relaxed);
        value
    }

    pub(crate) fn insert(&self, key: K, value: V) {
        self.entries.insert(key, value);
    }

    /// The value of a key that `get` did not find. Concurrent callers share one computation. A value that is not cacheable is returned, not
    /// kept.
    pub(crate) async fn get_or_make(&self, key: &K, make: impl Future<Output = V>, is_cacheable: impl FnOnce(&V) -> bool) -> V {
        match self.entries.get_value_or_guard_async(key).await {
            Ok(value) => value,
            Err(guard) => {
                let value = make.await;
                let _ = guard.insert(value.clone());
                if !is_cacheable(&value) {
                    self.entries.remove(key);
                }
                value
            }
        }
    }

    /// The bytes of its entries.
    pub(crate) fn bytes(&self) -> u64 {
        self.entries.weight()
    }

    pub(crate) fn usage(&self) -> CacheUse {
        let [hits, misses] = [&self.hits, &self.misses].map(|counter| counter.load(Ordering::Relaxed));
        CacheUse { entries: self.entries.len() as u64, bytes: self.bytes(), hits, misses }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone)]
    struct Letters;

    impl Weighter<u8, String> for Letters {
        fn weight(&self, _: &u8, text: &String) -> u64 {
            text.len() as u64
        }
    }

    #[tokio::test]
    async fn it_counts_hits_and_misses() {
        let cache = BoundedCache::new(1_000, 10, Letters);
        assert_eq!(cache.get(&1), None);
        assert_eq!(cache.get_or_make(&1, async { "one".to_owned() }, |_| true).await, "one");
        assert_eq!(cache.get_or_make(&2, async { "two".to_owned() }, |_| false).await, "two");
        cache.insert(3, "three".to_owned());
        assert_eq!([1, 2, 3].map(|key| cache.get(&key)), [Some("one".to_owned()), None, Some("three".to_owned())]);
        assert_eq!(cache.usage(), CacheUse { entries: 2, bytes: 8, hits: 2, misses: 2 });
    }
}

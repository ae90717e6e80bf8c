//! The cache of loaded rows. They are valid for one data version.

use std::sync::{Arc, Mutex, PoisonError};

use podium_store::KnownVersion;
use quick_cache::Weighter;

use super::any_key::{AnyKey, AnyValue};
use crate::bounded_cache::{BoundedCache, CacheUse};

/// What a key loaded: a value, or the knowledge that there is none.
#[derive(Clone)]
pub(super) struct Row {
    pub(super) value: Option<AnyValue>,
    pub(super) bytes: usize,
}

/// The bytes that an entry takes beside its value.
const OVERHEAD: usize = 160;

#[derive(Clone)]
struct Bytes;

impl Weighter<AnyKey, Row> for Bytes {
    fn weight(&self, key: &AnyKey, row: &Row) -> u64 {
        (row.bytes + key.bytes() + OVERHEAD) as u64
    }
}

type Rows = BoundedCache<AnyKey, Row, Bytes>;

/// The cache of rows, bounded by an estimate of their bytes.
pub(crate) struct RowCache {
    bytes: u64,
    current: Mutex<(Option<KnownVersion>, Arc<Rows>)>,
}

/// The size of a usual row, for the first size of the table.
const USUAL: u64 = 512;

impl RowCache {
    pub(crate) fn new(bytes: u64) -> Self {
        Self { bytes, current: Mutex::new((None, Arc::new(rows(bytes)))) }
    }

    /// The rows of the current data version, which begins without rows.
    pub(crate) fn of_version(&self, version: KnownVersion) -> RowsOfVersion {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        if current.0 != Some(version) {
            *current = (Some(version), Arc::new(rows(self.bytes)));
        }
        RowsOfVersion(Arc::new(Shared { rows: Arc::clone(&current.1), fresh: Mutex::default() }))
    }

    /// The state of the rows of the current data version.
    pub(crate) fn usage(&self) -> CacheUse {
        self.current.lock().unwrap_or_else(PoisonError::into_inner).1.usage()
    }
}

fn rows(bytes: u64) -> Rows {
    BoundedCache::new(bytes, USUAL, Bytes)
}

/// The rows of one data version, with those that a request loads.
#[derive(Clone)]
pub(crate) struct RowsOfVersion(Arc<Shared>);

struct Shared {
    rows: Arc<Rows>,
    /// What the request loaded. It is cached once it is known that the version did not change meanwhile.
    fresh: Mutex<Vec<(AnyKey, Row)>>,
}

impl RowsOfVersion {
    pub(super) fn get(&self, key: &AnyKey) -> Option<Row> {
        self.0.rows.get(key)
    }

    pub(super) fn add(&self, loaded: impl IntoIterator<Item = (AnyKey, Row)>) {
        self.0.fresh.lock().unwrap_or_else(PoisonError::into_inner).extend(loaded);
    }

    /// Caches what the request loaded: the version did not change meanwhile.
    pub(crate) fn keep(&self) {
        for (key, row) in self.0.fresh.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            self.0.rows.insert(key, row);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::loader::{Db, Key, Loaded};

    #[derive(Clone, PartialEq, Eq, Hash)]
    struct Letters(u32);

    impl Key for Letters {
        type Value = String;

        async fn load(_: &Db, _: &[Self]) -> Loaded<Self> {
            Ok(HashMap::new())
        }
    }

    #[test]
    fn it_stays_within_its_bytes() {
        let (cache, bytes) = (RowCache::new(1 << 20), 1 << 20);
        for number in 0..1_000 {
            let rows = cache.of_version(KnownVersion::default());
            let (key, value): (AnyKey, AnyValue) = (AnyKey::new(Letters(number)), Arc::new("letters ".repeat(500)));
            rows.add([(key.clone(), Row { bytes: key.bytes_of(&value), value: Some(value) })]);
            assert!(rows.get(&key).is_none(), "a row is kept once the version is known to have stood");
            rows.keep();
            assert!(rows.0.rows.bytes() <= bytes, "{} after {number}", rows.0.rows.bytes());
        }
        let weight = cache.of_version(KnownVersion::default()).0.rows.bytes();
        assert!(weight > bytes / 2, "{weight}");
    }
}

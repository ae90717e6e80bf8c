//! Type-erased keys and values, so that the code of the loader and of the caches is compiled once and not for each type of key.

use std::any::{Any, TypeId};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;

use super::heap_size::HeapSize;
use super::key::{Db, Key};
use crate::error::LoadError;

/// A type-erased key, with its hash.
#[derive(Clone)]
pub(super) struct AnyKey {
    key: Arc<dyn ErasedKey>,
    digest: u64,
    /// The bytes that were hashed, which are those of its texts and numbers.
    bytes: usize,
}

/// A hasher that counts what it hashes.
#[derive(Default)]
struct Counting {
    hasher: DefaultHasher,
    bytes: usize,
}

impl Hasher for Counting {
    fn write(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len();
        self.hasher.write(bytes);
    }

    fn finish(&self) -> u64 {
        self.hasher.finish()
    }
}

/// The value of a type-erased key.
pub(super) type AnyValue = Arc<dyn Any + Send + Sync>;

/// The values of one batch by key. If one type of key fails, only its own keys fail.
pub(super) type AnyLoaded = Vec<(AnyKey, Result<AnyValue, LoadError>)>;

/// The methods of `Key`, without naming the type.
trait ErasedKey: Any + Send + Sync {
    fn equals(&self, other: &AnyKey) -> bool;
    fn bytes_of(&self, value: &AnyValue) -> usize;
    fn load_batch<'a>(&self, db: &'a Db, keys: Vec<AnyKey>) -> BoxFuture<'a, AnyLoaded>;
}

impl<K: Key> ErasedKey for K {
    fn equals(&self, other: &AnyKey) -> bool {
        other.downcast::<K>() == Some(self)
    }

    fn bytes_of(&self, value: &AnyValue) -> usize {
        value.downcast_ref::<K::Value>().map_or(0, |value| size_of_val(value) + value.heap_bytes())
    }

    fn load_batch<'a>(&self, db: &'a Db, keys: Vec<AnyKey>) -> BoxFuture<'a, AnyLoaded> {
        async move {
            let known: Vec<K> = keys.iter().filter_map(|key| key.downcast::<K>().cloned()).collect();
            match K::load(db, &known).await {
                Ok(values) => values.into_iter().map(|(key, value)| (AnyKey::new(key), Ok(Arc::new(value) as AnyValue))).collect(),
                Err(error) => keys.into_iter().map(|key| (key, Err(error.clone()))).collect(),
            }
        }
        .boxed()
    }
}

impl AnyKey {
    pub(super) fn new<K: Key>(key: K) -> Self {
        let mut hasher = Counting::default();
        (TypeId::of::<K>(), &key).hash(&mut hasher);
        Self { key: Arc::new(key), digest: hasher.finish(), bytes: hasher.bytes }
    }

    /// About how many bytes of memory the key takes.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    pub(super) fn kind(&self) -> TypeId {
        let key: &dyn Any = &*self.key;
        key.type_id()
    }

    /// About how many bytes of memory a value of this key takes.
    pub(super) fn bytes_of(&self, value: &AnyValue) -> usize {
        self.key.bytes_of(value)
    }

    /// Loads keys of the kind of this one.
    pub(super) fn load_batch<'a>(&self, db: &'a Db, keys: Vec<Self>) -> BoxFuture<'a, AnyLoaded> {
        self.key.load_batch(db, keys)
    }

    fn downcast<K: Key>(&self) -> Option<&K> {
        let key: &dyn Any = &*self.key;
        key.downcast_ref()
    }
}

impl PartialEq for AnyKey {
    fn eq(&self, other: &Self) -> bool {
        self.digest == other.digest && self.key.equals(other)
    }
}

impl Eq for AnyKey {}

impl Hash for AnyKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.digest);
    }
}

//! How much memory the caches may take. Each size is a flag and an environment variable.

use clap::Args;

/// The maximum memory of each cache; 0 switches it off.
#[derive(Args, Clone, Copy, Debug, PartialEq, Eq)]
#[command(next_help_heading = "Caches")]
pub struct CacheSizes {
    /// The maximum memory of cached answers, in MiB; 0 disables the cache.
    #[arg(long, env, global = true, default_value_t = 128)]
    pub answer_cache_mib: u32,
    /// The maximum memory of cached rows, in MiB; 0 disables the cache.
    #[arg(long, env, global = true, default_value_t = 256)]
    pub row_cache_mib: u32,
    /// The maximum memory of validated documents, in MiB; 0 disables the cache.
    #[arg(long, env, global = true, default_value_t = 32)]
    pub document_cache_mib: u32,
    /// The maximum memory of documents that clients name by their hash (automatic persisted queries), in MiB; 0 disables them.
    #[arg(long, env, global = true, default_value_t = 16)]
    pub persisted_document_cache_mib: u32,
}

impl CacheSizes {
    /// No cache at all.
    pub const NONE: Self = Self { answer_cache_mib: 0, row_cache_mib: 0, document_cache_mib: 0, persisted_document_cache_mib: 0 };
}

/// The bytes of a size; none when the cache is off.
pub(crate) fn bytes(mib: u32) -> Option<u64> {
    (mib > 0).then(|| u64::from(mib) << 20)
}

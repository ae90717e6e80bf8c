//! The caches that requests share.

use podium_store::CurrentVersion;

use super::answer_cache::AnswerCache;
use crate::bounded_cache::CacheUse;
use crate::cache_sizes::{CacheSizes, bytes};
use crate::document::{DocumentCache, PersistedDocuments};
use crate::loader::row_cache::RowCache;

/// The caches that are switched on. Answers and rows are cached only while the data version is watched.
#[derive(Default)]
pub(super) struct Caches {
    pub(super) version: Option<CurrentVersion>,
    pub(super) answers: Option<AnswerCache>,
    pub(super) documents: Option<DocumentCache>,
    pub(super) persisted: Option<PersistedDocuments>,
    pub(super) rows: Option<RowCache>,
}

impl Caches {
    pub(super) fn new(sizes: CacheSizes, version: CurrentVersion) -> Self {
        Self {
            version: Some(version),
            answers: bytes(sizes.answer_cache_mib).map(AnswerCache::new),
            documents: bytes(sizes.document_cache_mib).map(DocumentCache::new),
            persisted: bytes(sizes.persisted_document_cache_mib).map(PersistedDocuments::new),
            rows: bytes(sizes.row_cache_mib).map(RowCache::new),
        }
    }

    /// The state of each cache, with its name.
    pub(super) fn usage(&self) -> Vec<(&'static str, CacheUse)> {
        let documents = self.documents.as_ref().map(DocumentCache::usage);
        let usage = [
            ("answers", self.answers.as_ref().map(AnswerCache::usage)),
            ("rows", self.rows.as_ref().map(RowCache::usage)),
            ("parsed_documents", documents.map(|(parsed, _)| parsed)),
            ("priced_documents", documents.map(|(_, priced)| priced)),
            ("persisted_documents", self.persisted.as_ref().map(PersistedDocuments::usage)),
        ];
        usage.into_iter().filter_map(|(name, usage)| Some((name, usage?))).collect()
    }
}

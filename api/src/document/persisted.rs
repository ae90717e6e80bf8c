//! Automatic persisted queries: documents that a client sends once, and names by their hash afterwards.

use std::sync::Arc;

use quick_cache::Weighter;
use sha2::{Digest, Sha256};

use crate::bounded_cache::{BoundedCache, CacheUse};

/// The overhead of an entry in bytes, without its text.
const OVERHEAD: usize = 256;

/// The size of a usual document, for the first size of the table.
const USUAL: u64 = 2048;

type Hash = [u8; 32];

#[derive(Clone)]
struct Bytes;

impl Weighter<Hash, Arc<str>> for Bytes {
    fn weight(&self, _: &Hash, text: &Arc<str>) -> u64 {
        (text.len() + OVERHEAD) as u64
    }
}

/// The texts of documents by their hash, bounded by bytes.
pub(crate) struct PersistedDocuments(BoundedCache<Hash, Arc<str>, Bytes>);

/// The text has another hash than it was said to have.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct OtherHash;

impl PersistedDocuments {
    pub(crate) fn new(bytes: u64) -> Self {
        Self(BoundedCache::new(bytes, USUAL, Bytes))
    }

    /// The document with a SHA-256 in hexadecimal digits.
    pub(crate) fn get(&self, sha256: &str) -> Option<Arc<str>> {
        self.0.get(&parsed(sha256)?)
    }

    /// Keeps a document.
    ///
    /// # Errors
    /// When the text does not have the hash.
    pub(crate) fn keep(&self, sha256: &str, text: &str) -> Result<(), OtherHash> {
        let hash: Hash = Sha256::digest(text).into();
        if parsed(sha256) != Some(hash) {
            return Err(OtherHash);
        }
        self.0.insert(hash, text.into());
        Ok(())
    }

    pub(crate) fn usage(&self) -> CacheUse {
        self.0.usage()
    }
}

fn parsed(sha256: &str) -> Option<Hash> {
    let digit = |place: usize| char::from(*sha256.as_bytes().get(place)?).to_digit(16);
    let mut hash = Hash::default();
    for (place, byte) in hash.iter_mut().enumerate() {
        *byte = u8::try_from(digit(2 * place)? * 16 + digit(2 * place + 1)?).ok()?;
    }
    (sha256.len() == 2 * hash.len()).then_some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `sha256sum` says so of `{ sports { slug } }`.
    const HASH: &str = "871afc669a11a802e9342e99db16f559b68622c958f1cd0797d35bcd134f768b";

    #[test]
    fn a_document_is_found_by_its_hash() {
        let documents = PersistedDocuments::new(1 << 20);
        assert_eq!(documents.get(HASH), None);
        assert_eq!(documents.keep(HASH, "{ sports { slug } }"), Ok(()));
        assert_eq!(documents.get(&HASH.to_ascii_uppercase()).as_deref(), Some("{ sports { slug } }"));
        for wrong in ["", "7", &HASH[1..], &format!("{HASH}0"), &HASH.replace('1', "g")] {
            assert_eq!(documents.get(wrong), None);
            assert_eq!(documents.keep(wrong, "{ sports { slug } }"), Err(OtherHash));
        }
    }

    #[test]
    fn it_stays_within_its_bytes() {
        let documents = PersistedDocuments::new(1 << 16);
        for number in 0..1_000 {
            let text = format!("{{ question{number} }} #{}", " ".repeat(500));
            let hash = Sha256::digest(&text).iter().fold(String::new(), |hash, byte| hash + &format!("{byte:02x}"));
            documents.keep(&hash, &text).expect("its hash");
            assert!(documents.0.bytes() <= 1 << 16);
        }
    }
}

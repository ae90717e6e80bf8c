//! Trusted documents: those of a manifest, when the server answers no others.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use serde_json::{Map, Value};

/// The documents of a manifest by their ids. Clones share them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedDocuments(Arc<Documents>);

#[derive(Debug, PartialEq, Eq)]
struct Documents {
    by_id: HashMap<String, Arc<str>>,
    texts: HashSet<Arc<str>>,
}

/// The name of Apollo's format of manifests.
const APOLLO: &str = "apollo-persisted-query-manifest";

impl TrustedDocuments {
    /// Reads a manifest, as graphql-codegen and Relay (`{ "id": "text" }`) or Apollo (`{ "format", "operations" }`) write it.
    ///
    /// # Errors
    /// One sentence, when there is no such file, or it is of no known format.
    pub fn read(path: &str) -> Result<Self, String> {
        let text = std::fs::read_to_string(Path::new(path)).map_err(|error| format!("it cannot be read: {error}"))?;
        Self::parse(&text)
    }

    fn parse(manifest: &str) -> Result<Self, String> {
        let refusal = "it is no manifest of documents, as graphql-codegen, Relay or Apollo write it";
        let manifest: Map<String, Value> = serde_json::from_str(manifest).map_err(|error| format!("{refusal}: {error}"))?;
        let pair = |id: Option<&str>, text: &Value| Some((id?.to_owned(), Arc::<str>::from(text.as_str()?)));
        let by_id: Option<HashMap<_, _>> = match manifest.get("format") {
            Some(format) if format == APOLLO => {
                let operations = manifest.get("operations").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
                operations.iter().map(|operation| pair(operation["id"].as_str(), &operation["body"])).collect()
            }
            _ => manifest.iter().map(|(id, text)| pair(Some(id), text)).collect(),
        };
        let by_id = by_id.ok_or(refusal)?;
        if by_id.is_empty() {
            return Err("it names no document, so nothing could be asked".to_owned());
        }
        Ok(Self(Arc::new(Documents { texts: by_id.values().cloned().collect(), by_id })))
    }

    /// The document with an id.
    pub(crate) fn get(&self, id: &str) -> Option<Arc<str>> {
        // graphql-codegen may write the name of the hash before it.
        let by_id = &self.0.by_id;
        by_id.get(id).or_else(|| by_id.get(&format!("sha256:{id}"))).cloned()
    }

    /// Whether a document is in the manifest.
    pub(crate) fn contains(&self, text: &str) -> bool {
        self.0.texts.contains(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifests_of_three_programs_are_read() {
        for manifest in [
            r#"{ "abc": "{ sports { slug } }" }"#,
            r#"{ "sha256:abc": "{ sports { slug } }" }"#,
            r#"{ "format": "apollo-persisted-query-manifest", "version": 1,
                "operations": [{ "id": "abc", "name": "Sports", "type": "query", "body": "{ sports { slug } }" }] }"#,
        ] {
            let documents = TrustedDocuments::parse(manifest).expect("a manifest");
            assert_eq!(documents.get("abc").as_deref(), Some("{ sports { slug } }"));
            assert!(documents.contains("{ sports { slug } }") && documents.get("def").is_none() && !documents.contains("{ sports }"));
        }
    }

    #[test]
    fn what_is_no_manifest_is_refused() {
        for (manifest, why) in [
            ("", "no manifest"),
            ("[]", "no manifest"),
            (r#"{ "abc": 7 }"#, "no manifest"),
            (r#"{ "format": "apollo-persisted-query-manifest", "operations": [{ "id": "abc" }] }"#, "no manifest"),
            (r#"{ "format": "apollo-persisted-query-manifest", "operations": [] }"#, "names no document"),
            ("{}", "names no document"),
        ] {
            let refusal = TrustedDocuments::parse(manifest).expect_err("no manifest");
            assert!(refusal.contains(why), "{manifest}: {refusal}");
        }
    }
}

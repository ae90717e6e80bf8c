//! `ExternalId`.

use std::sync::Arc;

use async_graphql::{Description, Object};
use podium_entity::{athlete, external_id};

/// The identifier of the same object in another data set.
#[derive(Description, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ExternalId {
    scheme: String,
    value: String,
}

#[Object(use_type_description)]
impl ExternalId {
    /// The data set, such as `athlete-events` or `olympedia-edition`.
    async fn scheme(&self) -> &str {
        &self.scheme
    }

    /// The identifier in that data set.
    async fn value(&self) -> &str {
        &self.value
    }
}

impl ExternalId {
    /// The external id in the key of an athlete. An athlete known from a single import has a key such as `athlete-events:123`.
    pub(crate) fn of_key(athlete: &athlete::Model) -> Option<Self> {
        let (scheme, value) = athlete.key.split_once(':')?;
        Some(Self { scheme: scheme.to_owned(), value: value.to_owned() })
    }
}

impl From<Arc<external_id::Model>> for ExternalId {
    fn from(row: Arc<external_id::Model>) -> Self {
        Self { scheme: row.scheme.clone(), value: row.value.clone() }
    }
}

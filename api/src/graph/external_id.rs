//! `ExternalId`.

use async_graphql::{Description, Object};
use podium_entity::{athlete, external_id};

/// The name that another data set has for the same thing.
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

    /// The id in that data set.
    async fn value(&self) -> &str {
        &self.value
    }
}

impl ExternalId {
    /// The one that an athlete has his key from: those whom we know from a data set are called `athlete-events:123`.
    pub(crate) fn of_key(athlete: &athlete::Model) -> Option<Self> {
        let (scheme, value) = athlete.key.split_once(':')?;
        Some(Self { scheme: scheme.to_owned(), value: value.to_owned() })
    }
}

impl From<external_id::Model> for ExternalId {
    fn from(external_id::Model { scheme, value, .. }: external_id::Model) -> Self {
        Self { scheme, value }
    }
}

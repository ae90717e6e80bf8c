//! `ExternalId`.

use async_graphql::{Description, Object};
use podium_entity::external_id;

/// The name that another data set has for the same thing.
#[derive(Description)]
pub(crate) struct ExternalId(pub(crate) external_id::Model);

#[Object(use_type_description)]
impl ExternalId {
    /// The data set, such as `athlete-events` or `olympedia-edition`.
    async fn scheme(&self) -> &str {
        &self.0.scheme
    }

    /// The id in that data set.
    async fn value(&self) -> &str {
        &self.0.value
    }
}

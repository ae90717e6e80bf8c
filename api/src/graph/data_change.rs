//! `DataChange`.

use std::sync::Arc;

use async_graphql::{Context, Description, Object};
use podium_entity::data_version;

use crate::graph::date_time::DateTime;
use crate::loader::LoaderContext;

/// A change of the data: one import.
#[derive(Description)]
pub(crate) struct DataChange(pub(crate) Arc<data_version::Model>);

#[Object(use_type_description)]
impl DataChange {
    /// The version number of the data after the change, as `About.dataVersion`.
    async fn version(&self, ctx: &Context<'_>) -> String {
        ctx.data_version().to_string()
    }

    /// When it was imported.
    async fn imported_at(&self) -> DateTime {
        DateTime(self.0.imported_at)
    }

    /// What was imported: `athlete-events`, `paris-2024`, `podium` for files in Podium's own format, or `built-in`.
    async fn source(&self) -> &str {
        &self.0.source
    }
}

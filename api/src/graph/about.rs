//! `About`.

use async_graphql::{Context, Description, Object};

use crate::error::Result;
use crate::graph::list_size;
use crate::graph::source::Source;
use crate::limits::Limits;
use crate::load::source::EverySource;
use crate::loader::LoaderContext;

/// This server: its version, its limits, and the sources of its data.
#[derive(Description)]
pub(crate) struct About;

#[Object(use_type_description)]
impl About {
    /// The version of Podium that this server runs.
    async fn version(&self) -> &str {
        env!("CARGO_PKG_VERSION")
    }

    /// The version number of the data, which increases with every change. In one database, the same number means the same answers.
    async fn data_version(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(ctx.data_version().to_string())
    }

    /// The limits on each request to this server.
    async fn limits(&self, ctx: &Context<'_>) -> Limits {
        *ctx.data_unchecked::<Limits>()
    }

    /// The sources of the data.
    #[graphql(directive = list_size::Bound::apply(50))]
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        Ok(ctx.loader().get_or_default(EverySource).await?.into_iter().map(Source).collect())
    }
}

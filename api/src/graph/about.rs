//! `About`.

use async_graphql::{Context, Description, Object};

use crate::error::Result;
use crate::graph::list_size;
use crate::graph::source::Source;
use crate::limits::Limits;
use crate::load::source::EverySource;
use crate::loader::Load;

/// What this server is and holds.
#[derive(Description)]
pub(crate) struct About;

#[Object(use_type_description)]
impl About {
    /// The version of the program.
    async fn version(&self) -> &str {
        env!("CARGO_PKG_VERSION")
    }

    /// The number that every change of the data raises; equal numbers of one database mean equal answers.
    async fn data_version(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(ctx.data_version().to_string())
    }

    /// What a question to this server may cost.
    async fn limits(&self, ctx: &Context<'_>) -> Limits {
        *ctx.data_unchecked::<Limits>()
    }

    /// Where the data comes from.
    #[graphql(directive = list_size::Bound::apply(50))]
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        Ok(ctx.loads().all(EverySource).await?.into_iter().map(Source).collect())
    }
}

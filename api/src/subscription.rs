//! `Subscription`: events. An event is the answer to the same selection at another version of the data, so
//! its fields are resolved like those of `Query`.

use std::borrow::Cow;
use std::pin::Pin;

use async_graphql::registry::Registry;
use async_graphql::{Context, Description, Object, OutputType, Response, SubscriptionType};
use futures_util::Stream;

use crate::error::{LoadError, Result};
use crate::graph::data_change::DataChange;
use crate::load::data_change::LastChange;
use crate::loader::LoaderContext;

/// Events, over a WebSocket at `/graphql/ws` or as server-sent events.
#[derive(Description)]
pub(crate) struct Subscription;

#[Object(use_type_description)]
impl Subscription {
    /// A change of the data, sent within a fraction of a second. Refetch your queries when it arrives.
    async fn data_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            name = "since",
            desc = "The version that you have, as `About.dataVersion`. When the data is at another version already, the first event comes at once."
        )]
        _since: Option<String>,
    ) -> Result<DataChange> {
        let last = ctx.loader().get(LastChange).await?;
        last.map(DataChange).ok_or_else(|| LoadError::Inconsistent("data that was never imported").into())
    }
}

impl SubscriptionType for Subscription {
    fn type_name() -> Cow<'static, str> {
        <Self as OutputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <Self as OutputType>::create_type_info(registry)
    }

    /// The engine makes the streams.
    fn create_field_stream<'a>(&'a self, _: &'a Context<'_>) -> Option<Pin<Box<dyn Stream<Item = Response> + Send + 'a>>> {
        None
    }
}

//! `Venue`.

use std::sync::Arc;

use async_graphql::{Context, Description, ID, Object};
use podium_entity::{city, venue};

use crate::graph::node::{NodeType, global_id};

use crate::error::Result;
use crate::loader::LoaderContext;

/// A place of competition: a building, a course or a whole region.
#[derive(Description)]
pub(crate) struct Venue(pub(crate) Arc<venue::Model>);

#[Object(use_type_description)]
impl Venue {
    /// The global id, the same in every copy of Podium.
    pub(crate) async fn id(&self) -> ID {
        global_id(NodeType::Venue, self.0.id)
    }

    /// The name of the venue, the same for all Games.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The host city that the venue belongs to; null for a region, a route, or a venue in no host city.
    async fn city(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(self.city_row(ctx).await?.map(|city| city.name.clone()))
    }

    /// The present-day country of the venue; null when unknown.
    async fn country(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        match &self.0.country {
            Some(country) => Ok(Some(country.clone())),
            None => Ok(self.city_row(ctx).await?.map(|city| city.country.clone())),
        }
    }

    /// The latitude in degrees north, at the start for a route; null when unknown.
    async fn latitude(&self) -> Option<f64> {
        self.0.latitude
    }

    /// The longitude in degrees east, at the start for a route; null when unknown.
    async fn longitude(&self) -> Option<f64> {
        self.0.longitude
    }

    /// The IANA name of the time zone, such as `Europe/London`; null when unknown.
    async fn time_zone(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        match &self.0.time_zone {
            Some(zone) => Ok(Some(zone.clone())),
            None => Ok(self.city_row(ctx).await?.and_then(|city| city.time_zone.clone())),
        }
    }
}

impl Venue {
    async fn city_row(&self, ctx: &Context<'_>) -> Result<Option<Arc<city::Model>>> {
        match self.0.city_id {
            Some(id) => ctx.loader().row::<city::Entity>(id).await.map(Some),
            None => Ok(None),
        }
    }
}

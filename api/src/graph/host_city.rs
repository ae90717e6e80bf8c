//! `HostCity`.

use async_graphql::{Context, Description, Enum, Object};
use podium_entity::{city, games_host, nation};

use crate::error::Result;
use crate::graph::nation::Nation;
use crate::loader::Load;

/// A city that hosted a Games, or a part of one.
#[derive(Description)]
pub(crate) struct HostCity(pub(crate) games_host::Model);

/// The part that a city had in hosting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "games_host::HostRole")]
pub(crate) enum HostRole {
    /// The Games were awarded to this city.
    Main,
    /// The Games were awarded to this city together with the main one.
    CoHost,
    /// Single events were held here, such as the riding of 1956 in Stockholm.
    EventHost,
}

#[Object(use_type_description)]
impl HostCity {
    /// The name of the city in English.
    async fn name(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(ctx.loads().row::<city::Entity>(self.0.city_id).await?.name)
    }

    /// The country that the city lies in today.
    async fn country(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(ctx.loads().row::<city::Entity>(self.0.city_id).await?.country)
    }

    /// The host nation of the time; null when no National Olympic Committee was host.
    async fn nation(&self, ctx: &Context<'_>) -> Result<Option<Nation>> {
        match self.0.nation_id {
            Some(id) => Ok(Some(Nation(ctx.loads().row::<nation::Entity>(id).await?))),
            None => Ok(None),
        }
    }

    /// The city's part.
    async fn role(&self) -> HostRole {
        self.0.role.into()
    }
}

//! `HostCity`.

use std::sync::Arc;

use async_graphql::{Context, Description, Enum, Object};
use podium_entity::{city, games_host, nation};

use crate::error::Result;
use crate::graph::nation::Nation;
use crate::loader::LoaderContext;

/// A city that hosted all or part of a Games.
#[derive(Description)]
pub(crate) struct HostCity(pub(crate) Arc<games_host::Model>);

/// The role of a city in hosting the Games.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "games_host::HostRole")]
pub(crate) enum HostRole {
    /// The Games were awarded to this city.
    Main,
    /// The Games were awarded to this city jointly with the main host city.
    CoHost,
    /// Only some events were held here, such as the equestrian events of 1956 in Stockholm.
    EventHost,
}

#[Object(use_type_description)]
impl HostCity {
    /// The name of the city in English.
    async fn name(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(ctx.loader().row::<city::Entity>(self.0.city_id).await?.name.clone())
    }

    /// The country to which the city belongs today.
    async fn country(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(ctx.loader().row::<city::Entity>(self.0.city_id).await?.country.clone())
    }

    /// The host nation at the time; null when no National Olympic Committee was the host.
    async fn nation(&self, ctx: &Context<'_>) -> Result<Option<Nation>> {
        match self.0.nation_id {
            Some(id) => Ok(Some(Nation(ctx.loader().row::<nation::Entity>(id).await?))),
            None => Ok(None),
        }
    }

    /// The role of the city in hosting the Games.
    async fn role(&self) -> HostRole {
        self.0.role.into()
    }
}

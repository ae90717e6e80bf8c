//! `Delegation`.

use std::sync::Arc;

use async_graphql::{Context, Description, Object};
use podium_entity::{delegation, games, nation};
use uuid::Uuid;

use crate::error::Result;
use crate::graph::filter::medals::MedalFilter;
use crate::graph::games::Games;
use crate::graph::medal_count::MedalCount;
use crate::graph::nation::{Nation, NationKind};
use crate::load::games::{DelegationsOfGames, DelegationsOfNation};
use crate::loader::LoaderContext;
use crate::rules::chronology::chronology;

/// The team of one nation at one Games.
#[derive(Description)]
pub(crate) struct Delegation(Arc<delegation::Model>, Arc<nation::Model>);

#[Object(use_type_description)]
impl Delegation {
    /// The Games.
    async fn games(&self, ctx: &Context<'_>) -> Result<Games> {
        Ok(Games(ctx.loader().row::<games::Entity>(self.0.games_id).await?))
    }

    /// The nation.
    async fn nation(&self) -> Nation {
        Nation(self.1.clone())
    }

    /// The name that the team used at these Games; usually the name of the nation.
    async fn name(&self) -> &str {
        self.0.name.as_ref().unwrap_or(&self.1.name)
    }

    /// Whether the medal table ranks this delegation. Individual neutral athletes are not ranked.
    async fn ranked(&self) -> bool {
        self.0.ranks_in_medal_table
    }

    /// The number of its medals at these Games.
    async fn medal_count(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which medals to count; by default, official Olympic medals.")] filter: Option<MedalFilter>,
    ) -> Result<MedalCount> {
        MedalCount::of_delegation(ctx, self.0.games_id, self.0.nation_id, filter).await
    }
}

impl Delegation {
    /// The delegations at a Games, of all nations or of those of some kinds, sorted by code.
    pub(crate) async fn of_games(ctx: &Context<'_>, games: Uuid, kinds: Option<&[NationKind]>) -> Result<Vec<Self>> {
        let mut rows = ctx.loader().get_or_default(DelegationsOfGames(games)).await?;
        rows.retain(|(_, nation)| kinds.is_none_or(|kinds| kinds.contains(&nation.kind.into())));
        Ok(rows.into_iter().map(|(delegation, nation)| Self(delegation, nation)).collect())
    }

    /// The delegations of a nation, oldest first.
    pub(crate) async fn of_nation(ctx: &Context<'_>, nation: &Arc<nation::Model>) -> Result<Vec<Self>> {
        let rows = ctx.loader().get_or_default(DelegationsOfNation(nation.id)).await?;
        let games = ctx.loader().rows::<games::Entity>(rows.iter().map(|row| row.games_id)).await?;
        let mut delegations: Vec<_> = games.into_iter().zip(rows).collect();
        delegations.sort_by_cached_key(|(games, _)| (chronology(games), games.slug.clone()));
        Ok(delegations.into_iter().map(|(_, row)| Self(row, nation.clone())).collect())
    }
}

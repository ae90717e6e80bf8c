//! `HostEffect`: what a nation won at home, beside before and after.

use std::sync::Arc;

use async_graphql::{Context, Description, Object};
use futures_util::future::try_join_all;
use podium_entity::games::{self, GamesStatus, Recognition};
use podium_entity::games_host::HostRole;
use uuid::Uuid;

use crate::error::Result;
use crate::graph::games::Games;
use crate::graph::medal_count::MedalCount;
use crate::load::games::{EveryGames, HostingsOfNation};
use crate::loader::LoaderContext;
use crate::rules::chronology::chronology;

/// The medals of a nation at Games that it hosted, beside those at the Games of the same season before and after. Cancelled Games are skipped.
/// Where the nation took no part, the counts are zero.
#[derive(Description)]
pub(crate) struct HostEffect {
    nation: Uuid,
    at_home: Arc<games::Model>,
    before: Option<Arc<games::Model>>,
    after: Option<Arc<games::Model>>,
}

#[Object(use_type_description)]
impl HostEffect {
    /// The Games that the nation hosted.
    async fn games(&self) -> Games {
        Games(self.at_home.clone())
    }

    /// The medals at home.
    async fn medal_count(&self, ctx: &Context<'_>) -> Result<MedalCount> {
        MedalCount::of_delegation(ctx, self.at_home.id, self.nation, None).await
    }

    /// The Games before; null when there were none.
    async fn previous_games(&self) -> Option<Games> {
        self.before.clone().map(Games)
    }

    /// The medals at the Games before; null when there were none.
    async fn previous_medal_count(&self, ctx: &Context<'_>) -> Result<Option<MedalCount>> {
        self.medals_at(ctx, self.before.as_deref()).await
    }

    /// The Games after; null when they are still to come.
    async fn next_games(&self) -> Option<Games> {
        self.after.clone().map(Games)
    }

    /// The medals at the Games after; null when they are still to come.
    async fn next_medal_count(&self, ctx: &Context<'_>) -> Result<Option<MedalCount>> {
        self.medals_at(ctx, self.after.as_deref()).await
    }
}

impl HostEffect {
    /// The Games that a nation hosted as the main host or together with it, oldest first. Those still to come are left out.
    pub(super) async fn of_nation(ctx: &Context<'_>, nation: Uuid) -> Result<Vec<Self>> {
        let (hostings, all) =
            futures_util::try_join!(ctx.loader().get_or_default(HostingsOfNation(nation)), ctx.loader().get_or_default(EveryGames))?;
        let held: Vec<Arc<games::Model>> =
            all.into_iter().filter(|games| games.status == GamesStatus::Held && games.recognition == Recognition::Official).collect();
        let is_host =
            |games: &games::Model| hostings.iter().any(|hosting| hosting.games_id == games.id && hosting.role != HostRole::EventHost);
        let effect = |at_home: &Arc<games::Model>| {
            let series = || held.iter().filter(|games| games.season == at_home.season && games.kind == at_home.kind);
            Self {
                nation,
                before: series().rfind(|games| chronology(games) < chronology(at_home)).cloned(),
                after: series().find(|games| chronology(games) > chronology(at_home)).cloned(),
                at_home: at_home.clone(),
            }
        };
        Ok(held.iter().filter(|games| is_host(games)).map(effect).collect())
    }

    async fn medals_at(&self, ctx: &Context<'_>, games: Option<&games::Model>) -> Result<Option<MedalCount>> {
        let counts = games.into_iter().map(|games| MedalCount::of_delegation(ctx, games.id, self.nation, None));
        Ok(try_join_all(counts).await?.pop())
    }
}

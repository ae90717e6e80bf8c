//! `Competitor`, and `Team`.

use std::sync::Arc;

use async_graphql::{Context, Description, ID, Interface, Object};
use podium_entity::{athlete, entry, nation};

use crate::error::{LoadError, Result};
use crate::graph::athlete::Athlete;
use crate::graph::entry::Entry;
use crate::graph::list_size;
use crate::graph::nation::Nation;
use crate::graph::node::{NodeType, global_id};
use crate::loader::LoaderContext;

/// A competitor that is ranked as one: a single athlete or a team.
#[derive(Interface)]
#[graphql(
    field(name = "id", ty = "ID", desc = "The id of the athlete, or of the team in this edition."),
    field(name = "name", ty = "&str", desc = "The name as it is usually printed."),
    field(
        name = "athletes",
        ty = "Vec<Athlete>",
        desc = "The athlete, or the members of the team.",
        directive = list_size::Bound::apply(20)
    )
)]
pub(crate) enum Competitor {
    Athlete(Athlete),
    Team(Team),
}

/// Athletes who are ranked together in one edition: a pair, a crew or a squad.
#[derive(Description)]
pub(crate) struct Team {
    entry: Arc<entry::Model>,
    name: String,
}

#[Object(use_type_description)]
impl Team {
    /// The global id of the team in this edition, the same in every copy of Podium.
    pub(crate) async fn id(&self) -> ID {
        global_id(NodeType::Team, self.entry.id)
    }

    /// The name of the team: that of its nation, numbered if the nation entered several teams, or that of a club or a yacht.
    pub(crate) async fn name(&self) -> &str {
        &self.name
    }

    /// The nation that the team was entered for.
    async fn nation(&self, ctx: &Context<'_>) -> Result<Nation> {
        Ok(Nation(ctx.loader().row::<nation::Entity>(self.entry.nation_id).await?))
    }

    /// The members of the team.
    #[graphql(directive = list_size::Bound::apply(20))]
    pub(crate) async fn athletes(&self, ctx: &Context<'_>) -> Result<Vec<Athlete>> {
        Entry::members(ctx, self.entry.id).await
    }
}

impl Team {
    /// The team of an entry; none when an athlete was entered.
    pub(crate) fn of(entry: Arc<entry::Model>) -> Option<Self> {
        let name = entry.team_name.clone()?;
        Some(Self { entry, name })
    }
}

impl Competitor {
    /// The competitor of an entry.
    pub(crate) async fn of(ctx: &Context<'_>, entry: Arc<entry::Model>) -> Result<Self> {
        match entry.athlete_id {
            Some(id) => Ok(Self::Athlete(Athlete(ctx.loader().row::<athlete::Entity>(id).await?))),
            None => Team::of(entry).map(Self::Team).ok_or_else(|| LoadError::Inconsistent("an entry of nobody").into()),
        }
    }
}

//! `PreviewNote`.

use async_graphql::{Context, Description, Enum, Object};
use podium_entity::{athlete, preview_note};

use crate::error::Result;
use crate::graph::athlete::Athlete;
use crate::loader::Load;

/// What was expected before an edition.
#[derive(Description)]
pub(crate) struct PreviewNote(pub(crate) preview_note::Model);

/// The part that an athlete was expected to play.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "preview_note::PreviewRole")]
pub(crate) enum PreviewRole {
    /// Won the edition before.
    DefendingChampion,
    /// Held the world title.
    WorldChampion,
    /// Expected to win.
    Favourite,
    /// Expected to be among the best.
    Contender,
    /// Missing, though a place among the best was likely.
    Absentee,
}

#[Object(use_type_description)]
impl PreviewNote {
    /// The part expected.
    async fn role(&self) -> PreviewRole {
        self.0.role.into()
    }

    /// The athlete; null when the note is about no single one.
    async fn athlete(&self, ctx: &Context<'_>) -> Result<Option<Athlete>> {
        match self.0.athlete_id {
            Some(id) => Ok(Some(Athlete(ctx.loads().row::<athlete::Entity>(id).await?))),
            None => Ok(None),
        }
    }

    /// What was said.
    async fn text(&self) -> &str {
        &self.0.body
    }
}

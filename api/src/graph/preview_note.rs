//! `PreviewNote`.

use std::sync::Arc;

use async_graphql::{Context, Description, Enum, Object};
use podium_entity::{athlete, preview_note};

use crate::error::Result;
use crate::graph::athlete::Athlete;
use crate::loader::LoaderContext;

/// A note on what was expected before an edition.
#[derive(Description)]
pub(crate) struct PreviewNote(pub(crate) Arc<preview_note::Model>);

/// The expected role of an athlete in an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "preview_note::PreviewRole")]
pub(crate) enum PreviewRole {
    /// The defending champion: won the previous edition.
    DefendingChampion,
    /// The world champion: held the world title.
    WorldChampion,
    /// A favourite: expected to win.
    Favourite,
    /// A contender: expected to be among the best.
    Contender,
    /// An absentee who was likely to finish among the best.
    Absentee,
}

#[Object(use_type_description)]
impl PreviewNote {
    /// The expected role.
    async fn role(&self) -> PreviewRole {
        self.0.role.into()
    }

    /// The athlete; null when the note is not about a single athlete.
    async fn athlete(&self, ctx: &Context<'_>) -> Result<Option<Athlete>> {
        match self.0.athlete_id {
            Some(id) => Ok(Some(Athlete(ctx.loader().row::<athlete::Entity>(id).await?))),
            None => Ok(None),
        }
    }

    /// The text of the note.
    async fn text(&self) -> &str {
        &self.0.body
    }
}

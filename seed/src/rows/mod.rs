//! The lines of each file, and how a line becomes a row. One struct per file, its fields the columns.

pub(crate) mod awards;
pub(crate) mod editions;
pub(crate) mod entries;
pub(crate) mod games;
pub(crate) mod nations;
pub(crate) mod people;
pub(crate) mod programme;
pub(crate) mod texts;

use sea_orm::prelude::Uuid;
use sea_orm::{EntityTrait, IntoActiveModel};
use serde::de::DeserializeOwned;

use podium_entity::key;

use crate::context::{Context, Place};
use crate::error::Error;

/// A line of a file that becomes a row of a table.
pub(crate) trait Line: DeserializeOwned + Send + 'static {
    /// The file, without `.csv`.
    const FILE: &'static str;
    /// The table.
    type Entity: EntityTrait<Model: IntoActiveModel<<Self::Entity as EntityTrait>::ActiveModel> + PartialEq + Sync>;

    /// The row, its references checked; what other rows need to know of it goes into the context.
    fn row(self, at: Place<'_>, context: &mut Context) -> Result<<Self::Entity as EntityTrait>::Model, Error>;
}

/// The columns that name an edition.
#[derive(Debug)]
pub(crate) struct EditionName<'a> {
    pub(crate) event: &'a str,
    pub(crate) games: &'a str,
    pub(crate) variant: Option<&'a String>,
}

impl EditionName<'_> {
    /// The id that the edition has by its event and Games.
    pub(crate) fn id(&self) -> Uuid {
        let variant = self.variant.map_or("", String::as_str);
        key::derived("event_edition", &[&key::id("event", self.event), &key::id("games", self.games), &variant])
    }

    /// The edition's id, which must be known.
    pub(crate) fn resolve(&self, at: Place<'_>, context: &Context) -> Result<Uuid, Error> {
        at.reference(context, "event", "event", self.event)?;
        at.reference(context, "games", "games", self.games)?;
        let id = self.id();
        match context.knows(id) {
            true => Ok(id),
            false => Err(at.refuse("games", format!("there is no edition of `{}` at `{}` in event_editions", self.event, self.games))),
        }
    }
}

/// The columns that name who competed: one of them is empty.
pub(crate) struct CompetitorName<'a> {
    pub(crate) athlete: Option<&'a String>,
    pub(crate) team: Option<&'a String>,
}

impl CompetitorName<'_> {
    /// The id of the competitor's entry in an edition, whether it is known or not.
    pub(crate) fn entry_id(&self, at: Place<'_>, edition: Uuid) -> Result<Uuid, Error> {
        match (self.athlete, self.team) {
            (Some(athlete), None) => Ok(key::derived("entry", &[&edition, &key::id("athlete", athlete)])),
            (None, Some(team)) => Ok(key::derived("entry", &[&edition, team])),
            _ => Err(at.refuse("athlete", "one of `athlete` and `team` must be given")),
        }
    }

    /// The competitor's entry in an edition, which must be known.
    pub(crate) fn resolve(&self, at: Place<'_>, context: &Context, edition: Uuid) -> Result<Uuid, Error> {
        let id = self.entry_id(at, edition)?;
        let (column, name) = self.athlete.map_or(("team", self.team), |athlete| ("athlete", Some(athlete)));
        match context.knows(id) {
            true => Ok(id),
            false => Err(at.refuse(column, format!("`{}` has no entry in this edition", name.map_or("", String::as_str)))),
        }
    }
}

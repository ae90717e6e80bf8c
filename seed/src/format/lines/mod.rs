//! The line types of the `podium` format, and how a line becomes a row. Each file has one struct, whose fields are its columns.

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

use crate::error::Error;
use crate::format::context::{Context, Location};

/// The file and the columns of a line type. `format::tables` implements this for every line type.
pub(crate) trait Table {
    /// The file, without `.csv`.
    const FILE: &'static str;
    /// The columns of an exported file, in the notation of `format::export::columns`.
    const COLUMNS: &'static str;
    /// How an export divides the rows into parts.
    const PARTS: Parts;
}

/// How an export divides the rows of a table. The lines of one part come before those of the next, and only one part is in memory.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Parts {
    /// All rows in one part.
    Whole,
    /// By edition. The lines begin with the name of the edition.
    Editions,
    /// By the edition of their team. The rows of an individual entry are derived, so they are left out.
    Teams,
    /// By athlete. The lines begin with the athlete's key. The rows without an athlete come last.
    Athletes,
}

/// A line of a file that becomes a row of a table.
pub(crate) trait Line: Table + DeserializeOwned + Send + 'static {
    /// The table.
    type Entity: EntityTrait<Model: IntoActiveModel<<Self::Entity as EntityTrait>::ActiveModel> + PartialEq + Sync>;

    /// Converts the line into a row and resolves its references. What other rows need to know goes into the context.
    fn row(self, at: Location<'_>, context: &mut Context) -> Result<<Self::Entity as EntityTrait>::Model, Error>;
}

/// The columns that name an edition.
#[derive(Debug)]
pub(crate) struct EditionName<'a> {
    pub(crate) event: &'a str,
    pub(crate) games: &'a str,
    pub(crate) variant: Option<&'a String>,
}

impl EditionName<'_> {
    /// The id of the edition, derived from event, Games and variant.
    pub(crate) fn id(&self) -> Uuid {
        let variant = self.variant.map_or("", String::as_str);
        key::derived("event_edition", &[&key::id("event", self.event), &key::id("games", self.games), &variant])
    }

    /// The edition's id, which must be known.
    pub(crate) fn resolve(&self, at: Location<'_>, context: &Context) -> Result<Uuid, Error> {
        at.reference(context, "event", "event", self.event)?;
        at.reference(context, "games", "games", self.games)?;
        let id = self.id();
        match context.knows(id) {
            true => Ok(id),
            false => Err(at.refuse("games", format!("there is no edition of `{}` at `{}` in event_editions", self.event, self.games))),
        }
    }
}

/// The columns that name a competitor, one of which is empty.
pub(crate) struct CompetitorName<'a> {
    pub(crate) athlete: Option<&'a String>,
    pub(crate) team: Option<&'a String>,
}

impl CompetitorName<'_> {
    /// The id of the competitor's entry in an edition, whether it is known or not.
    pub(crate) fn entry_id(&self, at: Location<'_>, edition: Uuid) -> Result<Uuid, Error> {
        match (self.athlete, self.team) {
            (Some(athlete), None) => Ok(key::derived("entry", &[&edition, &key::id("athlete", athlete)])),
            (None, Some(team)) => Ok(key::derived("entry", &[&edition, team])),
            _ => Err(at.refuse("athlete", "one of `athlete` and `team` must be given")),
        }
    }

    /// The competitor's entry in an edition, which must be known.
    pub(crate) fn resolve(&self, at: Location<'_>, context: &Context, edition: Uuid) -> Result<Uuid, Error> {
        let id = self.entry_id(at, edition)?;
        let (column, name) = self.athlete.map_or(("team", self.team), |athlete| ("athlete", Some(athlete)));
        match context.knows(id) {
            true => Ok(id),
            false => Err(at.refuse(column, format!("`{}` has no entry in this edition", name.map_or("", String::as_str)))),
        }
    }
}

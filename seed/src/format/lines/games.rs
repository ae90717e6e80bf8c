//! Sources, places, and the Games.

use podium_entity::games::{Coverage, GamesKind, GamesStatus, Recognition, Season};
use podium_entity::games_host::HostRole;
use podium_entity::{city, delegation, games, games_host, key, source, venue};
use sea_orm::prelude::{Date, Uuid};
use serde::Deserialize;

use super::Line;
use crate::error::Error;
use crate::format::context::{Context, Location};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SourceLine {
    key: String,
    title: String,
    url: Option<String>,
    licence: Option<String>,
    precedence: i32,
}

impl Line for SourceLine {
    type Entity = source::Entity;

    fn row(self, _: Location<'_>, context: &mut Context) -> Result<source::Model, Error> {
        let id = key::id("source", &self.key);
        context.add(id);
        Ok(source::Model { id, key: self.key, title: self.title, url: self.url, licence: self.licence, precedence: self.precedence })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CityLine {
    key: String,
    name: String,
    native_name: Option<String>,
    country: String,
    latitude: Option<f64>,
    longitude: Option<f64>,
    time_zone: Option<String>,
}

impl Line for CityLine {
    type Entity = city::Entity;

    fn row(self, _: Location<'_>, context: &mut Context) -> Result<city::Model, Error> {
        let id = key::id("city", &self.key);
        context.add(id);
        Ok(city::Model {
            id,
            key: self.key,
            name: self.name,
            native_name: self.native_name,
            country: self.country,
            latitude: self.latitude,
            longitude: self.longitude,
            time_zone: self.time_zone,
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VenueLine {
    key: String,
    name: String,
    city: Option<String>,
    country: Option<String>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    time_zone: Option<String>,
}

impl Line for VenueLine {
    type Entity = venue::Entity;

    fn row(self, at: Location<'_>, context: &mut Context) -> Result<venue::Model, Error> {
        let id = key::id("venue", &self.key);
        let city_id = at.optional(context, "city", "city", self.city.as_ref())?;
        context.add(id);
        Ok(venue::Model {
            id,
            key: self.key,
            name: self.name,
            city_id,
            country: self.country,
            latitude: self.latitude,
            longitude: self.longitude,
            time_zone: self.time_zone,
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GamesLine {
    key: String,
    slug: Option<String>,
    year: i32,
    season: Season,
    kind: GamesKind,
    name: String,
    olympiad_number: Option<i32>,
    edition_number: Option<i32>,
    opened_on: Option<Date>,
    closed_on: Option<Date>,
    status: GamesStatus,
    recognition: Recognition,
    competitors: Option<i32>,
    nations: Option<i32>,
    coverage: Coverage,
    source: String,
}

impl Line for GamesLine {
    type Entity = games::Entity;

    fn row(self, at: Location<'_>, context: &mut Context) -> Result<games::Model, Error> {
        let id = key::id("games", &self.key);
        let source_id = at.reference(context, "source", "source", &self.source)?;
        let slug = at.slug(self.slug, &self.key, 1)?;
        let games = games::Model {
            id,
            key: self.key,
            slug,
            year: self.year,
            season: self.season,
            kind: self.kind,
            name: self.name,
            olympiad_number: self.olympiad_number,
            edition_number: self.edition_number,
            opened_on: self.opened_on,
            closed_on: self.closed_on,
            status: self.status,
            recognition: self.recognition,
            competitors_published: self.competitors,
            nations_published: self.nations,
            coverage: self.coverage,
            source_id,
        };
        context.add_games(&games);
        Ok(games)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GamesHostLine {
    games: String,
    city: String,
    nation: Option<String>,
    role: HostRole,
    sequence: i32,
}

impl Line for GamesHostLine {
    type Entity = games_host::Entity;

    fn row(self, at: Location<'_>, context: &mut Context) -> Result<games_host::Model, Error> {
        let games_id = at.reference(context, "games", "games", &self.games)?;
        let city_id = at.reference(context, "city", "city", &self.city)?;
        let nation_id = at.optional(context, "nation", "nation", self.nation.as_ref())?;
        let id = key::derived("games_host", &[&games_id, &city_id]);
        Ok(games_host::Model { id, games_id, city_id, nation_id, role: self.role, sequence: self.sequence })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DelegationLine {
    games: String,
    nation: String,
    name: Option<String>,
    ranked: bool,
    men: Option<i32>,
    women: Option<i32>,
    source: String,
}

impl Line for DelegationLine {
    type Entity = delegation::Entity;

    fn row(self, at: Location<'_>, context: &mut Context) -> Result<delegation::Model, Error> {
        let games_id = at.reference(context, "games", "games", &self.games)?;
        let nation_id = at.reference(context, "nation", "nation", &self.nation)?;
        let source_id = at.reference(context, "source", "source", &self.source)?;
        let id = delegation_id(games_id, nation_id);
        context.add(id);
        Ok(delegation::Model {
            id,
            games_id,
            nation_id,
            name: self.name,
            ranks_in_medal_table: self.ranked,
            men: self.men,
            women: self.women,
            source_id,
        })
    }
}

/// The id of a nation's delegation at a Games.
pub(crate) fn delegation_id(games: Uuid, nation: Uuid) -> Uuid {
    key::derived("delegation", &[&games, &nation])
}

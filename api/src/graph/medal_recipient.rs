//! `MedalRecipient`, and `Age`.

use std::sync::Arc;

use async_graphql::{Context, Description, Object};
use chrono::NaiveDate;
use podium_entity::{event_edition, games, medal_award};

use crate::error::Result;
use crate::graph::athlete::Athlete;
use crate::loader::LoaderContext;
use crate::rules::age;

/// An athlete who holds a medal, alone or with a team.
#[derive(Description)]
pub(crate) struct MedalRecipient {
    pub(crate) athlete: Athlete,
    pub(crate) award: Arc<medal_award::Model>,
}

#[Object(use_type_description)]
impl MedalRecipient {
    /// The athlete.
    async fn athlete(&self) -> &Athlete {
        &self.athlete
    }

    /// The age on the day on which the medal was won; where that is not known, during the event or the Games. Null when the date of birth or
    /// the time of the Games is unknown.
    async fn age(&self, ctx: &Context<'_>) -> Result<Option<Age>> {
        let Some(born) = self.athlete.0.born.as_ref().and_then(|born| born.parse().ok()) else { return Ok(None) };
        let days = self.days(ctx).await?;
        Ok(days.and_then(|days| age::Age::between(born, days)).map(Age))
    }
}

impl MedalRecipient {
    /// The first and the last day on which the medal may have been won.
    async fn days(&self, ctx: &Context<'_>) -> Result<Option<(NaiveDate, NaiveDate)>> {
        if let Some(day) = self.award.won_on {
            return Ok(Some((day, day)));
        }
        let edition = ctx.loader().row::<event_edition::Entity>(self.award.edition_id).await?;
        if let Some(days) = edition.starts_on.zip(edition.ends_on) {
            return Ok(Some(days));
        }
        let games = ctx.loader().row::<games::Entity>(edition.games_id).await?;
        Ok(games.opened_on.zip(games.closed_on))
    }
}

/// An age, as precisely as the date of birth and the day are known.
#[derive(Description)]
pub(crate) struct Age(age::Age);

#[Object(use_type_description)]
impl Age {
    /// The completed years; the least of those that are possible.
    async fn years(&self) -> i32 {
        i32::try_from(self.0.least).unwrap_or(i32::MAX)
    }

    /// Whether no other age is possible.
    async fn exact(&self) -> bool {
        self.0.is_exact()
    }

    /// The age as text: `17`, or `17 or 18` where only the year of birth is known.
    async fn text(&self) -> String {
        self.0.text()
    }
}

//! `Streak`: who won an event time after time.

use std::sync::Arc;

use async_graphql::{Context, Description, Enum, Object};
use futures_util::future::try_join_all;
use podium_entity::games::{self, Recognition};
use podium_entity::medal_award::{self, Medal};
use podium_entity::{athlete, event, nation};
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::graph::athlete::Athlete;
use crate::graph::event_edition::EventEdition;
use crate::graph::nation::Nation;
use crate::load::event_edition::EditionsOfEvent;
use crate::load::games::EveryGames;
use crate::load::medal_award::{AwardsOfEdition, RecipientsOfAward};
use crate::loader::LoaderContext;
use crate::rules::awards::is_held_on;
use crate::rules::event_history::{self, EditionAtGames, History};
use crate::rules::streaks::{Run, runs};

/// Whose wins a streak counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum StreakOf {
    /// Nations.
    Nation,
    /// Athletes, alone or in teams.
    Athlete,
}

/// Consecutive wins in one event.
#[derive(Description)]
pub(crate) struct Streak {
    of: StreakOf,
    run: Run<Uuid>,
    from: EditionAtGames,
    to: EditionAtGames,
    unbroken: bool,
}

#[Object(use_type_description)]
impl Streak {
    /// The nation that won each time; null for a streak of an athlete.
    async fn nation(&self, ctx: &Context<'_>) -> Result<Option<Nation>> {
        match self.of {
            StreakOf::Nation => Ok(Some(Nation(ctx.loader().row::<nation::Entity>(self.run.winner).await?))),
            StreakOf::Athlete => Ok(None),
        }
    }

    /// The athlete who won each time; null for a streak of a nation.
    async fn athlete(&self, ctx: &Context<'_>) -> Result<Option<Athlete>> {
        match self.of {
            StreakOf::Athlete => Ok(Some(Athlete(ctx.loader().row::<athlete::Entity>(self.run.winner).await?))),
            StreakOf::Nation => Ok(None),
        }
    }

    /// The number of wins.
    async fn length(&self) -> i32 {
        i32::try_from(self.run.length()).unwrap_or(i32::MAX)
    }

    /// The first edition that was won.
    async fn from(&self) -> EventEdition {
        EventEdition(self.from.0.clone())
    }

    /// The last edition that was won.
    async fn to(&self) -> EventEdition {
        EventEdition(self.to.0.clone())
    }

    /// Whether the event was held at every Games from the first to the last: none of them was cancelled or went without it.
    async fn unbroken(&self) -> bool {
        self.unbroken
    }
}

impl Streak {
    /// The runs of an event.
    pub(super) async fn of_event(ctx: &Context<'_>, event: Uuid, of: StreakOf, minimum: i32) -> Result<Vec<Self>> {
        let minimum = usize::try_from(minimum).ok().filter(|minimum| *minimum >= 2);
        let minimum = minimum.ok_or_else(|| Error::bad_input("`minimum` must be at least 2."))?;
        let row = ctx.loader().row::<event::Entity>(event);
        let (editions, games) = (ctx.loader().get_or_default(EditionsOfEvent(event)), ctx.loader().get_or_default(EveryGames));
        let (row, editions, games) = futures_util::try_join!(row, editions, games)?;
        let history =
            History { editions: &editions, games: &games, known_until: row.known_until, discontinued_after: row.discontinued_after };
        let held = in_sequence(&history);
        let winners = try_join_all(held.iter().map(|held| winners(ctx, *held, of))).await?;
        let streak = |run: Run<Uuid>| {
            let editions: Vec<&EditionAtGames> = held[run.from..=run.to].iter().copied().flatten().collect();
            let (from, to) = (*editions.first()?, *editions.last()?);
            Some(Self { of, run, unbroken: is_at_all_games(&editions, &games), from: from.clone(), to: to.clone() })
        };
        Ok(runs(&winners, minimum).into_iter().filter_map(streak).collect())
    }
}

/// The editions that were held, with `None` where another may be missing between two of them.
fn in_sequence<'a>(history: &History<'a>) -> Vec<Option<&'a EditionAtGames>> {
    let mut sequence: Vec<Option<&'a EditionAtGames>> = Vec::new();
    for held in event_history::held(history.editions) {
        if sequence.last().copied().flatten().is_some_and(|last| history.is_unknown_between(&last.1, &held.1)) {
            sequence.push(None);
        }
        sequence.push(Some(held));
    }
    sequence
}

/// Who holds a gold medal of an edition today; empty if its medals are not loaded.
async fn winners(ctx: &Context<'_>, held: Option<&EditionAtGames>, of: StreakOf) -> Result<Vec<Uuid>> {
    let Some(edition) = held.map(|(edition, _)| edition.id) else { return Ok(Vec::new()) };
    let today = ctx.today();
    let is_won = |award: &Arc<medal_award::Model>| award.medal == Medal::Gold && is_held_on(award, today);
    let golds: Vec<Arc<medal_award::Model>> =
        ctx.loader().get_or_default(AwardsOfEdition(edition)).await?.into_iter().filter(is_won).collect();
    if of == StreakOf::Nation {
        return Ok(golds.into_iter().filter_map(|award| award.nation_id).collect());
    }
    let recipients = try_join_all(golds.into_iter().map(|award| ctx.loader().get_or_default(RecipientsOfAward(award.id)))).await?;
    Ok(recipients.into_iter().flatten().map(|recipient| recipient.athlete_id).collect())
}

/// Whether editions were held at all Games of one series from the first to the last, also those that were cancelled.
fn is_at_all_games(editions: &[&EditionAtGames], all: &[Arc<games::Model>]) -> bool {
    let (Some((_, first)), Some((_, last))) = (editions.first(), editions.last()) else { return false };
    let between = all.iter().filter(|games| {
        games.season == last.season
            && games.kind == last.kind
            && games.recognition == Recognition::Official
            && (first.year..=last.year).contains(&games.year)
    });
    between.count() == editions.len()
}

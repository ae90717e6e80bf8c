//! Results and entries: of an edition, or of an athlete.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use podium_entity::result::{Irm, ResultStatus};
use podium_entity::{athlete, entry, entry_member, event, event_edition, nation, result};
use sea_orm::prelude::*;
use sea_orm::sea_query::{CaseStatement, ExprTrait, Func, SelectStatement};
use sea_orm::{Condition, JoinType, QueryTrait};

use crate::error::Result;
use crate::graph::entry::{AthleteEntryFilter, EditionEntryFilter, EditionEntryOrder, EditionEntryOrderField};
use crate::graph::event_result::{AthleteResultFilter, EditionResultFilter};
use crate::graph::event_result::{Irm as ShownIrm, ResultStatus as ShownStatus};
use crate::graph::order_direction::OrderDirection;
use crate::load::Db;
use crate::load::filter::{Calendar, Level, Programme, any_of, holds_medal, join, join_games_and_programme, nation_in, on, received_medal};
use crate::page::{Listing, Order};
use crate::rules::chronology::chronology_sql;

/// The overall result of an entry, unless it was annulled.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ResultOfEntry(pub(crate) Uuid);

impl Loader<ResultOfEntry> for Db {
    type Value = result::Model;
    type Error = DbErr;

    async fn load(&self, keys: &[ResultOfEntry]) -> std::result::Result<HashMap<ResultOfEntry, result::Model>, DbErr> {
        let overall = overall(None).add(result::Column::EntryId.is_in(keys.iter().map(|key| key.0)));
        let rows = result::Entity::find().filter(overall).all(&self.0).await?;
        Ok(rows.into_iter().map(|row| (ResultOfEntry(row.entry_id), row)).collect())
    }
}

/// Overall results; annulled ones only when they are asked for.
fn overall(statuses: Option<&Vec<ShownStatus>>) -> Condition {
    let stated = any_of::<_, ResultStatus>(result::Column::Status, statuses);
    let status = stated.unwrap_or_else(|| result::Column::Status.ne(ResultStatus::Annulled));
    Condition::all().add(result::Column::PhaseId.is_null()).add(status)
}

/// The result list of an edition.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct ResultsOfEdition {
    pub(crate) filter: EditionResultFilter,
}

impl Listing for ResultsOfEdition {
    type Entity = result::Entity;
    const DEFAULT: i32 = 100;
    const MAXIMUM: i32 = 500;

    fn select(&self) -> Result<Select<result::Entity>> {
        let filter = &self.filter;
        let condition = overall(filter.status.as_ref())
            .add_option(nation_in(entry::Column::NationId.into_expr(), filter.nation.as_ref())?)
            .add_option(any_of::<_, Irm>(result::Column::Irm, filter.irm.as_ref()))
            .add_option(filter.medal.as_ref().map(|medals| holds_medal(result::Column::EntryId, medals)));
        let mut select = result::Entity::find().filter(condition);
        let query = QueryTrait::query(&mut select);
        join(query, entry::Entity, entry::Column::Id, result::Column::EntryId);
        join(query, event_edition::Entity, event_edition::Column::Id, result::Column::EditionId);
        join(query, event::Entity, event::Column::Id, event_edition::Column::EventId);
        join_competitor(query);
        Ok(select)
    }

    fn owner(&self) -> Option<Expr> {
        Some(result::Column::EditionId.into_expr())
    }

    fn order(&self) -> Order {
        Order::by("place").int(result::Column::SortOrder.into_expr()).int(unranked_mark()).text(competitor_name())
    }
}

/// The results of an athlete, newest first.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct ResultsOfAthlete {
    pub(crate) filter: AthleteResultFilter,
}

impl Listing for ResultsOfAthlete {
    type Entity = result::Entity;

    fn select(&self) -> Result<Select<result::Entity>> {
        let AthleteResultFilter { games, season, years, sport, discipline, family, event, nation, medal, irm, status } = &self.filter;
        let calendar = Calendar { games: games.as_ref(), season: season.as_ref(), years: *years };
        let programme =
            Programme { sport: sport.as_ref(), discipline: discipline.as_ref(), family: family.as_ref(), event: event.as_ref() };
        let condition = overall(status.as_ref())
            .add(calendar.condition()?)
            .add(programme.condition()?)
            .add_option(nation_in(entry::Column::NationId.into_expr(), nation.as_ref())?)
            .add_option(any_of::<ShownIrm, Irm>(result::Column::Irm, irm.as_ref()))
            .add_option(medal.as_ref().map(|medals| received_medal(result::Column::EntryId, entry_member::Column::AthleteId, medals)));
        let mut select = result::Entity::find().filter(condition);
        let query = QueryTrait::query(&mut select);
        join(query, entry::Entity, entry::Column::Id, result::Column::EntryId);
        join_athlete_and_edition(query);
        Ok(select)
    }

    fn owner(&self) -> Option<Expr> {
        Some(entry_member::Column::AthleteId.into_expr())
    }

    fn order(&self) -> Order {
        newest_first()
    }
}

/// The entries of an edition, by nation.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct EntriesOfEdition {
    pub(crate) filter: EditionEntryFilter,
    pub(crate) order: Option<EditionEntryOrder>,
}

impl Listing for EntriesOfEdition {
    type Entity = entry::Entity;
    const DEFAULT: i32 = 100;
    const MAXIMUM: i32 = 500;

    fn select(&self) -> Result<Select<entry::Entity>> {
        let condition = Condition::all()
            .add_option(nation_in(entry::Column::NationId.into_expr(), self.filter.nation.as_ref())?)
            .add_option(self.filter.medal.as_ref().map(|medals| holds_medal(entry::Column::Id, medals)))
            .add_option(any_of::<_, entry::EntryStatus>(entry::Column::Status, self.filter.status.as_ref()));
        let mut select = entry::Entity::find().filter(condition);
        let query = QueryTrait::query(&mut select);
        join(query, nation::Entity, nation::Column::Id, entry::Column::NationId);
        join_competitor(query);
        Ok(select)
    }

    fn owner(&self) -> Option<Expr> {
        Some(entry::Column::EditionId.into_expr())
    }

    fn order(&self) -> Order {
        let by_nation = |order: Order| order.text(nation::Column::Slug.into_expr());
        let order = match self.order.map(|order| order.field) {
            Some(EditionEntryOrderField::Name) => by_nation(Order::by("name").text(competitor_name())),
            Some(EditionEntryOrderField::Nation) | None => by_nation(Order::by("nation")).text(competitor_name()),
        };
        order.towards(self.order.map_or(OrderDirection::Asc, |order| order.direction))
    }
}

/// The entries of an athlete, newest first.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct EntriesOfAthlete {
    pub(crate) filter: AthleteEntryFilter,
}

impl Listing for EntriesOfAthlete {
    type Entity = entry::Entity;

    fn select(&self) -> Result<Select<entry::Entity>> {
        let AthleteEntryFilter { games, season, years, sport, discipline, family, event, nation, medal, status } = &self.filter;
        let calendar = Calendar { games: games.as_ref(), season: season.as_ref(), years: *years };
        let programme =
            Programme { sport: sport.as_ref(), discipline: discipline.as_ref(), family: family.as_ref(), event: event.as_ref() };
        let condition = programme
            .condition()?
            .add(calendar.condition()?)
            .add_option(nation_in(entry::Column::NationId.into_expr(), nation.as_ref())?)
            .add_option(medal.as_ref().map(|medals| received_medal(entry::Column::Id, entry_member::Column::AthleteId, medals)))
            .add_option(any_of::<_, entry::EntryStatus>(entry::Column::Status, status.as_ref()));
        let mut select = entry::Entity::find().filter(condition);
        join_athlete_and_edition(QueryTrait::query(&mut select));
        Ok(select)
    }

    fn owner(&self) -> Option<Expr> {
        Some(entry_member::Column::AthleteId.into_expr())
    }

    fn order(&self) -> Order {
        newest_first()
    }
}

fn newest_first() -> Order {
    Order::by("newest").int(chronology_sql().mul(-1)).text(event_edition::Column::Slug.into_expr())
}

/// Joins the athletes of an entry that the query has already, and all that its edition is part of.
fn join_athlete_and_edition(query: &mut SelectStatement) {
    join(query, entry_member::Entity, entry_member::Column::EntryId, entry::Column::Id);
    join(query, event_edition::Entity, event_edition::Column::Id, entry::Column::EditionId);
    join_games_and_programme(query, Level::Sport);
}

/// Joins the athlete of an individual entry that the query has already.
fn join_competitor(query: &mut SelectStatement) {
    query.join(JoinType::LeftJoin, athlete::Entity, on(athlete::Column::Id, entry::Column::AthleteId));
}

/// Results without a place are ordered by their marks, the better first; ranked ones only by their places.
fn unranked_mark() -> Expr {
    let mark = result::Column::MarkValue.into_expr();
    let signed = CaseStatement::new().case(event::Column::Better.eq(event::Better::Higher), mark.clone().mul(-1)).finally(mark);
    let unranked = CaseStatement::new().case(result::Column::Rank.is_null(), signed).finally(0);
    Func::coalesce([unranked.into(), Expr::value(i64::MAX)]).into()
}

/// What competitors of equal standing are ordered by.
fn competitor_name() -> Expr {
    Func::coalesce([athlete::Column::SortFold.into_expr(), entry::Column::TeamName.into_expr()]).into()
}

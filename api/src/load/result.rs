//! Results and entries: of an edition, or of an athlete.

use std::sync::Arc;

use podium_entity::result::{Irm, ResultStatus};
use podium_entity::{athlete, entry, entry_member, event, event_edition, nation, phase, result};
use sea_orm::prelude::*;
use sea_orm::sea_query::{CaseStatement, ExprTrait, Func, SelectStatement};
use sea_orm::{Condition, JoinType, QueryTrait};

use super::sql::{
    alias, calendar_condition, chronology, holds_medal, join, join_games_and_programme, nation_in, on, one_of, programme_condition,
    received_medal,
};
use crate::loader::{Db, Key, Loaded, among, group, on_heap};
use crate::page::listing::Listing;
use crate::page::order::Order;
use crate::question::entries::{EntryCriteria, EntryOrder, EntryOrderField};
use crate::question::order::Direction;
use crate::question::programme::Level;
use crate::question::results::ResultCriteria;

/// The overall result of an entry, unless it was annulled.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ResultOfEntry(pub(crate) Uuid);

impl Key for ResultOfEntry {
    type Value = Arc<result::Model>;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let overall = overall(None).add(among(db, result::Column::EntryId.into_expr(), keys.iter().map(|key| key.0)));
        let rows = db.all(result::Entity::find().filter(overall)).await?;
        Ok(rows.into_iter().map(|row| (ResultOfEntry(row.entry_id), row)).collect())
    }
}

/// Results with one of these statuses. Annulled ones are included only on request.
pub(super) fn of_status(statuses: Option<&Vec<ResultStatus>>) -> Condition {
    let stated = one_of(result::Column::Status, statuses);
    Condition::all().add(stated.unwrap_or_else(|| result::Column::Status.ne(ResultStatus::Annulled)))
}

/// Overall results with one of these statuses.
fn overall(statuses: Option<&Vec<ResultStatus>>) -> Condition {
    of_status(statuses).add(result::Column::PhaseId.is_null())
}

/// The result list of an edition.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct ResultsOfEdition {
    pub(crate) criteria: ResultCriteria,
}

impl Listing for ResultsOfEdition {
    type Entity = result::Entity;
    const DEFAULT: i32 = 100;
    const MAXIMUM: i32 = 500;

    fn name(&self) -> &'static str {
        "EventEdition.results"
    }

    fn select(&self, _: &Db) -> Select<result::Entity> {
        let ResultCriteria { nation, medal, irm, status, today, .. } = &self.criteria;
        let condition = overall(status.as_ref())
            .add_option(nation_in(entry::Column::NationId, nation.as_ref()))
            .add_option(one_of(result::Column::Irm, irm.as_ref()))
            .add_option(medal.as_ref().map(|medals| holds_medal(result::Column::EntryId, medals, *today)));
        let mut select = result::Entity::find().filter(condition);
        join_entry_and_event(QueryTrait::query(&mut select));
        select
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
    pub(crate) criteria: ResultCriteria,
}

impl Listing for ResultsOfAthlete {
    type Entity = result::Entity;

    fn name(&self) -> &'static str {
        "Athlete.results"
    }

    fn select(&self, _: &Db) -> Select<result::Entity> {
        matching(&self.criteria).filter(result::Column::PhaseId.is_null())
    }

    fn owner(&self) -> Option<Expr> {
        Some(entry_member::Column::AthleteId.into_expr())
    }

    fn order(&self) -> Order {
        newest_first()
    }
}

/// The results of athletes that match the criteria, overall and in phases. Joins the athletes, the edition, its Games, and the programme as far
/// up as the criteria require.
fn matching(criteria: &ResultCriteria) -> Select<result::Entity> {
    let ResultCriteria { calendar, programme, nation, medal, irm, status, today } = criteria;
    let received = |medals: &Vec<_>| received_medal(result::Column::EntryId, entry_member::Column::AthleteId, medals, *today);
    let condition = of_status(status.as_ref())
        .add(calendar_condition(calendar))
        .add(programme_condition(programme))
        .add_option(nation_in(entry::Column::NationId, nation.as_ref()))
        .add_option(one_of(result::Column::Irm, irm.as_ref()))
        .add_option(medal.as_ref().map(received));
    let mut select = result::Entity::find().filter(condition);
    let query = QueryTrait::query(&mut select);
    join(query, entry::Entity, entry::Column::Id, result::Column::EntryId);
    join_athlete_and_edition(query, programme.level());
    select
}

/// The results of an athlete who competed, as far as they match the criteria: overall and in phases. Excludes DNS (did not start).
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct EveryResultOfAthlete {
    pub(crate) athlete: Uuid,
    pub(crate) criteria: ResultCriteria,
}

/// A result, overall or in a phase.
#[derive(Clone)]
pub(crate) struct PlacedResult {
    pub(crate) result: Arc<result::Model>,
    pub(crate) phase: Option<Arc<phase::Model>>,
}

on_heap!(PlacedResult { result, phase });

impl Key for EveryResultOfAthlete {
    type Value = Vec<PlacedResult>;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let mut found = Vec::new();
        for (criteria, athletes) in group(keys.iter().map(|key| (key.criteria.clone(), key.athlete))) {
            let absent = result::Column::Irm.is_in([Irm::Dns, Irm::Wd, Irm::Wo]);
            let competed = Condition::any().add(result::Column::Irm.is_null()).add(absent.not());
            let select = matching(&criteria)
                .filter(among(db, entry_member::Column::AthleteId.into_expr(), athletes))
                .filter(entry_member::Column::Competed.eq(true))
                .filter(competed);
            let mut query = select.find_also_related(phase::Entity).into_query();
            query.expr_as(entry_member::Column::AthleteId.into_expr(), alias("owner"));
            for mut row in db.rows(&query).await? {
                let athlete = row.get("owner")?;
                // SeaORM names the columns of the two tables so.
                let result = row.model::<result::Entity>("A_")?;
                let phase = result.phase_id.map(|_| row.model::<phase::Entity>("B_")).transpose()?;
                let key = EveryResultOfAthlete { athlete, criteria: criteria.clone() };
                found.push((key, PlacedResult { result, phase }));
            }
        }
        Ok(group(found))
    }
}

/// The entries of an edition, by nation.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct EntriesOfEdition {
    pub(crate) criteria: EntryCriteria,
    pub(crate) order: Option<EntryOrder>,
}

impl Listing for EntriesOfEdition {
    type Entity = entry::Entity;
    const DEFAULT: i32 = 100;
    const MAXIMUM: i32 = 500;

    fn name(&self) -> &'static str {
        "EventEdition.entries"
    }

    fn select(&self, _: &Db) -> Select<entry::Entity> {
        let EntryCriteria { nation, medal, status, today, .. } = &self.criteria;
        let condition = Condition::all()
            .add_option(nation_in(entry::Column::NationId, nation.as_ref()))
            .add_option(medal.as_ref().map(|medals| holds_medal(entry::Column::Id, medals, *today)))
            .add_option(one_of(entry::Column::Status, status.as_ref()));
        let mut select = entry::Entity::find().filter(condition);
        let query = QueryTrait::query(&mut select);
        join(query, nation::Entity, nation::Column::Id, entry::Column::NationId);
        join_competitor(query);
        select
    }

    fn owner(&self) -> Option<Expr> {
        Some(entry::Column::EditionId.into_expr())
    }

    fn order(&self) -> Order {
        let by_nation = |order: Order| order.text(nation::Column::Slug.into_expr());
        let order = match self.order.map(|order| order.field) {
            Some(EntryOrderField::Name) => by_nation(Order::by("name").text(competitor_name())),
            Some(EntryOrderField::Nation) | None => by_nation(Order::by("nation")).text(competitor_name()),
        };
        order.towards(self.order.map_or(Direction::Asc, |order| order.direction))
    }
}

/// The entries of an athlete, newest first.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct EntriesOfAthlete {
    pub(crate) criteria: EntryCriteria,
}

impl Listing for EntriesOfAthlete {
    type Entity = entry::Entity;

    fn name(&self) -> &'static str {
        "Athlete.entries"
    }

    fn select(&self, _: &Db) -> Select<entry::Entity> {
        let EntryCriteria { calendar, programme, nation, medal, status, today } = &self.criteria;
        let received = |medals: &Vec<_>| received_medal(entry::Column::Id, entry_member::Column::AthleteId, medals, *today);
        let condition = programme_condition(programme)
            .add(calendar_condition(calendar))
            .add_option(nation_in(entry::Column::NationId, nation.as_ref()))
            .add_option(medal.as_ref().map(received))
            .add_option(one_of(entry::Column::Status, status.as_ref()));
        let mut select = entry::Entity::find().filter(condition);
        join_athlete_and_edition(QueryTrait::query(&mut select), programme.level());
        select
    }

    fn owner(&self) -> Option<Expr> {
        Some(entry_member::Column::AthleteId.into_expr())
    }

    fn order(&self) -> Order {
        newest_first()
    }
}

fn newest_first() -> Order {
    Order::by("newest").int(chronology().mul(-1)).text(event_edition::Column::Slug.into_expr())
}

/// Joins the athletes of an entry, its edition, and the Games and programme of that edition, up to a level. The query must already have
/// `entry`.
fn join_athlete_and_edition(query: &mut SelectStatement, level: Level) {
    join(query, entry_member::Entity, entry_member::Column::EntryId, entry::Column::Id);
    join(query, event_edition::Entity, event_edition::Column::Id, entry::Column::EditionId);
    join_games_and_programme(query, level);
}

/// Joins the entry of a result with its athlete, and its event.
pub(super) fn join_entry_and_event(query: &mut SelectStatement) {
    join(query, entry::Entity, entry::Column::Id, result::Column::EntryId);
    join(query, event_edition::Entity, event_edition::Column::Id, result::Column::EditionId);
    join(query, event::Entity, event::Column::Id, event_edition::Column::EventId);
    join_competitor(query);
}

/// Joins the athlete of an individual entry. The query must already have `entry`.
fn join_competitor(query: &mut SelectStatement) {
    query.join(JoinType::LeftJoin, athlete::Entity, on(athlete::Column::Id, entry::Column::AthleteId));
}

/// The sort key for results without a rank: better marks first. Ranked results are ordered only by rank.
pub(super) fn unranked_mark() -> Expr {
    let mark = result::Column::MarkValue.into_expr();
    let signed = CaseStatement::new().case(event::Column::Better.eq(event::Better::Higher), mark.clone().mul(-1)).finally(mark);
    let unranked = CaseStatement::new().case(result::Column::Rank.is_null(), signed).finally(0);
    Func::coalesce([unranked.into(), Expr::value(i64::MAX)]).into()
}

/// The sort key for ties: the name of the competitor.
pub(super) fn competitor_name() -> Expr {
    Func::coalesce([athlete::Column::SortFold.into_expr(), entry::Column::TeamName.into_expr()]).into()
}

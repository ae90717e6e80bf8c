//! Phases of editions, and the results within them.

use std::collections::HashMap;
use std::sync::Arc;

use podium_entity::entry::EntryStatus;
use podium_entity::{entry, event, event_edition, phase, result};
use sea_orm::prelude::*;
use sea_orm::sea_query::{Asterisk, CaseStatement, ExprTrait, Func, Query, SelectStatement};
use sea_orm::{Condition, QueryOrder, QueryTrait};

use super::result::{competitor_name, join_entry_and_event, of_status, unranked_mark};
use super::sql::{alias, calendar_condition, join, join_games_and_programme, nation_in, on, one_of, programme_condition};
use crate::loader::{Db, Key, Loaded, among};
use crate::page::listing::Listing;
use crate::page::order::Order;
use crate::question::order::Direction;
use crate::question::phases::{PhaseCriteria, PhaseOrder, PhaseOrderField};
use crate::question::programme::Level;

/// The phases that match criteria.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct PhaseList {
    pub(crate) criteria: PhaseCriteria,
    pub(crate) order: Option<PhaseOrder>,
}

impl Listing for PhaseList {
    type Entity = phase::Entity;

    fn name(&self) -> &'static str {
        "phases"
    }

    fn select(&self, _: &Db) -> Select<phase::Entity> {
        let PhaseCriteria { calendar, programme, gender, nation, days, kind, is_medal_phase } = &self.criteria;
        let decides = is_medal_phase.map(|wanted| if wanted { decides_medals() } else { decides_medals().not() });
        let condition = Condition::all()
            .add(calendar_condition(calendar))
            .add(programme_condition(programme))
            .add_option(one_of(event::Column::Gender, gender.as_ref()))
            .add_option(one_of(phase::Column::Kind, kind.as_ref()))
            .add_option(nation_in(entry::Column::NationId, nation.as_ref()).map(takes_part))
            .add_option(days.and_then(|days| days.from).map(|from| phase::Column::LocalDate.gte(from)))
            .add_option(days.and_then(|days| days.to).map(|to| phase::Column::LocalDate.lte(to)))
            .add_option(decides);
        let mut select = phase::Entity::find().filter(condition);
        let query = QueryTrait::query(&mut select);
        join(query, event_edition::Entity, event_edition::Column::Id, phase::Column::EditionId);
        join_games_and_programme(query, programme.level().max(Level::Event));
        select
    }

    fn order(&self) -> Order {
        let by_edition = |order: Order| order.text(event_edition::Column::Slug.into_expr()).int(phase::Column::Sequence.into_expr());
        let (field, direction) = self.order.map_or((PhaseOrderField::Start, Direction::Asc), |order| (order.field, order.direction));
        match field {
            PhaseOrderField::Start => {
                let day = Func::coalesce([phase::Column::LocalDate.into_expr().cast_as("text"), Expr::value("9999")]);
                let time = Func::coalesce([phase::Column::LocalTime.into_expr(), Expr::value("")]);
                by_edition(Order::by("start").text(Expr::from(day)).text(Expr::from(time))).towards(direction)
            }
            PhaseOrderField::Edition => by_edition(Order::by("edition")).towards(direction),
        }
    }
}

/// `rules::medal_phase::decides_medals` in SQL, for the phase of the outer query.
fn decides_medals() -> Condition {
    let of = |column: phase::Column| Expr::col((alias("later"), column));
    let goes_on = Query::select()
        .expr(Expr::value(1))
        .from_as(phase::Entity, alias("later"))
        .and_where(of(phase::Column::EditionId).equals((phase::Entity, phase::Column::EditionId)))
        .and_where(
            of(phase::Column::Kind).eq(phase::PhaseKind::Final).or(of(phase::Column::Sequence).gt(phase::Column::Sequence.into_expr())),
        )
        .take();
    Condition::any().add(phase::Column::Kind.eq(phase::PhaseKind::Final)).add(Expr::exists(goes_on).not())
}

/// Whether a matching entry has a result in the phase of the outer query. Before anyone has one, all entries of its edition take part.
fn takes_part(nation: Expr) -> Condition {
    let anyone = Query::select()
        .expr(Expr::value(1))
        .from(result::Entity)
        .and_where(on(result::Column::PhaseId, phase::Column::Id))
        .cond_where(of_status(None))
        .take();
    let entered = Query::select()
        .expr(Expr::value(1))
        .from(entry::Entity)
        .and_where(on(entry::Column::EditionId, phase::Column::EditionId))
        .and_where(entry::Column::Status.is_in([EntryStatus::Entered, EntryStatus::Started]))
        .and_where(nation.clone())
        .take();
    let before = Condition::all().add(Expr::exists(anyone).not()).add(Expr::exists(entered));
    Condition::any().add(Expr::exists(competing(nation))).add(before)
}

/// The results of matching entries in the phase of the outer query.
fn competing(nation: Expr) -> SelectStatement {
    let mut competing = Query::select();
    competing
        .expr(Expr::value(1))
        .from(result::Entity)
        .and_where(on(result::Column::PhaseId, phase::Column::Id))
        .and_where(nation)
        .cond_where(of_status(None));
    join(&mut competing, entry::Entity, entry::Column::Id, result::Column::EntryId);
    competing
}

/// How many results a phase has.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct EntriesOfPhase(pub(crate) Uuid);

impl Key for EntriesOfPhase {
    type Value = i32;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let mut counted = Query::select();
        counted
            .expr_as(result::Column::PhaseId.into_expr(), alias("phase_id"))
            .expr_as(Expr::col(Asterisk).count(), alias("entries"))
            .from(result::Entity)
            .and_where(among(db, result::Column::PhaseId.into_expr(), keys.iter().map(|key| key.0)))
            .cond_where(of_status(None))
            .add_group_by([result::Column::PhaseId.into_expr()]);
        let mut entries = HashMap::new();
        for row in db.rows(&counted).await? {
            entries.insert(EntriesOfPhase(row.get("phase_id")?), i32::try_from(row.get::<i64>("entries")?).unwrap_or(i32::MAX));
        }
        Ok(entries)
    }
}

/// The result list of a phase.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct ResultsOfPhase;

impl Listing for ResultsOfPhase {
    type Entity = result::Entity;
    const DEFAULT: i32 = 100;
    const MAXIMUM: i32 = 500;

    fn name(&self) -> &'static str {
        "Phase.results"
    }

    fn select(&self, _: &Db) -> Select<result::Entity> {
        let mut select = result::Entity::find().filter(of_status(None));
        join_entry_and_event(QueryTrait::query(&mut select));
        select
    }

    fn owner(&self) -> Option<Expr> {
        Some(result::Column::PhaseId.into_expr())
    }

    fn order(&self) -> Order {
        let winner_first = CaseStatement::new().case(result::Column::IrmCode.eq("W"), 0).finally(1);
        let order = Order::by("place").int(result::Column::SortOrder.into_expr()).int(winner_first);
        order.int(unranked_mark()).text(competitor_name())
    }
}

/// The best result in a phase: that with rank 1.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct BestOfPhase(pub(crate) Uuid);

impl Key for BestOfPhase {
    type Value = Arc<result::Model>;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let first = Condition::all()
            .add(among(db, result::Column::PhaseId.into_expr(), keys.iter().map(|key| key.0)))
            .add(result::Column::Rank.eq(1))
            .add(result::Column::MarkText.is_not_null())
            .add(of_status(None));
        let rows = db.all(result::Entity::find().filter(first).order_by_desc(result::Column::Id)).await?;
        Ok(rows.into_iter().filter_map(|row| Some((BestOfPhase(row.phase_id?), row))).collect())
    }
}

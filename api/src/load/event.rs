//! Sports, disciplines, families and events.

use std::collections::HashMap;
use std::sync::Arc;

use podium_entity::event_edition::EditionStatus;
use podium_entity::games::{Coverage, GamesStatus, Recognition};
use podium_entity::search_term::SearchKind;
use podium_entity::{discipline, event, event_alias, event_edition, event_family, games, record_mark, sport};
use sea_orm::prelude::*;
use sea_orm::sea_query::{Asterisk, ExprTrait, Func, FunctionCall, Query, SelectStatement};
use sea_orm::{Condition, QueryOrder, QueryTrait};

use super::sql::{alias, calendar_condition, counts_within, join, join_programme, named, on, one_of, programme_condition};
use crate::loader::{Db, Key, Loaded, children};
use crate::page::listing::Listing;
use crate::page::order::Order;
use crate::question::calendar::Calendar;
use crate::question::events::{EventCriteria, EventOrder, EventOrderField};
use crate::question::numbers::Numbers;
use crate::question::order::Direction;
use crate::question::programme::Level;
use crate::question::slug::Slugs;
use crate::rules::event_history::ProgrammeStatus;

children! {
    /// The disciplines of a sport.
    DisciplinesOfSport: discipline by SportId in [Slug];
    /// The event families of a discipline.
    FamiliesOfDiscipline: event_family by DisciplineId in [Slug];
    /// The events of a family.
    EventsOfFamily: event by FamilyId in [Slug];
    /// The names that an event had.
    AliasesOfEvent: event_alias by EventId in [FromYear, Name];
}

/// All sports, by slug: about sixty.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct EverySport;

impl Key for EverySport {
    type Value = Vec<Arc<sport::Model>>;

    async fn load(db: &Db, _: &[Self]) -> Loaded<Self> {
        let all = db.all(sport::Entity::find().order_by_asc(sport::Column::Slug)).await?;
        Ok(HashMap::from([(EverySport, all)]))
    }
}

/// The events that match the criteria, of the whole programme or of a discipline.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct EventList {
    pub(crate) of_discipline: bool,
    pub(crate) criteria: EventCriteria,
    pub(crate) order: Option<EventOrder>,
}

impl Listing for EventList {
    type Entity = event::Entity;

    fn name(&self) -> &'static str {
        if self.of_discipline { "Discipline.events" } else { "events" }
    }

    fn select(&self, db: &Db) -> Select<event::Entity> {
        let EventCriteria {
            programme,
            name,
            gender,
            participant_kind,
            status,
            calendar,
            times_held,
            held_at: held_at_games,
            not_held_at,
            has_records,
        } = &self.criteria;
        let held_at = calendar.is_stated().then(|| event::Column::Id.in_subquery(held_at(calendar)));
        // No status at all matches nothing.
        let nothing = || Condition::any().add(Expr::value(1).eq(0));
        let statuses = status.as_ref().map(|statuses| statuses.iter().fold(nothing(), |any, status| any.add(has_status(*status))));
        let condition = programme_condition(programme)
            .add_option(named(db, event::Column::Id, SearchKind::Event, name.as_ref()))
            .add_option(one_of(event::Column::Gender, gender.as_ref()))
            .add_option(one_of(event::Column::ParticipantKind, participant_kind.as_ref()))
            .add_option(held_at)
            .add_option(times_held.filter(Numbers::is_stated).map(held_so_often))
            .add_option(held_at_games.as_ref().map(held_at_one_of))
            .add_option(not_held_at.as_ref().map(|games| held_at_one_of(games).not().and(may_be_held_at_one_of(games).not())))
            .add_option(has_records.map(is_recorded))
            .add_option(statuses);
        let mut select = event::Entity::find().filter(condition);
        let of_owner = if self.of_discipline { Level::Family } else { Level::Edition };
        join_programme(QueryTrait::query(&mut select), programme.level().max(of_owner));
        select
    }

    fn owner(&self) -> Option<Expr> {
        self.of_discipline.then(|| event_family::Column::DisciplineId.into_expr())
    }

    fn order(&self) -> Order {
        let Some(EventOrder { field, direction }) = self.order else {
            return Order::by("slug").text(event::Column::Slug.into_expr());
        };
        match field {
            EventOrderField::Name => {
                Order::by("name").text(event::Column::Name.into_expr()).text(event::Column::Slug.into_expr()).towards(direction)
            }
            EventOrderField::FirstHeld => {
                Order::by("first").int_towards(direction, year_held(Func::min, direction)).text(event::Column::Slug.into_expr())
            }
            EventOrderField::Editions => {
                Order::by("editions").int_towards(direction, editions_held()).text(event::Column::Slug.into_expr())
            }
            EventOrderField::LastHeld => {
                Order::by("last").int_towards(direction, year_held(Func::max, direction)).text(event::Column::Slug.into_expr())
            }
        }
    }
}

/// The events with an edition at one of these Games.
fn held_at(calendar: &Calendar) -> SelectStatement {
    let mut held = Query::select();
    held.expr(event_edition::Column::EventId.into_expr()).from(event_edition::Entity).cond_where(calendar_condition(calendar));
    join(&mut held, games::Entity, games::Column::Id, event_edition::Column::GamesId);
    held
}

/// Whether the event of the outer query has a record, or none.
fn is_recorded(has_records: bool) -> Expr {
    let recorded = Query::select().expr(record_mark::Column::EventId.into_expr()).from(record_mark::Entity).take();
    match has_records {
        true => event::Column::Id.in_subquery(recorded),
        false => event::Column::Id.not_in_subquery(recorded),
    }
}

/// The editions that count as held, for the event of the outer query; see `rules::event_history`.
fn held_editions() -> SelectStatement {
    let mut held = Query::select();
    held.from(event_edition::Entity).and_where(on(event_edition::Column::EventId, event::Column::Id)).cond_where(is_held());
    join(&mut held, games::Entity, games::Column::Id, event_edition::Column::GamesId);
    held
}

/// Whether an edition at the Games at hand counts as held.
fn is_held() -> Condition {
    Condition::all()
        .add(event_edition::Column::Status.is_in([EditionStatus::Medal, EditionStatus::Art]))
        .add(games::Column::Status.eq(GamesStatus::Held))
        .add(games::Column::Recognition.eq(Recognition::Official))
}

/// How often the event of the outer query was held.
fn editions_held() -> Expr {
    held_editions().expr(Expr::col(Asterisk).count()).take().into()
}

/// Whether the event of the outer query was held so often. The editions of all events are counted at once.
fn held_so_often(times: Numbers) -> Expr {
    let event_id = event_edition::Column::EventId.into_expr();
    counts_within(event::Column::Id, times, |condition| {
        let mut held = Query::select();
        held.expr(event_id.clone())
            .from(event_edition::Entity)
            .cond_where(is_held())
            .add_group_by([event_id])
            .cond_having(condition(Expr::col(Asterisk).count()));
        join(&mut held, games::Entity, games::Column::Id, event_edition::Column::GamesId);
        held
    })
}

/// Whether the event of the outer query was held at one of these Games.
fn held_at_one_of(games: &Slugs) -> Expr {
    Expr::exists(held_editions().expr(Expr::value(1)).and_where(games::Column::Slug.is_in(games.iter())).take())
}

/// Whether the event of the outer query may have been held at one of these Games: neither their programme nor the history of the event up to them
/// is known; see `rules::event_history`.
fn may_be_held_at_one_of(games: &Slugs) -> Expr {
    let unknown = Query::select()
        .expr(Expr::value(1))
        .from(games::Entity)
        .and_where(games::Column::Slug.is_in(games.iter()))
        .cond_where(is_programme_unknown())
        .take();
    Expr::exists(unknown)
}

/// Whether it is unknown that the event of the outer query was not held at the Games at hand: these took place, their programme is not loaded,
/// they have no edition of it, and no source says that it was not held.
pub(super) fn is_programme_unknown() -> Condition {
    let or_zero = |year: event::Column| Expr::from(Func::coalesce([year.into_expr(), Expr::value(0)]));
    let of = |column: event_edition::Column| Expr::col((alias("other_edition"), column));
    let edition = Query::select()
        .expr(Expr::value(1))
        .from_as(event_edition::Entity, alias("other_edition"))
        .and_where(of(event_edition::Column::EventId).eq(event::Column::Id.into_expr()))
        .and_where(of(event_edition::Column::GamesId).eq(games::Column::Id.into_expr()))
        .take();
    let year = || games::Column::Year.into_expr();
    let is_discontinued = event::Column::DiscontinuedAfter.is_not_null().and(or_zero(event::Column::DiscontinuedAfter).lt(year()));
    Condition::all()
        .add(games::Column::Status.eq(GamesStatus::Held))
        .add(games::Column::Coverage.is_in([Coverage::Partial, Coverage::None]))
        .add(or_zero(event::Column::KnownUntil).lt(year()))
        .add(is_discontinued.not())
        .add(Expr::exists(edition).not())
}

/// The year of the first or the last held edition. Events that were never held come last in either direction.
fn year_held(extreme: fn(Expr) -> FunctionCall, direction: Direction) -> Expr {
    let year = held_editions().expr(extreme(games::Column::Year.into_expr())).take();
    let never = if direction.is_descending() { -9999 } else { 9999 };
    Func::coalesce([Expr::from(year), Expr::value(never)]).into()
}

/// Whether the event of the outer query has a status, as `rules::event_history::standing` computes it.
fn has_status(status: ProgrammeStatus) -> Expr {
    let held = Expr::exists(held_editions().expr(Expr::value(1)).take());
    let newest = Expr::exists(held_editions().expr(Expr::value(1)).and_where(games::Column::Year.into_expr().eq(newest_year())).take());
    let stated = event::Column::DiscontinuedAfter.is_not_null();
    let known = held.and(Expr::exists(perhaps_held_last()).not());
    match status {
        ProgrammeStatus::OnProgramme => newest,
        ProgrammeStatus::Discontinued => newest.not().and(known.or(stated)),
        ProgrammeStatus::Unknown => newest.not().and(known.not()).and(stated.not()),
    }
}

/// The newest Games of a series in which the event of the outer query was held, where its programme is not known.
fn perhaps_held_last() -> SelectStatement {
    let series = [games::Column::Season.into_expr(), games::Column::Kind.into_expr()];
    let held_in = held_editions().exprs(series.clone()).take();
    Query::select()
        .expr(Expr::value(1))
        .from(games::Entity)
        .and_where(games::Column::Status.eq(GamesStatus::Held))
        .and_where(games::Column::Recognition.eq(Recognition::Official))
        .and_where(games::Column::Year.into_expr().eq(newest_year()))
        .cond_where(is_programme_unknown())
        .and_where(Expr::tuple(series).in_subquery(held_in))
        .take()
}

/// The year of the newest held Games of the same season and kind as the Games at hand.
fn newest_year() -> Expr {
    let (newest, held) = (alias("newest_games"), |column: games::Column| Expr::col((alias("newest_games"), column)));
    let select = Query::select()
        .expr(Func::max(held(games::Column::Year)))
        .from_as(games::Entity, newest)
        .and_where(held(games::Column::Season).equals((games::Entity, games::Column::Season)))
        .and_where(held(games::Column::Kind).equals((games::Entity, games::Column::Kind)))
        .and_where(held(games::Column::Status).eq(GamesStatus::Held))
        .and_where(held(games::Column::Recognition).eq(Recognition::Official))
        .take();
    Expr::from(select)
}

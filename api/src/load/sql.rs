//! What criteria mean in SQL. A list means "or", several conditions mean "and".

use chrono::NaiveDate;
use podium_entity::medal_award::Medal;
use podium_entity::search_term::SearchKind;
use podium_entity::{
    athlete_career, discipline, event, event_edition, event_family, games, medal_award, medal_recipient, nation, search_term, sport,
};
use sea_orm::prelude::*;
use sea_orm::sea_query::{Alias, CaseStatement, ExprTrait, Func, Query, SelectStatement};
use sea_orm::{Condition, DbBackend, EntityName, Iterable, JoinType, QuerySelect, QueryTrait, Value};

use super::name_match::finds;
use crate::loader::Db;
use crate::question::calendar::{Calendar, Years};
use crate::question::numbers::Numbers;
use crate::question::programme::{Level, Programme};
use crate::question::search_text::SearchText;
use crate::question::slug::Slugs;
use crate::rules::chronology::season_rank;

/// A name for a computed column.
pub(crate) fn alias(name: &'static str) -> Alias {
    Alias::new(name)
}

/// The column is one of the values; each is bound once. No condition if there is no list.
pub(crate) fn one_of<V: Copy + PartialEq + Into<Value>>(column: impl ColumnTrait, values: Option<&Vec<V>>) -> Option<Expr> {
    let mut distinct: Vec<V> = Vec::new();
    for value in values? {
        if !distinct.contains(value) {
            distinct.push(*value);
        }
    }
    Some(column.is_in(distinct))
}

/// The column is one of the few values that a statement selects. PostgreSQL expects few of an array, and looks up each; given a subquery, it
/// would read the whole table.
pub(crate) fn in_few(db: &Db, column: Expr, few: SelectStatement) -> Expr {
    if db.backend() != DbBackend::Postgres {
        return column.in_subquery(few);
    }
    let found = Func::cust("ARRAY").arg(Expr::SubQuery(None, Box::new(few.into())));
    column.eq(Func::cust("ANY").arg(found))
}

/// The column is one of the slugs. No condition if there is no list.
pub(crate) fn slug_in(column: impl ColumnTrait, slugs: Option<&Slugs>) -> Option<Expr> {
    slugs.map(|slugs| column.is_in(slugs.iter()))
}

/// Whether a number lies within a range.
pub(crate) fn within(number: Expr, Numbers { from, to }: Numbers) -> Condition {
    Condition::all().add_option(from.map(|from| number.clone().gte(from))).add_option(to.map(|to| number.lte(to)))
}

/// Whether the count of a subject lies within a range with at least one bound. `groups` selects the subjects whose count meets a condition.
/// Subjects that are not in `groups` count as 0.
pub(crate) fn counts_within(
    subject: impl ColumnTrait,
    range: Numbers,
    groups: impl FnOnce(&dyn Fn(Expr) -> Condition) -> SelectStatement,
) -> Expr {
    let Numbers { from, to } = range;
    if from.is_none_or(|from| from <= 0) && to.is_none_or(|to| to >= 0) {
        let is_outside =
            |count: Expr| Condition::any().add_option(from.map(|from| count.clone().lt(from))).add_option(to.map(|to| count.gt(to)));
        subject.not_in_subquery(groups(&is_outside))
    } else {
        subject.in_subquery(groups(&|count| within(count, range)))
    }
}

/// Two columns hold the same id.
pub(crate) fn on(left: impl ColumnTrait, right: impl ColumnTrait) -> Expr {
    Expr::col(left.as_column_ref()).equals(right.as_column_ref())
}

/// Joins a table of the programme or the Games by id.
pub(crate) fn join(query: &mut SelectStatement, table: impl EntityName, left: impl ColumnTrait, right: impl ColumnTrait) {
    query.join(JoinType::InnerJoin, table.table_ref(), on(left, right));
}

/// The nations with one of these slugs or codes. A bare reused code matches every nation that had it.
pub(crate) fn nation_in(column: impl ColumnTrait, nations: Option<&Slugs>) -> Option<Expr> {
    nations.map(|slugs| {
        let named = Condition::any().add(nation::COLUMN.slug.is_in(slugs.iter())).add(nation::COLUMN.code.is_in(slugs.iter()));
        column.in_subquery(Query::select().column(nation::Column::Id).from(nation::Entity).cond_where(named).take())
    })
}

/// The subjects with a name form that contains the text, whatever its case and accents.
pub(crate) fn named(db: &Db, column: impl ColumnTrait, kind: SearchKind, text: Option<&SearchText>) -> Option<Expr> {
    text.map(|text| {
        let subjects = Query::select()
            .column(search_term::Column::SubjectId)
            .from(search_term::Entity)
            .and_where(search_term::COLUMN.kind.eq(kind))
            .cond_where(finds(db, text))
            .take();
        column.in_subquery(subjects)
    })
}

/// How many medals a subject has at official Olympic Games.
pub(crate) fn medals_of(subject: impl ColumnTrait) -> Expr {
    let weight = Query::select()
        .expr(search_term::Column::Weight.into_expr())
        .from(search_term::Entity)
        .and_where(on(search_term::Column::SubjectId, subject))
        .take();
    Func::coalesce([Expr::from(weight), Expr::value(0)]).into()
}

/// What the career of an athlete counts; 0 for one without entries.
pub(crate) fn career_of(athlete: impl ColumnTrait, count: athlete_career::Column) -> Expr {
    let counted = Query::select()
        .expr(count.into_expr())
        .from(athlete_career::Entity)
        .and_where(on(athlete_career::Column::AthleteId, athlete))
        .take();
    Func::coalesce([Expr::from(counted), Expr::value(0)]).into()
}

/// Whether a subject is a leader: it has at least four medals. Leaders have their own index.
pub(crate) fn leads(subject: impl ColumnTrait) -> Expr {
    let many = search_term::Column::Weight.into_expr().gte(Expr::Constant(4.into()));
    subject.in_subquery(Query::select().column(search_term::Column::SubjectId).from(search_term::Entity).and_where(many).take())
}

/// The condition on the Games that a query has joined.
pub(crate) fn calendar_condition(calendar: &Calendar) -> Condition {
    let Years { from, to } = calendar.years.unwrap_or_default();
    let year = games::Column::Year;
    Condition::all()
        .add_option(slug_in(games::Column::Slug, calendar.games.as_ref()))
        .add_option(one_of(games::Column::Season, calendar.season.as_ref()))
        .add_option(from.map(|from| year.gte(from)))
        .add_option(to.map(|to| year.lte(to)))
}

/// The condition on the tables of the programme that a query has joined.
pub(crate) fn programme_condition(programme: &Programme) -> Condition {
    Condition::all()
        .add_option(slug_in(sport::Column::Slug, programme.sport.as_ref()))
        .add_option(slug_in(discipline::Column::Slug, programme.discipline.as_ref()))
        .add_option(slug_in(event_family::Column::Slug, programme.family.as_ref()))
        .add_option(slug_in(event::Column::Slug, programme.event.as_ref()))
}

/// Joins the programme above `event`, up to a level. The query must already have `event`.
pub(crate) fn join_programme(query: &mut SelectStatement, level: Level) {
    if level >= Level::Family {
        join(query, event_family::Entity, event_family::Column::Id, event::Column::FamilyId);
    }
    if level >= Level::Discipline {
        join(query, discipline::Entity, discipline::Column::Id, event_family::Column::DisciplineId);
    }
    if level >= Level::Sport {
        join(query, sport::Entity, sport::Column::Id, discipline::Column::SportId);
    }
}

/// Joins the event of an edition, and the programme above it, up to a level. The query must already have `event_edition`.
pub(crate) fn join_programme_of_edition(query: &mut SelectStatement, level: Level) {
    if level >= Level::Event {
        join(query, event::Entity, event::Column::Id, event_edition::Column::EventId);
    }
    join_programme(query, level);
}

/// Joins the Games of an edition, and the programme above it, up to a level. The query must already have `event_edition`.
pub(crate) fn join_games_and_programme(query: &mut SelectStatement, level: Level) {
    join(query, games::Entity, games::Column::Id, event_edition::Column::GamesId);
    join_programme_of_edition(query, level);
}

/// `rules::chronology::chronology` in SQL, over the columns of `games`.
pub(crate) fn chronology() -> Expr {
    let season = games::Column::Season;
    let ranks = games::Season::iter().fold(CaseStatement::new(), |case, value| case.case(season.eq(value), season_rank(value)));
    Expr::col((games::Entity, games::Column::Year)).mul(10).add(ranks)
}

/// `rules::awards::is_held_on` in SQL.
pub(crate) fn held_on(day: NaiveDate) -> Condition {
    let begun = Condition::any().add(medal_award::COLUMN.valid_from.is_null()).add(medal_award::COLUMN.valid_from.lte(day));
    let not_ended = Condition::any().add(medal_award::COLUMN.valid_to.is_null()).add(medal_award::COLUMN.valid_to.gt(day));
    let won = Condition::any().add(medal_award::COLUMN.won_on.is_null()).add(medal_award::COLUMN.won_on.lte(day));
    Condition::all().add(won).add(begun).add(not_ended)
}

/// The athletes who received one of these medals with an entry, and who hold it on a day.
pub(crate) fn received_medal(entry: impl ColumnTrait, athlete: impl ColumnTrait, medals: &[Medal], day: NaiveDate) -> Expr {
    let mut received = held(medals, day).column(medal_recipient::Column::AthleteId);
    join(QueryTrait::query(&mut received), medal_recipient::Entity, medal_recipient::Column::AwardId, medal_award::Column::Id);
    Expr::tuple([entry.into_expr(), athlete.into_expr()]).in_subquery(received.into_query())
}

/// The entries that hold one of these medals on a day.
pub(crate) fn holds_medal(entry: impl ColumnTrait, medals: &[Medal], day: NaiveDate) -> Expr {
    entry.in_subquery(held(medals, day).into_query())
}

/// The entries whose award has one of these colours and is held on a day.
fn held(medals: &[Medal], day: NaiveDate) -> Select<medal_award::Entity> {
    medal_award::Entity::find()
        .select_only()
        .column(medal_award::Column::EntryId)
        .filter(medal_award::Column::EntryId.is_not_null())
        .filter(medal_award::Column::Medal.is_in(medals.iter().copied()))
        .filter(held_on(day))
}

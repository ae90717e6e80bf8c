//! From what a person filters by to SQL. A list means "or", several fields mean "and"; an unknown slug matches nothing.

use chrono::{NaiveDate, Utc};
use podium_entity::fold::fold;
use podium_entity::search_term::SearchKind;
use podium_entity::{discipline, event, event_edition, event_family, games, medal_award, medal_recipient, nation, search_term, sport};
use sea_orm::prelude::*;
use sea_orm::sea_query::{ExprTrait, Func, Query, SelectStatement};
use sea_orm::{Condition, EntityName, JoinType, QuerySelect, QueryTrait, Value};

use crate::error::{Error, Result};
use crate::graph::games::Season;
use crate::graph::medal_award::Medal;
use crate::graph::year_range::YearRange;
use crate::load::search::finds;
use crate::slug::Slug;

/// The column is one of the values; nothing when no values are given.
pub(crate) fn one_of<V: Clone + Into<Value>>(column: impl ColumnTrait, values: Option<&Vec<V>>) -> Option<Expr> {
    values.map(|values| column.is_in(values.iter().cloned()))
}

/// Like `one_of`, for an enum that is shown as one type and stored as another.
pub(crate) fn any_of<G: Copy + PartialEq + Into<E>, E: Into<Value>>(column: impl ColumnTrait, values: Option<&Vec<G>>) -> Option<Expr> {
    let mut distinct: Vec<G> = Vec::new();
    for value in values? {
        if !distinct.contains(value) {
            distinct.push(*value);
        }
    }
    Some(column.is_in(distinct.into_iter().map(|value| -> E { value.into() })))
}

/// The column lies in the range, both ends included.
fn years(column: impl ColumnTrait, range: Option<YearRange>) -> Condition {
    let range = range.unwrap_or_default();
    Condition::all().add_option(range.from.map(|year| column.gte(year))).add_option(range.to.map(|year| column.lte(year)))
}

/// Two columns hold the same id.
pub(crate) fn on(left: impl ColumnTrait, right: impl ColumnTrait) -> Expr {
    Expr::col(left.as_column_ref()).equals(right.as_column_ref())
}

/// Joins a table of the programme or the Games by id.
pub(crate) fn join(query: &mut SelectStatement, table: impl EntityName, left: impl ColumnTrait, right: impl ColumnTrait) {
    query.join(JoinType::InnerJoin, table.table_ref(), on(left, right));
}

/// The nations with one of these slugs, or whose code it is: a bare reused code means every nation that bore it.
pub(crate) fn nation_in(column: impl Into<Expr>, nations: Option<&Vec<String>>) -> Result<Option<Expr>> {
    Slug::Nation.check_all(nations)?;
    Ok(nations.map(|slugs| {
        let named = Condition::any().add(nation::COLUMN.slug.is_in(slugs)).add(nation::COLUMN.code.is_in(slugs));
        column.into().in_subquery(Query::select().column(nation::Column::Id).from(nation::Entity).cond_where(named).take())
    }))
}

/// Those with a name form that holds the text, whatever its case and accents.
pub(crate) fn named(column: impl ColumnTrait, kind: SearchKind, text: Option<&String>) -> Result<Option<Expr>> {
    text.map(|text| {
        let folded = searchable("name", text)?;
        let subjects = Query::select()
            .column(search_term::Column::SubjectId)
            .from(search_term::Entity)
            .and_where(search_term::COLUMN.kind.eq(kind))
            .cond_where(finds(&folded))
            .take();
        Ok(column.in_subquery(subjects))
    })
    .transpose()
}

/// How many medals someone or something has, counted as when nothing else is said.
pub(crate) fn medals_of(subject: impl ColumnTrait) -> Expr {
    let weight = Query::select()
        .expr(search_term::Column::Weight.into_expr())
        .from(search_term::Entity)
        .and_where(on(search_term::Column::SubjectId, subject))
        .take();
    Func::coalesce([Expr::from(weight), Expr::value(0)]).into()
}

/// Whether someone has so many medals, four, that they make an index of their own.
pub(crate) fn leads(subject: impl ColumnTrait) -> Expr {
    let many = search_term::Column::Weight.into_expr().gte(Expr::Constant(4.into()));
    subject.in_subquery(Query::select().column(search_term::Column::SubjectId).from(search_term::Entity).and_where(many).take())
}

/// A text to search for, folded; refused when no name could hold it, or every name would.
pub(crate) fn searchable(argument: &str, text: &str) -> Result<String> {
    const MAXIMUM: usize = 200;
    let length = text.chars().count();
    if length > MAXIMUM {
        return Err(Error::bad_input(format!("`{argument}` has {length} characters, but at most {MAXIMUM} can be searched for.")));
    }
    match fold(text) {
        folded if folded.is_empty() => Err(Error::bad_input(format!("`{argument}` needs at least one letter or digit to search for."))),
        folded => Ok(folded),
    }
}

/// Which Games are meant; all that is said holds on one and the same Games.
#[derive(Clone, Copy, Default)]
pub(crate) struct Calendar<'a> {
    pub(crate) games: Option<&'a Vec<String>>,
    pub(crate) season: Option<&'a Vec<Season>>,
    pub(crate) years: Option<YearRange>,
}

impl Calendar<'_> {
    /// Whether anything is said of the Games.
    pub(crate) fn is_stated(self) -> bool {
        self.games.is_some() || self.season.is_some() || self.years.is_some()
    }

    /// The condition on the Games that a query has.
    pub(crate) fn condition(self) -> Result<Condition> {
        Slug::Games.check_all(self.games)?;
        Ok(Condition::all()
            .add_option(one_of(games::Column::Slug, self.games))
            .add_option(any_of::<_, games::Season>(games::Column::Season, self.season))
            .add(years(games::Column::Year, self.years)))
    }
}

/// Where an event stands in the programme, by slugs.
#[derive(Clone, Copy, Default)]
pub(crate) struct Programme<'a> {
    pub(crate) sport: Option<&'a Vec<String>>,
    pub(crate) discipline: Option<&'a Vec<String>>,
    pub(crate) family: Option<&'a Vec<String>>,
    pub(crate) event: Option<&'a Vec<String>>,
}

/// How far up the programme a question reaches; what lies above need not be joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    Edition,
    Event,
    Family,
    Discipline,
    Sport,
}

impl Programme<'_> {
    /// How far up the slugs reach.
    pub(crate) fn level(self) -> Level {
        let reached = [
            (self.sport.is_some(), Level::Sport),
            (self.discipline.is_some(), Level::Discipline),
            (self.family.is_some(), Level::Family),
            (self.event.is_some(), Level::Event),
        ];
        reached.into_iter().find(|(is_named, _)| *is_named).map_or(Level::Edition, |(_, level)| level)
    }

    /// The condition on the slugs of tables that `join_programme` joined.
    pub(crate) fn condition(self) -> Result<Condition> {
        Slug::Sport.check_all(self.sport)?;
        Slug::Discipline.check_all(self.discipline)?;
        Slug::EventFamily.check_all(self.family)?;
        Slug::Event.check_all(self.event)?;
        Ok(Condition::all()
            .add_option(one_of(sport::Column::Slug, self.sport))
            .add_option(one_of(discipline::Column::Slug, self.discipline))
            .add_option(one_of(event_family::Column::Slug, self.family))
            .add_option(one_of(event::Column::Slug, self.event)))
    }
}

/// Joins the programme above an event that the query has already, up to a level.
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

/// Joins the Games of an edition that the query has already, and the programme above it, up to a level.
pub(crate) fn join_games_and_programme(query: &mut SelectStatement, level: Level) {
    join(query, games::Entity, games::Column::Id, event_edition::Column::GamesId);
    if level >= Level::Event {
        join(query, event::Entity, event::Column::Id, event_edition::Column::EventId);
    }
    join_programme(query, level);
}

/// Awards that are valid on a day, today when none is said.
pub(crate) fn valid_on(day: Option<NaiveDate>) -> Condition {
    let day = day.unwrap_or_else(|| Utc::now().date_naive());
    let begun = Condition::any().add(medal_award::COLUMN.valid_from.is_null()).add(medal_award::COLUMN.valid_from.lte(day));
    let not_ended = Condition::any().add(medal_award::COLUMN.valid_to.is_null()).add(medal_award::COLUMN.valid_to.gt(day));
    Condition::all().add(begun).add(not_ended)
}

/// Athletes who received one of these medals with an entry, and hold it today.
pub(crate) fn received_medal(entry: impl ColumnTrait, athlete: impl ColumnTrait, medals: &[Medal]) -> Expr {
    let mut received = held(medals).column(medal_recipient::Column::AthleteId);
    join(QueryTrait::query(&mut received), medal_recipient::Entity, medal_recipient::Column::AwardId, medal_award::Column::Id);
    Expr::tuple([entry.into_expr(), athlete.into_expr()]).in_subquery(received.into_query())
}

/// Entries that hold one of these medals today.
pub(crate) fn holds_medal(entry: impl ColumnTrait, medals: &[Medal]) -> Expr {
    entry.in_subquery(held(medals).into_query())
}

/// The entries of awards of these colours that are held today.
fn held(medals: &[Medal]) -> Select<medal_award::Entity> {
    medal_award::Entity::find()
        .select_only()
        .column(medal_award::Column::EntryId)
        .filter(medal_award::Column::EntryId.is_not_null())
        .filter(medal_award::Column::Medal.is_in(medals.iter().map(|medal| medal_award::Medal::from(*medal))))
        .filter(valid_on(None))
}

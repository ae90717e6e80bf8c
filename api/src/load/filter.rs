//! From what a person filters by to SQL. A list means "or", several fields mean "and"; an unknown slug matches nothing.

use chrono::{NaiveDate, Utc};
use podium_entity::fold::fold;
use podium_entity::search_term::SearchKind;
use podium_entity::{discipline, event, event_edition, event_family, games, medal_award, nation, search_term, sport};
use sea_orm::prelude::*;
use sea_orm::sea_query::{ExprTrait, Query, SelectStatement};
use sea_orm::{Condition, EntityName, JoinType, QuerySelect, Value};

use crate::error::Result;
use crate::graph::year_range::YearRange;
use crate::slug::Slug;

/// The column is one of the values; nothing when no values are given.
pub(crate) fn one_of<V: Clone + Into<Value>>(column: impl ColumnTrait, values: Option<&Vec<V>>) -> Option<Expr> {
    values.map(|values| column.is_in(values.iter().cloned()))
}

/// Like `one_of`, for an enum that is shown as one type and stored as another.
pub(crate) fn any_of<G: Copy + Into<E>, E: Into<Value>>(column: impl ColumnTrait, values: Option<&Vec<G>>) -> Option<Expr> {
    values.map(|values| column.is_in(values.iter().map(|value| -> E { (*value).into() })))
}

/// The column lies in the range, both ends included.
pub(crate) fn years(column: impl ColumnTrait, range: Option<YearRange>) -> Condition {
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
pub(crate) fn nation_in(column: impl ColumnTrait, nations: Option<&Vec<String>>) -> Result<Option<Expr>> {
    Slug::Nation.check_all(nations)?;
    Ok(nations.map(|slugs| {
        let named = Condition::any().add(nation::COLUMN.slug.is_in(slugs)).add(nation::COLUMN.code.is_in(slugs));
        column.in_subquery(Query::select().column(nation::Column::Id).from(nation::Entity).cond_where(named).take())
    }))
}

/// Those with a name form that holds the text, whatever its case and accents.
pub(crate) fn named(column: impl ColumnTrait, kind: SearchKind, text: Option<&String>) -> Option<Expr> {
    text.map(|text| {
        let pattern = format!("%{}%", fold(text));
        let subjects = Query::select()
            .column(search_term::Column::SubjectId)
            .from(search_term::Entity)
            .and_where(search_term::COLUMN.kind.eq(kind))
            .and_where(search_term::COLUMN.folded.like(pattern))
            .take();
        column.in_subquery(subjects)
    })
}

/// Where an event stands in the programme, by slugs.
#[derive(Clone, Copy, Default)]
pub(crate) struct Programme<'a> {
    pub(crate) sport: Option<&'a Vec<String>>,
    pub(crate) discipline: Option<&'a Vec<String>>,
    pub(crate) family: Option<&'a Vec<String>>,
    pub(crate) event: Option<&'a Vec<String>>,
}

impl Programme<'_> {
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

/// Joins the programme above an event that the query has already.
pub(crate) fn join_programme(query: &mut SelectStatement) {
    join(query, event_family::Entity, event_family::Column::Id, event::Column::FamilyId);
    join(query, discipline::Entity, discipline::Column::Id, event_family::Column::DisciplineId);
    join(query, sport::Entity, sport::Column::Id, discipline::Column::SportId);
}

/// Joins the Games and the event of an edition that the query has already, and the programme above.
pub(crate) fn join_games_and_programme(query: &mut SelectStatement) {
    join(query, games::Entity, games::Column::Id, event_edition::Column::GamesId);
    join(query, event::Entity, event::Column::Id, event_edition::Column::EventId);
    join_programme(query);
}

/// Awards that are valid on a day, today when none is said.
pub(crate) fn valid_on(day: Option<NaiveDate>) -> Condition {
    let day = day.unwrap_or_else(|| Utc::now().date_naive());
    let begun = Condition::any().add(medal_award::COLUMN.valid_from.is_null()).add(medal_award::COLUMN.valid_from.lte(day));
    let not_ended = Condition::any().add(medal_award::COLUMN.valid_to.is_null()).add(medal_award::COLUMN.valid_to.gt(day));
    Condition::all().add(begun).add(not_ended)
}

/// Entries that hold one of these medals today.
pub(crate) fn holds_medal<M: Copy + Into<medal_award::Medal>>(entry: impl ColumnTrait, medals: Option<&Vec<M>>) -> Expr {
    let mut held = medal_award::Entity::find().select_only().column(medal_award::Column::EntryId);
    held = held.filter(medal_award::Column::EntryId.is_not_null()).filter(valid_on(None));
    if let Some(medals) = medals {
        held = held.filter(medal_award::Column::Medal.is_in(medals.iter().map(|medal| (*medal).into())));
    }
    entry.in_subquery(sea_orm::QueryTrait::into_query(held))
}

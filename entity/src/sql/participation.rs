//! Counts the participants of Games, with their ages, heights and weights: for the table `participation`, and for answers with a filter.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{
    Alias, Asterisk, CaseStatement, CommonTableExpression, Expr, ExprTrait, Func, Query, SelectStatement, WithClause,
};
use sea_orm::{ActiveEnum, DbBackend, JoinType};

use super::birthday::BIRTHDAY;
use crate::athlete::{self, Gender};
use crate::entry::{self, EntryStatus};
use crate::entry_member::{self, MemberRole};
use crate::event_edition::{self, EditionStatus};
use crate::games;

/// What is counted of a measure, and the columns for it: how many are known, the least, the greatest, the sum, the sum of squares.
const MEASURES: [(Measure, [&str; 5]); 3] = [
    (Measure::Age, ["ages", "age_least", "age_most", "age_sum", "age_squares"]),
    (Measure::Height, ["heights", "height_least", "height_most", "height_sum", "height_squares"]),
    (Measure::Weight, ["weights", "weight_least", "weight_most", "weight_sum", "weight_squares"]),
];

#[derive(Clone, Copy)]
enum Measure {
    Age,
    Height,
    Weight,
}

/// Counts those who took part in medal events, by Games: athletes who started, without reserves who did not compete. `narrow` adds joins and
/// conditions; it can use `entry_member` and `event_edition`. Games without participants have no row.
pub fn count_participants(backend: DbBackend, narrow: impl Fn(&mut SelectStatement)) -> SelectStatement {
    let (of_persons, of_entries) = (Alias::new("of_persons"), Alias::new("of_entries"));
    let of = |table: &Alias, name: &'static str| Expr::col((table.clone(), Alias::new(name)));
    let mut members = taking_part(&narrow);
    for (column, name) in [
        (event_edition::Column::GamesId.into_expr(), "games_id"),
        (entry_member::Column::AthleteId.into_expr(), "athlete_id"),
        (entry_member::Column::EntryId.into_expr(), "entry_id"),
        (entry_member::Column::NationId.into_expr(), "nation_id"),
    ] {
        members.expr_as(column, Alias::new(name));
    }
    // They are counted twice, and read once.
    let members = CommonTableExpression::new().query(members).table_name(Alias::new(MEMBER)).materialized(true).to_owned();
    // So are the measures: they are computed once, and used five times.
    let persons = CommonTableExpression::new().query(persons(backend)).table_name(Alias::new(PERSON)).materialized(true).to_owned();
    Query::select()
        .column((of_persons.clone(), Asterisk))
        .expr(of(&of_entries, "entries"))
        .expr(of(&of_entries, "nations"))
        .from_subquery(count_persons(), of_persons.clone())
        .join_subquery(JoinType::InnerJoin, entries(), of_entries.clone(), of(&of_entries, "games").eq(of(&of_persons, "games_id")))
        .with_cte(WithClause::new().cte(members).cte(persons).to_owned())
        .take()
}

/// The names of those who took part within a statement: once for each entry, and once at each Games.
const MEMBER: &str = "member";
const PERSON: &str = "person";

/// The athletes of each Games, with their gender and their measures.
fn persons(backend: DbBackend) -> SelectStatement {
    let once = Alias::new("once");
    let of_once = |name: &'static str| Expr::col((Alias::new("once"), Alias::new(name)));
    let members =
        Query::select().distinct().column(Alias::new("games_id")).column(Alias::new("athlete_id")).from(Alias::new(MEMBER)).take();
    let mut persons = Query::select();
    persons
        .expr_as(of_once("games_id"), Alias::new("games_id"))
        .expr_as(athlete::Column::Gender.into_expr(), Alias::new("gender"))
        .from_subquery(members, once)
        .inner_join(athlete::Entity, athlete::Column::Id.into_expr().eq(of_once("athlete_id")))
        .inner_join(games::Entity, games::Column::Id.into_expr().eq(of_once("games_id")));
    for (measure, [name, ..]) in MEASURES {
        persons.expr_as(measure.sql(backend), Alias::new(name));
    }
    persons
}

/// Counts athletes, and sums up their measures.
fn count_persons() -> SelectStatement {
    let of_person = |name: &'static str| Expr::col((Alias::new(PERSON), Alias::new(name)));
    let mut counted = Query::select();
    counted
        .expr(of_person("games_id"))
        .expr_as(integer(Expr::col(Asterisk).count()), Alias::new("athletes"))
        .from(Alias::new(PERSON))
        .add_group_by([of_person("games_id")]);
    for (gender, name) in [(Gender::Female, "women"), (Gender::Male, "men")] {
        let is_it = of_person("gender").eq(gender.to_value());
        counted.expr_as(integer(Func::sum(CaseStatement::new().case(is_it, 1).finally(0)).into()), Alias::new(name));
    }
    for (_, [known, least, most, sum, squares]) in MEASURES {
        let value = of_person(known);
        let or_zero = |number: Expr| Expr::from(Func::coalesce([number, Expr::value(0)]));
        counted.expr_as(integer(value.clone().count()), Alias::new(known));
        for (number, name) in [
            (Func::min(value.clone()), least),
            (Func::max(value.clone()), most),
            (Func::sum(value.clone()), sum),
            (Func::sum(value.clone().mul(value)), squares),
        ] {
            counted.expr_as(Func::cast_as(or_zero(number.into()), Alias::new("bigint")), Alias::new(name));
        }
    }
    counted
}

/// Counts entries and nations.
fn entries() -> SelectStatement {
    let of_member = |name: &'static str| Expr::col((Alias::new(MEMBER), Alias::new(name)));
    Query::select()
        .expr_as(of_member("games_id"), Alias::new("games"))
        .expr_as(integer(of_member("entry_id").count_distinct()), Alias::new("entries"))
        .expr_as(integer(of_member("nation_id").count_distinct()), Alias::new("nations"))
        .from(Alias::new(MEMBER))
        .add_group_by([of_member("games_id")])
        .take()
}

/// The members of entries who took part, with nothing selected yet.
fn taking_part(narrow: &impl Fn(&mut SelectStatement)) -> SelectStatement {
    let mut members = Query::select();
    let same_edition = event_edition::Column::Id.into_expr().eq(entry_member::Column::EditionId.into_expr());
    // Few entries did not start, and an index has only those.
    let absent = Query::select()
        .expr(entry::Column::Id.into_expr())
        .from(entry::Entity)
        .and_where(entry::Column::Status.ne(EntryStatus::Started))
        .take();
    members
        .from(entry_member::Entity)
        .inner_join(event_edition::Entity, same_edition)
        .and_where(event_edition::Column::Status.eq(EditionStatus::Medal))
        .and_where(entry_member::Column::EntryId.into_expr().not_in_subquery(absent))
        .and_where(entry_member::Column::Competed.eq(true))
        .and_where(entry_member::Column::Role.ne(MemberRole::Horse));
    narrow(&mut members);
    members
}

impl Measure {
    /// The measure of the athlete as a whole number; null when unknown.
    fn sql(self, backend: DbBackend) -> Expr {
        let number = match self {
            Self::Age => {
                let born = BIRTHDAY;
                match backend {
                    DbBackend::Postgres => format!("CAST(games.opened_on - CAST({born} AS date) AS bigint)"),
                    _ => format!("CAST(julianday(games.opened_on) - julianday({born}) AS integer)"),
                }
            }
            Self::Height => "CAST(athlete.height_cm AS bigint)".to_owned(),
            Self::Weight => "CAST(ROUND(athlete.weight_kg * 10) AS bigint)".to_owned(),
        };
        Expr::cust(number)
    }
}

fn integer(number: Expr) -> Expr {
    number.cast_as("integer")
}

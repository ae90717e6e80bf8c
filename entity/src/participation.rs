//! How many took part in each Games, and their ages, heights and weights. It is derived from the other tables whenever they change, so that
//! all Games can be compared at once.

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{
    Alias, Asterisk, CaseStatement, CommonTableExpression, Cond, Expr, ExprTrait, Func, Query, SelectStatement, WithClause,
};
use sea_orm::{DbBackend, JoinType};

use crate::athlete::{self, Gender};
use crate::entry::{self, EntryStatus};
use crate::entry_member::{self, MemberRole};
use crate::event_edition::{self, EditionStatus};
use crate::games;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "participation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub games_id: Uuid,
    pub athletes: i32,
    pub women: i32,
    pub men: i32,
    pub entries: i32,
    pub nations: i32,
    /// The number of athletes of known age; the least, the greatest, the sum and the sum of squares of their ages on the opening day, in days.
    pub ages: i32,
    pub age_least: i64,
    pub age_most: i64,
    pub age_sum: i64,
    pub age_squares: i64,
    /// The same of heights, in centimetres.
    pub heights: i32,
    pub height_least: i64,
    pub height_most: i64,
    pub height_sum: i64,
    pub height_squares: i64,
    /// The same of weights, in tenths of a kilogram.
    pub weights: i32,
    pub weight_least: i64,
    pub weight_most: i64,
    pub weight_sum: i64,
    pub weight_squares: i64,
    #[sea_orm(belongs_to, from = "games_id", to = "id")]
    pub games: BelongsTo<games::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}

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
/// conditions; it can use `entry_member`, `entry` and `event_edition`. Games without participants have no row.
pub fn counted(backend: DbBackend, narrow: impl Fn(&mut SelectStatement)) -> SelectStatement {
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
    let mut counted = Query::select();
    counted
        .column((of_persons.clone(), Asterisk))
        .expr(of(&of_entries, "entries"))
        .expr(of(&of_entries, "nations"))
        .from_subquery(persons(backend), of_persons.clone())
        .join_subquery(JoinType::InnerJoin, entries(), of_entries.clone(), of(&of_entries, "games").eq(of(&of_persons, "games_id")))
        .with_cte(WithClause::new().cte(members).to_owned());
    counted
}

/// The name of those who took part within a statement.
const MEMBER: &str = "member";

/// Counts athletes, each once at a Games.
fn persons(backend: DbBackend) -> SelectStatement {
    let person = Alias::new("person");
    let of_person = |name: &'static str| Expr::col((Alias::new("person"), Alias::new(name)));
    let once = Query::select().distinct().column(Alias::new("games_id")).column(Alias::new("athlete_id")).from(Alias::new(MEMBER)).take();
    let mut persons = Query::select();
    persons
        .expr_as(of_person("games_id"), Alias::new("games_id"))
        .expr_as(integer(Expr::col(Asterisk).count()), Alias::new("athletes"))
        .from_subquery(once, person)
        .inner_join(athlete::Entity, athlete::Column::Id.into_expr().eq(of_person("athlete_id")))
        .inner_join(games::Entity, games::Column::Id.into_expr().eq(of_person("games_id")))
        .add_group_by([of_person("games_id")]);
    for (gender, name) in [(Gender::Female, "women"), (Gender::Male, "men")] {
        let counted = CaseStatement::new().case(athlete::Column::Gender.eq(gender), 1).finally(0);
        persons.expr_as(integer(Func::sum(counted).into()), Alias::new(name));
    }
    for (measure, [known, least, most, sum, squares]) in MEASURES {
        let value = measure.sql(backend);
        let or_zero = |number: Expr| Expr::from(Func::coalesce([number, Expr::value(0)]));
        persons.expr_as(integer(value.clone().count()), Alias::new(known));
        for (number, name) in [
            (Func::min(value.clone()), least),
            (Func::max(value.clone()), most),
            (Func::sum(value.clone()), sum),
            (Func::sum(value.clone().mul(value)), squares),
        ] {
            persons.expr_as(Func::cast_as(or_zero(number.into()), Alias::new("bigint")), Alias::new(name));
        }
    }
    persons
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
    let same_entry = Cond::all()
        .add(entry::Column::Id.into_expr().eq(entry_member::Column::EntryId.into_expr()))
        .add(entry::Column::EditionId.into_expr().eq(entry_member::Column::EditionId.into_expr()));
    members
        .from(entry_member::Entity)
        .inner_join(event_edition::Entity, same_edition)
        .inner_join(entry::Entity, same_entry)
        .and_where(event_edition::Column::Status.eq(EditionStatus::Medal))
        .and_where(entry::Column::Status.eq(EntryStatus::Started))
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
                let born = athlete::BIRTHDAY;
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

//! Athletes by their medals.

use std::collections::HashMap;
use std::sync::Arc;

use podium_entity::medal_award::Medal;
use podium_entity::{athlete, athlete_career, games, medal_award, medal_recipient, nation};
use podium_store::Row;
use sea_orm::prelude::*;
use sea_orm::sea_query::{BinOper, ExprTrait, Func, Query, SelectStatement};
use sea_orm::{ActiveEnum, DbBackend, Iterable, JoinType, QueryOrder, QuerySelect, QueryTrait};

use super::medal_award::{awards, by_scope, held_by, owner, read_owner};
use super::sql::{alias, join};
use crate::error::LoadError;
use crate::loader::{Db, HeapSize, Key, Loaded, among, group, on_heap};
use crate::question::medals::MedalCriteria;
use crate::question::programme::Level;
use crate::question::scope::{Scope, ScopeKind};
use crate::rules::ranking::Tally;

/// The medals of an athlete within a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct AthleteTally {
    pub(crate) athlete_id: Uuid,
    pub(crate) tally: Tally,
    pub(crate) first_year: i32,
    pub(crate) last_year: i32,
}

on_heap!(AthleteTally {});

impl AthleteTally {
    /// Counts all medals of one athlete.
    fn of(medals: &[AthleteMedal]) -> Self {
        let of = |wanted: Medal| i32::try_from(medals.iter().filter(|(_, medal, _)| *medal == wanted).count()).unwrap_or(i32::MAX);
        let years = || medals.iter().map(|(_, _, year)| *year);
        Self {
            athlete_id: medals.first().map(|(athlete, ..)| *athlete).unwrap_or_default(),
            tally: Tally { gold: of(Medal::Gold), silver: of(Medal::Silver), bronze: of(Medal::Bronze) },
            first_year: Iterator::min(years()).unwrap_or_default(),
            last_year: Iterator::max(years()).unwrap_or_default(),
        }
    }
}

/// The athletes with at least `minimum` medals within a scope. A team's medal counts for each member.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct AthleteTallies {
    pub(crate) scope: Scope,
    pub(crate) criteria: MedalCriteria,
    pub(crate) minimum: i32,
}

impl Key for AthleteTallies {
    type Value = Arc<[AthleteTally]>;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let mut tallies = HashMap::new();
        let questions = keys.iter().map(|key| (key.scope, (key.criteria.clone(), key.minimum)));
        for ((kind, (criteria, minimum)), ids) in by_scope(questions) {
            let rows = db.rows(&holders_by_games(db, kind, &criteria, &ids)).await?;
            tallies.extend(read_holders(kind, &rows)?.into_iter().map(|(id, medals)| {
                let key = AthleteTallies { scope: Scope { kind, id }, criteria: criteria.clone(), minimum };
                (key, count(medals, minimum))
            }));
        }
        Ok(tallies)
    }
}

/// The athletes with at least `minimum` medals in their careers: those that count today by the default rules. They are already counted.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct CareerTallies {
    pub(crate) minimum: i32,
}

impl Key for CareerTallies {
    type Value = Arc<[AthleteTally]>;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let mut tallies = HashMap::new();
        for key in keys {
            let careers =
                athlete_career::Entity::find().select_only().columns(COUNTED).filter(athlete_career::Column::Medals.gte(key.minimum));
            let rows = db.rows(&careers.into_query()).await?;
            tallies.insert(*key, rows.iter().map(read_career).collect::<Result<_, _>>()?);
        }
        Ok(tallies)
    }
}

/// The columns of the index `athlete_career_medals`, so that thousands of careers are read from it alone.
const COUNTED: [athlete_career::Column; 6] = {
    use athlete_career::Column::{AthleteId, FirstMedalYear, Golds, LastMedalYear, Medals, Silvers};
    [AthleteId, Medals, Golds, Silvers, FirstMedalYear, LastMedalYear]
};

fn read_career(row: &Row) -> Result<AthleteTally, DbErr> {
    let (medals, gold, silver): (i32, i32, i32) = (row.get("medals")?, row.get("golds")?, row.get("silvers")?);
    Ok(AthleteTally {
        athlete_id: row.get("athlete_id")?,
        tally: Tally { gold, silver, bronze: medals - gold - silver },
        first_year: row.get("first_medal_year")?,
        last_year: row.get("last_medal_year")?,
    })
}

/// The medal holders of each Games in one row: `owner`, `year`, and `holders` as text. `holders` lists each medal with its athlete, such as
/// `GOLD` before the id. Parsing this text is faster than sorting the medals of all Games by athlete in the database.
fn holders_by_games(db: &Db, kind: ScopeKind, criteria: &MedalCriteria, ids: &[Uuid]) -> SelectStatement {
    let athlete = medal_recipient::Column::AthleteId.into_expr();
    let athlete = match db.backend() {
        DbBackend::Postgres => athlete.cast_as("text"),
        _ => Func::cust("hex").arg(athlete).into(),
    };
    let holder = medal_award::Column::Medal.into_expr().binary(BinOper::Custom("||"), athlete);
    let mut select = held_by(db, kind, criteria, ids);
    let query = QueryTrait::query(&mut select);
    if kind != ScopeKind::Athlete {
        join(query, medal_recipient::Entity, medal_recipient::Column::AwardId, medal_award::Column::Id);
    }
    query.add_group_by([games::Column::Id.into_expr()]).expr_as(games::Column::Year.into_expr(), alias("year"));
    query.expr_as(Func::cust("string_agg").arg(holder).arg(SEPARATOR.to_string()), alias("holders"));
    query.take()
}

const SEPARATOR: char = ',';

/// A medal of an athlete, with the year that it was won in.
type AthleteMedal = (Uuid, Medal, i32);

/// The medals within each scope.
fn read_holders(kind: ScopeKind, rows: &[Row]) -> Result<HashMap<Option<Uuid>, Vec<AthleteMedal>>, LoadError> {
    let words: Vec<(Medal, String)> = Medal::iter().map(|medal| (medal, medal.to_value())).collect();
    let mut medals: HashMap<Option<Uuid>, Vec<AthleteMedal>> = HashMap::new();
    for row in rows {
        let (year, holders): (i32, String) = (row.get("year")?, row.get("holders")?);
        let medals = medals.entry(read_owner(kind, row)?).or_default();
        for holder in holders.split(SEPARATOR) {
            let read = words.iter().find_map(|(medal, word)| Some((holder.strip_prefix(word.as_str())?.parse().ok()?, *medal, year)));
            medals.push(read.ok_or(LoadError::Inconsistent("a medal without an athlete"))?);
        }
    }
    Ok(medals)
}

/// Counts the medals of each athlete with at least `minimum`.
fn count(mut medals: Vec<AthleteMedal>, minimum: i32) -> Arc<[AthleteTally]> {
    medals.sort_unstable_by_key(|(athlete, ..)| *athlete);
    let athletes = medals.chunk_by(|(one, ..), (other, ..)| one == other);
    athletes.map(AthleteTally::of).filter(|tally| tally.tally.total() >= minimum).collect()
}

/// The sort keys of the names of all who won a medal: a key per athlete would take more memory than the names.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct NamesOfMedalists;

/// The folded family names of athletes, by their ids.
#[derive(Clone, Default)]
pub(crate) struct NamesOf(Arc<HashMap<Uuid, Box<str>>>);

impl NamesOf {
    pub(crate) fn get(&self, athlete: Uuid) -> &str {
        self.0.get(&athlete).map_or("", |name| name)
    }
}

impl FromIterator<(Uuid, Box<str>)> for NamesOf {
    fn from_iter<T: IntoIterator<Item = (Uuid, Box<str>)>>(names: T) -> Self {
        Self(Arc::new(names.into_iter().collect()))
    }
}

impl HeapSize for NamesOf {
    fn heap_bytes(&self) -> usize {
        self.0.values().map(|name| size_of::<(Uuid, Box<str>)>() + name.len()).sum()
    }
}

impl Key for NamesOfMedalists {
    type Value = NamesOf;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let winners = Query::select().column(medal_recipient::Column::AthleteId).from(medal_recipient::Entity).take();
        let select = athlete::Entity::find().select_only().column(athlete::Column::Id).column(athlete::Column::SortFold);
        let rows = db.rows(&select.filter(athlete::Column::Id.in_subquery(winners)).into_query()).await?;
        let name = |row: &Row| Ok::<_, DbErr>((row.get("id")?, row.get::<String>("sort_fold")?.into()));
        let names: NamesOf = rows.iter().map(name).collect::<Result<_, _>>()?;
        Ok(keys.iter().map(|key| (*key, names.clone())).collect())
    }
}

/// The nations that an athlete won the counted medals for.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct NationsOfMedalist {
    pub(crate) scope: Scope,
    pub(crate) criteria: MedalCriteria,
    pub(crate) athlete: Uuid,
}

impl Key for NationsOfMedalist {
    type Value = Vec<Arc<nation::Model>>;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let mut nations = Vec::new();
        let questions = keys.iter().map(|key| ((key.scope.kind, key.criteria.clone()), (key.scope.id, key.athlete)));
        for ((kind, criteria), who) in group(questions) {
            let (ids, athletes): (Vec<Option<Uuid>>, Vec<Uuid>) = who.into_iter().unzip();
            let mut select = nation::Entity::find().expr_as(medal_recipient::Column::AthleteId.into_expr(), "athlete_id").distinct();
            if owner(kind).is_some() {
                select = select.expr_as(Expr::col((alias("counted"), alias("owner"))), "owner");
            }
            let query = QueryTrait::query(&mut select);
            join(query, medal_award::Entity, medal_award::Column::NationId, nation::Column::Id);
            join(query, medal_recipient::Entity, medal_recipient::Column::AwardId, medal_award::Column::Id);
            let same = Expr::col((alias("counted"), alias("award_id"))).equals((medal_award::Entity, medal_award::Column::Id));
            query.join_subquery(JoinType::InnerJoin, counted(db, kind, &criteria, ids), alias("counted"), same);
            let select =
                select.filter(among(db, medal_recipient::Column::AthleteId.into_expr(), athletes)).order_by_asc(nation::Column::Slug);
            for mut row in db.rows(&select.into_query()).await? {
                let scope = Scope { kind, id: read_owner(kind, &row)? };
                let key = NationsOfMedalist { scope, criteria: criteria.clone(), athlete: row.get("athlete_id")? };
                nations.push((key, row.model::<nation::Entity>("")?));
            }
        }
        Ok(group(nations))
    }
}

/// The awards that count within scopes, as `award_id` and `owner`.
fn counted(db: &Db, kind: ScopeKind, criteria: &MedalCriteria, ids: Vec<Option<Uuid>>) -> SelectStatement {
    let mut awards = awards(kind, criteria, Level::Edition);
    let query = QueryTrait::query(&mut awards).clear_selects();
    query.expr_as(medal_award::Column::Id.into_expr(), alias("award_id"));
    if let Some(owner) = owner(kind) {
        query.expr_as(owner.clone(), alias("owner")).and_where(among(db, owner, ids.into_iter().flatten()));
    }
    query.take()
}

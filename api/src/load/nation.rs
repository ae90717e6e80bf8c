//! Nations, their predecessors and successors, and the lineages that count several nations as one.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use podium_entity::games::{GamesKind, GamesStatus, Recognition, Season};
use podium_entity::medal_award::Medal;
use podium_entity::nation_code::{Use, resolve_code};
use podium_entity::search_term::SearchKind;
use podium_entity::{delegation, entry_member, event_edition, games, lineage, lineage_member, nation, nation_code, nation_relation};
use sea_orm::prelude::*;
use sea_orm::sea_query::{Asterisk, ExprTrait, Func, Query, SelectStatement};
use sea_orm::{Condition, JoinType, QueryOrder, QuerySelect, QueryTrait};

use super::medal_tally::nations_with;
use super::sql::{alias, calendar_condition, chronology, counts_within, join, medals_of, named, on, one_of, slug_in};
use crate::loader::{Db, Key, Loaded, among, children, group, owned};
use crate::page::listing::Listing;
use crate::page::order::Order;
use crate::question::calendar::Calendar;
use crate::question::nations::{NationCriteria, NationOrder, NationOrderField};
use crate::question::numbers::Numbers;
use crate::question::slug::Slugs;

children! {
    /// The relations of a nation to its successors.
    RelationsFrom: nation_relation by FromId in [Year];
    /// The relations of a nation to its predecessors.
    RelationsTo: nation_relation by ToId in [Year];
    /// The nations that a lineage counts as one.
    MembersOfLineage: lineage_member by LineageId in [];
    /// The lineages that count a nation.
    LineagesOfNation: lineage_member by NationId in [];
}

/// All lineages, by slug: a handful.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct EveryLineage;

impl Key for EveryLineage {
    type Value = Vec<Arc<lineage::Model>>;

    async fn load(db: &Db, _: &[Self]) -> Loaded<Self> {
        let all = db.all(lineage::Entity::find().order_by_asc(lineage::Column::Slug)).await?;
        Ok(HashMap::from([(EveryLineage, all)]))
    }
}

/// The nation with a code in a year; without a year, the newest nation with that code.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct NationByCode {
    pub(crate) code: String,
    pub(crate) year: Option<i32>,
}

impl Key for NationByCode {
    type Value = Arc<nation::Model>;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let codes: Vec<String> = keys.iter().map(|key| key.code.clone()).collect();
        let mut former = nation::Entity::find().expr_as(nation_code::Column::Code.into_expr(), "former_code");
        former = former
            .expr_as(nation_code::Column::ValidFrom.into_expr(), "former_from")
            .expr_as(nation_code::Column::ValidTo.into_expr(), "former_to")
            .filter(among(db, nation_code::Column::Code.into_expr(), codes.iter().cloned()));
        join(QueryTrait::query(&mut former), nation_code::Entity, nation_code::Column::NationId, nation::Column::Id);
        let mut bearers: Vec<Bearer> = Vec::new();
        for nation in db.all(nation::Entity::find().filter(among(db, nation::Column::Code.into_expr(), codes))).await? {
            let used = Use { from: nation.valid_from, to: nation.valid_to, is_own: true };
            bearers.push(Bearer { code: nation.code.clone(), used, nation });
        }
        for mut row in db.rows(&former.into_query()).await? {
            let used = Use { from: row.get("former_from")?, to: row.get("former_to")?, is_own: false };
            let (code, nation) = (row.get("former_code")?, row.model::<nation::Entity>("")?);
            bearers.push(Bearer { code, used, nation });
        }
        Ok(keys.iter().filter_map(|key| Some((key.clone(), choose(&bearers, key)?.nation.clone()))).collect())
    }
}

/// A nation, and a code that it has or had.
struct Bearer {
    code: String,
    used: Use,
    nation: Arc<nation::Model>,
}

/// Without a year, a nation's own code wins over a former one, and a newer nation over an older one.
fn choose<'a>(bearers: &'a [Bearer], key: &NationByCode) -> Option<&'a Bearer> {
    let named = bearers.iter().enumerate().filter(|(_, bearer)| bearer.code == key.code);
    let named = named.map(|(place, bearer)| (bearer.used, (bearer.nation.slug.as_str(), place)));
    let (_, place) = match key.year {
        Some(year) => resolve_code(named, year)?,
        None => named.min_by_key(|(used, nation)| (!used.is_own, Reverse(used.from), *nation))?.1,
    };
    bearers.get(place)
}

/// The nations that an athlete was entered for, the first one first.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct NationsOfAthlete(pub(crate) Uuid);

impl Key for NationsOfAthlete {
    type Value = Vec<Arc<nation::Model>>;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let own = entry_member::Column::NationId.into_expr();
        let mut first = Query::select()
            .expr_as(entry_member::Column::AthleteId.into_expr(), alias("owner"))
            .expr_as(own.clone(), alias("nation_id"))
            .expr_as(Func::min(chronology()), alias("since"))
            .from(entry_member::Entity)
            .and_where(among(db, entry_member::Column::AthleteId.into_expr(), keys.iter().map(|key| key.0)))
            .add_group_by([entry_member::Column::AthleteId.into_expr(), own])
            .take();
        join(&mut first, event_edition::Entity, event_edition::Column::Id, entry_member::Column::EditionId);
        join(&mut first, games::Entity, games::Column::Id, event_edition::Column::GamesId);
        let mut select = nation::Entity::find().expr_as(Expr::col((alias("entered"), alias("owner"))), "owner");
        let same = Expr::col((alias("entered"), alias("nation_id"))).equals((nation::Entity, nation::Column::Id));
        QueryTrait::query(&mut select).join_subquery(JoinType::InnerJoin, first, alias("entered"), same);
        let select = select.order_by_asc(Expr::col((alias("entered"), alias("since")))).order_by_asc(nation::Column::Slug);
        Ok(group(owned(db, select).await?.into_iter().map(|(athlete, nation)| (NationsOfAthlete(athlete), nation))))
    }
}

/// The nations that meet criteria.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct NationList {
    pub(crate) criteria: NationCriteria,
    pub(crate) order: Option<NationOrder>,
}

impl Listing for NationList {
    type Entity = nation::Entity;

    fn name(&self) -> &'static str {
        "nations"
    }

    fn select(&self, db: &Db) -> Select<nation::Entity> {
        let NationCriteria { slug, code, name, kind, lineage, calendar, medalist, medals, golds, at_every_games, .. } = &self.criteria;
        let asks_for_presence = calendar.is_stated() || medalist.is_some();
        let present = asks_for_presence.then(|| nation::Column::Id.in_subquery(present_at(calendar)));
        let medalists_only = medalist.map(|is_medalist| match is_medalist {
            true => nation::Column::Id.in_subquery(medalists(&self.criteria)),
            false => nation::Column::Id.not_in_subquery(medalists(&self.criteria)),
        });
        let condition = Condition::all()
            .add_option(slug_in(nation::Column::Slug, slug.as_ref()))
            .add_option(slug_in(nation::Column::Code, code.as_ref()))
            .add_option(named(db, nation::Column::Id, SearchKind::Nation, name.as_ref()))
            .add_option(one_of(nation::Column::Kind, kind.as_ref()))
            .add_option(lineage.as_ref().map(|slug| nation::Column::Id.in_subquery(members(slug))))
            .add_option(present)
            .add_option(medalists_only)
            .add_option(medals.filter(Numbers::is_stated).map(|range| won(&self.criteria, None, range)))
            .add_option(golds.filter(Numbers::is_stated).map(|range| won(&self.criteria, Some(Medal::Gold), range)))
            .add_option(at_every_games.map(|season| nation::Column::Id.in_subquery(always_present(season))));
        nation::Entity::find().filter(condition)
    }

    fn order(&self) -> Order {
        let Some(NationOrder { field, direction }) = self.order else {
            return Order::by("code").text(nation::Column::Slug.into_expr());
        };
        match field {
            NationOrderField::Code => Order::by("code").text(nation::Column::Slug.into_expr()).towards(direction),
            NationOrderField::Name => {
                Order::by("name").text(nation::Column::NameFold.into_expr()).text(nation::Column::Slug.into_expr()).towards(direction)
            }
            NationOrderField::Medals => {
                Order::by("medals").int_towards(direction, medals_of(nation::Column::Id)).text(nation::Column::Slug.into_expr())
            }
        }
    }
}

/// The nations with a delegation at one of the matching Games.
fn present_at(calendar: &Calendar) -> SelectStatement {
    let mut present = Query::select();
    present.expr(delegation::Column::NationId.into_expr()).from(delegation::Entity).cond_where(calendar_condition(calendar));
    join(&mut present, games::Entity, games::Column::Id, delegation::Column::GamesId);
    present
}

/// The nations that won a counted medal at the Games of the criteria.
fn medalists(criteria: &NationCriteria) -> SelectStatement {
    nations_with(&criteria.medals(), None, &|medals| Condition::all().add(medals.gt(0)))
}

/// Whether the number of counted medals of the outer query's nation, of one colour or of any, lies in a range at the Games of the criteria.
fn won(criteria: &NationCriteria, colour: Option<Medal>, range: Numbers) -> Expr {
    counts_within(nation::Column::Id, range, |condition| nations_with(&criteria.medals(), colour, condition))
}

/// The nations with a delegation at every official Games of a season that took place; none where a season has no official Games.
fn always_present(season: Season) -> SelectStatement {
    let held = Condition::all()
        .add(games::Column::Season.eq(season))
        .add(games::Column::Kind.eq(GamesKind::Olympic))
        .add(games::Column::Status.eq(GamesStatus::Held))
        .add(games::Column::Recognition.eq(Recognition::Official));
    let count = || Expr::col(Asterisk).count();
    let all = Query::select().expr(count()).from(games::Entity).cond_where(held.clone()).take();
    let mut present = Query::select();
    present
        .expr(delegation::Column::NationId.into_expr())
        .from(delegation::Entity)
        .cond_where(held)
        .add_group_by([delegation::Column::NationId.into_expr()])
        .cond_having(count().eq(Expr::from(all)));
    join(&mut present, games::Entity, games::Column::Id, delegation::Column::GamesId);
    present
}

fn members(lineage: &Slugs) -> SelectStatement {
    Query::select()
        .column((lineage_member::Entity, lineage_member::Column::NationId))
        .from(lineage_member::Entity)
        .join(JoinType::InnerJoin, lineage::Entity, on(lineage::Column::Id, lineage_member::Column::LineageId))
        .and_where(lineage::Column::Slug.is_in(lineage.iter()))
        .take()
}

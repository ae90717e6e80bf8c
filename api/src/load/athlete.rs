//! Athletes: their names, and lists of those who took part.

use podium_entity::search_term::SearchKind;
use podium_entity::{athlete, athlete_name, entry_member, event_edition, medal_award, medal_recipient};
use sea_orm::prelude::*;
use sea_orm::sea_query::{ExprTrait, Func, Query, SelectStatement};
use sea_orm::{Condition, JoinType, QuerySelect, QueryTrait};

use crate::error::Result;
use crate::graph::athlete::{AthleteFilter, AthleteOrder, AthleteOrderField};
use crate::graph::medal_award::{Medal, MedalFilter};
use crate::graph::order_direction::OrderDirection;
use crate::load::filter::{
    Calendar, Level, Programme, any_of, join, join_games_and_programme, leads, medals_of, named, nation_in, on, one_of,
};
use crate::load::medal::awards_at;
use crate::load::{alias, children};
use crate::page::{COUNT, Listing, Order, count_by, count_rows};
use crate::slug::Slug;

children! {
    /// The other forms of an athlete's name.
    NamesOfAthlete: athlete_name by AthleteId in [Kind, Name];
    /// The athletes of an entry.
    MembersOfEntry: entry_member by EntryId in [Position];
}

/// Dates are compared as texts of four digits for the year.
const LAST_YEAR: i32 = 9999;

/// Whose athletes are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum AthletesOf {
    World,
    Games,
    Nation,
}

/// The athletes that a filter lets through. Conditions on taking part hold on one and the same entry.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct AthleteList {
    pub(crate) of: AthletesOf,
    pub(crate) filter: AthleteFilter,
    pub(crate) order: Option<AthleteOrder>,
    /// Whether only those are meant who have many medals.
    pub(crate) only_leaders: bool,
}

impl Listing for AthleteList {
    type Entity = athlete::Entity;

    fn select(&self) -> Result<Select<athlete::Entity>> {
        let filter = &self.filter;
        let born = filter.born_years.unwrap_or_default();
        Slug::Athlete.check_all(filter.slug.as_ref())?;
        let condition = Condition::all()
            .add_option(one_of(athlete::Column::Slug, filter.slug.as_ref()))
            .add_option(named(athlete::Column::Id, SearchKind::Athlete, filter.name.as_ref())?)
            .add_option(any_of::<_, athlete::Gender>(athlete::Column::Gender, filter.gender.as_ref()))
            .add_option(born.from.map(|year| athlete::Column::Born.gte(format!("{:04}", year.clamp(0, LAST_YEAR)))))
            .add_option(born.to.map(|year| athlete::Column::Born.lt(format!("{:04}", year.clamp(0, LAST_YEAR - 1) + 1))))
            .add_option(self.only_leaders.then(|| leads(athlete::Column::Id)));
        let mut select = athlete::Entity::find().filter(condition);
        let query = QueryTrait::query(&mut select);
        if self.of == AthletesOf::World && self.asks_for_participation() {
            query.and_where(self.took_part()?);
        } else if self.of != AthletesOf::World {
            let same = Expr::col((alias("part"), alias("athlete_id"))).equals((athlete::Entity, athlete::Column::Id));
            // Who took part more than once stands in the list once; a set of athletes sees to that itself.
            query.join_subquery(JoinType::InnerJoin, self.participation()?.distinct().take(), alias("part"), same);
        }
        Ok(select)
    }

    fn owner(&self) -> Option<Expr> {
        (self.of != AthletesOf::World).then(|| Expr::col((alias("part"), alias("owner"))))
    }

    fn order(&self) -> Order {
        let by_name = |order: Order| order.text(athlete::Column::SortFold.into_expr());
        let Some(AthleteOrder { field, direction }) = self.order else {
            return by_name(Order::by("name"));
        };
        match field {
            AthleteOrderField::Name => by_name(Order::by("name")).towards(direction),
            AthleteOrderField::Born => by_name(Order::by("born").text(born_or_last(direction))).towards(direction),
            AthleteOrderField::Medals => by_name(Order::by("medals").int_towards(direction, medals_of(athlete::Column::Id))),
        }
    }

    fn leaders(&self) -> Option<Self> {
        let most_first = self.order.is_some_and(|order| order.field == AthleteOrderField::Medals && order.direction.is_descending());
        (most_first && self.of == AthletesOf::World && !self.asks_for_few()).then(|| Self { only_leaders: true, ..self.clone() })
    }

    fn counts_along(&self) -> bool {
        self.of == AthletesOf::World && self.asks_for_few()
    }

    /// Who took part is counted without looking at the athletes, when nothing is asked of them.
    fn count(&self, parents: Vec<Uuid>) -> Result<SelectStatement> {
        let AthleteFilter { gender, born_years, .. } = &self.filter;
        let asks_for_all = self.of == AthletesOf::World && !self.asks_for_participation();
        if asks_for_all || self.asks_for_few() || gender.is_some() || born_years.is_some() {
            return count_rows(self, parents);
        }
        let mut query = Query::select();
        query.from_subquery(self.participation()?, alias("part"));
        query.expr_as(Expr::col((alias("part"), alias("athlete_id"))).count_distinct(), alias(COUNT));
        Ok(count_by(&mut query, self.owner(), parents))
    }
}

/// Those whose birth is unknown come last either way.
fn born_or_last(direction: OrderDirection) -> Expr {
    let last = if direction.is_descending() { "" } else { "9999" };
    Func::coalesce([athlete::Column::Born.into_expr(), Expr::value(last)]).into()
}

impl AthleteList {
    /// Whether so few are meant that each of them is looked at.
    fn asks_for_few(&self) -> bool {
        self.filter.name.is_some() || self.filter.slug.is_some() || self.only_leaders
    }

    fn asks_for_participation(&self) -> bool {
        let AthleteFilter { nation, medal, medalist, .. } = &self.filter;
        nation.is_some()
            || medal.is_some()
            || medalist.is_some()
            || self.calendar().is_stated()
            || self.programme().level() > Level::Edition
    }

    /// Whether an athlete took part as the filter says: looked up for each when they are few, and else among all who did.
    fn took_part(&self) -> Result<Expr> {
        let mut participation = self.participation()?;
        Ok(match self.asks_for_few() {
            true => Expr::exists(participation.and_where(on(entry_member::Column::AthleteId, athlete::Column::Id)).take()),
            false => athlete::Column::Id.in_subquery(participation),
        })
    }

    fn calendar(&self) -> Calendar<'_> {
        let AthleteFilter { games, season, years, .. } = &self.filter;
        Calendar { games: games.as_ref(), season: season.as_ref(), years: *years }
    }

    fn programme(&self) -> Programme<'_> {
        let AthleteFilter { sport, discipline, family, event, .. } = &self.filter;
        Programme { sport: sport.as_ref(), discipline: discipline.as_ref(), family: family.as_ref(), event: event.as_ref() }
    }

    /// Who took part as the filter says, as often as he did: `athlete_id`, and `owner` where the list has one.
    fn participation(&self) -> Result<SelectStatement> {
        let AthleteFilter { medal, medalist, .. } = &self.filter;
        let wants_medal = medal.is_some() || *medalist == Some(true);
        let mut query = if wants_medal { self.medalists(medal.clone())? } else { self.entries()? };
        if *medalist == Some(false) {
            query.and_where(self.part().not_in_subquery(self.medalists(None)?));
        }
        Ok(query)
    }

    /// Who takes part, and for whom the list is made.
    fn part(&self) -> Expr {
        Expr::tuple([Some(entry_member::Column::AthleteId.into_expr()), self.part_owner()].into_iter().flatten())
    }

    fn part_owner(&self) -> Option<Expr> {
        match self.of {
            AthletesOf::World => None,
            AthletesOf::Games => Some(event_edition::Column::GamesId.into_expr()),
            AthletesOf::Nation => Some(entry_member::Column::NationId.into_expr()),
        }
    }

    /// Selects who takes part from the members of entries that the query has, and for whom the list is made.
    fn select_part(&self, query: &mut SelectStatement) -> Result<SelectStatement> {
        let nation = nation_in(entry_member::Column::NationId.into_expr(), self.filter.nation.as_ref())?;
        query.expr_as(entry_member::Column::AthleteId.into_expr(), alias("athlete_id")).cond_where(Condition::all().add_option(nation));
        if let Some(owner) = self.part_owner() {
            query.expr_as(owner, alias("owner"));
        }
        Ok(query.take())
    }

    /// Who was entered where the filter says.
    fn entries(&self) -> Result<SelectStatement> {
        let (calendar, programme) = (self.calendar(), self.programme());
        let condition = programme.condition()?.add(calendar.condition()?);
        let mut query = Query::select();
        query.from(entry_member::Entity);
        // Who took part for a nation stands with the athlete; where and when, with the edition.
        let names_edition = calendar.is_stated() || programme.level() > Level::Edition;
        if names_edition && self.only_leaders {
            // A thousand athletes are looked up by the editions, which are found once. Written so that no index tempts SQLite to
            // look up each of the editions for each athlete.
            let mut editions = event_edition::Entity::find().select_only().column(event_edition::Column::Id).filter(condition);
            join_games_and_programme(QueryTrait::query(&mut editions), programme.level());
            let edition = Func::coalesce([entry_member::Column::EditionId.into_expr(), entry_member::Column::EditionId.into_expr()]);
            query.and_where(Expr::from(edition).in_subquery(editions.into_query()));
            return self.select_part(&mut query);
        }
        if names_edition || self.of == AthletesOf::Games {
            join(&mut query, event_edition::Entity, event_edition::Column::Id, entry_member::Column::EditionId);
        }
        if names_edition {
            join_games_and_programme(&mut query, programme.level());
        }
        self.select_part(query.cond_where(condition))
    }

    /// Who received a medal that counts where the filter says, of some colours or of any. Games that the filter or the parent
    /// names count.
    fn medalists(&self, medal: Option<Vec<Medal>>) -> Result<SelectStatement> {
        let AthleteFilter { games, season, years, sport, discipline, family, event, .. } = self.filter.clone();
        let filter = MedalFilter { games, season, years, sport, discipline, family, event, medal, ..MedalFilter::default() };
        let mut awards = awards_at(self.of == AthletesOf::Games, &filter, Level::Edition)?;
        let query = QueryTrait::query(&mut awards).clear_selects();
        join(query, medal_recipient::Entity, medal_recipient::Column::AwardId, medal_award::Column::Id);
        let received = Condition::all()
            .add(on(entry_member::Column::EntryId, medal_award::Column::EntryId))
            .add(on(entry_member::Column::AthleteId, medal_recipient::Column::AthleteId));
        query.join(JoinType::InnerJoin, entry_member::Entity, received);
        self.select_part(query)
    }
}

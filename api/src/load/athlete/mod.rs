//! Athletes: their names, and lists of participants.

mod participations;

use podium_entity::athlete_career::sums_with;
use podium_entity::games::Season;
use podium_entity::search_term::SearchKind;
use podium_entity::{athlete, athlete_career, athlete_name, entry_member};
use sea_orm::prelude::*;
use sea_orm::sea_query::{ExprTrait, Func, Query, SelectStatement};
use sea_orm::{Condition, JoinType, QueryTrait};

use super::sql::{alias, career_of, in_few, leads, medals_of, named, on, one_of, slug_in};
use crate::loader::{Db, children};
use crate::page::listing::{COUNT, Listing, count_by, count_rows};
use crate::page::order::Order;
use crate::question::athletes::{AthleteCriteria, AthleteOrder, AthleteOrderField, AthletesOf, Career};
use crate::question::order::Direction;
use participations::{AreFew, Participations, TookPart};

children! {
    /// The other forms of an athlete's name.
    NamesOfAthlete: athlete_name by AthleteId in [Kind, Name];
    /// The athletes of an entry.
    MembersOfEntry: entry_member by EntryId in [Position];
}

/// The largest year in comparisons. Dates are compared as text, so years have four digits.
const LAST_YEAR: i32 = 9999;

/// The athletes that match the criteria. All conditions on participation must hold for the same entry.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct AthleteList {
    pub(crate) of: AthletesOf,
    pub(crate) criteria: AthleteCriteria,
    pub(crate) order: Option<AthleteOrder>,
    /// Whether to list the leading athletes only.
    only_leaders: bool,
    /// How to find the participants.
    took_part: TookPart,
}

impl AthleteList {
    pub(crate) fn new(of: AthletesOf, criteria: AthleteCriteria, order: Option<AthleteOrder>) -> Self {
        let names_few = criteria.name.is_some() || criteria.slug.is_some();
        let took_part = if names_few { TookPart::Lookup } else { TookPart::Search };
        Self { of, criteria, order, only_leaders: false, took_part }
    }

    /// The key that counts the participations first, if the list needs it. Neither database estimates that count well for one nation or
    /// sport, and a wrong guess makes a short list as slow as a long one.
    pub(crate) fn are_few(&self) -> Option<AreFew> {
        let is_open = self.of == AthletesOf::World && self.criteria.names_participation() && !self.asks_for_few();
        is_open.then(|| AreFew { criteria: self.criteria.clone(), by_name: self.is_by_name() })
    }

    /// The same list, once it is known whether few took part.
    pub(crate) fn with_participations(self, are_few: bool) -> Self {
        let took_part = match are_few {
            true => TookPart::SearchFew,
            false if self.is_by_name() => TookPart::Lookup,
            false => TookPart::Search,
        };
        Self { took_part, ..self }
    }

    fn is_by_name(&self) -> bool {
        self.order.is_none_or(|order| order.field == AthleteOrderField::Name)
    }

    /// Whether it pays to count the list in the statement of its first page.
    pub(crate) fn counts_along(&self) -> bool {
        self.of == AthletesOf::World && self.asks_for_few()
    }

    /// The condition for the leading athletes: the first thousand or so in that order, found through an index.
    fn lead(&self) -> Option<Expr> {
        let AthleteOrder { field, direction } = self.order?;
        let career = |count: Expr, least: i32| {
            let most =
                Query::select().column(athlete_career::Column::AthleteId).from(athlete_career::Entity).and_where(count.gte(least)).take();
            athlete::Column::Id.in_subquery(most)
        };
        match (field, direction.is_descending()) {
            (AthleteOrderField::Medals, true) => Some(leads(athlete::Column::Id)),
            (AthleteOrderField::Games, true) => Some(career(athlete_career::Column::Games.into_expr(), 5)),
            (AthleteOrderField::Span, true) => Some(career(athlete_career::Column::Span.into_expr(), 20)),
            (AthleteOrderField::Height, true) => Some(athlete::Column::HeightCm.gte(203)),
            (AthleteOrderField::Height, false) => Some(athlete::Column::HeightCm.lte(149)),
            (AthleteOrderField::Weight, true) => Some(athlete::Column::WeightKg.gte(118.0)),
            (AthleteOrderField::Weight, false) => Some(athlete::Column::WeightKg.lte(41.0)),
            _ => None,
        }
    }

    /// The condition on all entries and medals of an athlete together.
    fn career(&self) -> Option<Expr> {
        let Career { seasons, medal_seasons, min_games, min_nations, min_medals } = &self.criteria.career;
        let sums = |column: athlete_career::Column, seasons: &[Season]| (!seasons.is_empty()).then(|| column.is_in(sums_with(seasons)));
        let condition = Condition::all()
            .add_option(sums(athlete_career::Column::Seasons, seasons))
            .add_option(sums(athlete_career::Column::MedalSeasons, medal_seasons))
            .add_option(min_games.map(|least| athlete_career::Column::Games.gte(least)))
            .add_option(min_nations.map(|least| athlete_career::Column::Nations.gte(least)))
            .add_option(min_medals.map(|least| athlete_career::Column::Medals.gte(least)));
        let mut careers =
            Query::select().column(athlete_career::Column::AthleteId).from(athlete_career::Entity).cond_where(condition).take();
        // Few careers are found by an index. Of many, a page in the order of names is soon full.
        let is_rare = seasons.len() > 1
            || !medal_seasons.is_empty()
            || min_games.is_some_and(|least| least > 2)
            || min_nations.is_some_and(|least| least > 1)
            || min_medals.is_some();
        self.criteria.career.is_stated().then(|| match is_rare {
            true => athlete::Column::Id.in_subquery(careers),
            false => Expr::exists(careers.and_where(on(athlete_career::Column::AthleteId, athlete::Column::Id)).take()),
        })
    }
}

impl Listing for AthleteList {
    type Entity = athlete::Entity;

    fn name(&self) -> &'static str {
        match self.of {
            AthletesOf::World => "athletes",
            AthletesOf::Games => "Games.athletes",
            AthletesOf::Nation => "Nation.athletes",
        }
    }

    fn select(&self, db: &Db) -> Select<athlete::Entity> {
        let AthleteCriteria { slug, name, gender, born, .. } = &self.criteria;
        let born = born.unwrap_or_default();
        let condition = Condition::all()
            .add_option(slug_in(athlete::Column::Slug, slug.as_ref()))
            .add_option(named(db, athlete::Column::Id, SearchKind::Athlete, name.as_ref()))
            .add_option(one_of(athlete::Column::Gender, gender.as_ref()))
            .add_option(born.from.map(|year| athlete::Column::Born.gte(format!("{:04}", year.clamp(0, LAST_YEAR)))))
            .add_option(born.to.map(|year| athlete::Column::Born.lt(format!("{:04}", year.clamp(0, LAST_YEAR - 1) + 1))))
            .add_option(self.career())
            .add_option(self.only_leaders.then(|| self.lead()).flatten());
        let mut select = athlete::Entity::find().filter(condition);
        let query = QueryTrait::query(&mut select);
        if self.of == AthletesOf::World && self.criteria.names_participation() {
            query.and_where(self.took_part(db));
        } else if self.of != AthletesOf::World {
            let same = Expr::col((alias("part"), alias("athlete_id"))).equals((athlete::Entity, athlete::Column::Id));
            // Several participations are one athlete.
            query.join_subquery(JoinType::InnerJoin, self.participations().select().distinct().take(), alias("part"), same);
        }
        select
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
            AthleteOrderField::Games => {
                by_name(Order::by("games").int_towards(direction, career_of(athlete::Column::Id, athlete_career::Column::Games)))
            }
            AthleteOrderField::Span => {
                by_name(Order::by("span").int_towards(direction, career_of(athlete::Column::Id, athlete_career::Column::Span)))
            }
            AthleteOrderField::Height => {
                by_name(Order::by("height").int_towards(direction, number_or_last(athlete::Column::HeightCm.into_expr(), direction)))
            }
            AthleteOrderField::Weight => {
                // In grams, since the numbers of an order are whole.
                let grams = Func::round(athlete::Column::WeightKg.into_expr().mul(1000));
                by_name(Order::by("weight").int_towards(direction, number_or_last(grams.into(), direction)))
            }
        }
    }

    fn leading(&self) -> Option<Self> {
        let has_leaders = self.lead().is_some() && self.of == AthletesOf::World && !self.knows_few();
        has_leaders.then(|| Self { only_leaders: true, took_part: TookPart::Lookup, ..self.clone() })
    }

    /// Counts participations without reading the athletes, if no condition is on the athletes themselves.
    fn count(&self, db: &Db, parents: Vec<Uuid>) -> SelectStatement {
        let AthleteCriteria { gender, born, .. } = &self.criteria;
        let asks_for_all = self.of == AthletesOf::World && !self.criteria.names_participation();
        if asks_for_all || self.asks_for_few() || gender.is_some() || born.is_some() || self.criteria.career.is_stated() {
            return count_rows(db, self, parents);
        }
        let mut query = Query::select();
        query.from_subquery(self.participations().select(), alias("part"));
        query.expr_as(Expr::col((alias("part"), alias("athlete_id"))).count_distinct(), alias(COUNT));
        count_by(db, &mut query, self.owner(), parents)
    }
}

/// The sort key for a number. Athletes without one come last in either direction.
fn number_or_last(number: Expr, direction: Direction) -> Expr {
    let last = if direction.is_descending() { 0 } else { i32::MAX };
    Func::coalesce([number, Expr::value(last)]).into()
}

/// The sort key for dates of birth. Athletes without one come last in either direction.
fn born_or_last(direction: Direction) -> Expr {
    let last = if direction.is_descending() { "" } else { "9999" };
    Func::coalesce([athlete::Column::Born.into_expr(), Expr::value(last)]).into()
}

impl AthleteList {
    /// Whether the criteria select so few athletes that each can be checked individually.
    fn asks_for_few(&self) -> bool {
        self.criteria.name.is_some() || self.criteria.slug.is_some() || self.only_leaders
    }

    /// Whether so few athletes are left that reading them all is cheap.
    fn knows_few(&self) -> bool {
        self.asks_for_few() || self.took_part == TookPart::SearchFew
    }

    fn participations(&self) -> Participations<'_> {
        Participations { of: self.of, criteria: &self.criteria, of_leaders: self.only_leaders }
    }

    /// Whether an athlete has a matching participation.
    fn took_part(&self, db: &Db) -> Expr {
        let mut participation = self.participations().select();
        match self.took_part {
            TookPart::Search => athlete::Column::Id.in_subquery(participation),
            TookPart::SearchFew => in_few(db, athlete::Column::Id.into_expr(), participation),
            TookPart::Lookup => Expr::exists(participation.and_where(on(entry_member::Column::AthleteId, athlete::Column::Id)).take()),
        }
    }
}

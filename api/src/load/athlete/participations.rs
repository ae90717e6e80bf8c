//! Participations that meet the criteria of a list of athletes, and how to find them.

use std::collections::HashMap;

use podium_entity::medal_award::Medal;
use podium_entity::{entry_member, event_edition, medal_award, medal_recipient};
use sea_orm::prelude::*;
use sea_orm::sea_query::{Asterisk, ExprTrait, Func, Query, SelectStatement};
use sea_orm::{Condition, DbBackend, JoinType, QuerySelect, QueryTrait};

use crate::load::medal_award::awards_at;
use crate::load::sql::{alias, calendar_condition, join, join_games_and_programme, nation_in, on, programme_condition};
use crate::loader::{Db, Key, Loaded};
use crate::page::listing::COUNT;
use crate::question::athletes::{AthleteCriteria, AthletesOf};
use crate::question::programme::Level;

/// How to find the athletes of a world-wide list that names a participation.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum TookPart {
    /// By one search in all participations.
    Search,
    /// By a lookup for each athlete: few are listed, or enough took part to fill a page quickly in the order of names.
    Lookup,
    /// By one search, of which few athletes are expected.
    SearchFew,
}

/// Whether few participations meet the criteria.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct AreFew {
    pub(super) criteria: AthleteCriteria,
    /// Whether the athletes are listed by name.
    pub(super) by_name: bool,
}

impl AreFew {
    /// How many are few. Where more meet the criteria, walking along the names soon finds a page of athletes; a step of the walk costs much more on
    /// PostgreSQL. In most other orders, the leading athletes are looked up.
    fn most(&self, backend: DbBackend) -> u64 {
        match (self.by_name, backend) {
            (true, DbBackend::Postgres) => 8_000,
            (true, _) => 2_500,
            (false, _) => 4_000,
        }
    }
}

impl Key for AreFew {
    type Value = bool;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let mut found = HashMap::new();
        for key in keys {
            let participations = Participations { of: AthletesOf::World, criteria: &key.criteria, of_leaders: false };
            let (mut count, most) = (Query::select(), key.most(db.backend()));
            count.from_subquery(participations.select().limit(most + 1).take(), alias("part"));
            let rows = db.rows(count.expr_as(Expr::col(Asterisk).count(), alias(COUNT))).await?;
            let count = rows.first().map_or(Ok(0), |row| row.get::<i64>(COUNT))?;
            found.insert(key.clone(), count.cast_unsigned() <= most);
        }
        Ok(found)
    }
}

/// The participations of athletes that meet the criteria of a list.
pub(super) struct Participations<'a> {
    pub(super) of: AthletesOf,
    pub(super) criteria: &'a AthleteCriteria,
    /// Whether only about a thousand leading athletes are looked up.
    pub(super) of_leaders: bool,
}

impl Participations<'_> {
    /// One row per matching participation: `athlete_id`, and `owner` where the list has one.
    pub(super) fn select(&self) -> SelectStatement {
        let AthleteCriteria { medal, medalist, .. } = self.criteria;
        let wants_medal = medal.is_some() || *medalist == Some(true);
        let mut query = if wants_medal { self.medalists(medal.clone()) } else { self.entries() };
        if *medalist == Some(false) {
            // `NOT IN` would compare each participation with every medal on SQLite, since one of them might be null.
            let winner = |column: &'static str| Expr::col((alias("winner"), alias(column)));
            let same = Condition::all().add(winner("athlete_id").eq(entry_member::Column::AthleteId.into_expr()));
            let same = same.add_option(self.owner().map(|owner| winner("owner").eq(owner)));
            query.join_subquery(JoinType::LeftJoin, self.medalists(None), alias("winner"), same);
            query.and_where(winner("athlete_id").is_null());
        }
        query
    }

    fn owner(&self) -> Option<Expr> {
        match self.of {
            AthletesOf::World => None,
            AthletesOf::Games => Some(event_edition::Column::GamesId.into_expr()),
            AthletesOf::Nation => Some(entry_member::Column::NationId.into_expr()),
        }
    }

    /// Selects the columns of participations. The query must already have `entry_member`.
    fn select_columns(&self, query: &mut SelectStatement) -> SelectStatement {
        let nation = nation_in(entry_member::Column::NationId, self.criteria.nation.as_ref());
        query.expr_as(entry_member::Column::AthleteId.into_expr(), alias("athlete_id")).cond_where(Condition::all().add_option(nation));
        if let Some(owner) = self.owner() {
            query.expr_as(owner, alias("owner"));
        }
        query.take()
    }

    /// Participations by entry.
    fn entries(&self) -> SelectStatement {
        let AthleteCriteria { calendar, programme, .. } = self.criteria;
        let condition = programme_condition(programme).add(calendar_condition(calendar));
        let mut query = Query::select();
        query.from(entry_member::Entity);
        // The nation of a participation is a column of `entry_member`. The Games and the event need a join to the edition.
        let names_edition = self.criteria.names_edition();
        if names_edition && self.of_leaders {
            // About a thousand leaders are looked up. The matching editions are found once. `COALESCE` stops SQLite from using an index by
            // which it would look up each edition for each athlete.
            let mut editions = event_edition::Entity::find().select_only().column(event_edition::Column::Id).filter(condition);
            join_games_and_programme(QueryTrait::query(&mut editions), programme.level());
            let edition = Func::coalesce([entry_member::Column::EditionId.into_expr(), entry_member::Column::EditionId.into_expr()]);
            query.and_where(Expr::from(edition).in_subquery(editions.into_query()));
            return self.select_columns(&mut query);
        }
        if names_edition || self.of == AthletesOf::Games {
            join(&mut query, event_edition::Entity, event_edition::Column::Id, entry_member::Column::EditionId);
        }
        if names_edition {
            join_games_and_programme(&mut query, programme.level());
        }
        self.select_columns(query.cond_where(condition))
    }

    /// Participations with a medal that counts, of these colours or of any. Games that the criteria or the parent name always count.
    fn medalists(&self, medal: Option<Vec<Medal>>) -> SelectStatement {
        let mut awards = awards_at(self.of == AthletesOf::Games, &self.criteria.medals(medal), Level::Edition);
        let query = QueryTrait::query(&mut awards).clear_selects();
        join(query, medal_recipient::Entity, medal_recipient::Column::AwardId, medal_award::Column::Id);
        let received = Condition::all()
            .add(on(entry_member::Column::EntryId, medal_award::Column::EntryId))
            .add(on(entry_member::Column::AthleteId, medal_recipient::Column::AthleteId));
        query.join(JoinType::InnerJoin, entry_member::Entity, received);
        self.select_columns(query)
    }
}

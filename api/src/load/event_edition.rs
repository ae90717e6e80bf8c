//! Editions of events, and what belongs to one.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use podium_entity::entry::EntryStatus;
use podium_entity::result::ResultStatus;
use podium_entity::{
    course, entry, entry_member, event, event_edition, games, medal_award, narrative, phase, preview_note, qualification_rule, quota_place,
    result, source, waypoint,
};
use podium_store::Row;
use sea_orm::prelude::*;
use sea_orm::sea_query::{ExprTrait, Query, UnionType};
use sea_orm::{Condition, JoinType, QueryOrder, QuerySelect, QueryTrait};

use super::sql::{alias, chronology, join_programme_of_edition, on, one_of, programme_condition};
use crate::loader::{Db, Key, Loaded, among, children, group, on_heap, owned};
use crate::page::listing::Listing;
use crate::page::order::Order;
use crate::question::editions::EditionCriteria;
use crate::rules::event_history::EditionAtGames;

children! {
    /// The course that an edition was raced over: one at most.
    CourseOfEdition: course by EditionId in [];
    /// The waypoints on the course of an edition.
    WaypointsOfEdition: waypoint by EditionId in [Sequence];
    /// The rounds, heats and finals of an edition.
    PhasesOfEdition: phase by EditionId in [Sequence];
    /// The qualification rules of an edition.
    RulesOfEdition: qualification_rule by EditionId in [Sequence];
    /// The quota places of nations in an edition.
    QuotasOfEdition: quota_place by EditionId in [Kind];
    /// The preview notes on athletes, written before an edition.
    NotesOfEdition: preview_note by EditionId in [Sequence];
}

/// All editions of an event with their Games, unofficial ones too, oldest first.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct EditionsOfEvent(pub(crate) Uuid);

impl Key for EditionsOfEvent {
    type Value = Vec<EditionAtGames>;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let editions = event_edition::Entity::find()
            .filter(among(db, event_edition::Column::EventId.into_expr(), keys.iter().map(|key| key.0)))
            .find_also_related(games::Entity)
            .order_by_asc(chronology())
            .order_by_asc(event_edition::Column::Slug);
        let mut held = Vec::new();
        for mut row in db.rows(&editions.into_query()).await? {
            // SeaORM names the columns of the two tables so.
            let (edition, games) = (row.model::<event_edition::Entity>("A_")?, row.model::<games::Entity>("B_")?);
            held.push((EditionsOfEvent(edition.event_id), (edition, games)));
        }
        Ok(group(held))
    }
}

/// The editions of a Games that match the criteria.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct EditionsOfGames {
    pub(crate) criteria: EditionCriteria,
}

impl Listing for EditionsOfGames {
    type Entity = event_edition::Entity;

    fn name(&self) -> &'static str {
        "Games.eventEditions"
    }

    fn select(&self, _: &Db) -> Select<event_edition::Entity> {
        let EditionCriteria { programme, gender, participant_kind, status } = &self.criteria;
        let condition = programme_condition(programme)
            .add_option(one_of(event::Column::Gender, gender.as_ref()))
            .add_option(one_of(event::Column::ParticipantKind, participant_kind.as_ref()))
            .add_option(one_of(event_edition::Column::Status, status.as_ref()));
        let mut select = event_edition::Entity::find().filter(condition);
        join_programme_of_edition(QueryTrait::query(&mut select), self.criteria.level());
        select
    }

    fn owner(&self) -> Option<Expr> {
        Some(event_edition::Column::GamesId.into_expr())
    }

    fn order(&self) -> Order {
        Order::by("slug").text(event_edition::Column::Slug.into_expr())
    }
}

/// How many athletes and nations started in an edition, by its entries.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct StartersOf(pub(crate) Uuid);

/// The number of athletes and nations that started.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Starters {
    pub(crate) competitors: i32,
    pub(crate) nations: i32,
}

on_heap!(Starters {});

impl Key for StartersOf {
    type Value = Starters;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let mut query = Query::select();
        query
            .expr_as(entry::Column::EditionId.into_expr(), alias("edition_id"))
            .expr_as(entry_member::Column::AthleteId.into_expr().count_distinct(), alias("competitors"))
            .expr_as(entry::Column::NationId.into_expr().count_distinct(), alias("nations"))
            .from(entry::Entity)
            .and_where(among(db, entry::Column::EditionId.into_expr(), keys.iter().map(|key| key.0)))
            .and_where(entry::Column::Status.eq(EntryStatus::Started))
            .add_group_by([entry::Column::EditionId.into_expr()]);
        let competed =
            Condition::all().add(on(entry_member::Column::EntryId, entry::Column::Id)).add(entry_member::Column::Competed.eq(true));
        query.join(JoinType::LeftJoin, entry_member::Entity, competed);
        let rows = db.rows(&query).await?;
        let count = |row: &Row, name| row.get::<i64>(name).map(|count| i32::try_from(count).unwrap_or(i32::MAX));
        let starters = rows.iter().map(|row| {
            let starters = Starters { competitors: count(row, "competitors")?, nations: count(row, "nations")? };
            Ok((StartersOf(row.get("edition_id")?), starters))
        });
        starters.collect()
    }
}

/// An overall result of an edition with a mark and a rank: with rank 1, the winner's.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct MarkedResult {
    pub(crate) edition: Uuid,
    pub(crate) rank: i32,
}

impl MarkedResult {
    pub(crate) fn winning(edition: Uuid) -> Self {
        Self { edition, rank: 1 }
    }
}

impl Key for MarkedResult {
    type Value = Arc<result::Model>;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let ranks: BTreeSet<i32> = keys.iter().map(|key| key.rank).collect();
        let marked = Condition::all()
            .add(among(db, result::Column::EditionId.into_expr(), keys.iter().map(|key| key.edition)))
            .add(result::Column::PhaseId.is_null())
            .add(result::Column::Rank.is_in(ranks))
            .add(result::Column::MarkText.is_not_null())
            .add(result::Column::Status.ne(ResultStatus::Annulled));
        let rows = db.all(result::Entity::find().filter(marked).order_by_desc(result::Column::Id)).await?;
        Ok(rows.into_iter().filter_map(|row| Some((MarkedResult { edition: row.edition_id, rank: row.rank? }, row))).collect())
    }
}

/// The sources of an edition, its results, awards and narratives.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct SourcesOfEdition(pub(crate) Uuid);

impl Key for SourcesOfEdition {
    type Value = Vec<Arc<source::Model>>;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let editions: HashSet<Uuid> = keys.iter().map(|key| key.0).collect();
        let used = |edition: Expr, source: Expr, table: sea_orm::sea_query::TableRef| {
            let mut query = Query::select();
            query.expr_as(edition.clone(), alias("owner")).expr_as(source, alias("source_id")).from(table);
            query.and_where(among(db, edition, editions.iter().copied())).take()
        };
        macro_rules! used_by {
            ($table:ident, $column:ident) => {
                used(
                    $table::Column::$column.into_expr(),
                    $table::Column::SourceId.into_expr(),
                    sea_orm::EntityName::table_ref(&$table::Entity),
                )
            };
        }
        let mut sources = used_by!(event_edition, Id);
        sources
            .union(UnionType::Distinct, used_by!(result, EditionId))
            .union(UnionType::Distinct, used_by!(medal_award, EditionId))
            .union(UnionType::Distinct, used_by!(narrative, EditionId))
            .union(UnionType::Distinct, used_by!(preview_note, EditionId))
            .union(UnionType::Distinct, used_by!(qualification_rule, EditionId))
            .union(UnionType::Distinct, used_by!(quota_place, EditionId));
        let mut select = source::Entity::find().expr_as(Expr::col((alias("used"), alias("owner"))), "owner");
        let same = Expr::col((alias("used"), alias("source_id"))).equals((source::Entity, source::Column::Id));
        QueryTrait::query(&mut select).join_subquery(JoinType::InnerJoin, sources, alias("used"), same);
        let rows = owned(db, select.order_by_asc(source::Column::Key)).await?;
        Ok(group(rows.into_iter().map(|(edition, source)| (SourcesOfEdition(edition), source))))
    }
}

//! Upserts the rows of an import table by table, and counts them in its report.

use podium_entity::games::Coverage;
use podium_entity::{event_edition, games, source};
use sea_orm::prelude::{Expr, Uuid};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter};

use crate::derived::derive;
use crate::error::Error;
use crate::report::{Report, Tally};
use crate::write::precedence::Precedence;
use crate::write::upsert::{id, upsert};

pub(crate) struct Writer<'a> {
    pub(crate) db: &'a DatabaseTransaction,
    pub(crate) source: Uuid,
    precedence: Precedence,
    pub(crate) report: Report,
}

impl<'a> Writer<'a> {
    /// A writer for one source. Stores the source itself first.
    pub(crate) async fn new(db: &'a DatabaseTransaction, source: &source::Model) -> Result<Self, Error> {
        let mut report = Report::default();
        let tally = upsert::<source::Entity>(db, &Precedence::load(db).await?, vec![source.clone()]).await?;
        report.add("sources", tally);
        Ok(Self { db, source: source.id, precedence: Precedence::load(db).await?, report })
    }

    /// The precedence of the source.
    pub(crate) fn precedence(&self) -> i32 {
        self.precedence.of_source(self.source)
    }

    /// Upserts rows in the order of their ids, in which the table stores them. Of rows with the same id only the first is written,
    /// because one statement cannot update a row twice.
    pub(crate) async fn write<E>(&mut self, name: &str, mut rows: Vec<E::Model>) -> Result<(), Error>
    where
        E: EntityTrait<Model: IntoActiveModel<E::ActiveModel> + PartialEq + Sync>,
    {
        rows.sort_by_cached_key(id::<E>);
        rows.dedup_by_key(|row| id::<E>(row));
        let tally = upsert::<E>(self.db, &self.precedence, rows).await?;
        self.report.add(name, tally);
        Ok(())
    }

    /// Whether a stored row comes from a source of higher precedence than this one.
    pub(crate) fn keeps<E: EntityTrait>(&self, stored: &E::Model) -> bool {
        self.precedence.of::<E>(stored) > self.precedence()
    }

    /// Counts rows that were not changed, because a better source already has them.
    pub(crate) fn kept(&mut self, name: &str, count: usize) {
        self.report.add(name, Tally { kept: count, ..Tally::default() });
    }

    /// Raises the coverage of editions and Games, whatever the source of their rows.
    pub(crate) async fn raise_coverage(&mut self, coverage: Coverage, editions: &[Uuid], games: &[Uuid]) -> Result<(), Error> {
        for ids in editions.chunks(1_000) {
            let raised = event_edition::Entity::update_many()
                .col_expr(event_edition::Column::Coverage, Expr::value(coverage))
                .filter(event_edition::Column::Id.is_in(ids.iter().copied()))
                .filter(event_edition::Column::Coverage.ne(coverage));
            let updated = usize::try_from(raised.exec(self.db).await?.rows_affected).unwrap_or_default();
            self.report.add("event_editions", Tally { updated, ..Tally::default() });
        }
        let raised = games::Entity::update_many()
            .col_expr(games::Column::Coverage, Expr::value(coverage))
            .filter(games::Column::Id.is_in(games.iter().copied()));
        let updated = usize::try_from(raised.exec(self.db).await?.rows_affected).unwrap_or_default();
        self.report.add("games", Tally { updated, ..Tally::default() });
        Ok(())
    }

    /// Derives what depends on the rows, if any changed, and returns the report.
    pub(crate) async fn finish(self, athletes: &[Uuid]) -> Result<Report, Error> {
        if self.report.changed() {
            derive(self.db, athletes).await?;
        }
        Ok(self.report)
    }
}

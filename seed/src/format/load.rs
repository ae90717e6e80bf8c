//! Loading a data set: every table in the order of its foreign keys, in one transaction.

use std::collections::{HashMap, HashSet};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use podium_entity::{delegation, entry, entry_member, medal_recipient};
use sea_orm::prelude::Uuid;
use sea_orm::{
    DatabaseConnection, DatabaseTransaction, EntityTrait, IntoActiveModel, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};

use super::context::{Context, Location};
use super::dataset::DataSet;
use super::lines::entries::EntryLine;
use super::lines::games::SourceLine;
use super::lines::{Line, Table};
use super::tables::{self, Visitor};
use crate::derived::derive;
use crate::error::Error;
use crate::report::{Report, Tally};
use crate::write::batches::rows_with_ids;
use crate::write::precedence::Precedence;
use crate::write::upsert::{id, upsert};

/// Rows in memory at once.
const BATCH: usize = 5_000;

/// Loads a data set in one transaction. Loading the same data set again changes nothing, not even the data version.
///
/// # Errors
/// When a row breaks the format, or the store fails; then nothing is written.
pub fn load<'a>(db: &'a DatabaseConnection, data: &'a DataSet) -> BoxFuture<'a, Result<Report, Error>> {
    load_alone(db, data).boxed()
}

async fn load_alone(db: &DatabaseConnection, data: &DataSet) -> Result<Report, Error> {
    let immediate = TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() };
    let transaction = db.begin_with_options(immediate).await?;
    let report = load_within(&transaction, data).await?;
    transaction.commit().await?;
    Ok(report)
}

/// Loads a data set as part of the caller's transaction. After an error the caller must not commit.
///
/// # Errors
/// When a row breaks the format, or the store fails.
pub(crate) async fn load_within(transaction: &DatabaseTransaction, data: &DataSet) -> Result<Report, Error> {
    data.check_names()?;
    let mut loader = Loader::new(transaction, data).await?;
    tables::visit(&mut loader).await?;
    let report = loader.report;
    if report.changed() {
        let athletes: Vec<Uuid> = loader.context.athletes.into_iter().collect();
        derive(transaction, &athletes).await?;
    }
    Ok(report)
}

impl Visitor for Loader<'_> {
    async fn table<L: Line>(&mut self) -> Result<(), Error> {
        self.read_table::<L>().await?;
        match L::FILE {
            SourceLine::FILE => self.precedence = Precedence::load(self.db).await?,
            EntryLine::FILE => {
                let delegations = std::mem::take(&mut self.context.derived_delegations).into_values().collect();
                self.write::<delegation::Entity>("delegations with entries", delegations).await?;
            }
            _ => {}
        }
        Ok(())
    }
}

struct Loader<'a> {
    db: &'a DatabaseTransaction,
    data: &'a DataSet,
    context: Context,
    precedence: Precedence,
    report: Report,
}

impl<'a> Loader<'a> {
    async fn new(db: &'a DatabaseTransaction, data: &'a DataSet) -> Result<Self, Error> {
        let context = Context::load(db).await?;
        let precedence = Precedence::load(db).await?;
        Ok(Self { db, data, context, precedence, report: Report::default() })
    }

    /// Reads a file and upserts its rows in batches. When a file has several texts, all rows stay in memory, since a later text may
    /// correct an earlier one.
    async fn read_table<L: Line>(&mut self) -> Result<(), Error> {
        let data = self.data;
        let most = if data.texts(L::FILE) > 1 { usize::MAX } else { BATCH };
        let mut rows: Vec<<L::Entity as EntityTrait>::Model> = Vec::new();
        let mut places: HashMap<Uuid, (usize, usize)> = HashMap::new();
        for row in data.read_rows::<L>(L::FILE) {
            let (part, line, content) = row?;
            let at = Location { file: L::FILE, line };
            let row = content.row(at, &mut self.context)?;
            // Within one text, a row may occur only once.
            match places.insert(id::<L::Entity>(&row), (part, rows.len())) {
                Some((same, _)) if same == part => return Err(at.refuse_line("the same row stands further up")),
                Some((_, place)) => {
                    places.insert(id::<L::Entity>(&row), (part, place));
                    rows[place] = row;
                }
                None => rows.push(row),
            }
            if rows.len() == most {
                self.write_with_derived::<L>(std::mem::take(&mut rows)).await?;
            }
        }
        self.write_with_derived::<L>(rows).await
    }

    /// Upserts rows, and the rows derived from them.
    async fn write_with_derived<L: Line>(&mut self, rows: Vec<<L::Entity as EntityTrait>::Model>) -> Result<(), Error> {
        let ids: HashSet<Uuid> = rows.iter().map(id::<L::Entity>).collect();
        let kept = self.write::<L::Entity>(L::FILE, rows).await?.kept;
        if L::FILE == EntryLine::FILE && kept > 0 {
            // An entry of a better source keeps the nation of that source.
            let stored = rows_with_ids::<entry::Entity>(self.db, entry::Column::Id, ids).await?;
            self.context.correct_entries(&stored);
        }
        let members = std::mem::take(&mut self.context.derived_members);
        self.write::<entry_member::Entity>("entry_members of individuals", members).await?;
        let recipients = std::mem::take(&mut self.context.derived_recipients);
        self.write::<medal_recipient::Entity>("medal_recipients", recipients).await?;
        Ok(())
    }

    async fn write<E>(&mut self, name: &str, rows: Vec<E::Model>) -> Result<Tally, Error>
    where
        E: EntityTrait<Model: IntoActiveModel<E::ActiveModel> + PartialEq + Sync>,
    {
        let mut tally = Tally::default();
        if !rows.is_empty() {
            tally = upsert::<E>(self.db, &self.precedence, rows).await?;
            self.report.add(name, tally);
        }
        Ok(tally)
    }
}

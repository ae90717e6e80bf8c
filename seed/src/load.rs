//! Loading a data set: every table in the order of its foreign keys, in one transaction.

use std::collections::{HashMap, HashSet};

use podium_entity::{data_version, delegation, entry, entry_member, key, medal_recipient};
use sea_orm::prelude::Uuid;
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, Set,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};

use crate::batches::some;
use crate::context::{Context, Place};
use crate::dataset::DataSet;
use crate::error::Error;
use crate::names;
use crate::report::{Report, Tally};
use crate::rows::Line;
use crate::rows::awards::{MedalAwardLine, RecordMarkLine};
use crate::rows::editions::{CourseLine, EventEditionLine, PhaseLine, WaypointLine};
use crate::rows::entries::{EntryLine, EntryMemberLine, ResultLine};
use crate::rows::games::{CityLine, DelegationLine, GamesHostLine, GamesLine, SourceLine, VenueLine};
use crate::rows::nations::{LineageLine, LineageMemberLine, NationCodeLine, NationLine, NationNameLine, NationRelationLine};
use crate::rows::people::{AthleteLine, AthleteNameLine};
use crate::rows::programme::{DisciplineLine, EventAliasLine, EventFamilyLine, EventLine, SportLine};
use crate::rows::texts::{ExternalIdLine, NarrativeLine, PreviewNoteLine, QualificationRuleLine, QuotaPlaceLine, SlugHistoryLine};
use crate::upsert::{Precedence, id, upsert};

/// Rows that are held at once.
const BATCH: usize = 5_000;

/// Writes a data set. Loading the same one twice changes nothing, the data version included.
///
/// # Errors
/// When a row is not what the format says, or the store fails; then nothing is written.
pub async fn load(db: &DatabaseConnection, data: &DataSet) -> Result<Report, Error> {
    let immediate = TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() };
    let transaction = db.begin_with_options(immediate).await?;
    let report = load_within(&transaction, data).await?;
    transaction.commit().await?;
    Ok(report)
}

/// Writes a data set as a part of a transaction of the caller, who must not commit when it fails.
///
/// # Errors
/// When a row is not what the format says, or the store fails.
pub async fn load_within(transaction: &DatabaseTransaction, data: &DataSet) -> Result<Report, Error> {
    data.check_names()?;
    let mut loader = Loader::new(transaction, data).await?;
    loader.all().await?;
    let report = loader.report;
    if report.changed() {
        let athletes: Vec<Uuid> = loader.context.athletes.into_iter().collect();
        derive(transaction, &athletes).await?;
    }
    Ok(report)
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

    async fn all(&mut self) -> Result<(), Error> {
        self.table::<SourceLine>().await?;
        self.precedence = Precedence::load(self.db).await?;
        self.table::<CityLine>().await?;
        self.table::<VenueLine>().await?;
        self.table::<NationLine>().await?;
        self.table::<NationNameLine>().await?;
        self.table::<NationCodeLine>().await?;
        self.table::<NationRelationLine>().await?;
        self.table::<LineageLine>().await?;
        self.table::<LineageMemberLine>().await?;
        self.table::<GamesLine>().await?;
        self.table::<GamesHostLine>().await?;
        self.table::<DelegationLine>().await?;
        self.table::<SportLine>().await?;
        self.table::<DisciplineLine>().await?;
        self.table::<EventFamilyLine>().await?;
        self.table::<EventLine>().await?;
        self.table::<EventAliasLine>().await?;
        self.table::<EventEditionLine>().await?;
        self.table::<CourseLine>().await?;
        self.table::<WaypointLine>().await?;
        self.table::<PhaseLine>().await?;
        self.table::<AthleteLine>().await?;
        self.table::<AthleteNameLine>().await?;
        self.table::<EntryLine>().await?;
        let delegations = std::mem::take(&mut self.context.derived_delegations).into_values().collect();
        self.write::<delegation::Entity>("delegations with entries", delegations).await?;
        self.table::<EntryMemberLine>().await?;
        self.table::<ResultLine>().await?;
        self.table::<MedalAwardLine>().await?;
        self.table::<RecordMarkLine>().await?;
        self.table::<QualificationRuleLine>().await?;
        self.table::<QuotaPlaceLine>().await?;
        self.table::<PreviewNoteLine>().await?;
        self.table::<NarrativeLine>().await?;
        self.table::<ExternalIdLine>().await?;
        self.table::<SlugHistoryLine>().await
    }

    /// Reads a file and writes its rows, a batch at a time. Several texts are held, since a later one may correct an earlier one.
    async fn table<L: Line>(&mut self) -> Result<(), Error> {
        let data = self.data;
        let most = if data.texts(L::FILE) > 1 { usize::MAX } else { BATCH };
        let mut rows: Vec<<L::Entity as EntityTrait>::Model> = Vec::new();
        let mut places: HashMap<Uuid, (usize, usize)> = HashMap::new();
        for row in data.read_rows::<L>(L::FILE) {
            let (part, line, content) = row?;
            let at = Place { file: L::FILE, line };
            let row = content.row(at, &mut self.context)?;
            // Within one text a row stands once.
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

    /// Writes rows, and those that follow from them.
    async fn write_with_derived<L: Line>(&mut self, rows: Vec<<L::Entity as EntityTrait>::Model>) -> Result<(), Error> {
        let ids: HashSet<Uuid> = rows.iter().map(id::<L::Entity>).collect();
        let kept = self.write::<L::Entity>(L::FILE, rows).await?.kept;
        if L::FILE == EntryLine::FILE && kept > 0 {
            // An entry that a better source knows is of the nation that it says.
            let stored = some::<entry::Entity>(self.db, entry::Column::Id, ids).await?;
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

/// An entry that is now of another nation takes its medals along.
const MOVE_MEDALS: &str = "UPDATE medal_award SET nation_id = entry.nation_id FROM entry \
                           WHERE entry.id = medal_award.entry_id AND entry.nation_id IS DISTINCT FROM medal_award.nation_id";

/// Derives what follows from rows that are new: whose medals are, what things are found by, these athletes among them.
pub(crate) async fn derive(db: &DatabaseTransaction, athletes: &[Uuid]) -> Result<(), DbErr> {
    db.execute_unprepared(MOVE_MEDALS).await?;
    names::refresh_athletes(db, athletes).await?;
    names::refresh_others(db).await?;
    names::weigh(db).await?;
    raise_data_version(db).await
}

/// Whoever keeps answers in memory knows by this number that they are old.
async fn raise_data_version(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    if let Some(stored) = data_version::Entity::find().one(db).await? {
        let version = Set(stored.version + 1);
        data_version::ActiveModel { version, ..stored.into_active_model() }.update(db).await?;
    } else {
        let id = Set(key::id("data_version", "current"));
        data_version::ActiveModel { id, version: Set(1) }.insert(db).await?;
    }
    Ok(())
}

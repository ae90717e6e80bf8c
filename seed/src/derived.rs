//! What follows from rows that changed, made in the same transaction: whose medals are, what things are found by, and the data version.

use podium_store::data_version;
use sea_orm::prelude::Uuid;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr};

use crate::search_terms;

/// Moves the medals of an entry whose nation changed.
const MOVE_MEDALS: &str = "UPDATE medal_award SET nation_id = entry.nation_id FROM entry \
                           WHERE entry.id = medal_award.entry_id AND entry.nation_id IS DISTINCT FROM medal_award.nation_id";

/// Derives everything that follows from a change; these athletes are among what changed.
pub(crate) async fn derive(db: &DatabaseTransaction, athletes: &[Uuid]) -> Result<(), DbErr> {
    db.execute_unprepared(MOVE_MEDALS).await?;
    search_terms::refresh_athletes(db, athletes).await?;
    search_terms::refresh_others(db).await?;
    search_terms::weigh(db).await?;
    data_version::raise(db).await
}

//! Derives what depends on changed rows, in the same transaction: the nations of medals, the search terms, what lists are ordered
//! by, and the data version.

mod careers;
mod medal_ages;
mod medal_counts;
mod medal_tallies;
mod participation;
pub(crate) mod search_terms;
mod sounds;
mod table;

use podium_store::data_version;
use sea_orm::prelude::Uuid;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr};

/// Gives medals the nation of their entry when that nation changed.
const MOVE_MEDALS: &str = "UPDATE medal_award SET nation_id = entry.nation_id FROM entry \
                           WHERE entry.id = medal_award.entry_id AND entry.nation_id IS DISTINCT FROM medal_award.nation_id";

/// Derives everything that depends on a change. `athletes` are the athletes whose search terms may have changed.
pub(crate) async fn derive(db: &DatabaseTransaction, athletes: &[Uuid]) -> Result<(), DbErr> {
    db.execute_unprepared(MOVE_MEDALS).await?;
    search_terms::refresh_athletes(db, athletes).await?;
    search_terms::refresh_others(db).await?;
    medal_counts::refresh(db).await?;
    sounds::refresh(db).await?;
    careers::refresh(db).await?;
    medal_ages::refresh(db).await?;
    medal_tallies::refresh(db).await?;
    participation::refresh(db).await?;
    data_version::raise(db).await
}

//! How many took part in a Games.

use std::sync::Arc;

use podium_entity::participation;
use podium_entity::sql::participation::count_participants;
use podium_entity::{entry_member, event, event_edition};
use sea_orm::prelude::*;

use super::sql::{join_programme_of_edition, nation_in, one_of, programme_condition};
use crate::loader::{Db, Key, Loaded, among, group};
use crate::question::participation::ParticipationCriteria;

/// Those who took part in a Games and match criteria. Without criteria they are already counted.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct ParticipationIn {
    pub(crate) games: Uuid,
    pub(crate) criteria: ParticipationCriteria,
}

impl Key for ParticipationIn {
    type Value = Arc<participation::Model>;

    async fn load(db: &Db, keys: &[Self]) -> Loaded<Self> {
        let mut found = Vec::new();
        for (criteria, games) in group(keys.iter().map(|key| (key.criteria.clone(), key.games))) {
            let rows = match criteria == ParticipationCriteria::default() {
                true => db.all(participation::Entity::find().filter(among(db, participation::Column::GamesId.into_expr(), games))).await?,
                false => matching(db, &criteria, &games).await?,
            };
            found.extend(rows.into_iter().map(|row| (ParticipationIn { games: row.games_id, criteria: criteria.clone() }, row)));
        }
        Ok(found.into_iter().collect())
    }
}

async fn matching(db: &Db, criteria: &ParticipationCriteria, games: &[Uuid]) -> Result<Vec<Arc<participation::Model>>, DbErr> {
    let statement = count_participants(db.backend(), |query| {
        join_programme_of_edition(query, criteria.level());
        let condition = programme_condition(&criteria.programme)
            .add(among(db, event_edition::Column::GamesId.into_expr(), games.iter().copied()))
            .add_option(one_of(event::Column::Gender, criteria.gender.as_ref()))
            .add_option(nation_in(entry_member::Column::NationId, criteria.nation.as_ref()));
        query.cond_where(condition);
    });
    db.rows(&statement).await?.into_iter().map(|mut row| row.model::<participation::Entity>("")).collect()
}

//! How the names of athletes sound, as far as it changes with their search terms.

use podium_entity::search_sound;
use podium_entity::sound::Sounds;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use super::CHUNK;
use crate::write::insert::{Conflict, insert};

/// The rows of `search_sound` that changed search terms need no more, and those that they need now.
#[derive(Debug, Default)]
pub(super) struct Heard {
    gone: Vec<search_sound::Model>,
    new: Vec<search_sound::Model>,
}

impl Heard {
    /// Adds what differs between the former and the present names of a search term.
    pub(super) fn compare(&mut self, sounds: &Sounds, number: i32, former: &str, present: &str) {
        let (former, present) = (sounds.of_names(former), sounds.of_names(present));
        let row = |sound: &i32| search_sound::Model { sound: *sound, number };
        self.gone.extend(former.difference(&present).map(row));
        self.new.extend(present.difference(&former).map(row));
    }

    pub(super) async fn write(mut self, db: &impl ConnectionTrait) -> Result<(), DbErr> {
        for gone in self.gone.chunks(CHUNK) {
            let gone = gone.iter().map(|row| (row.sound, row.number));
            let key = Expr::tuple([search_sound::Column::Sound.into_expr(), search_sound::Column::Number.into_expr()]);
            search_sound::Entity::delete_many().filter(key.in_tuples(gone)).exec(db).await?;
        }
        // In the order of the key, so that a page is written once.
        self.new.sort_unstable_by_key(|row| (row.sound, row.number));
        insert::<search_sound::Entity>(db, &self.new, Conflict::Skip).await.map(drop)
    }
}

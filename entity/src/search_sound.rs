//! The phonetic codes of athletes' names: which search terms have a word with a code, by medals. They are derived from the search terms.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "search_sound")]
pub struct Model {
    /// The code of the sound; see `sound`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub sound: i32,
    /// The weight of the search term, so that the first athletes of a sound are read without the others.
    #[sea_orm(primary_key, auto_increment = false)]
    pub medals: i32,
    /// The search term.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
}

impl ActiveModelBehavior for ActiveModel {}

//! What every table is to code that reads any of them.

use sea_orm::{EntityTrait, TryIntoModel};

/// A table whose rows can be made from their values.
pub trait Table: EntityTrait<Model: Sync, ActiveModel: TryIntoModel<<Self as EntityTrait>::Model>> {}

impl<E: EntityTrait<Model: Sync, ActiveModel: TryIntoModel<<E as EntityTrait>::Model>>> Table for E {}

//! Where facts come from: a book, a page, a body. A row is changed only by a source of equal or higher precedence.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "source")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub key: String,
    pub title: String,
    pub url: Option<String>,
    pub licence: Option<String>,
    /// Higher wins.
    pub precedence: i32,
}

impl ActiveModelBehavior for ActiveModel {}

//! The slugs of a table, in parts.

use podium_store::Session;
use sea_orm::DbErr;
use sea_orm::sea_query::{Alias, Asterisk, Expr, ExprTrait, Order, Query};

use crate::page::listing::COUNT;

/// How many rows a table has.
pub(crate) async fn count(session: &Session, table: &'static str) -> Result<u64, DbErr> {
    let mut count = Query::select();
    let rows = session.rows(count.expr_as(Expr::col(Asterisk).count(), Alias::new(COUNT)).from(Alias::new(table))).await?;
    let count: i64 = rows.first().map_or(Ok(0), |row| row.get(COUNT))?;
    Ok(count.unsigned_abs())
}

/// The slugs of one part, counted from 0. Each part has `size` of them, but the last.
pub(crate) async fn part(session: &Session, table: &'static str, number: u32, size: u32) -> Result<Vec<String>, DbErr> {
    let (slug, offset) = (Alias::new("slug"), u64::from(number) * u64::from(size));
    // In the order of the unique index, which has all that is selected.
    let mut slugs = Query::select();
    slugs.column(slug.clone()).from(Alias::new(table)).order_by(slug, Order::Asc).limit(u64::from(size)).offset(offset);
    session.rows(&slugs).await?.iter().map(|row| row.get("slug")).collect()
}

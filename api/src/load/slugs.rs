//! The slugs of a table, in parts that each fit one file.

use podium_store::Session;
use sea_orm::DbErr;
use sea_orm::sea_query::{Alias, Asterisk, Expr, ExprTrait, Order, Query, SelectStatement};

use crate::page::listing::COUNT;

/// How many slugs a part has at most. A file of a sitemap may have 50,000 addresses.
const SLUGS_OF_A_PART: u64 = 20_000;

/// How many parts there are.
pub(crate) async fn parts(session: &Session, table: &'static str) -> Result<u64, DbErr> {
    let mut count = Query::select();
    let rows = session.rows(count.expr_as(Expr::col(Asterisk).count(), Alias::new(COUNT)).from(Alias::new(table))).await?;
    let count: i64 = rows.first().map_or(Ok(0), |row| row.get(COUNT))?;
    Ok(count.unsigned_abs().div_ceil(SLUGS_OF_A_PART))
}

/// The slugs of one part, counted from 1.
pub(crate) async fn part(session: &Session, table: &'static str, number: u64) -> Result<Vec<String>, DbErr> {
    let offset = number.saturating_sub(1).saturating_mul(SLUGS_OF_A_PART);
    session.rows(&slugs(table, offset)).await?.iter().map(|row| row.get("slug")).collect()
}

/// In the order of the unique index, which has all that is selected.
fn slugs(table: &'static str, offset: u64) -> SelectStatement {
    let slug = Alias::new("slug");
    Query::select().column(slug.clone()).from(Alias::new(table)).order_by(slug, Order::Asc).limit(SLUGS_OF_A_PART).offset(offset).take()
}

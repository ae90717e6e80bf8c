//! The input types of the graph: filters and sort orders. The field that takes an input converts it to a value of `question`, or
//! refuses it.

pub(crate) mod athletes;
pub(crate) mod date_range;
pub(crate) mod editions;
pub(crate) mod entries;
pub(crate) mod events;
pub(crate) mod games;
pub(crate) mod int_range;
pub(crate) mod medals;
pub(crate) mod named;
pub(crate) mod nations;
pub(crate) mod order_direction;
pub(crate) mod results;
pub(crate) mod year_range;

use async_graphql::Context;

use crate::error::{Error, Result};
use crate::loader::Load;
use crate::question::{Asked, NamesSlugs};

/// The criteria that a filter stands for. An omitted filter matches everything; malformed values, and slugs that name nothing, are refused.
pub(crate) async fn criteria<F, C>(ctx: &Context<'_>, filter: Option<F>) -> Result<C>
where
    F: Default,
    C: TryFrom<Asked<F>, Error = Error> + NamesSlugs,
{
    let asked = Asked { filter: filter.unwrap_or_default(), today: ctx.today() };
    let mut criteria = C::try_from(asked)?;
    named::resolve(ctx, &mut criteria).await?;
    Ok(criteria)
}

/// Enum values as they are stored.
fn stored<G: Into<E>, E>(values: Option<Vec<G>>) -> Option<Vec<E>> {
    values.map(|values| values.into_iter().map(Into::into).collect())
}

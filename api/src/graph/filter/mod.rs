//! The input types of the graph: filters and sort orders. The field that takes an input converts it to a value of `question`, or
//! refuses it.

pub(crate) mod athletes;
pub(crate) mod date_range;
pub(crate) mod editions;
pub(crate) mod entries;
pub(crate) mod events;
pub(crate) mod games;
pub(crate) mod int_range;
pub(crate) mod medalists;
pub(crate) mod medals;
pub(crate) mod nations;
pub(crate) mod order_direction;
pub(crate) mod participation;
pub(crate) mod phases;
pub(crate) mod results;
pub(crate) mod slugs;
pub(crate) mod year_range;

use async_graphql::{Context, OutputType};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use podium_store::RowOf;
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::loader::LoaderContext;
use crate::page::args::PageArgs;
use crate::page::connection::Paged;
use crate::page::listing::Listing;
use crate::page::page;
use crate::question::{FilterInput, NamesSlugs};

/// The criteria of a filter. An omitted filter matches everything; malformed values, and slugs that name nothing, are refused.
pub(crate) async fn criteria<F, C>(ctx: &Context<'_>, filter: Option<F>) -> Result<C>
where
    F: Default,
    C: TryFrom<FilterInput<F>, Error = Error> + NamesSlugs,
{
    let asked = FilterInput { filter: filter.unwrap_or_default(), today: ctx.today() };
    let mut criteria = C::try_from(asked)?;
    slugs::resolve(ctx, &mut criteria).await?;
    Ok(criteria)
}

/// Loads by the criteria of a filter. Its slugs are resolved in the same round; if one of them is a former slug, the load is repeated with the
/// present one. In a box: every field of a type takes as much memory as the one with the largest future.
pub(crate) fn by_criteria<'a, F, C, T, Loading>(
    ctx: &'a Context<'_>,
    filter: Option<F>,
    load: impl Fn(C) -> Loading + Send + 'a,
) -> BoxFuture<'a, Result<T>>
where
    F: Default + Send + 'a,
    C: TryFrom<FilterInput<F>, Error = Error> + NamesSlugs + Clone + PartialEq + Send + 'a,
    Loading: Future<Output = Result<T>> + Send + 'a,
    T: Send + 'a,
{
    let asked = FilterInput { filter: filter.unwrap_or_default(), today: ctx.today() };
    let loading = async move {
        let given = C::try_from(asked)?;
        let mut today = given.clone();
        let (named, loaded) = futures_util::join!(slugs::resolve(ctx, &mut today), load(given.clone()));
        named?;
        if today == given { loaded } else { load(today).await }
    };
    loading.boxed()
}

/// A page of the list of those that match a filter.
pub(crate) fn filtered_page<'a, F, C, L, N>(
    ctx: &'a Context<'_>,
    filter: Option<F>,
    list: impl Fn(C) -> L + Send + Sync + 'a,
    parent: Option<Uuid>,
    args: PageArgs,
    show: fn(RowOf<L::Entity>) -> N,
) -> BoxFuture<'a, Result<Paged<N>>>
where
    F: Default + Send + 'a,
    C: TryFrom<FilterInput<F>, Error = Error> + NamesSlugs + Clone + PartialEq + Send + 'a,
    L: Listing + 'a,
    N: OutputType + 'a,
{
    by_criteria(ctx, filter, move |criteria| page(ctx, list(criteria), parent, &args, show))
}

/// Enum values as they are stored.
fn stored<G: Into<E>, E>(values: Option<Vec<G>>) -> Option<Vec<E>> {
    values.map(|values| values.into_iter().map(Into::into).collect())
}

//! Podium as a subgraph: the entities that other graphs reference, by global id and by slug.

use std::borrow::Cow;

use async_graphql::parser::types::Field;
use async_graphql::registry::Registry;
use async_graphql::resolver_utils::{ContainerType, resolve_container};
use async_graphql::{
    Any, Context, ContextSelectionSet, ID, Object, ObjectType, OutputType, Positioned, QueryPathNode, QueryPathSegment, ServerResult,
    SimpleObject, Value,
};
use futures_util::future::try_join_all;
use podium_entity::table::Table;
use podium_entity::{athlete, event, event_edition, event_family, games, nation};
use podium_store::RowOf;

use crate::error::{Error, Result};
use crate::graph::athlete::Athlete;
use crate::graph::event::Event;
use crate::graph::event_edition::EventEdition;
use crate::graph::event_family::EventFamily;
use crate::graph::games::Games;
use crate::graph::nation::Nation;
use crate::graph::node::{NodeType, key_of};
use crate::loader::{ById, LoaderContext};
use crate::query::Query;
use crate::subscription::Subscription;

/// The root of the schema that gateways compose: the fields of `Query`, with `_service` and `_entities`. Documents are validated against it.
pub(crate) struct Subgraph;

/// The root of the schema that is executed. It answers gateways too, but introspection shows clients only what they can use: `Query`.
pub(crate) struct Root;

/// The entities that a gateway may reference. Keys have any type here, so that a malformed key finds no entity instead of causing an
/// error.
struct Entities;

#[Object]
impl Entities {
    #[graphql(entity)]
    async fn athlete_by_id(&self, ctx: &Context<'_>, id: Any) -> Result<Option<Athlete>> {
        by_id::<athlete::Entity, _>(ctx, id, NodeType::Athlete, Athlete).await
    }

    #[graphql(entity)]
    async fn athlete_by_slug(&self, ctx: &Context<'_>, slug: Any) -> Result<Option<Athlete>> {
        by_slug(slug, |slug| Athlete::by_slug(ctx, slug)).await
    }

    #[graphql(entity)]
    async fn nation_by_id(&self, ctx: &Context<'_>, id: Any) -> Result<Option<Nation>> {
        by_id::<nation::Entity, _>(ctx, id, NodeType::Nation, Nation).await
    }

    #[graphql(entity)]
    async fn nation_by_slug(&self, ctx: &Context<'_>, slug: Any) -> Result<Option<Nation>> {
        by_slug(slug, |slug| Nation::by_slug(ctx, slug)).await
    }

    #[graphql(entity)]
    async fn games_by_id(&self, ctx: &Context<'_>, id: Any) -> Result<Option<Games>> {
        by_id::<games::Entity, _>(ctx, id, NodeType::Games, Games).await
    }

    #[graphql(entity)]
    async fn games_by_slug(&self, ctx: &Context<'_>, slug: Any) -> Result<Option<Games>> {
        by_slug(slug, |slug| Games::by_slug(ctx, slug)).await
    }

    #[graphql(entity)]
    async fn event_family_by_id(&self, ctx: &Context<'_>, id: Any) -> Result<Option<EventFamily>> {
        by_id::<event_family::Entity, _>(ctx, id, NodeType::EventFamily, EventFamily).await
    }

    #[graphql(entity)]
    async fn event_family_by_slug(&self, ctx: &Context<'_>, slug: Any) -> Result<Option<EventFamily>> {
        by_slug(slug, |slug| EventFamily::by_slug(ctx, slug)).await
    }

    #[graphql(entity)]
    async fn event_by_id(&self, ctx: &Context<'_>, id: Any) -> Result<Option<Event>> {
        by_id::<event::Entity, _>(ctx, id, NodeType::Event, Event).await
    }

    #[graphql(entity)]
    async fn event_by_slug(&self, ctx: &Context<'_>, slug: Any) -> Result<Option<Event>> {
        by_slug(slug, |slug| Event::by_slug(ctx, slug)).await
    }

    #[graphql(entity)]
    async fn event_edition_by_id(&self, ctx: &Context<'_>, id: Any) -> Result<Option<EventEdition>> {
        by_id::<event_edition::Entity, _>(ctx, id, NodeType::EventEdition, EventEdition).await
    }

    #[graphql(entity)]
    async fn event_edition_by_slug(&self, ctx: &Context<'_>, slug: Any) -> Result<Option<EventEdition>> {
        by_slug(slug, |slug| EventEdition::by_slug(ctx, slug)).await
    }
}

/// The entity with this global id; none for one that is unknown, malformed or of another type.
async fn by_id<E, T>(ctx: &Context<'_>, id: Any, node_type: NodeType, show: fn(RowOf<E>) -> T) -> Result<Option<T>>
where
    E: Table,
{
    let key = match id.0 {
        Value::String(id) => key_of(&ID(id), node_type),
        _ => None,
    };
    match key {
        Some(key) => Ok(ctx.loader().get(ById::<E>::new(key)).await?.map(show)),
        None => Ok(None),
    }
}

/// The entity with this slug; none for one that is unknown or malformed.
async fn by_slug<T, F: Future<Output = Result<Option<T>>>>(slug: Any, find: impl FnOnce(String) -> F) -> Result<Option<T>> {
    let Value::String(slug) = slug.0 else { return Ok(None) };
    match find(slug).await {
        Err(Error::BadInput(_)) => Ok(None),
        found => found,
    }
}

/// The SDL that gateways compose.
pub(crate) struct SubgraphSdl(pub(crate) &'static str);

/// What a gateway asks of a subgraph before it composes.
#[derive(SimpleObject)]
#[graphql(name = "_Service")]
struct Service {
    sdl: &'static str,
}

/// The entity that a representation refers to. The library fails the whole request when one is missing; here only that entity is null.
async fn entity(ctx: &Context<'_>, representation: &Value) -> ServerResult<Value> {
    let names_a_type = matches!(representation, Value::Object(fields) if matches!(fields.get("__typename"), Some(Value::String(_))));
    let found = if names_a_type { Entities.find_entity(ctx, representation).await? } else { None };
    Ok(found.unwrap_or(Value::Null))
}

/// The context of an item of `_entities`, so that the path of an error names it.
fn at<'a>(ctx: &'a Context<'a>, place: usize) -> Context<'a> {
    let mut item = ctx.clone();
    item.path_node = Some(QueryPathNode { parent: ctx.path_node.as_ref(), segment: QueryPathSegment::Index(place) });
    item
}

impl ContainerType for Root {
    async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        match ctx.item.node.name.node.as_str() {
            "_entities" => {
                let (_, representations) = ctx.param_value::<Vec<Any>>("representations", None)?;
                let contexts: Vec<Context<'_>> = (0..representations.len()).map(|place| at(ctx, place)).collect();
                let entities = contexts.iter().zip(&representations).map(|(ctx, representation)| entity(ctx, &representation.0));
                Ok(Some(Value::List(try_join_all(entities).await?)))
            }
            "_service" => {
                let selected = ctx.with_selection_set(&ctx.item.node.selection_set);
                OutputType::resolve(&Service { sdl: ctx.data_unchecked::<SubgraphSdl>().0 }, &selected, ctx.item).await.map(Some)
            }
            "dataChanged" => Subscription.resolve_field(ctx).await,
            _ => Query.resolve_field(ctx).await,
        }
    }
}

impl OutputType for Root {
    fn type_name() -> Cow<'static, str> {
        Query::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        Query::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        resolve_container(ctx, self).await
    }
}

impl ObjectType for Root {}

impl ContainerType for Subgraph {
    async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        Root.resolve_field(ctx).await
    }
}

impl OutputType for Subgraph {
    fn type_name() -> Cow<'static, str> {
        Query::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        Entities::create_type_info(registry);
        Query::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        resolve_container(ctx, self).await
    }
}

impl ObjectType for Subgraph {}

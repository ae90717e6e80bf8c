//! `@listSize`: the assumed length of a list, which sets the price of a document before it is executed.

use std::borrow::Cow;

use async_graphql::TypeDirective;
use async_graphql::registry::location_traits::Directive_At_FIELD_DEFINITION;
use async_graphql::registry::{MetaDirectiveInvocation, Registry};

/// The length of a list, used to calculate the cost of a document before it is executed: the value of an argument, or an assumed
/// length.
#[TypeDirective(name = "listSize", location = "FieldDefinition")]
fn list_size(
    #[graphql(desc = "The assumed number of items when no argument gives it.")] assumed_size: Option<i32>,
    #[graphql(desc = "The arguments that give the number of items.")] slicing_arguments: Option<Vec<String>>,
    #[graphql(desc = "The fields of the returned object that hold the list, if the field itself does not return it.")] sized_fields: Option<
        Vec<String>,
    >,
    #[graphql(desc = "Whether one of these arguments is required.", default_with = "Some(true)")] require_one_slicing_argument: Option<
        bool,
    >,
) {
}

/// A plain list with a natural upper bound.
pub(crate) struct Bound;

impl Bound {
    pub(crate) fn apply(size: i32) -> MetaDirectiveInvocation {
        list_size::apply(Some(size), None, None, None)
    }
}

/// A list limited by `first`, which may be left out.
pub(crate) struct First;

impl First {
    pub(crate) fn apply(default: i32) -> MetaDirectiveInvocation {
        list_size::apply(Some(default), Some(vec!["first".to_owned()]), None, Some(false))
    }
}

/// A list limited by `first`, which has a default in the schema.
pub(crate) struct Slice;

impl Slice {
    pub(crate) fn apply() -> MetaDirectiveInvocation {
        list_size::apply(None, Some(vec!["first".to_owned()]), None, Some(false))
    }
}

/// The same, in the field `hits` of the returned object.
pub(crate) struct Hits;

impl Hits {
    pub(crate) fn apply() -> MetaDirectiveInvocation {
        list_size::apply(None, Some(vec!["first".to_owned()]), Some(vec!["hits".to_owned()]), Some(false))
    }
}

/// A connection, with its default page size.
pub(crate) struct Page;

impl Page {
    pub(crate) fn apply(default: i32) -> MetaDirectiveInvocation {
        let names = |names: [&str; 2]| Some(names.map(str::to_owned).to_vec());
        list_size::apply(Some(default), names(["first", "last"]), names(["edges", "nodes"]), Some(false))
    }
}

/// Ways to apply the one directive.
macro_rules! applies_list_size {
    ($($way:ident),*) => { $(
        impl TypeDirective for $way {
            fn name(&self) -> Cow<'static, str> {
                list_size.name()
            }

            fn register(&self, registry: &mut Registry) {
                list_size.register(registry);
            }
        }

        impl Directive_At_FIELD_DEFINITION for $way {}
    )* };
}
applies_list_size!(Bound, First, Slice, Hits, Page);

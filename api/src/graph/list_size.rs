//! `@listSize`: how long a list may become, which is what a document is priced by before it is answered.

use std::borrow::Cow;

use async_graphql::TypeDirective;
use async_graphql::registry::location_traits::Directive_At_FIELD_DEFINITION;
use async_graphql::registry::{MetaDirectiveInvocation, Registry};

/// How long a list is taken to be when a document is priced, before it is answered: what an argument says, or what is assumed.
#[TypeDirective(name = "listSize", location = "FieldDefinition")]
fn list_size(
    #[graphql(desc = "How many items the list is taken to have when no argument says it.")] assumed_size: Option<i32>,
    #[graphql(desc = "The arguments that say how many items the list has.")] slicing_arguments: Option<Vec<String>>,
    #[graphql(desc = "The fields of the returned object that hold the list, when the field itself is not it.")] sized_fields: Option<
        Vec<String>,
    >,
    #[graphql(desc = "Whether one of the arguments must be given.", default_with = "Some(true)")] require_one_slicing_argument: Option<
        bool,
    >,
) {
}

/// A plain list that the domain bounds.
pub(crate) struct Bound;

impl Bound {
    pub(crate) fn apply(size: i32) -> MetaDirectiveInvocation {
        list_size::apply(Some(size), None, None, None)
    }
}

/// A list cut by `first`.
pub(crate) struct First;

impl First {
    pub(crate) fn apply(default: i32) -> MetaDirectiveInvocation {
        list_size::apply(Some(default), Some(vec!["first".to_owned()]), None, Some(false))
    }
}

/// A list cut by `first`, in the field `hits` of what is returned.
pub(crate) struct Hits;

impl Hits {
    pub(crate) fn apply(default: i32) -> MetaDirectiveInvocation {
        list_size::apply(Some(default), Some(vec!["first".to_owned()]), Some(vec!["hits".to_owned()]), Some(false))
    }
}

/// A connection, with the length of its page when nothing is said.
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
applies_list_size!(Bound, First, Hits, Page);

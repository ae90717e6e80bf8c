//! The shape of the schema, as far as a document is priced and merged by it: which fields lead where, and how far lists go.

use std::collections::HashMap;

use async_graphql::Value;
use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{ConstDirective, FieldDefinition, TypeDefinition, TypeKind, TypeSystemDefinition};

/// The types of the schema by name.
pub(crate) struct Shape(HashMap<String, Type>);

/// A type with fields, or a union.
#[derive(Default)]
pub(super) struct Type {
    fields: HashMap<String, Field>,
    /// The object types that a value of this type may have, when it is not one itself.
    pub(super) possible: Vec<String>,
    /// The interfaces and unions that an object type belongs to, besides itself.
    belongs_to: Vec<String>,
}

/// Where a field leads.
pub(super) struct Field {
    pub(super) leads_to: String,
    pub(super) size: Option<ListSize>,
}

/// What `@listSize` says of a field.
#[derive(Default)]
pub(super) struct ListSize {
    pub(super) assumed: u64,
    /// The arguments that say how many items there are.
    pub(super) slicing: Vec<String>,
    /// The fields below it that hold the items; none when it holds them itself.
    pub(super) sized: Vec<String>,
}

impl Shape {
    /// The shape of a schema that its SDL describes.
    pub(crate) fn of(sdl: &str) -> Self {
        let document = parse_schema(sdl).expect("the schema that we print is a schema");
        let definitions = document.definitions.into_iter().filter_map(|definition| match definition {
            TypeSystemDefinition::Type(definition) => Some(definition.node),
            _ => None,
        });
        let mut types: HashMap<String, Type> = HashMap::new();
        for definition in definitions {
            let name = definition.name.node.to_string();
            for (group, member) in memberships(&definition) {
                types.entry(member.clone()).or_default().belongs_to.push(group.clone());
                types.entry(group).or_default().possible.push(member);
            }
            types.entry(name).or_default().fields = fields(definition.kind);
        }
        Self(types)
    }

    pub(super) fn get(&self, name: &str) -> Option<&Type> {
        self.0.get(name)
    }

    /// Whether an object of a type is one of what a fragment is about; of an unknown type, anything is.
    pub(super) fn applies(&self, condition: &str, object: Option<&str>) -> bool {
        object.is_none_or(|object| {
            condition == object || self.get(object).is_some_and(|object| object.belongs_to.iter().any(|group| group == condition))
        })
    }
}

impl Type {
    pub(super) fn field(&self, name: &str) -> Option<&Field> {
        self.fields.get(name)
    }
}

/// Interfaces and unions with the objects that belong to them.
fn memberships(definition: &TypeDefinition) -> Vec<(String, String)> {
    let name = definition.name.node.to_string();
    match &definition.kind {
        TypeKind::Object(object) => object.implements.iter().map(|interface| (interface.node.to_string(), name.clone())).collect(),
        TypeKind::Union(union) => union.members.iter().map(|member| (name.clone(), member.node.to_string())).collect(),
        _ => Vec::new(),
    }
}

fn fields(kind: TypeKind) -> HashMap<String, Field> {
    let fields = match kind {
        TypeKind::Object(object) => object.fields,
        TypeKind::Interface(interface) => interface.fields,
        _ => Vec::new(),
    };
    fields.into_iter().map(|field| (field.node.name.node.to_string(), Field::of(&field.node))).collect()
}

impl Field {
    fn of(definition: &FieldDefinition) -> Self {
        let leads_to = definition.ty.node.to_string().trim_matches(['[', ']', '!']).to_owned();
        let size = definition.directives.iter().find(|directive| directive.node.name.node == "listSize");
        Self { leads_to, size: size.map(|directive| ListSize::of(&directive.node)) }
    }
}

impl ListSize {
    fn of(directive: &ConstDirective) -> Self {
        let names = |argument: &str| match directive.get_argument(argument).map(|value| &value.node) {
            Some(Value::List(names)) => {
                names.iter().filter_map(|name| if let Value::String(name) = name { Some(name.clone()) } else { None }).collect()
            }
            _ => Vec::new(),
        };
        let assumed = match directive.get_argument("assumedSize").map(|value| &value.node) {
            Some(Value::Number(size)) => size.as_u64().unwrap_or(1),
            _ => 1,
        };
        Self { assumed, slicing: names("slicingArguments"), sized: names("sizedFields") }
    }
}

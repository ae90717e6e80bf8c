//! An index of the schema for checking documents: the types of fields, the lengths of lists, and the valid input values.

use std::collections::HashMap;

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, ConstDirective, FieldDefinition, InputValueDefinition, OperationType, SchemaDefinition, Type as Declared, TypeKind,
    TypeSystemDefinition,
};
use async_graphql::{Name, Positioned, Value};

/// The types of the schema by name.
#[derive(Default)]
pub(crate) struct SchemaIndex {
    /// The root types that the SDL names.
    roots: Roots,
    types: HashMap<String, Type>,
    inputs: HashMap<String, Input>,
}

/// The names of the root types. `None` is the default name.
#[derive(Default)]
struct Roots {
    query: Option<Positioned<Name>>,
    mutation: Option<Positioned<Name>>,
    subscription: Option<Positioned<Name>>,
}

/// A type with fields, or a union.
#[derive(Default)]
pub(super) struct Type {
    fields: HashMap<String, Field>,
    /// The possible object types of an interface or union; empty for an object type.
    pub(super) possible: Vec<String>,
    /// The interfaces and unions that an object type belongs to.
    belongs_to: Vec<String>,
}

/// A field: its arguments and its type.
pub(super) struct Field {
    pub(super) arguments: HashMap<String, InputField>,
    pub(super) declared: Declared,
    /// The name of its type, without list and non-null modifiers.
    pub(super) type_name: String,
    pub(super) size: Option<ListSize>,
    /// Its cost, where an ordinary field costs 1.
    pub(super) cost: u64,
}

/// The `@listSize` directive of a field.
pub(super) struct ListSize {
    pub(super) assumed: u64,
    /// The arguments that set the number of items.
    pub(super) slicing: Vec<String>,
    /// The child fields that hold the items; empty if the field itself is the list.
    pub(super) sized: Vec<String>,
}

/// An input type other than a scalar.
pub(super) enum Input {
    Enum(Vec<String>),
    Object(HashMap<String, InputField>),
}

/// A field of an input object, or an argument.
pub(super) struct InputField {
    pub(super) declared: Declared,
    pub(super) is_required: bool,
}

impl SchemaIndex {
    /// Builds the index from an SDL.
    pub(crate) fn of(sdl: &str) -> Self {
        let document = parse_schema(sdl).expect("the schema that we print is a schema");
        let mut schema = Self::default();
        for definition in document.definitions {
            match definition {
                TypeSystemDefinition::Type(definition) => schema.add(definition.node.name.node.to_string(), definition.node.kind),
                TypeSystemDefinition::Schema(definition) => {
                    let SchemaDefinition { query, mutation, subscription, .. } = definition.node;
                    schema.roots = Roots { query, mutation, subscription };
                }
                TypeSystemDefinition::Directive(_) => {}
            }
        }
        schema
    }

    /// The name of the type that an operation starts at.
    pub(super) fn root(&self, operation: OperationType) -> &str {
        let (stated, usual) = match operation {
            OperationType::Query => (&self.roots.query, "Query"),
            OperationType::Mutation => (&self.roots.mutation, "Mutation"),
            OperationType::Subscription => (&self.roots.subscription, "Subscription"),
        };
        stated.as_ref().map_or(usual, |name| name.node.as_str())
    }

    /// Some valid value of an input type.
    pub(super) fn placeholder(&self, declared: &Declared) -> Value {
        let BaseType::Named(name) = &declared.base else { return Value::List(Vec::new()) };
        match self.inputs.get(name.as_str()) {
            Some(Input::Enum(values)) => values.first().map_or(Value::Null, |value| Value::Enum(Name::new(value))),
            Some(Input::Object(fields)) => {
                let required = fields.iter().filter(|(_, field)| field.is_required);
                Value::Object(required.map(|(name, field)| (Name::new(name), self.placeholder(&field.declared))).collect())
            }
            None => match name.as_str() {
                "Int" | "Float" => Value::Number(1.into()),
                "Boolean" => Value::Boolean(true),
                "Date" => Value::String("2000-01-01".to_owned()),
                _ => Value::String(String::new()),
            },
        }
    }

    fn add(&mut self, name: String, kind: TypeKind) {
        match kind {
            TypeKind::Object(object) => {
                object.implements.iter().for_each(|interface| self.join(&interface.node, &name));
                self.types.entry(name).or_default().fields = fields(&object.fields);
            }
            TypeKind::Interface(interface) => self.types.entry(name).or_default().fields = fields(&interface.fields),
            TypeKind::Union(union) => union.members.iter().for_each(|member| self.join(&name, &member.node)),
            TypeKind::Enum(values) => {
                let values = values.values.iter().map(|value| value.node.value.node.to_string()).collect();
                self.inputs.insert(name, Input::Enum(values));
            }
            TypeKind::InputObject(object) => {
                self.inputs.insert(name, Input::Object(input_fields(&object.fields)));
            }
            TypeKind::Scalar => {}
        }
    }

    /// Adds an object type to an interface or a union.
    fn join(&mut self, group: &str, object: &str) {
        self.types.entry(group.to_owned()).or_default().possible.push(object.to_owned());
        self.types.entry(object.to_owned()).or_default().belongs_to.push(group.to_owned());
    }

    pub(super) fn get(&self, name: &str) -> Option<&Type> {
        self.types.get(name)
    }

    pub(super) fn input(&self, name: &str) -> Option<&Input> {
        self.inputs.get(name)
    }

    /// Whether the type condition of a fragment applies to an object type. Every condition applies to an unknown type.
    pub(super) fn applies(&self, condition: &str, object: Option<&str>) -> bool {
        let belongs = |object: &str| self.get(object).is_some_and(|object| object.belongs_to.iter().any(|group| group == condition));
        object.is_none_or(|object| object == condition || belongs(object))
    }
}

impl Type {
    pub(super) fn field(&self, name: &str) -> Option<&Field> {
        self.fields.get(name)
    }
}

impl InputField {
    fn of(definition: &InputValueDefinition) -> Self {
        let declared = definition.ty.node.clone();
        Self { is_required: !declared.nullable && definition.default_value.is_none(), declared }
    }
}

fn input_fields(definitions: &[Positioned<InputValueDefinition>]) -> HashMap<String, InputField> {
    definitions.iter().map(|field| (field.node.name.node.to_string(), InputField::of(&field.node))).collect()
}

fn fields(definitions: &[Positioned<FieldDefinition>]) -> HashMap<String, Field> {
    definitions.iter().map(|field| (field.node.name.node.to_string(), Field::of(&field.node))).collect()
}

impl Field {
    fn of(definition: &FieldDefinition) -> Self {
        let declared = definition.ty.node.clone();
        let type_name = declared.to_string().trim_matches(['[', ']', '!']).to_owned();
        let directive = |name: &str| definition.directives.iter().find(|directive| directive.node.name.node == name);
        let cost = directive("cost").and_then(|cost| number(&cost.node.get_argument("weight")?.node));
        let size = directive("listSize").map(|directive| ListSize::of(&directive.node, &definition.arguments));
        Self { arguments: input_fields(&definition.arguments), declared, type_name, size, cost: cost.unwrap_or(1) }
    }
}

impl ListSize {
    fn of(directive: &ConstDirective, arguments: &[Positioned<InputValueDefinition>]) -> Self {
        let names = |argument: &str| match directive.get_argument(argument).map(|value| &value.node) {
            Some(Value::List(names)) => {
                names.iter().filter_map(|name| if let Value::String(name) = name { Some(name.clone()) } else { None }).collect()
            }
            _ => Vec::new(),
        };
        let slicing = names("slicingArguments");
        // The size is the default of a slicing argument.
        let defaults = arguments.iter().filter(|argument| slicing.iter().any(|name| *name == argument.node.name.node));
        let default = defaults.filter_map(|argument| number(&argument.node.default_value.as_ref()?.node)).max();
        let assumed = directive.get_argument("assumedSize").and_then(|size| number(&size.node));
        Self { assumed: assumed.or(default).unwrap_or(1), slicing, sized: names("sizedFields") }
    }
}

fn number(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64(),
        _ => None,
    }
}

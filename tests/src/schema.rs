//! `schema.graphql` is current, and every description is written for readers of results.

use std::collections::BTreeSet;

use crate::support::here;
use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    FieldDefinition, InputValueDefinition, ServiceDocument, TypeDefinition, TypeKind, TypeSystemDefinition,
};

fn written() -> String {
    std::fs::read_to_string(here().join("../schema.graphql")).expect("schema.graphql at the root")
}

#[test]
fn schema_graphql_is_current() {
    assert!(
        written() == podium_api::answer::schema::sdl(),
        "schema.graphql is not what the server does: run `make schema` and read the difference"
    );
}

/// Our own types; those of the introspection are not in the file.
fn types(document: &ServiceDocument) -> Vec<&TypeDefinition> {
    let types = document.definitions.iter().filter_map(|definition| match definition {
        TypeSystemDefinition::Type(definition) => Some(&definition.node),
        _ => None,
    });
    types.collect()
}

#[test]
fn everything_is_described() {
    let document = parse_schema(written()).expect("the schema parses");
    let mut missing = BTreeSet::new();
    let mut check = |name: String, description: Option<&str>| {
        if description.is_none_or(|text| text.trim().len() < 5) {
            missing.insert(name);
        }
    };
    let text = |positioned: &Option<async_graphql::Positioned<String>>| positioned.as_ref().map(|text| text.node.clone());
    for definition in types(&document) {
        let name = &definition.name.node;
        check(name.to_string(), text(&definition.description).as_deref());
        let arguments = |field: &FieldDefinition| field.arguments.iter().map(|argument| argument.node.clone()).collect::<Vec<_>>();
        let mut fields: Vec<FieldDefinition> = Vec::new();
        let mut inputs: Vec<InputValueDefinition> = Vec::new();
        match &definition.kind {
            TypeKind::Object(object) => fields.extend(object.fields.iter().map(|field| field.node.clone())),
            TypeKind::Interface(interface) => fields.extend(interface.fields.iter().map(|field| field.node.clone())),
            TypeKind::InputObject(input) => inputs.extend(input.fields.iter().map(|field| field.node.clone())),
            TypeKind::Enum(values) => {
                for value in &values.values {
                    check(format!("{name}.{}", value.node.value.node), text(&value.node.description).as_deref());
                }
            }
            TypeKind::Scalar | TypeKind::Union(_) => {}
        }
        for field in fields {
            check(format!("{name}.{}", field.name.node), text(&field.description).as_deref());
            for argument in arguments(&field) {
                check(format!("{name}.{}({}:)", field.name.node, argument.name.node), text(&argument.description).as_deref());
            }
        }
        for input in inputs {
            check(format!("{name}.{}", input.name.node), text(&input.description).as_deref());
        }
    }
    assert_eq!(missing, BTreeSet::new(), "say what these mean, their unit, and what null means");
}

#[test]
fn no_description_speaks_of_the_program() {
    for word in ["struct", "Option<", "Vec<", "i32", "resolver", "SQL", "foreign key", "uuid", "UUID"] {
        let line = written().lines().find(|line| line.contains(word)).map(str::to_owned);
        assert_eq!(line, None, "{word}");
    }
}

/// A list without a size would be priced as a single object.
#[test]
fn every_list_of_objects_has_a_size() {
    let document = parse_schema(written()).expect("the schema parses");
    let types = types(&document);
    let fields_of = |definition: &TypeDefinition| match &definition.kind {
        TypeKind::Object(object) => object.fields.iter().map(|field| field.node.clone()).collect(),
        TypeKind::Interface(interface) => interface.fields.iter().map(|field| field.node.clone()).collect(),
        _ => Vec::new(),
    };
    let base = |field: &FieldDefinition| field.ty.node.to_string().trim_matches(['[', ']', '!']).to_owned();
    let is_list = |field: &FieldDefinition| field.ty.node.to_string().starts_with('[');
    let is_leaf = |name: &str| {
        let definition = types.iter().find(|definition| definition.name.node == name);
        definition.is_none_or(|definition| matches!(definition.kind, TypeKind::Scalar | TypeKind::Enum(_)))
    };
    let size = |field: &FieldDefinition| {
        field.directives.iter().find(|directive| directive.node.name.node == "listSize").map(|directive| directive.node.clone())
    };
    // The fields that hold the items of a list whose size their parent declares.
    let mut sized = BTreeSet::new();
    for field in types.iter().flat_map(|definition| fields_of(definition)) {
        let names = size(&field).and_then(|size| size.get_argument("sizedFields").map(|names| names.node.to_string())).unwrap_or_default();
        sized.extend(names.trim_matches(['[', ']']).split(", ").map(|name| format!("{}.{}", base(&field), name.trim_matches('"'))));
    }
    for definition in &types {
        for field in fields_of(definition) {
            let name = format!("{}.{}", definition.name.node, field.name.node);
            let needs_size = is_list(&field) && !is_leaf(&base(&field));
            assert_eq!(
                needs_size && size(&field).is_none(),
                needs_size && sized.contains(&name),
                "{name} has a size of its own or of its parent"
            );
        }
    }
}

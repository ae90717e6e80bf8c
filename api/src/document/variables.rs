//! Whether the variables that were sent are what the operation declares, told before it is begun.

use std::collections::HashMap;

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{BaseType, OperationDefinition, Type};
use async_graphql::{Name, ServerError, ServerResult, Value, Variables};

use super::shape::{Input, InputField, Shape};
use crate::error::{BAD_USER_INPUT, refusal};

/// Holds the variables against their declarations.
pub(super) fn check(operation: &OperationDefinition, variables: &Variables, shape: &Shape) -> ServerResult<()> {
    for definition in &operation.variable_definitions {
        let (name, declared) = (&definition.node.name.node, &definition.node.var_type.node);
        let wrong = match variables.get(name) {
            None if declared.nullable || definition.node.default_value.is_some() => None,
            None => Some(format!("The variable `${name}` of type `{declared}` is missing.")),
            Some(value) => {
                fits(value, declared, shape).err().map(|why| format!("The variable `${name}` is not of type `{declared}`: {why}."))
            }
        };
        if let Some(message) = wrong {
            return Err(ServerError { locations: vec![definition.pos], ..refusal(BAD_USER_INPUT, message) });
        }
    }
    Ok(())
}

/// Whether a value can be of a type; what is wrong with it otherwise.
fn fits(value: &Value, declared: &Type, shape: &Shape) -> Result<(), String> {
    match (value, &declared.base) {
        (Value::Null, _) if declared.nullable => Ok(()),
        (Value::Null, _) => Err(format!("`{declared}` cannot be null")),
        (Value::List(items), BaseType::List(item)) => items.iter().try_for_each(|value| fits(value, item, shape)),
        // One thing is a list of one.
        (value, BaseType::List(item)) => fits(value, item, shape),
        (value, BaseType::Named(name)) => fits_named(value, name, shape),
    }
}

fn fits_named(value: &Value, name: &str, shape: &Shape) -> Result<(), String> {
    let is_fit = match (name, value) {
        ("Int", Value::Number(number)) => number.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
        ("ID", Value::Number(number)) => number.is_i64() || number.is_u64(),
        ("Float", Value::Number(_)) | ("String" | "ID", Value::String(_)) | ("Boolean", Value::Boolean(_)) => true,
        ("Int" | "Float" | "String" | "Boolean" | "ID", _) => false,
        _ => match (shape.input(name), value) {
            (Some(Input::Enum(values)), Value::String(chosen)) => values.contains(chosen),
            (Some(Input::Object(fields)), Value::Object(given)) => return fits_object(given, name, fields, shape),
            // A scalar of ours has its own rule; an unknown type is told by the validation.
            (known, _) => known.is_none(),
        },
    };
    is_fit.then_some(()).ok_or_else(|| format!("there is something else than `{name}`"))
}

fn fits_object(given: &IndexMap<Name, Value>, name: &str, fields: &HashMap<String, InputField>, shape: &Shape) -> Result<(), String> {
    if let Some(unknown) = given.keys().find(|key| !fields.contains_key(key.as_str())) {
        return Err(format!("`{name}` has no field `{unknown}`"));
    }
    fields.iter().try_for_each(|(field, expected)| match given.get(field.as_str()) {
        Some(value) => fits(value, &expected.declared, shape),
        None if expected.is_required => Err(format!("`{name}` needs the field `{field}`")),
        None => Ok(()),
    })
}

//! Validates variables and argument values against the schema and the operation, before execution.

use std::collections::HashMap;

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{BaseType, OperationDefinition, Selection, SelectionSet, Type, VariableDefinition};
use async_graphql::{Name, Pos, Positioned, ServerError, ServerResult, Value, Variables};
use async_graphql_value::Value as Written;

use super::schema_index::{Input, InputField, SchemaIndex};
use crate::error::{BAD_USER_INPUT, refusal};

/// An operation and the variables sent with it.
#[derive(Clone, Copy)]
pub(super) struct Sent<'a> {
    pub(super) operation: &'a OperationDefinition,
    pub(super) variables: &'a Variables,
}

impl<'a> Sent<'a> {
    /// The value of a variable: the value sent, or its default. An omitted variable without a default has no value, which is not null.
    pub(super) fn value(self, name: &Name) -> Option<&'a Value> {
        self.variables.get(name).or_else(|| self.declaration(name)?.default_value.as_ref().map(|default| &default.node))
    }

    /// Removes the arguments whose variable was omitted: they count as not written.
    pub(super) fn remove_omitted(self, set: &mut SelectionSet) {
        for item in &mut set.items {
            match &mut item.node {
                Selection::Field(field) => {
                    let is_given = |value: &Written| !matches!(value, Written::Variable(name) if self.value(name).is_none());
                    field.node.arguments.retain(|(_, value)| is_given(&value.node));
                    self.remove_omitted(&mut field.node.selection_set.node);
                }
                Selection::InlineFragment(fragment) => self.remove_omitted(&mut fragment.node.selection_set.node),
                Selection::FragmentSpread(_) => {}
            }
        }
    }

    /// The declared variables without a value: omitted ones that have no default, and nulls.
    pub(super) fn without_value(self) -> Vec<(&'a Name, &'a Type)> {
        let definitions = self.operation.variable_definitions.iter().map(|definition| &definition.node);
        let missing = definitions.filter(|definition| matches!(self.value(&definition.name.node), None | Some(Value::Null)));
        missing.map(|definition| (&definition.name.node, &definition.var_type.node)).collect()
    }

    /// The `if` of `@skip` or `@include`, which must be a `Boolean!`.
    pub(super) fn condition(self, condition: &Positioned<Written>) -> ServerResult<bool> {
        let value = match &condition.node {
            Written::Boolean(value) => Some(*value),
            Written::Variable(name) => match (self.declaration(name), self.value(name)) {
                (Some(declared), Some(Value::Boolean(value)))
                    if is_variable_usage_allowed(
                        declared,
                        &Type { base: BaseType::Named(Name::new("Boolean")), nullable: false },
                        false,
                    ) =>
                {
                    Some(*value)
                }
                _ => None,
            },
            _ => None,
        };
        value.ok_or_else(|| wrong(condition.pos, "The `if` of a directive must be of type `Boolean!`.".to_owned()))
    }

    fn declaration(self, name: &Name) -> Option<&'a VariableDefinition> {
        self.operation.variable_definitions.iter().map(|definition| &definition.node).find(|definition| definition.name.node == *name)
    }

    /// Validates the variables against their declarations.
    pub(super) fn check(self, schema: &SchemaIndex) -> ServerResult<()> {
        for definition in &self.operation.variable_definitions {
            let (name, declared) = (&definition.node.name.node, &definition.node.var_type.node);
            if let Some(directive) = definition.node.directives.first() {
                return Err(wrong(directive.pos, format!("There is no directive `@{}` for variables.", directive.node.name.node)));
            }
            if let Some(default) = &definition.node.default_value {
                let fit = Fit { schema, sent: Some(self) }.value(&default.node.clone().into_value(), declared);
                fit.map_err(|why| wrong(default.pos, format!("The default of `${name}` is not of type `{declared}`: {why}.")))?;
            }
            match self.variables.get(name) {
                None if declared.nullable || definition.node.default_value.is_some() => {}
                None => return Err(wrong(definition.pos, format!("The variable `${name}` of type `{declared}` is missing."))),
                Some(value) => Fit { schema, sent: None }
                    .value(&value.clone().into_value(), declared)
                    .map_err(|why| wrong(definition.pos, format!("The variable `${name}` is not of type `{declared}`: {why}.")))?,
            }
        }
        Ok(())
    }

    /// Validates the value of an argument against its declaration.
    pub(super) fn check_argument(
        self,
        name: &Positioned<Name>,
        value: &Written,
        expected: &InputField,
        schema: &SchemaIndex,
    ) -> ServerResult<()> {
        let fit = Fit { schema, sent: Some(self) }.field(value, expected);
        fit.map_err(|why| wrong(name.pos, format!("`{}` is not of type `{}`: {why}.", name.node, expected.declared)))
    }
}

fn wrong(place: Pos, message: String) -> ServerError {
    ServerError { locations: vec![place], ..refusal(BAD_USER_INPUT, message) }
}

/// Checks whether a value fits a type, and explains why it does not.
#[derive(Clone, Copy)]
struct Fit<'a> {
    schema: &'a SchemaIndex,
    /// The variables that a literal in a document may use; `None` for the value of a variable, in which an enum value is a string.
    sent: Option<Sent<'a>>,
}

impl Fit<'_> {
    /// Checks the value of an argument or an input field.
    fn field(self, value: &Written, expected: &InputField) -> Result<(), String> {
        match (value, self.sent) {
            (Written::Variable(name), Some(sent)) => match sent.declaration(name) {
                Some(variable) if !is_variable_usage_allowed(variable, &expected.declared, !expected.is_required) => {
                    Err(format!("`${name}` is of type `{}`", variable.var_type.node))
                }
                _ => Ok(()),
            },
            _ => self.value(value, &expected.declared),
        }
    }

    fn value(self, value: &Written, declared: &Type) -> Result<(), String> {
        match (value, &declared.base) {
            // An item of a list has no default.
            (Written::Variable(_), _) => self.field(value, &InputField { declared: declared.clone(), is_required: true }),
            (Written::Null, _) if declared.nullable => Ok(()),
            (Written::Null, _) => Err(format!("`{declared}` cannot be null")),
            (Written::List(items), BaseType::List(item)) => items.iter().try_for_each(|value| self.value(value, item)),
            // Input coercion: a single value becomes a list of one.
            (value, BaseType::List(item)) => self.value(value, item),
            (value, BaseType::Named(name)) => self.named(value, name),
        }
    }

    fn named(self, value: &Written, name: &str) -> Result<(), String> {
        let is_fit = match (name, value) {
            ("Int", Written::Number(number)) => number.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
            ("ID", Written::Number(number)) => number.is_i64() || number.is_u64(),
            ("Float", Written::Number(_)) | ("String" | "ID", Written::String(_)) | ("Boolean", Written::Boolean(_)) => true,
            ("Int" | "Float" | "String" | "Boolean" | "ID", _) => false,
            _ => match (self.schema.input(name), value, self.sent) {
                (Some(Input::Enum(values)), Written::Enum(chosen), Some(_)) => values.iter().any(|value| value == chosen.as_str()),
                (Some(Input::Enum(values)), Written::String(chosen), None) => values.contains(chosen),
                (Some(Input::Object(fields)), Written::Object(given), _) => return self.object(given, name, fields),
                // Our custom scalars check themselves. Validation reports an unknown type.
                (known, ..) => known.is_none(),
            },
        };
        is_fit.then_some(()).ok_or_else(|| format!("there is something else than `{name}`"))
    }

    fn object(self, given: &IndexMap<Name, Written>, name: &str, fields: &HashMap<String, InputField>) -> Result<(), String> {
        if let Some(unknown) = given.keys().find(|key| !fields.contains_key(key.as_str())) {
            return Err(format!("`{name}` has no field `{unknown}`"));
        }
        fields.iter().try_for_each(|(field, expected)| match given.get(field.as_str()) {
            Some(value) => self.field(value, expected).map_err(|why| format!("in `{field}` {why}")),
            None if expected.is_required => Err(format!("`{name}` needs the field `{field}`")),
            None => Ok(()),
        })
    }
}

/// Whether a variable is allowed where a type is expected. A nullable variable is allowed in a non-null position only if the variable or
/// the position has a default.
fn is_variable_usage_allowed(variable: &VariableDefinition, expected: &Type, has_default: bool) -> bool {
    let has_default = has_default || variable.default_value().is_some_and(|default| *default != Value::Null);
    let nullable = variable.var_type.node.nullable && !has_default;
    are_types_compatible(&Type { nullable, base: variable.var_type.node.base.clone() }, expected)
}

/// Whether one type is a subtype of another: each of its values is valid there too.
fn are_types_compatible(inner: &Type, outer: &Type) -> bool {
    let bases = match (&inner.base, &outer.base) {
        (BaseType::Named(inner), BaseType::Named(outer)) => inner == outer,
        (BaseType::List(inner), BaseType::List(outer)) => are_types_compatible(inner, outer),
        _ => false,
    };
    bases && (outer.nullable || !inner.nullable)
}

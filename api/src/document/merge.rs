//! Merges the selections of a document, so that each response key is selected once.
//!
//! async-graphql runs a resolver for each selection and merges the values afterwards. Here the selections are merged first, by the rules of
//! the specification for collecting fields. The result has no `@skip` and no `@include`. Its only fragments are those on the possible types
//! of an interface or a union.

use async_graphql::parser::types::{
    ExecutableDocument, Field, InlineFragment, OperationDefinition, Selection, SelectionSet, TypeCondition,
};
use async_graphql::{Name, Pos, Positioned, ServerResult};

use super::conflicts;
use super::schema_index::SchemaIndex;
use super::variables::Sent;
use crate::error::ambiguous;

/// Merges the selections of an operation. async-graphql must have validated the document.
///
/// # Errors
/// When the selections of one response key conflict, which async-graphql checks on one level only, or when the `if` of a directive is not a
/// `Boolean!`. Selections that `@skip` removes must not conflict either.
pub(super) fn merge(document: &ExecutableDocument, sent: Sent<'_>, schema: &SchemaIndex) -> ServerResult<OperationDefinition> {
    let root = schema.root(sent.operation.ty);
    let sets = [&sent.operation.selection_set.node];
    let whole = Merger { document, sent, schema, keeps_all: true }.set(&sets, Some(root))?;
    conflicts::check(&whole, root, schema)?;
    let set = match has_directives(document) {
        true => Merger { document, sent, schema, keeps_all: false }.set(&sets, Some(root))?,
        false => whole,
    };
    let mut merged = sent.operation.clone();
    merged.selection_set.node = set;
    Ok(merged)
}

struct Merger<'a> {
    document: &'a ExecutableDocument,
    sent: Sent<'a>,
    schema: &'a SchemaIndex,
    /// Whether to keep the selections that `@skip` or `@include` removes.
    keeps_all: bool,
}

/// The fields of one response key, in the order in which they were selected.
type Group<'a> = Vec<&'a Positioned<Field>>;

impl<'a> Merger<'a> {
    /// Merges selection sets on one type. Below `__schema` the type is unknown.
    fn set(&self, sets: &[&'a SelectionSet], on: Option<&str>) -> ServerResult<SelectionSet> {
        let possible = on.and_then(|on| self.schema.get(on)).map(|on| on.possible.as_slice()).unwrap_or_default();
        let items = match possible.is_empty() || !sets.iter().any(|set| has_fragments(set)) {
            true => self.fields(sets, on)?,
            false => self.on_objects(sets, possible)?,
        };
        Ok(SelectionSet { items })
    }

    /// Merges the selection sets for each possible type of an interface or union, into one inline fragment each.
    fn on_objects(&self, sets: &[&'a SelectionSet], possible: &[String]) -> ServerResult<Vec<Positioned<Selection>>> {
        let mut items = Vec::new();
        for object in possible {
            let set = SelectionSet { items: self.fields(sets, Some(object))? };
            let on = Positioned::new(Name::new(object), Pos::default());
            let fragment = InlineFragment {
                type_condition: Some(Positioned::new(TypeCondition { on }, Pos::default())),
                directives: Vec::new(),
                selection_set: Positioned::new(set, Pos::default()),
            };
            items.push(Positioned::new(Selection::InlineFragment(Positioned::new(fragment, Pos::default())), Pos::default()));
        }
        Ok(items)
    }

    /// One field for each response key.
    fn fields(&self, sets: &[&'a SelectionSet], on: Option<&str>) -> ServerResult<Vec<Positioned<Selection>>> {
        let mut groups: Vec<Group<'a>> = Vec::new();
        for set in sets {
            self.collect(set, on, &mut groups)?;
        }
        groups.iter().map(|group| self.field(group, on)).collect()
    }

    fn collect(&self, set: &'a SelectionSet, on: Option<&str>, groups: &mut Vec<Group<'a>>) -> ServerResult<()> {
        for selection in &set.items {
            if !self.keeps_all && !self.is_included(&selection.node)? {
                continue;
            }
            match &selection.node {
                Selection::Field(field) => {
                    let key = &field.node.response_key().node;
                    match groups.iter_mut().find(|group| group[0].node.response_key().node == *key) {
                        Some(group) => group.push(field),
                        None => groups.push(vec![field]),
                    }
                }
                Selection::InlineFragment(fragment) => {
                    let condition = fragment.node.type_condition.as_ref().map(|condition| &condition.node.on.node);
                    if condition.is_none_or(|condition| self.schema.applies(condition, on)) {
                        self.collect(&fragment.node.selection_set.node, on, groups)?;
                    }
                }
                Selection::FragmentSpread(spread) => {
                    let fragment = self.document.fragments.get(&spread.node.fragment_name.node);
                    if let Some(fragment) = fragment.filter(|fragment| self.schema.applies(&fragment.node.type_condition.node.on.node, on))
                    {
                        self.collect(&fragment.node.selection_set.node, on, groups)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn field(&self, group: &Group<'a>, on: Option<&str>) -> ServerResult<Positioned<Selection>> {
        let first = group[0];
        if let Some(other) = group.iter().find(|other| !is_same(&first.node, &other.node)) {
            return Err(ambiguous(&first.node.response_key().node, other.pos));
        }
        let sets: Vec<&SelectionSet> = group.iter().map(|field| &field.node.selection_set.node).collect();
        let known = on.and_then(|on| self.schema.get(on)).and_then(|on| on.field(&first.node.name.node));
        let set = self.set(&sets, known.map(|known| known.type_name.as_str()))?;
        let merged = Field {
            alias: first.node.alias.clone(),
            name: first.node.name.clone(),
            arguments: first.node.arguments.clone(),
            directives: Vec::new(),
            selection_set: Positioned::new(set, first.node.selection_set.pos),
        };
        Ok(Positioned::new(Selection::Field(Positioned::new(merged, first.pos)), first.pos))
    }

    /// Whether neither `@skip` nor `@include` removes a selection.
    fn is_included(&self, selection: &Selection) -> ServerResult<bool> {
        for directive in selection.directives() {
            let condition = directive.node.get_argument("if").map(|condition| self.sent.condition(condition)).transpose()?;
            let is_included = match directive.node.name.node.as_str() {
                "skip" => condition != Some(true),
                "include" => condition == Some(true),
                _ => true,
            };
            if !is_included {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Whether any selection in the operations or fragments has a directive.
fn has_directives(document: &ExecutableDocument) -> bool {
    fn within(set: &SelectionSet) -> bool {
        set.items.iter().any(|item| {
            let below = match &item.node {
                Selection::Field(field) => Some(&field.node.selection_set.node),
                Selection::InlineFragment(fragment) => Some(&fragment.node.selection_set.node),
                Selection::FragmentSpread(_) => None,
            };
            !item.node.directives().is_empty() || below.is_some_and(within)
        })
    }
    let fragments = document.fragments.values().map(|fragment| &fragment.node.selection_set);
    document.operations.iter().map(|(_, operation)| &operation.node.selection_set).chain(fragments).any(|set| within(&set.node))
}

fn has_fragments(set: &SelectionSet) -> bool {
    set.items.iter().any(|selection| !matches!(selection.node, Selection::Field(_)))
}

/// Whether two fields have the same name and arguments, in any argument order.
fn is_same(one: &Field, other: &Field) -> bool {
    let has = |name: &Name, value: &_| other.get_argument(name).is_some_and(|other| other.node == *value);
    one.name.node == other.name.node
        && one.arguments.len() == other.arguments.len()
        && one.arguments.iter().all(|(name, value)| has(&name.node, &value.node))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use async_graphql::parser::parse_query;
    use async_graphql::parser::types::DocumentOperations;
    use async_graphql::{
        Context, EmptyMutation, EmptySubscription, Interface, Object, Request, Schema, SimpleObject, ValidationMode, Variables,
    };
    use serde_json::{Value as Json, json};

    use super::*;

    struct Query;

    #[Object]
    impl Query {
        async fn race(&self, ctx: &Context<'_>) -> Race {
            ctx.data_unchecked::<Arc<AtomicUsize>>().fetch_add(1, Ordering::Relaxed);
            Race { name: "keirin", laps: 6, by: Competitor::Team(Team { name: "GBR", riders: vec!["Hoy", "Kenny"], coach: None }) }
        }
    }

    #[derive(SimpleObject)]
    struct Race {
        name: &'static str,
        laps: i32,
        by: Competitor,
    }

    #[derive(Interface)]
    #[graphql(field(name = "name", ty = "&&'static str"))]
    enum Competitor {
        Athlete(Athlete),
        Team(Team),
    }

    #[derive(SimpleObject)]
    struct Athlete {
        name: &'static str,
        born: i32,
        coach: Option<Box<Athlete>>,
    }

    #[derive(SimpleObject)]
    struct Team {
        name: &'static str,
        riders: Vec<&'static str>,
        coach: Option<Box<Athlete>>,
    }

    /// Executes a merged document. Returns the response, and how often `race` was resolved.
    async fn ask(document: &str, variables: Json) -> (String, usize) {
        let resolved = Arc::new(AtomicUsize::new(0));
        let schema = Schema::build(Query, EmptyMutation, EmptySubscription)
            .validation_mode(ValidationMode::Fast)
            .data(Arc::clone(&resolved))
            .finish();
        let variables = Variables::from_json(variables);
        let operation = merged(document, &variables, &SchemaIndex::of(&schema.sdl())).expect("a document without conflicts");
        let operations = DocumentOperations::Single(Positioned::new(operation, Pos::default()));
        let mut request = Request::new("").variables(variables);
        request.set_parsed_query(ExecutableDocument { operations, fragments: HashMap::new() });
        let answer = schema.execute(request).await;
        assert_eq!(answer.errors, [], "{document}");
        (answer.data.into_json().expect("JSON").to_string(), resolved.load(Ordering::Relaxed))
    }

    fn merged(document: &str, variables: &Variables, schema: &SchemaIndex) -> ServerResult<OperationDefinition> {
        let parsed = parse_query(document).expect("a document");
        let (_, operation) = parsed.operations.iter().next().expect("an operation");
        merge(&parsed, Sent { operation: &operation.node, variables }, schema)
    }

    #[test]
    fn a_key_stands_for_one_thing() {
        let schema = SchemaIndex::of(&Schema::new(Query, EmptyMutation, EmptySubscription).sdl());
        let is_merged = |document: &str| merged(document, &Variables::default(), &schema).is_ok();
        for document in [
            "{ race { x: name } race { x: laps } }",
            "{ race { by { ... on Team { x: name } } } race { by { ... on Team { x: riders } } } }",
            "{ race { by { ... on Team { x: riders } ... on Athlete { x: born } } } }",
            "{ race { by { ... on Team { x: name } ... on Athlete { x: born } } } }",
            "{ race { x: name @skip(if: true) x: laps } }",
            "{ race { by { ... on Team { x: coach { y: name } } ... on Athlete { x: coach { y: born } } } } }",
        ] {
            assert!(!is_merged(document), "{document}");
        }
        for document in [
            "{ race { x: name } race { x: name } }",
            "{ race { by { ... on Team { x: name } ... on Athlete { x: name } } } }",
            "{ race { by { ... on Team { coach { y: name } } ... on Athlete { coach { y: name born } } } } }",
        ] {
            assert!(is_merged(document), "{document}");
        }
    }

    #[tokio::test]
    async fn a_field_is_resolved_once_however_often_it_is_selected() {
        for document in [
            "{ race { name laps } }",
            "{ race { name } race { laps } }",
            "{ race { name } ... { race { laps } } }",
            "{ race { name } ... on Query { race { laps } } }",
            "{ ...A ...B } fragment A on Query { race { name } } fragment B on Query { race { ...C } } fragment C on Race { name laps }",
            "{ race { name } race @include(if: true) { laps } ...A @skip(if: true) } fragment A on Query { race { by { name } } }",
        ] {
            assert_eq!(ask(document, json!({})).await, (r#"{"race":{"name":"keirin","laps":6}}"#.to_owned(), 1), "{document}");
        }
        assert_eq!(ask("{ a: race { name } b: race { name } }", json!({})).await.1, 2, "another key is another field");
    }

    #[tokio::test]
    async fn keys_come_in_the_order_of_their_first_selection() {
        let document = "{ race { laps } race { name laps } race { laps __typename } }";
        assert_eq!(ask(document, json!({})).await.0, r#"{"race":{"laps":6,"name":"keirin","__typename":"Race"}}"#);
    }

    #[tokio::test]
    async fn fragments_on_types_keep_to_their_types() {
        for (document, team) in [
            ("{ race { by { name ... on Team { riders } ... on Athlete { born } } } }", r#"{"name":"GBR","riders":["Hoy","Kenny"]}"#),
            ("{ race { by { ... on Team { riders name } name } } }", r#"{"riders":["Hoy","Kenny"],"name":"GBR"}"#),
            ("{ race { by { ... on Athlete { born } name } } }", r#"{"name":"GBR"}"#),
            (
                "{ race { by { ... on Competitor { name ... on Team { riders } } __typename } } }",
                r#"{"name":"GBR","riders":["Hoy","Kenny"],"__typename":"Team"}"#,
            ),
        ] {
            assert_eq!(ask(document, json!({})).await.0, format!(r#"{{"race":{{"by":{team}}}}}"#), "{document}");
        }
    }

    #[tokio::test]
    async fn conditions_are_decided_by_variables_and_their_defaults() {
        let document = "query ($all: Boolean = true) { race { name laps @include(if: $all) } }";
        let (all, few) = (r#"{"race":{"name":"keirin","laps":6}}"#, r#"{"race":{"name":"keirin"}}"#);
        assert_eq!(ask(document, json!({})).await.0, all);
        assert_eq!(ask(document, json!({ "all": true })).await.0, all);
        assert_eq!(ask(document, json!({ "all": false })).await.0, few);
        assert_eq!(ask("query ($few: Boolean!) { race { name laps @skip(if: $few) } }", json!({ "few": true })).await.0, few);
        assert_eq!(ask("{ race @skip(if: true) { name } __typename }", json!({})).await, (r#"{"__typename":"Query"}"#.to_owned(), 0));
    }
}

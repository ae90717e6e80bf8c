//! One field for each response key: what a document selects several times, it asks for once.
//!
//! The library runs a resolver for each selection and merges the values afterwards. Here the selections are merged before,
//! by the rules that GraphQL collects fields by, so that what is left has no fragments but those on the types of an
//! interface or a union, and no `@skip` or `@include`.

use std::collections::HashMap;

use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, Field, InlineFragment, OperationDefinition, Selection, SelectionSet, TypeCondition,
};
use async_graphql::{Name, Pos, Positioned, Value, Variables};

use super::price::value;
use super::shape::Shape;

/// The document with nothing but this operation, merged. The document must be valid.
pub(super) fn merge(
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    variables: &Variables,
    shape: &Shape,
) -> ExecutableDocument {
    let merger = Merger { document, operation, variables, shape };
    let set = merger.set(&[&operation.selection_set.node], Some("Query"));
    let mut merged = operation.clone();
    merged.selection_set.node = set;
    let operations = DocumentOperations::Single(Positioned::new(merged, Pos::default()));
    ExecutableDocument { operations, fragments: HashMap::new() }
}

struct Merger<'a> {
    document: &'a ExecutableDocument,
    operation: &'a OperationDefinition,
    variables: &'a Variables,
    shape: &'a Shape,
}

/// The fields of one response key, in the order in which they were selected.
type Group<'a> = Vec<&'a Positioned<Field>>;

impl<'a> Merger<'a> {
    /// The union of selection sets on one type, which is not known below `__schema`.
    fn set(&self, sets: &[&'a SelectionSet], on: Option<&str>) -> SelectionSet {
        let possible = on.and_then(|on| self.shape.get(on)).map(|on| on.possible.as_slice()).unwrap_or_default();
        let items = match possible.is_empty() || !sets.iter().any(|set| has_fragments(set)) {
            true => self.fields(sets, on),
            false => possible.iter().map(|object| self.on_object(sets, object)).collect(),
        };
        SelectionSet { items }
    }

    /// What the selection sets ask of one of the types that an interface or union has.
    fn on_object(&self, sets: &[&'a SelectionSet], object: &str) -> Positioned<Selection> {
        let on = Positioned::new(Name::new(object), Pos::default());
        let fragment = InlineFragment {
            type_condition: Some(Positioned::new(TypeCondition { on }, Pos::default())),
            directives: Vec::new(),
            selection_set: Positioned::new(SelectionSet { items: self.fields(sets, Some(object)) }, Pos::default()),
        };
        Positioned::new(Selection::InlineFragment(Positioned::new(fragment, Pos::default())), Pos::default())
    }

    /// One field for each response key.
    fn fields(&self, sets: &[&'a SelectionSet], on: Option<&str>) -> Vec<Positioned<Selection>> {
        let mut groups: Vec<Group<'a>> = Vec::new();
        for set in sets {
            self.collect(set, on, &mut groups);
        }
        groups.iter().map(|group| self.field(group, on)).collect()
    }

    fn collect(&self, set: &'a SelectionSet, on: Option<&str>, groups: &mut Vec<Group<'a>>) {
        for selection in set.items.iter().map(|selection| &selection.node).filter(|selection| self.is_included(selection)) {
            match selection {
                Selection::Field(field) => {
                    let key = &field.node.response_key().node;
                    match groups.iter_mut().find(|group| group[0].node.response_key().node == *key) {
                        Some(group) => group.push(field),
                        None => groups.push(vec![field]),
                    }
                }
                Selection::InlineFragment(fragment) => {
                    let condition = fragment.node.type_condition.as_ref().map(|condition| &condition.node.on.node);
                    if condition.is_none_or(|condition| self.shape.applies(condition, on)) {
                        self.collect(&fragment.node.selection_set.node, on, groups);
                    }
                }
                Selection::FragmentSpread(spread) => {
                    let fragment = self.document.fragments.get(&spread.node.fragment_name.node);
                    if let Some(fragment) = fragment.filter(|fragment| self.shape.applies(&fragment.node.type_condition.node.on.node, on)) {
                        self.collect(&fragment.node.selection_set.node, on, groups);
                    }
                }
            }
        }
    }

    fn field(&self, group: &Group<'a>, on: Option<&str>) -> Positioned<Selection> {
        let first = group[0];
        let sets: Vec<&SelectionSet> = group.iter().map(|field| &field.node.selection_set.node).collect();
        let known = on.and_then(|on| self.shape.get(on)).and_then(|on| on.field(&first.node.name.node));
        let merged = Field {
            alias: first.node.alias.clone(),
            name: first.node.name.clone(),
            arguments: first.node.arguments.clone(),
            directives: Vec::new(),
            selection_set: Positioned::new(self.set(&sets, known.map(|known| known.leads_to.as_str())), first.node.selection_set.pos),
        };
        Positioned::new(Selection::Field(Positioned::new(merged, first.pos)), first.pos)
    }

    /// Whether neither `@skip` nor `@include` takes a selection away.
    fn is_included(&self, selection: &Selection) -> bool {
        selection.directives().iter().all(|directive| {
            let condition = directive.node.get_argument("if").and_then(|condition| {
                condition.node.clone().into_const_with(|variable| value(self.operation, self.variables, &variable).ok_or(())).ok()
            });
            match directive.node.name.node.as_str() {
                "skip" => condition != Some(Value::Boolean(true)),
                "include" => condition == Some(Value::Boolean(true)),
                _ => true,
            }
        })
    }
}

fn has_fragments(set: &SelectionSet) -> bool {
    set.items.iter().any(|selection| !matches!(selection.node, Selection::Field(_)))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use async_graphql::parser::parse_query;
    use async_graphql::{Context, EmptyMutation, EmptySubscription, Interface, Object, Request, Schema, SimpleObject, ValidationMode};
    use serde_json::{Value as Json, json};

    use super::*;

    struct Query;

    #[Object]
    impl Query {
        async fn race(&self, ctx: &Context<'_>) -> Race {
            ctx.data_unchecked::<Arc<AtomicUsize>>().fetch_add(1, Ordering::Relaxed);
            Race { name: "keirin", laps: 6, by: Competitor::Team(Team { name: "GBR", riders: vec!["Hoy", "Kenny"] }) }
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
    }

    #[derive(SimpleObject)]
    struct Team {
        name: &'static str,
        riders: Vec<&'static str>,
    }

    /// The answer to a document that is merged, and how often `race` was resolved for it.
    async fn ask(document: &str, variables: Json) -> (String, usize) {
        let resolved = Arc::new(AtomicUsize::new(0));
        let schema = Schema::build(Query, EmptyMutation, EmptySubscription)
            .validation_mode(ValidationMode::Fast)
            .data(Arc::clone(&resolved))
            .finish();
        let (shape, variables) = (Shape::of(&schema.sdl()), Variables::from_json(variables));
        let parsed = parse_query(document).expect("a document");
        let (_, operation) = parsed.operations.iter().next().expect("an operation");
        let mut request = Request::new("").variables(variables.clone());
        request.set_parsed_query(merge(&parsed, &operation.node, &variables, &shape));
        let answer = schema.execute(request).await;
        assert_eq!(answer.errors, [], "{document}");
        (answer.data.into_json().expect("JSON").to_string(), resolved.load(Ordering::Relaxed))
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

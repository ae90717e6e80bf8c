//! One field for each response key: what a document selects several times, it asks for once.
//!
//! The library runs a resolver for each selection and merges the values afterwards. Here the selections are merged before,
//! by the rules that GraphQL collects fields by, so that what is left has no fragments but those on the types of an
//! interface or a union, and no `@skip` or `@include`.

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
    ExecutableDocument { operations, fragments: Default::default() }
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

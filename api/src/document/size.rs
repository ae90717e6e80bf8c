//! Measures a document. Each fragment counts at every spread, but is visited only once.

use std::collections::HashMap;

use async_graphql::parser::types::{Directive, ExecutableDocument, Field, Selection, SelectionSet};
use async_graphql::{Name, Positioned, ServerResult};

use super::weight::Weights;
use crate::error::malformed;

/// How large a document is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Size {
    /// The number of aliases as written, without expanding fragments.
    pub(super) aliases: u64,
    /// The number of directives as written, without expanding fragments.
    pub(super) directives: u64,
    /// The sizes that count again at every spread of a fragment.
    pub(super) spread: Spread,
}

/// The size of a selection set with its fragments expanded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Spread {
    /// The number of fields and fragment spreads.
    pub(super) selections: u64,
    /// The depth of nested fields, fragments and spreads.
    pub(super) nesting: u64,
    /// The weight of the arguments.
    pub(super) weight: u64,
}

impl Spread {
    fn plus(self, other: Self) -> Self {
        Self {
            selections: self.selections.saturating_add(other.selections),
            nesting: self.nesting.max(other.nesting),
            weight: self.weight.saturating_add(other.weight),
        }
    }

    /// Adds one level of nesting, and the given selections and weight.
    fn within(self, selections: u64, weight: u64) -> Self {
        Self { nesting: self.nesting + 1, ..self.plus(Self { selections, weight, nesting: 0 }) }
    }
}

/// Measures all operations of a document.
///
/// # Errors
/// When a fragment spreads itself.
pub(super) fn size(document: &ExecutableDocument, weights: &Weights) -> ServerResult<Size> {
    let mut counter = Counter { document, weights, known: HashMap::new(), size: Size::default() };
    for (_, operation) in document.operations.iter() {
        counter.size.directives += operation.node.directives.len() as u64;
        let spread = counter.set(&operation.node.selection_set.node)?;
        counter.size.spread = counter.size.spread.plus(spread);
    }
    Ok(counter.size)
}

struct Counter<'a> {
    document: &'a ExecutableDocument,
    weights: &'a Weights,
    /// The fragments visited so far; `None` while a fragment is being measured.
    known: HashMap<&'a Name, Option<Spread>>,
    size: Size,
}

impl<'a> Counter<'a> {
    fn set(&mut self, set: &'a SelectionSet) -> ServerResult<Spread> {
        let mut sum = Spread::default();
        for selection in &set.items {
            let directives = selection.node.directives();
            self.size.directives += directives.len() as u64;
            let weight = self.directives(directives);
            sum = sum.plus(match &selection.node {
                Selection::Field(field) => self.field(&field.node)?.within(1, weight),
                Selection::InlineFragment(fragment) => self.set(&fragment.node.selection_set.node)?.within(0, weight),
                Selection::FragmentSpread(spread) => self.fragment(&spread.node.fragment_name.node)?.within(1, weight),
            });
        }
        Ok(sum)
    }

    fn field(&mut self, field: &'a Field) -> ServerResult<Spread> {
        self.size.aliases += u64::from(field.alias.is_some());
        let weight = self.weights.of_arguments(&field.arguments);
        Ok(self.set(&field.selection_set.node)?.plus(Spread { weight, ..Spread::default() }))
    }

    fn directives(&self, directives: &[Positioned<Directive>]) -> u64 {
        directives.iter().fold(0, |sum, directive| sum.saturating_add(self.weights.of_arguments(&directive.node.arguments)))
    }

    fn fragment(&mut self, name: &'a Name) -> ServerResult<Spread> {
        match (self.known.get(name), self.document.fragments.get(name)) {
            (Some(Some(known)), _) => Ok(*known),
            (Some(None), _) => Err(malformed(&format!("the fragment `{name}` spreads itself"))),
            // Validation reports an unknown fragment.
            (None, None) => Ok(Spread::default()),
            (None, Some(fragment)) => {
                self.known.insert(name, None);
                self.size.directives += fragment.node.directives.len() as u64;
                let spread = self.set(&fragment.node.selection_set.node)?;
                self.known.insert(name, Some(spread));
                Ok(spread)
            }
        }
    }
}

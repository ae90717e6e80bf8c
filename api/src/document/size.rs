//! How large a document is, with each fragment counted wherever it is spread, but looked at once.

use std::collections::HashMap;

use async_graphql::parser::types::{ExecutableDocument, Selection, SelectionSet};
use async_graphql::{Name, ServerResult};

use crate::error::malformed;

/// How large a document is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Size {
    /// Fields and spreads, those of a fragment wherever it is spread.
    pub(super) selections: u64,
    /// Aliases, as often as they are written.
    pub(super) aliases: u64,
    /// Directives, as often as they are written.
    pub(super) directives: u64,
}

/// Measures all operations of a document. A fragment that spreads itself has no size.
pub(super) fn size(document: &ExecutableDocument) -> ServerResult<Size> {
    let mut counter = Counter { document, known: HashMap::new(), size: Size::default() };
    for (_, operation) in document.operations.iter() {
        counter.size.directives += operation.node.directives.len() as u64;
        let selections = counter.selections(&operation.node.selection_set.node)?;
        counter.size.selections = counter.size.selections.saturating_add(selections);
    }
    Ok(counter.size)
}

struct Counter<'a> {
    document: &'a ExecutableDocument,
    /// The selections of the fragments met so far; none while a fragment is being counted.
    known: HashMap<&'a Name, Option<u64>>,
    size: Size,
}

impl<'a> Counter<'a> {
    fn selections(&mut self, set: &'a SelectionSet) -> ServerResult<u64> {
        let mut sum = 0_u64;
        for selection in &set.items {
            self.size.directives += selection.node.directives().len() as u64;
            sum = sum.saturating_add(match &selection.node {
                Selection::Field(field) => {
                    self.size.aliases += u64::from(field.node.alias.is_some());
                    self.selections(&field.node.selection_set.node)?.saturating_add(1)
                }
                Selection::InlineFragment(fragment) => self.selections(&fragment.node.selection_set.node)?,
                Selection::FragmentSpread(spread) => self.fragment(&spread.node.fragment_name.node)?.saturating_add(1),
            });
        }
        Ok(sum)
    }

    fn fragment(&mut self, name: &'a Name) -> ServerResult<u64> {
        match (self.known.get(name), self.document.fragments.get(name)) {
            (Some(Some(known)), _) => Ok(*known),
            (Some(None), _) => Err(malformed(&format!("the fragment `{name}` spreads itself"))),
            // Which the validation will say.
            (None, None) => Ok(0),
            (None, Some(fragment)) => {
                self.known.insert(name, None);
                self.size.directives += fragment.node.directives.len() as u64;
                let selections = self.selections(&fragment.node.selection_set.node)?;
                self.known.insert(name, Some(selections));
                Ok(selections)
            }
        }
    }
}

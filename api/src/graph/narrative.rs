//! `Narrative`.

use std::sync::Arc;

use async_graphql::{Description, Object};
use podium_entity::narrative;

/// A passage of text about a Games, an event family, an event or an edition.
#[derive(Description)]
pub(crate) struct Narrative(pub(crate) Arc<narrative::Model>);

#[Object(use_type_description)]
impl Narrative {
    /// The section that the passage belongs to: `history`, `qualification`, `course`, `note` and others.
    async fn section(&self) -> &str {
        &self.0.section
    }

    /// The text.
    async fn body(&self) -> &str {
        &self.0.body
    }

    /// The language of the text as a BCP 47 tag: `en`.
    async fn language(&self) -> &str {
        &self.0.language
    }
}

impl Narrative {
    /// The passages of one section, or of all sections.
    pub(crate) fn of_section(all: Vec<Arc<narrative::Model>>, section: Option<&String>) -> Vec<Self> {
        all.into_iter().filter(|passage| section.is_none_or(|section| passage.section == *section)).map(Self).collect()
    }
}

//! Leaf rows: rows that no foreign key references. Their id has an index instead of a primary key, and a first import builds that
//! index at its end.

use std::collections::HashSet;

use podium_entity::{athlete_name, entry_member, medal_recipient};
use sea_orm::prelude::Uuid;

use crate::error::Error;
use crate::write::writer::Writer;

/// The leaf rows of athletes: other names, memberships in entries, and medals received.
#[derive(Debug, Default)]
pub(super) struct LeafRows {
    pub(super) names: Vec<athlete_name::Model>,
    pub(super) members: Vec<entry_member::Model>,
    pub(super) recipients: Vec<medal_recipient::Model>,
}

impl LeafRows {
    /// Removes and returns the rows of these athletes.
    pub(super) fn take_of(&mut self, athletes: &HashSet<Uuid>) -> Self {
        Self {
            names: self.names.extract_if(.., |row| athletes.contains(&row.athlete_id)).collect(),
            members: self.members.extract_if(.., |row| athletes.contains(&row.athlete_id)).collect(),
            recipients: self.recipients.extract_if(.., |row| athletes.contains(&row.athlete_id)).collect(),
        }
    }

    pub(super) fn add(&mut self, other: Self) {
        self.names.extend(other.names);
        self.members.extend(other.members);
        self.recipients.extend(other.recipients);
    }

    pub(super) async fn write(self, writer: &mut Writer<'_>) -> Result<(), Error> {
        writer.write::<athlete_name::Entity>("athlete_names", self.names).await?;
        writer.write::<entry_member::Entity>("entry_members", self.members).await?;
        writer.write::<medal_recipient::Entity>("medal_recipients", self.recipients).await
    }
}

//! The scope of a medal count or table.

use sea_orm::prelude::Uuid;

/// The kind of thing that has medals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ScopeKind {
    World,
    Games,
    Sport,
    Discipline,
    Family,
    Event,
    Nation,
    Athlete,
}

/// A thing that has medals: a Games, an event, an athlete; or the whole world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Scope {
    pub(crate) kind: ScopeKind,
    pub(crate) id: Option<Uuid>,
}

impl Scope {
    pub(crate) const WORLD: Self = Self { kind: ScopeKind::World, id: None };

    pub(crate) fn of(kind: ScopeKind, id: Uuid) -> Self {
        Self { kind, id: Some(id) }
    }
}

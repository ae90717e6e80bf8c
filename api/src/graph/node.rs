//! `Node`: anything with a global id.

use async_graphql::{Context, ID, Interface};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use podium_entity::table::Table;
use podium_entity::{
    athlete, discipline, entry, event, event_edition, event_family, games, lineage, medal_award, nation, phase, record_mark, result,
    source, sport, venue,
};
use podium_store::RowOf;
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::graph::athlete::Athlete;
use crate::graph::competitor::Team;
use crate::graph::discipline::Discipline;
use crate::graph::entry::Entry;
use crate::graph::event::Event;
use crate::graph::event_edition::EventEdition;
use crate::graph::event_family::EventFamily;
use crate::graph::event_result::EventResult;
use crate::graph::games::Games;
use crate::graph::lineage::Lineage;
use crate::graph::medal_award::MedalAward;
use crate::graph::nation::Nation;
use crate::graph::phase::Phase;
use crate::graph::phase_result::PhaseResult;
use crate::graph::record_mark::RecordMark;
use crate::graph::source::Source;
use crate::graph::sport::Sport;
use crate::graph::venue::Venue;
use crate::loader::{ById, LoaderContext};

/// Any object that can be queried by its global id.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "The global id, the same in every copy of Podium."))]
pub(crate) enum Node {
    Games(Games),
    Nation(Nation),
    Sport(Sport),
    Discipline(Discipline),
    EventFamily(EventFamily),
    Event(Event),
    EventEdition(EventEdition),
    Athlete(Athlete),
    Entry(Entry),
    EventResult(EventResult),
    MedalAward(MedalAward),
    Phase(Phase),
    PhaseResult(PhaseResult),
    Team(Team),
    RecordMark(RecordMark),
    Venue(Venue),
    Lineage(Lineage),
    Source(Source),
}

/// The type of object that a global id identifies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NodeType {
    Games,
    Nation,
    Sport,
    Discipline,
    EventFamily,
    Event,
    EventEdition,
    Athlete,
    Entry,
    EventResult,
    MedalAward,
    Phase,
    PhaseResult,
    Team,
    RecordMark,
    Venue,
    Lineage,
    Source,
}

const TYPES: [NodeType; 18] = [
    NodeType::Games,
    NodeType::Nation,
    NodeType::Sport,
    NodeType::Discipline,
    NodeType::EventFamily,
    NodeType::Event,
    NodeType::EventEdition,
    NodeType::Athlete,
    NodeType::Entry,
    NodeType::EventResult,
    NodeType::MedalAward,
    NodeType::Phase,
    NodeType::PhaseResult,
    NodeType::Team,
    NodeType::RecordMark,
    NodeType::Venue,
    NodeType::Lineage,
    NodeType::Source,
];

/// The global id of a row.
pub(crate) fn global_id(node_type: NodeType, id: Uuid) -> ID {
    ID(BASE64_URL_SAFE_NO_PAD.encode(format!("{node_type:?}:{}", id.simple())))
}

/// The type and key that a global id encodes; `None` when it is not a Podium id.
fn parse(id: &ID) -> Option<(NodeType, Uuid)> {
    let text = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(id.as_str()).ok()?).ok()?;
    let (name, id) = text.split_once(':')?;
    let node_type = TYPES.into_iter().find(|node_type| format!("{node_type:?}") == name)?;
    Some((node_type, Uuid::try_parse(id).ok()?))
}

/// The key in a global id of this type; none when it has another type or is not a Podium id.
pub(crate) fn key_of(id: &ID, node_type: NodeType) -> Option<Uuid> {
    parse(id).filter(|(named, _)| *named == node_type).map(|(_, key)| key)
}

impl Node {
    /// The node with this id, if there is one; a malformed id is an error.
    pub(crate) async fn by_id(ctx: &Context<'_>, id: &ID) -> Result<Option<Self>> {
        let named = parse(id).ok_or_else(|| Error::bad_input("That is not a global id; take one from an `id` field."))?;
        Self::load(ctx, named).await
    }

    /// The nodes with these ids, in the same order. An unknown or malformed id gives none.
    pub(crate) async fn by_ids(ctx: &Context<'_>, ids: &[ID]) -> Result<Vec<Option<Self>>> {
        const MAXIMUM: usize = 100;
        if ids.len() > MAXIMUM {
            return Err(Error::bad_input(format!("`ids` has {} ids, but at most {MAXIMUM} can be asked for at once.", ids.len())));
        }
        let nodes = ids.iter().map(|id| async move {
            match parse(id) {
                Some(named) => Self::load(ctx, named).await,
                None => Ok(None),
            }
        });
        futures_util::future::try_join_all(nodes).await
    }

    async fn load(ctx: &Context<'_>, (node_type, id): (NodeType, Uuid)) -> Result<Option<Self>> {
        Ok(match node_type {
            NodeType::Games => row::<games::Entity>(ctx, id).await?.map(Games).map(Self::Games),
            NodeType::Nation => row::<nation::Entity>(ctx, id).await?.map(Nation).map(Self::Nation),
            NodeType::Sport => row::<sport::Entity>(ctx, id).await?.map(Sport).map(Self::Sport),
            NodeType::Discipline => row::<discipline::Entity>(ctx, id).await?.map(Discipline).map(Self::Discipline),
            NodeType::EventFamily => row::<event_family::Entity>(ctx, id).await?.map(EventFamily).map(Self::EventFamily),
            NodeType::Event => row::<event::Entity>(ctx, id).await?.map(Event).map(Self::Event),
            NodeType::EventEdition => row::<event_edition::Entity>(ctx, id).await?.map(EventEdition).map(Self::EventEdition),
            NodeType::Athlete => row::<athlete::Entity>(ctx, id).await?.map(Athlete).map(Self::Athlete),
            NodeType::Entry => row::<entry::Entity>(ctx, id).await?.map(Entry).map(Self::Entry),
            NodeType::EventResult => {
                let result = row::<result::Entity>(ctx, id).await?.filter(|result| result.phase_id.is_none());
                result.map(EventResult).map(Self::EventResult)
            }
            NodeType::MedalAward => row::<medal_award::Entity>(ctx, id).await?.map(MedalAward).map(Self::MedalAward),
            NodeType::Phase => row::<phase::Entity>(ctx, id).await?.map(Phase).map(Self::Phase),
            NodeType::PhaseResult => {
                let result = row::<result::Entity>(ctx, id).await?.filter(|result| result.phase_id.is_some());
                result.map(PhaseResult).map(Self::PhaseResult)
            }
            NodeType::Team => row::<entry::Entity>(ctx, id).await?.and_then(Team::of).map(Self::Team),
            NodeType::RecordMark => row::<record_mark::Entity>(ctx, id).await?.map(RecordMark).map(Self::RecordMark),
            NodeType::Venue => row::<venue::Entity>(ctx, id).await?.map(Venue).map(Self::Venue),
            NodeType::Lineage => row::<lineage::Entity>(ctx, id).await?.map(Lineage).map(Self::Lineage),
            NodeType::Source => row::<source::Entity>(ctx, id).await?.map(Source).map(Self::Source),
        })
    }
}

async fn row<E: Table>(ctx: &Context<'_>, id: Uuid) -> Result<Option<RowOf<E>>> {
    ctx.loader().get(ById::<E>::new(id)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_come_back_as_what_they_name() {
        let id = Uuid::from_u128(7);
        for node_type in TYPES {
            assert_eq!(parse(&global_id(node_type, id)), Some((node_type, id)));
        }
    }

    #[test]
    fn what_is_not_an_id_names_nothing() {
        for text in ["", "7", "R2FtZXM6Nw", "!!", "R2FtZXM"] {
            assert_eq!(parse(&ID::from(text)), None, "{text}");
        }
    }
}

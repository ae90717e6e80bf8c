//! `Named`: anything with a name and a slug.

use async_graphql::{ID, Interface};

use crate::graph::athlete::Athlete;
use crate::graph::discipline::Discipline;
use crate::graph::event::Event;
use crate::graph::event_family::EventFamily;
use crate::graph::games::Games;
use crate::graph::lineage::Lineage;
use crate::graph::nation::Nation;
use crate::graph::sport::Sport;

/// Any object with a name and a slug for lookups. A fragment on it serves for all that a search can find.
#[derive(Interface)]
#[expect(clippy::duplicated_attributes, reason = "two fields have one type")]
#[graphql(
    field(name = "id", ty = "ID", desc = "The global id, the same in every copy of Podium."),
    field(name = "slug", ty = "&str", desc = "The readable identifier for lookups."),
    field(name = "name", ty = "&str", desc = "The name.")
)]
pub(crate) enum Named {
    Athlete(Athlete),
    Nation(Nation),
    Games(Games),
    Event(Event),
    EventFamily(EventFamily),
    Discipline(Discipline),
    Sport(Sport),
    Lineage(Lineage),
}

//! `Course` and `Waypoint`.

use async_graphql::{Context, Description, Enum, Object, SimpleObject};
use podium_entity::{course, waypoint};

use crate::error::Result;
use crate::graph::distance::Distance;
use crate::graph::list_size;
use crate::load::edition::WaypointsOfEdition;
use crate::loader::Load;

/// The way that a race went.
#[derive(Description)]
pub(crate) struct Course(pub(crate) course::Model);

/// How the competitors set off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "course::StartFormat")]
pub(crate) enum StartFormat {
    /// All at once.
    Mass,
    /// One after another, at fixed intervals.
    Staggered,
    /// In groups.
    Wave,
    /// In separate races.
    Heat,
}

#[Object(use_type_description)]
impl Course {
    /// The whole distance; null when not recorded.
    async fn distance(&self) -> Option<Distance> {
        Distance::new(self.0.distance_mm, self.0.distance_label.as_ref())
    }

    /// How many times it was gone round; null when not recorded.
    async fn laps(&self) -> Option<i32> {
        self.0.laps
    }

    /// How the competitors set off; null when not recorded.
    async fn start_format(&self) -> Option<StartFormat> {
        self.0.start_format.map(Into::into)
    }

    /// The places it touched, from start to finish.
    #[graphql(directive = list_size::Bound::apply(20))]
    async fn waypoints(&self, ctx: &Context<'_>) -> Result<Vec<Waypoint>> {
        Ok(ctx.loads().all(WaypointsOfEdition(self.0.edition_id)).await?.into_iter().map(Waypoint::from).collect())
    }
}

/// A place that a course touches.
#[derive(SimpleObject)]
pub(crate) struct Waypoint {
    /// Its place on the course, from 1.
    sequence: i32,
    /// The name of the place.
    name: String,
    /// Whether the course starts, passes or finishes here.
    role: WaypointRole,
    /// How far it is from the start in kilometres; null when not recorded.
    km: Option<f64>,
}

/// What a place is to a course.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "waypoint::WaypointRole")]
pub(crate) enum WaypointRole {
    /// The course starts here.
    Start,
    /// The course passes here.
    Via,
    /// The course ends here.
    Finish,
}

impl From<waypoint::Model> for Waypoint {
    fn from(row: waypoint::Model) -> Self {
        Self { sequence: row.sequence, name: row.name, role: row.role.into(), km: row.km }
    }
}

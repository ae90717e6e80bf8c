//! `Course` and `Waypoint`.

use std::sync::Arc;

use async_graphql::{Context, Description, Enum, Object, SimpleObject};
use podium_entity::{course, waypoint};

use crate::error::Result;
use crate::graph::distance::Distance;
use crate::graph::list_size;
use crate::load::event_edition::WaypointsOfEdition;
use crate::loader::LoaderContext;

/// The course of a race: its distance, laps, start format and waypoints.
#[derive(Description)]
pub(crate) struct Course(pub(crate) Arc<course::Model>);

/// The start format: how the competitors start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "course::StartFormat")]
pub(crate) enum StartFormat {
    /// Mass start: all competitors start together.
    Mass,
    /// Competitors start one after another, at fixed intervals.
    Staggered,
    /// Competitors start in groups.
    Wave,
    /// Competitors start in separate races.
    Heat,
}

#[Object(use_type_description)]
impl Course {
    /// The total distance; null when not recorded.
    async fn distance(&self) -> Option<Distance> {
        Distance::new(self.0.distance_mm, self.0.distance_label.as_ref())
    }

    /// The number of laps; null when not recorded.
    async fn laps(&self) -> Option<i32> {
        self.0.laps
    }

    /// How the competitors start; null when not recorded.
    async fn start_format(&self) -> Option<StartFormat> {
        self.0.start_format.map(Into::into)
    }

    /// The waypoints of the course, from start to finish.
    #[graphql(directive = list_size::Bound::apply(20))]
    async fn waypoints(&self, ctx: &Context<'_>) -> Result<Vec<Waypoint>> {
        Ok(ctx.loader().get_or_default(WaypointsOfEdition(self.0.edition_id)).await?.into_iter().map(Waypoint::from).collect())
    }
}

/// A waypoint: a place where a course starts, passes or finishes.
#[derive(SimpleObject)]
pub(crate) struct Waypoint {
    /// The position on the course, counted from 1.
    sequence: i32,
    /// The name of the place.
    name: String,
    /// Whether the course starts, passes or finishes here.
    role: WaypointRole,
    /// The distance from the start in kilometres; null when not recorded.
    km: Option<f64>,
}

/// The role of a waypoint on its course.
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

impl From<Arc<waypoint::Model>> for Waypoint {
    fn from(row: Arc<waypoint::Model>) -> Self {
        Self { sequence: row.sequence, name: row.name.clone(), role: row.role.into(), km: row.km }
    }
}

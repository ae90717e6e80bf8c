//! `Phase`.

use std::sync::Arc;

use async_graphql::{Context, Description, Enum, ID, Object};
use chrono::{NaiveTime, Utc};
use chrono_tz::Tz;
use podium_entity::{event_edition, phase};

use crate::error::Result;
use crate::graph::date::Date;
use crate::graph::date_time::DateTime;
use crate::graph::event_edition::EventEdition;
use crate::graph::list_size;
use crate::graph::node::{NodeType, global_id};
use crate::graph::phase_result::PhaseResult;
use crate::load::event_edition::PhasesOfEdition;
use crate::load::phase::{EntriesOfPhase, ResultsOfPhase};
use crate::loader::LoaderContext;
use crate::page::args::PageArgs;
use crate::page::connection::Paged;
use crate::page::listing::Listing;
use crate::page::page;
use crate::rules::medal_phase::decides_medals;

/// A round, heat or final of an edition, with its time.
#[derive(Description)]
pub(crate) struct Phase(pub(crate) Arc<phase::Model>);

/// The kind of a phase, by what it decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "phase::PhaseKind")]
pub(crate) enum PhaseKind {
    /// A round: it decides who advances to the next round.
    Round,
    /// A heat: one of several races in a round.
    Heat,
    /// A repechage: a second chance for competitors who lost.
    Repechage,
    /// The quarter-final.
    Quarter,
    /// The semi-final.
    Semi,
    /// The final: it decides the medals.
    Final,
    /// A classification: it decides the ranks below the medals.
    Classification,
}

#[Object(use_type_description)]
impl Phase {
    /// The global id, the same in every copy of Podium.
    pub(crate) async fn id(&self) -> ID {
        global_id(NodeType::Phase, self.0.id)
    }

    /// The edition that the phase belongs to.
    async fn edition(&self, ctx: &Context<'_>) -> Result<EventEdition> {
        Ok(EventEdition(ctx.loader().row::<event_edition::Entity>(self.0.edition_id).await?))
    }

    /// The position within the edition, counted from 1.
    async fn sequence(&self) -> i32 {
        self.0.sequence
    }

    /// The name of the phase.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The kind of phase, by what it decides.
    async fn kind(&self) -> PhaseKind {
        self.0.kind.into()
    }

    /// Whether the phase decides medals: a final, or the last phase of an edition without a final.
    async fn medal_phase(&self, ctx: &Context<'_>) -> Result<bool> {
        let all = match self.0.kind {
            phase::PhaseKind::Final => Vec::new(),
            _ => ctx.loader().get_or_default(PhasesOfEdition(self.0.edition_id)).await?,
        };
        Ok(decides_medals(&self.0, &all))
    }

    /// The local date at the venue; null when unknown.
    async fn local_date(&self) -> Option<Date> {
        self.0.local_date.map(Date)
    }

    /// The local start time at the venue, `14:15`; null when unknown.
    async fn local_time(&self) -> Option<&str> {
        self.0.local_time.as_deref()
    }

    /// The start time in UTC; null when the time or the time zone of the venue is unknown.
    async fn starts_at(&self) -> Option<DateTime> {
        self.0.starts_at.or_else(|| instant(&self.0)).map(DateTime)
    }

    /// The IANA name of the time zone at the venue; null when unknown.
    async fn time_zone(&self) -> Option<&str> {
        self.0.time_zone.as_deref()
    }

    /// The number of competitors with a result in this phase, including those who did not start or finish; null when no result is loaded.
    async fn entries(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        ctx.loader().get(EntriesOfPhase(self.0.id)).await
    }

    /// The results: ranked competitors by rank, the winner of a match first, then unranked ones by mark, then the others grouped by
    /// reason, such as `DNF`.
    #[graphql(directive = list_size::Page::apply(ResultsOfPhase::DEFAULT))]
    async fn results(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The number of items from the start of the list; 100 by default, at most 500.")] first: Option<i32>,
        #[graphql(desc = "Return only items after this cursor.")] after: Option<String>,
        #[graphql(desc = "The number of items from the end of the list, instead of `first`; at most 500.")] last: Option<i32>,
        #[graphql(desc = "Return only items before this cursor.")] before: Option<String>,
    ) -> Result<Paged<PhaseResult>> {
        page(ctx, ResultsOfPhase, Some(self.0.id), &PageArgs { first, after, last, before }, PhaseResult).await
    }
}

/// Converts the local time at the venue to UTC. When the clocks went back and the time came twice, the earlier one is used; when they
/// went forward and it was skipped, there is none.
fn instant(phase: &phase::Model) -> Option<chrono::DateTime<Utc>> {
    let zone: Tz = phase.time_zone.as_ref()?.parse().ok()?;
    let time = NaiveTime::parse_from_str(phase.local_time.as_ref()?, "%H:%M").ok()?;
    let local = phase.local_date?.and_time(time).and_local_timezone(zone);
    local.earliest().map(|instant| instant.to_utc())
}

#[cfg(test)]
mod tests {
    use podium_entity::phase::{Model, PhaseKind};
    use uuid::Uuid;

    use super::instant;

    fn at(date: &str, time: Option<&str>, zone: Option<&str>) -> Option<String> {
        let phase = Model {
            id: Uuid::nil(),
            edition_id: Uuid::nil(),
            sequence: 1,
            kind: PhaseKind::Final,
            name: "Final".into(),
            starts_at: None,
            local_date: date.parse().ok(),
            local_time: time.map(Into::into),
            time_zone: zone.map(Into::into),
        };
        instant(&phase).map(|instant| instant.to_rfc3339())
    }

    #[test]
    fn summer_time_is_known() {
        assert_eq!(at("2012-08-01", Some("14:15"), Some("Europe/London")).as_deref(), Some("2012-08-01T13:15:00+00:00"));
        assert_eq!(at("2012-01-01", Some("14:15"), Some("Europe/London")).as_deref(), Some("2012-01-01T14:15:00+00:00"));
    }

    #[test]
    fn the_hour_that_comes_twice_is_the_first_and_the_hour_that_never_was_is_none() {
        assert_eq!(at("2000-10-29", Some("01:30"), Some("Europe/London")).as_deref(), Some("2000-10-29T00:30:00+00:00"));
        assert_eq!(at("2012-03-25", Some("01:30"), Some("Europe/London")), None);
    }

    #[test]
    fn a_date_alone_is_no_instant() {
        assert_eq!(at("1928-08-05", None, Some("Europe/Amsterdam")), None);
        assert_eq!(at("1928-08-05", Some("14:00"), None), None);
    }
}

//! `HeadToHead`: where athletes met, and who was ahead.

use std::collections::BTreeMap;

use async_graphql::{Context, Description, Object};
use futures_util::future::try_join_all;
use podium_entity::{athlete, event_edition, phase, result};
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::graph::athlete::Athlete;
use crate::graph::event_edition::EventEdition;
use crate::graph::event_result::EventResult;
use crate::graph::filter::by_criteria;
use crate::graph::filter::named::named;
use crate::graph::filter::results::AthleteResultFilter;
use crate::graph::list_size;
use crate::graph::phase::Phase;
use crate::graph::phase_result::{Outcome, PhaseResult, outcome};
use crate::load::result::EveryResultOfAthlete;
use crate::loader::Load;
use crate::question::results::ResultCriteria;
use crate::question::slug::SlugKind;
use crate::rules::head_to_head::{Standing, ahead};

/// A comparison of athletes over all editions in which at least two of them met as opponents. Team-mates do not meet.
#[derive(Description)]
pub(crate) struct HeadToHead {
    athletes: Vec<athlete::Model>,
    meetings: Vec<Meeting>,
}

#[Object(use_type_description)]
impl HeadToHead {
    /// The athletes in the given order, each with their score.
    #[graphql(directive = list_size::Bound::apply(10))]
    async fn scores(&self) -> Vec<HeadToHeadScore> {
        self.athletes.iter().map(|athlete| HeadToHeadScore::of(athlete, &self.meetings)).collect()
    }

    /// The editions in which at least two of them met, newest first. Empty when they never met.
    #[graphql(directive = list_size::Bound::apply(20))]
    async fn meetings(&self) -> &[Meeting] {
        &self.meetings
    }
}

/// How often an athlete was ahead.
#[derive(Description)]
pub(crate) struct HeadToHeadScore {
    athlete: athlete::Model,
    meetings: usize,
    ahead: usize,
}

#[Object(use_type_description)]
impl HeadToHeadScore {
    /// The athlete.
    async fn athlete(&self) -> Athlete {
        Athlete(self.athlete.clone())
    }

    /// The number of meetings that the athlete took part in.
    async fn meetings(&self) -> i32 {
        i32::try_from(self.meetings).unwrap_or(i32::MAX)
    }

    /// The number of meetings in which the athlete was ahead of all the others.
    async fn ahead(&self) -> i32 {
        i32::try_from(self.ahead).unwrap_or(i32::MAX)
    }
}

impl HeadToHeadScore {
    fn of(athlete: &athlete::Model, meetings: &[Meeting]) -> Self {
        let own = meetings.iter().filter(|meeting| meeting.athletes().any(|other| other.id == athlete.id));
        let ahead = meetings.iter().filter(|meeting| meeting.ahead().is_some_and(|ahead| ahead.id == athlete.id));
        Self { athlete: athlete.clone(), meetings: own.count(), ahead: ahead.count() }
    }
}

/// An edition in which athletes met.
#[derive(Description, Clone)]
pub(crate) struct Meeting {
    edition: Uuid,
    /// The list of overall results, without a phase, and the phases in which they met, the last one first.
    lists: Vec<Met>,
}

/// Athletes in one result list.
#[derive(Clone)]
struct Met {
    phase: Option<phase::Model>,
    results: Vec<(athlete::Model, result::Model)>,
}

#[Object(use_type_description)]
impl Meeting {
    /// The edition.
    async fn edition(&self, ctx: &Context<'_>) -> Result<EventEdition> {
        Ok(EventEdition(ctx.loads().row::<event_edition::Entity>(self.edition).await?))
    }

    /// The overall results of those who have one, best first; for the member of a team, that of the team.
    #[graphql(directive = list_size::Bound::apply(10))]
    async fn results(&self) -> Vec<EventResult> {
        let overall = self.lists.iter().filter(|list| list.phase.is_none()).flat_map(|list| &list.results);
        overall.map(|(_, result)| EventResult(result.clone())).collect()
    }

    /// The phases in which they met, such as a semi-final, the last one first.
    #[graphql(directive = list_size::Bound::apply(10))]
    async fn phases(&self) -> Vec<PhaseMeeting> {
        let phases = self.lists.iter().filter_map(|list| Some((list.phase.clone()?, list)));
        phases.map(|(phase, met)| PhaseMeeting { phase, met: met.clone() }).collect()
    }

    /// The athlete who was ahead of the others: by the overall ranks, or else by the last phase in which they met. Null when that is not known
    /// or they were equal.
    #[graphql(name = "ahead")]
    async fn athlete_ahead(&self) -> Option<Athlete> {
        self.ahead().cloned().map(Athlete)
    }
}

/// A phase in which athletes met.
#[derive(Description)]
pub(crate) struct PhaseMeeting {
    phase: phase::Model,
    met: Met,
}

#[Object(use_type_description)]
impl PhaseMeeting {
    /// The phase.
    async fn phase(&self) -> Phase {
        Phase(self.phase.clone())
    }

    /// Their results in this phase, best first.
    #[graphql(directive = list_size::Bound::apply(10))]
    async fn results(&self) -> Vec<PhaseResult> {
        self.met.results.iter().map(|(_, result)| PhaseResult(result.clone())).collect()
    }

    /// The athlete who was ahead of the others in this phase; null when that is not known or they were equal.
    async fn ahead(&self) -> Option<Athlete> {
        self.met.ahead().cloned().map(Athlete)
    }
}

impl HeadToHead {
    /// Compares athletes by their results.
    pub(crate) async fn between(ctx: &Context<'_>, slugs: Vec<String>, filter: Option<AthleteResultFilter>) -> Result<Self> {
        if !(2..=10).contains(&slugs.len()) {
            return Err(Error::bad_input(format!("`athletes` has {} slugs; give from 2 to 10.", slugs.len())));
        }
        slugs.iter().try_for_each(|slug| SlugKind::Athlete.check(slug))?;
        try_join_all(slugs.iter().map(|slug| named(ctx, SlugKind::Athlete, slug))).await?;
        let athletes = try_join_all(slugs.into_iter().map(|slug| ctx.loads().by_slug::<athlete::Entity>(slug))).await?;
        let mut distinct: Vec<athlete::Model> = Vec::new();
        for athlete in athletes.into_iter().flatten() {
            if distinct.iter().any(|other| other.id == athlete.id) {
                return Err(Error::bad_input(format!("`athletes` has \"{}\" twice.", athlete.slug)));
            }
            distinct.push(athlete);
        }
        by_criteria(ctx, filter, |criteria| Self::of(ctx, distinct.clone(), criteria)).await
    }

    async fn of(ctx: &Context<'_>, athletes: Vec<athlete::Model>, criteria: ResultCriteria) -> Result<Self> {
        let keys = athletes.iter().map(|athlete| EveryResultOfAthlete { athlete: athlete.id, criteria: criteria.clone() });
        let results = try_join_all(keys.map(|key| ctx.loads().all(key))).await?;
        let mut editions: BTreeMap<(i32, String), Vec<(athlete::Model, result::Model, Option<phase::Model>)>> = BTreeMap::new();
        for (athlete, results) in athletes.iter().zip(results) {
            for found in results {
                let edition = editions.entry((-found.chronology, found.edition_slug)).or_default();
                edition.push((athlete.clone(), found.result, found.phase));
            }
        }
        let meetings = editions.into_values().filter_map(|results| Meeting::of(results)).collect();
        Ok(Self { athletes, meetings })
    }
}

impl Meeting {
    /// The meeting in an edition, by all results of the athletes in it; none when no list has two opponents.
    fn of(results: Vec<(athlete::Model, result::Model, Option<phase::Model>)>) -> Option<Self> {
        let edition = results.first()?.1.edition_id;
        let mut lists: Vec<Met> = Vec::new();
        for (athlete, result, phase) in results {
            match lists.iter_mut().find(|list| list.phase == phase) {
                Some(list) => list.results.push((athlete, result)),
                None => lists.push(Met { phase, results: vec![(athlete, result)] }),
            }
        }
        lists.retain(Met::has_opponents);
        lists.sort_by_key(|list| list.phase.as_ref().map_or(i32::MIN, |phase| -phase.sequence));
        for list in &mut lists {
            list.results.sort_by_key(|(_, result)| (outcome(result) != Some(Outcome::Win), result.sort_order));
        }
        (!lists.is_empty()).then_some(Self { edition, lists })
    }

    fn athletes(&self) -> impl Iterator<Item = &athlete::Model> {
        self.lists.iter().flat_map(|list| &list.results).map(|(athlete, _)| athlete)
    }

    fn ahead(&self) -> Option<&athlete::Model> {
        self.lists.iter().find_map(Met::ahead)
    }
}

impl Met {
    /// Whether athletes of two entries are in the list.
    fn has_opponents(&self) -> bool {
        self.results.iter().any(|(_, result)| Some(result.entry_id) != self.results.first().map(|(_, first)| first.entry_id))
    }

    fn ahead(&self) -> Option<&athlete::Model> {
        let standings: Vec<Standing> = self.results.iter().map(|(_, result)| standing(result)).collect();
        ahead(&standings).and_then(|place| self.results.get(place)).map(|(athlete, _)| athlete)
    }
}

fn standing(result: &result::Model) -> Standing {
    Standing { rank: result.rank, has_won: outcome(result).map(|outcome| outcome == Outcome::Win) }
}

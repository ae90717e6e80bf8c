//! `HeadToHead`: where athletes met, and who was ahead.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{Context, Description, Object};
use futures_util::future::try_join_all;
use podium_entity::medal_award::{self, Medal};
use podium_entity::{athlete, event_edition, games, phase, result};
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::graph::athlete::Athlete;
use crate::graph::event_edition::EventEdition;
use crate::graph::event_result::EventResult;
use crate::graph::filter::by_criteria;
use crate::graph::filter::results::AthleteResultFilter;
use crate::graph::filter::slugs::named;
use crate::graph::list_size;
use crate::graph::medal_award::MedalAward;
use crate::graph::phase::Phase;
use crate::graph::phase_result::{Outcome, PhaseResult, outcome};
use crate::load::medal_award::AwardsOfAthlete;
use crate::load::result::{EveryResultOfAthlete, PlacedResult};
use crate::loader::LoaderContext;
use crate::question::results::ResultCriteria;
use crate::question::slug::SlugKind;
use crate::rules::chronology::chronology;
use crate::rules::head_to_head::{self as rules, Placing, ahead};

/// A comparison of athletes over all editions in which at least two of them met as opponents. Team-mates do not meet, and neither do those who did
/// not start.
#[derive(Description)]
pub(crate) struct HeadToHead {
    athletes: Vec<Arc<athlete::Model>>,
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
    athlete: Arc<athlete::Model>,
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
    fn of(athlete: &Arc<athlete::Model>, meetings: &[Meeting]) -> Self {
        let own = meetings.iter().filter(|meeting| meeting.athletes().any(|other| other.id == athlete.id));
        let ahead = meetings.iter().filter(|meeting| meeting.ahead().is_some_and(|ahead| ahead.id == athlete.id));
        Self { athlete: athlete.clone(), meetings: own.count(), ahead: ahead.count() }
    }
}

/// An edition in which athletes met: at least two opponents have an overall result, a result in the same phase, or a medal.
#[derive(Description, Clone)]
pub(crate) struct Meeting {
    edition: Uuid,
    /// The list of overall results, without a phase, and the phases in which they met, the last one first.
    lists: Vec<Met>,
    medals: Vec<(Arc<athlete::Model>, Arc<medal_award::Model>)>,
}

/// Athletes in one result list.
#[derive(Clone)]
struct Met {
    phase: Option<Arc<phase::Model>>,
    results: Vec<(Arc<athlete::Model>, Arc<result::Model>)>,
}

#[Object(use_type_description)]
impl Meeting {
    /// The edition.
    async fn edition(&self, ctx: &Context<'_>) -> Result<EventEdition> {
        Ok(EventEdition(ctx.loader().row::<event_edition::Entity>(self.edition).await?))
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

    /// The medals that they hold: gold, silver, bronze.
    #[graphql(directive = list_size::Bound::apply(4))]
    async fn medals(&self) -> Vec<MedalAward> {
        self.medals.iter().map(|(_, award)| MedalAward(award.clone())).collect()
    }

    /// The athlete who was ahead of the others: by the overall ranks, or else by their medals, or else by the last phase in which all of them met.
    /// Null when that is not known, and when they were equal.
    #[graphql(name = "ahead")]
    async fn athlete_ahead(&self) -> Option<Athlete> {
        self.ahead().cloned().map(Athlete)
    }
}

/// A phase in which athletes met.
#[derive(Description)]
pub(crate) struct PhaseMeeting {
    phase: Arc<phase::Model>,
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
            return Err(Error::bad_input(format!("`athletes` needs from 2 to 10 slugs, but has {}.", slugs.len())));
        }
        slugs.iter().try_for_each(|slug| SlugKind::Athlete.check(slug))?;
        let slugs = try_join_all(slugs.iter().map(|slug| named(ctx, SlugKind::Athlete, slug))).await?;
        let athletes = try_join_all(slugs.into_iter().map(|slug| ctx.loader().by_slug::<athlete::Entity>(slug))).await?;
        let mut distinct: Vec<Arc<athlete::Model>> = Vec::new();
        for athlete in athletes.into_iter().flatten() {
            if distinct.iter().any(|other| other.id == athlete.id) {
                return Err(Error::bad_input(format!("`athletes` has \"{}\" twice.", athlete.slug)));
            }
            distinct.push(athlete);
        }
        by_criteria(ctx, filter, |criteria| Self::of(ctx, distinct.clone(), criteria)).await
    }

    async fn of(ctx: &Context<'_>, athletes: Vec<Arc<athlete::Model>>, criteria: ResultCriteria) -> Result<Self> {
        let results = athletes.iter().map(|athlete| EveryResultOfAthlete { athlete: athlete.id, criteria: criteria.clone() });
        // A filter on the results themselves says nothing of medals.
        let with_medals = if criteria.irm.is_none() && criteria.status.is_none() { &athletes[..] } else { &[] };
        let medals = with_medals.iter().map(|athlete| AwardsOfAthlete { athlete: athlete.id, criteria: criteria.medals() });
        let results = try_join_all(results.map(|key| ctx.loader().get_or_default(key)));
        let medals = try_join_all(medals.map(|key| ctx.loader().get_or_default(key)));
        let (results, medals) = futures_util::try_join!(results, medals)?;
        let mut met: HashMap<Uuid, Together> = HashMap::new();
        for (athlete, results) in athletes.iter().zip(results) {
            for placed in results {
                met.entry(placed.result.edition_id).or_default().results.push((athlete.clone(), placed));
            }
        }
        for (athlete, medals) in athletes.iter().zip(medals) {
            for award in medals {
                met.entry(award.edition_id).or_default().medals.push((athlete.clone(), award));
            }
        }
        let meetings = met.into_iter().filter_map(|(edition, together)| Meeting::of(edition, together));
        let meetings = meetings.map(|meeting| async move {
            let edition = ctx.loader().row::<event_edition::Entity>(meeting.edition).await?;
            let games = ctx.loader().row::<games::Entity>(edition.games_id).await?;
            Ok::<_, Error>((Reverse(chronology(&games)), edition.slug.clone(), meeting))
        });
        let mut meetings = try_join_all(meetings).await?;
        meetings.sort_by(|(when, slug, _), (other, other_slug, _)| (when, slug).cmp(&(other, other_slug)));
        Ok(Self { athletes, meetings: meetings.into_iter().map(|(.., meeting)| meeting).collect() })
    }
}

/// What athletes have in one edition.
#[derive(Default)]
struct Together {
    results: Vec<(Arc<athlete::Model>, PlacedResult)>,
    medals: Vec<(Arc<athlete::Model>, Arc<medal_award::Model>)>,
}

impl Meeting {
    /// The meeting in an edition; none when no list has two opponents.
    fn of(edition: Uuid, Together { results, mut medals }: Together) -> Option<Self> {
        let mut lists: Vec<Met> = Vec::new();
        for (athlete, PlacedResult { result, phase }) in results {
            match lists.iter_mut().find(|list| list.phase == phase) {
                Some(list) => list.results.push((athlete, result)),
                None => lists.push(Met { phase, results: vec![(athlete, result)] }),
            }
        }
        lists.retain(|list| are_opponents(list.results.iter().map(|(athlete, result)| (athlete, Some(result.entry_id)))));
        lists.sort_by_key(|list| list.phase.as_ref().map_or(i32::MIN, |phase| -phase.sequence));
        for list in &mut lists {
            list.results.sort_by_key(|(_, result)| (outcome(result) != Some(Outcome::Win), result.sort_order));
        }
        medals.sort_by_key(|(_, award)| place(award.medal));
        let met = !lists.is_empty() || are_opponents(medals.iter().map(|(athlete, award)| (athlete, award.entry_id)));
        met.then_some(Self { edition, lists, medals })
    }

    fn athletes(&self) -> impl Iterator<Item = &Arc<athlete::Model>> {
        let in_lists = self.lists.iter().flat_map(|list| &list.results).map(|(athlete, _)| athlete);
        in_lists.chain(self.medals.iter().map(|(athlete, _)| athlete))
    }

    fn ahead(&self) -> Option<&Arc<athlete::Model>> {
        let (overall, phases): (Vec<&Met>, Vec<&Met>) = self.lists.iter().partition(|list| list.phase.is_none());
        let medal = |(athlete, award): &(Arc<athlete::Model>, Arc<medal_award::Model>)| Placing {
            who: athlete.id,
            rank: Some(place(award.medal)),
            has_won: None,
        };
        let met = rules::Meeting {
            everybody: self.athletes().map(|athlete| athlete.id).collect(),
            overall: overall.into_iter().flat_map(Met::standings).collect(),
            medals: self.medals.iter().map(medal).collect(),
            phases: phases.into_iter().map(Met::standings).collect(),
        };
        let ahead = met.ahead()?;
        self.athletes().find(|athlete| athlete.id == ahead)
    }
}

/// Whether two athletes are opponents: they have no entry in common.
fn are_opponents<'a>(entries: impl Iterator<Item = (&'a Arc<athlete::Model>, Option<Uuid>)>) -> bool {
    let mut own: HashMap<Uuid, Vec<Option<Uuid>>> = HashMap::new();
    entries.for_each(|(athlete, entry)| own.entry(athlete.id).or_default().push(entry));
    let own: Vec<&Vec<Option<Uuid>>> = own.values().collect();
    let are_apart = |one: &[Option<Uuid>], other: &[Option<Uuid>]| one.iter().all(|entry| !other.contains(entry));
    own.iter().enumerate().any(|(place, one)| own[place + 1..].iter().any(|other| are_apart(one, other)))
}

/// The place that a medal is for.
fn place(medal: Medal) -> i32 {
    match medal {
        Medal::Gold => 1,
        Medal::Silver => 2,
        Medal::Bronze => 3,
    }
}

impl Met {
    fn standings(&self) -> Vec<Placing> {
        let placing = |(athlete, result): &(Arc<athlete::Model>, Arc<result::Model>)| Placing {
            who: athlete.id,
            rank: result.rank,
            has_won: outcome(result).map(|outcome| outcome == Outcome::Win),
        };
        self.results.iter().map(placing).collect()
    }

    fn ahead(&self) -> Option<&Arc<athlete::Model>> {
        let ahead = ahead(&self.standings())?;
        self.results.iter().map(|(athlete, _)| athlete).find(|athlete| athlete.id == ahead)
    }
}

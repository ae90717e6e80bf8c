//! The history of an event on the programme: the years it was held, its returns and drops, and its neighbouring editions.
//!
//! Runs are counted over the Games that were held. Cancelled Games do not break a run, and unofficial Games do not count. Where the programme
//! of a Games is not known, an event without an edition there may have been held: nothing is said about it.

use std::sync::Arc;

use podium_entity::event_edition::{self, EditionStatus};
use podium_entity::games::{self, Coverage, GamesKind, GamesStatus, Recognition, Season};
use uuid::Uuid;

use super::chronology::chronology;

/// An edition with the Games it belongs to.
pub(crate) type EditionAtGames = (Arc<event_edition::Model>, Arc<games::Model>);

/// Whether the event is still held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ProgrammeStatus {
    OnProgramme,
    Discontinued,
    Unknown,
}

/// What happened to an event at a Games.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    Introduced,
    Changed,
    Returned,
    Dropped,
    /// The programme of a Games is not known.
    Unknown,
}

/// A first and a last year of an unbroken run.
pub(crate) type Span = (i32, i32);

/// The editions of an event, and the Games at which it may have been held.
pub(crate) struct History<'a> {
    pub(crate) editions: &'a [EditionAtGames],
    pub(crate) games: &'a [Arc<games::Model>],
    /// The year up to which all editions of the event are loaded, even where the programme of a Games is not; none where that is not stated.
    pub(crate) known_until: Option<i32>,
    /// The last year of the event, where a source states it.
    pub(crate) discontinued_after: Option<i32>,
}

/// Whether an event was held at a Games.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Presence<'a> {
    Held(&'a event_edition::Model),
    NotHeld,
    Unknown,
}

/// The editions that count as held: for medals, at official Games that took place.
pub(crate) fn held(editions: &[EditionAtGames]) -> impl Iterator<Item = &EditionAtGames> {
    editions.iter().filter(|held| counts(held))
}

/// The unbroken runs of Games among those that took place.
pub(crate) fn spans_of_games(held: &[Uuid], all_games: &[Arc<games::Model>]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for series in series(all_games.iter().filter(|games| held.contains(&games.id))) {
        let mut in_run = false;
        for games in held_games(all_games, series) {
            let held = held.contains(&games.id);
            match spans.last_mut().filter(|_| held && in_run) {
                Some(run) => run.1 = games.year,
                None if held => spans.push((games.year, games.year)),
                None => {}
            }
            in_run = held;
        }
    }
    spans.sort_unstable();
    spans
}

/// `1968–1976`, or `2012` for a single year.
pub(crate) fn span_text((first, last): Span) -> String {
    if first == last { first.to_string() } else { format!("{first}–{last}") }
}

/// Whether the programme of a Games is known: all its medal events are loaded.
pub(crate) fn knows_programme(games: &games::Model) -> bool {
    matches!(games.coverage, Coverage::FullResults | Coverage::Participants | Coverage::Medals)
}

impl<'a> History<'a> {
    /// The unbroken runs of the event.
    pub(crate) fn spans(&self) -> Vec<Span> {
        let held: Vec<Uuid> = held(self.editions).map(|(_, games)| games.id).collect();
        spans_of_games(&held, self.games)
    }

    /// The runs in words: `1896, 1928–2004`. A Games after the first of which it is not known is marked: `2012–2016, 2020?, 2024`.
    pub(crate) fn years_held(&self) -> String {
        let runs = self.spans().into_iter().map(|span| (span.0, span_text(span)));
        let unknown = self.unknown().map(|games| (games.year, format!("{}?", games.year)));
        let mut parts: Vec<(i32, String)> = runs.chain(unknown).collect();
        parts.sort();
        parts.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(", ")
    }

    /// The Games of its series since it was first held at which it may have been held.
    fn unknown(&self) -> impl Iterator<Item = &'a Arc<games::Model>> {
        self.series().into_iter().flat_map(|series| {
            let all = held_games(self.games, series).into_iter();
            all.skip_while(|games| !matches!(self.at(games), Presence::Held(_))).filter(|games| self.at(games) == Presence::Unknown)
        })
    }

    /// Whether it may have been held at a Games between two others of its series.
    pub(crate) fn is_unknown_between(&self, first: &games::Model, last: &games::Model) -> bool {
        let is_of_series = |games: &games::Model| [first, last].iter().any(|end| end.season == games.season && end.kind == games.kind);
        let between = chronology(first)..chronology(last);
        self.unknown().any(|games| is_of_series(games) && between.contains(&chronology(games)))
    }

    /// Whether the event is on the programme of the newest Games of its series.
    pub(crate) fn standing(&self) -> ProgrammeStatus {
        let newest = self.series().into_iter().filter_map(|series| held_games(self.games, series).last().copied());
        let newest: Vec<Presence<'_>> = newest.map(|games| self.at(games)).collect();
        match self.discontinued_after {
            _ if newest.iter().any(|presence| matches!(presence, Presence::Held(_))) => ProgrammeStatus::OnProgramme,
            None if newest.is_empty() || newest.contains(&Presence::Unknown) => ProgrammeStatus::Unknown,
            _ => ProgrammeStatus::Discontinued,
        }
    }

    /// Every Games at which the event was introduced, changed its distance, returned, or was missing for the first time; and those at which it
    /// may have been one of these.
    pub(crate) fn changes(&self) -> Vec<(&'a Arc<games::Model>, Option<&'a event_edition::Model>, Change)> {
        let mut changes = Vec::new();
        for series in self.series() {
            let mut was_held = false;
            // Whether it was on the programme before; none where that is not known.
            let mut on_programme = Some(false);
            let mut last_distance: Option<i32> = None;
            for games in held_games(self.games, series) {
                let presence = self.at(games);
                let edition = if let Presence::Held(edition) = presence { Some(edition) } else { None };
                let change = match (presence, on_programme) {
                    (Presence::Held(_), Some(false)) if was_held => Some(Change::Returned),
                    (Presence::Held(_), Some(false)) => Some(Change::Introduced),
                    // Its absence was already reported as unknown, unless it had never been held.
                    (Presence::Held(_), None) if !was_held => Some(Change::Unknown),
                    (Presence::NotHeld, Some(true)) => Some(Change::Dropped),
                    (Presence::Unknown, Some(true)) => Some(Change::Unknown),
                    _ => None,
                };
                changes.extend(change.map(|change| (games, edition, change)));
                // Compare with the last known distance, even if the editions in between have none.
                let distance = edition.and_then(|edition| edition.distance_mm);
                if distance.is_some() && last_distance.is_some() && distance != last_distance {
                    changes.push((games, edition, Change::Changed));
                }
                last_distance = distance.or(last_distance);
                was_held |= edition.is_some();
                on_programme = match presence {
                    Presence::Held(_) => Some(true),
                    // What is unknown before its first known edition stays unknown.
                    Presence::NotHeld if !was_held => on_programme,
                    Presence::NotHeld => Some(false),
                    Presence::Unknown => None,
                };
            }
        }
        changes.sort_by_key(|(games, ..)| chronology(games));
        // An event that moves from one season to another is introduced only once.
        for (.., change) in changes.iter_mut().skip(1).filter(|(.., change)| *change == Change::Introduced) {
            *change = Change::Returned;
        }
        changes
    }

    /// The nearest official editions before and after one, which may itself be unofficial. None where a Games between them may have had one.
    pub(crate) fn neighbours(&self, of: &event_edition::Model) -> (Option<&'a EditionAtGames>, Option<&'a EditionAtGames>) {
        let Some(here) = self.editions.iter().find(|held| held.0.id == of.id) else { return (None, None) };
        let (previous, next) = nearest(self.editions, here);
        let previous = previous.filter(|previous| !self.is_unknown_between(&previous.1, &here.1));
        (previous, next.filter(|next| !self.is_unknown_between(&here.1, &next.1)))
    }

    fn at(&self, games: &games::Model) -> Presence<'a> {
        let mut there = self.editions.iter().filter(|(_, held_at)| held_at.id == games.id).peekable();
        let is_stated = self.known_until >= Some(games.year) || self.discontinued_after.is_some_and(|last| last < games.year);
        // An edition that does not count, such as a demonstration, is known too.
        let is_known = is_stated || knows_programme(games) || there.peek().is_some();
        match there.find(|held| counts(held)) {
            Some((edition, _)) => Presence::Held(edition),
            None if is_known => Presence::NotHeld,
            None => Presence::Unknown,
        }
    }

    fn series(&self) -> Vec<Series> {
        series(held(self.editions).map(|(_, games)| games))
    }
}

/// The nearest official editions before and after one.
fn nearest<'a>(editions: &'a [EditionAtGames], here: &EditionAtGames) -> (Option<&'a EditionAtGames>, Option<&'a EditionAtGames>) {
    let moment = |held: &EditionAtGames| (chronology(&held.1), held.0.starts_on, held.0.slug.clone());
    let official = || {
        editions.iter().filter(|held| {
            held.1.recognition == Recognition::Official && held.0.status != EditionStatus::Unofficial && held.0.id != here.0.id
        })
    };
    let previous = official().filter(|held| moment(held) < moment(here)).max_by_key(|held| moment(held));
    let next = official().filter(|held| moment(held) > moment(here)).min_by_key(|held| moment(held));
    (previous, next)
}

/// The Games of one season and kind; runs are counted within a series.
type Series = (Season, GamesKind);

fn series<'a>(games: impl Iterator<Item = &'a Arc<games::Model>>) -> Vec<Series> {
    let mut series = Vec::new();
    for games in games {
        if !series.contains(&(games.season, games.kind)) {
            series.push((games.season, games.kind));
        }
    }
    series
}

/// Whether the event counts as held in the year of this edition.
fn counts((edition, games): &EditionAtGames) -> bool {
    let for_medals = matches!(edition.status, EditionStatus::Medal | EditionStatus::Art);
    for_medals && games.recognition == Recognition::Official && games.status == GamesStatus::Held
}

/// The Games of a series that took place, oldest first.
fn held_games(all_games: &[Arc<games::Model>], (season, kind): Series) -> Vec<&Arc<games::Model>> {
    let mut held: Vec<&Arc<games::Model>> = all_games
        .iter()
        .filter(|games| games.season == season && games.kind == kind)
        .filter(|games| games.status == GamesStatus::Held && games.recognition == Recognition::Official)
        .collect();
    held.sort_by_key(|games| games.year);
    held
}

#[cfg(test)]
mod tests;

//! The history of an event on the programme: the years it was held, its returns and drops, and its neighbouring editions.
//!
//! Runs are counted over the Games that were held. Cancelled Games do not break a run, and unofficial Games do not count.

use podium_entity::event_edition::{self, EditionStatus};
use podium_entity::games::{self, GamesKind, GamesStatus, Recognition, Season};

use super::chronology::chronology;

/// An edition with the Games it belongs to.
pub(crate) type Held = (event_edition::Model, games::Model);

/// Whether the event is still held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Standing {
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
}

/// A first and a last year of an unbroken run.
pub(crate) type Span = (i32, i32);

/// The editions that count as held: for medals, at official Games that took place.
pub(crate) fn held(editions: &[Held]) -> impl Iterator<Item = &Held> {
    editions.iter().filter(|held| counts(held))
}

/// The unbroken runs of an event over the Games that were held.
pub(crate) fn held_spans(editions: &[Held], all_games: &[games::Model]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for series in series(editions) {
        let mut in_run = false;
        for games in held_games(all_games, series) {
            let held = at(editions, games).is_some();
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

/// The runs in words: `1896, 1928–2004`.
pub(crate) fn years_held(spans: &[Span]) -> String {
    let runs: Vec<String> = spans.iter().map(|span| span_text(*span)).collect();
    runs.join(", ")
}

/// `1968–1976`, or `2012` for a single year.
pub(crate) fn span_text((first, last): Span) -> String {
    if first == last { first.to_string() } else { format!("{first}–{last}") }
}

/// Whether an event is on the programme of the newest Games of its series.
pub(crate) fn standing(editions: &[Held], all_games: &[games::Model], discontinued_after: Option<i32>) -> Standing {
    let newest = |series| held_games(all_games, series).last().copied();
    let held_last = series(editions).into_iter().any(|series| newest(series).is_some_and(|games| at(editions, games).is_some()));
    match (held_last, discontinued_after) {
        (true, _) => Standing::OnProgramme,
        (false, Some(_)) => Standing::Discontinued,
        (false, None) if editions.iter().any(counts) => Standing::Discontinued,
        (false, None) => Standing::Unknown,
    }
}

/// Every Games at which the event was introduced, changed its distance, returned, or was missing for the first time.
pub(crate) fn history<'a>(
    editions: &'a [Held],
    all_games: &'a [games::Model],
) -> Vec<(&'a games::Model, Option<&'a event_edition::Model>, Change)> {
    let mut changes = Vec::new();
    for series in series(editions) {
        let mut was_held = false;
        let mut on_programme = false;
        let mut last_distance: Option<i32> = None;
        for games in held_games(all_games, series) {
            let edition = at(editions, games);
            match (edition.is_some(), on_programme) {
                (true, false) if was_held => changes.push((games, edition, Change::Returned)),
                (true, false) => changes.push((games, edition, Change::Introduced)),
                (false, true) => changes.push((games, None, Change::Dropped)),
                _ => {}
            }
            // Compare with the last known distance, even if the editions in between have none.
            let distance = edition.and_then(|edition| edition.distance_mm);
            if distance.is_some() && last_distance.is_some() && distance != last_distance {
                changes.push((games, edition, Change::Changed));
            }
            last_distance = distance.or(last_distance);
            on_programme = edition.is_some();
            was_held |= on_programme;
        }
    }
    changes.sort_by_key(|(games, ..)| chronology(games));
    // An event that moves from one season to another is introduced only once.
    for (.., change) in changes.iter_mut().skip(1).filter(|(.., change)| *change == Change::Introduced) {
        *change = Change::Returned;
    }
    changes
}

/// The nearest official editions before and after one, which may itself be unofficial.
pub(crate) fn neighbours<'a>(editions: &'a [Held], of: &event_edition::Model) -> (Option<&'a Held>, Option<&'a Held>) {
    let moment = |held: &Held| (chronology(&held.1), held.0.starts_on, held.0.slug.clone());
    let Some(here) = editions.iter().find(|held| held.0.id == of.id).map(moment) else {
        return (None, None);
    };
    let official = || {
        editions
            .iter()
            .filter(|held| held.1.recognition == Recognition::Official && held.0.status != EditionStatus::Unofficial && held.0.id != of.id)
    };
    let previous = official().filter(|held| moment(held) < here).max_by_key(|held| moment(held));
    let next = official().filter(|held| moment(held) > here).min_by_key(|held| moment(held));
    (previous, next)
}

/// The Games of one season and kind; runs are counted within a series.
type Series = (Season, GamesKind);

fn series(editions: &[Held]) -> Vec<Series> {
    let mut series = Vec::new();
    for (_, games) in editions.iter().filter(|held| counts(held)) {
        if !series.contains(&(games.season, games.kind)) {
            series.push((games.season, games.kind));
        }
    }
    series
}

/// Whether the event counts as held in the year of this edition.
fn counts((edition, games): &Held) -> bool {
    let for_medals = matches!(edition.status, EditionStatus::Medal | EditionStatus::Art);
    for_medals && games.recognition == Recognition::Official && games.status == GamesStatus::Held
}

fn at<'a>(editions: &'a [Held], games: &games::Model) -> Option<&'a event_edition::Model> {
    editions.iter().find(|held| held.1.id == games.id && counts(held)).map(|(edition, _)| edition)
}

/// The Games of a series that took place, oldest first.
fn held_games(all_games: &[games::Model], (season, kind): Series) -> Vec<&games::Model> {
    let mut held: Vec<&games::Model> = all_games
        .iter()
        .filter(|games| games.season == season && games.kind == kind)
        .filter(|games| games.status == GamesStatus::Held && games.recognition == Recognition::Official)
        .collect();
    held.sort_by_key(|games| games.year);
    held
}

#[cfg(test)]
mod tests;

//! The track time trial of the men, over the summer Games from 1896 to 2008.

use podium_entity::games::Coverage;
use podium_entity::key;
use uuid::Uuid;

use super::*;

const CANCELLED: [i32; 3] = [1916, 1940, 1944];

fn games(year: i32) -> Arc<games::Model> {
    let unofficial = year == 1906;
    let season = if unofficial { Season::Intercalated } else { Season::Summer };
    Arc::new(games::Model {
        id: key::id("games", &year.to_string()),
        key: year.to_string(),
        slug: year.to_string(),
        year,
        season,
        kind: GamesKind::Olympic,
        name: year.to_string(),
        olympiad_number: None,
        edition_number: None,
        opened_on: None,
        closed_on: None,
        status: if CANCELLED.contains(&year) { GamesStatus::Cancelled } else { GamesStatus::Held },
        recognition: if unofficial { Recognition::Unofficial } else { Recognition::Official },
        competitors_published: None,
        nations_published: None,
        coverage: Coverage::None,
        source_id: Uuid::nil(),
    })
}

fn all_games() -> Vec<Arc<games::Model>> {
    (1896..=2008).step_by(4).chain([1906]).map(games).collect()
}

fn edition(year: i32, distance_mm: i32) -> EditionAtGames {
    let games = games(year);
    let edition = event_edition::Model {
        id: key::id("event_edition", &year.to_string()),
        slug: year.to_string(),
        event_id: Uuid::nil(),
        games_id: games.id,
        variant: String::new(),
        title: None,
        venue_id: None,
        city_id: None,
        distance_mm: Some(distance_mm),
        distance_label: None,
        starts_on: None,
        ends_on: None,
        format: None,
        status: EditionStatus::Medal,
        coverage: Coverage::Medals,
        competitors_published: None,
        nations_published: None,
        entry_list_published_on: None,
        source_id: Uuid::nil(),
    };
    (Arc::new(edition), games)
}

fn time_trial() -> Vec<EditionAtGames> {
    let kilometre = (1928..=2004).step_by(4).filter(|year| !CANCELLED.contains(year)).map(|year| edition(year, 1_000_000));
    [edition(1896, 333_333), edition(1906, 333_333)].into_iter().chain(kilometre).collect()
}

fn years(held: (Option<&EditionAtGames>, Option<&EditionAtGames>)) -> (Option<i32>, Option<i32>) {
    (held.0.map(|held| held.1.year), held.1.map(|held| held.1.year))
}

fn history<'a>(editions: &'a [EditionAtGames], games: &'a [Arc<games::Model>]) -> History<'a> {
    History { editions, games, known_until: Some(2008), discontinued_after: None }
}

fn told(history: &History<'_>) -> Vec<(i32, Change)> {
    history.changes().into_iter().map(|(games, _, change)| (games.year, change)).collect()
}

#[test]
fn cancelled_games_do_not_break_a_run_and_unofficial_ones_do_not_count() {
    assert_eq!(history(&time_trial(), &all_games()).years_held(), "1896, 1928–2004");
}

#[test]
fn the_nearest_official_editions_are_neighbours() {
    let (editions, games) = (time_trial(), all_games());
    let of = |year| years(history(&editions, &games).neighbours(&edition(year, 1).0));
    assert_eq!(of(1896), (None, Some(1928)));
    assert_eq!(of(1906), (Some(1896), Some(1928)));
    assert_eq!(of(1928), (Some(1896), Some(1932)));
    assert_eq!(of(1936), (Some(1932), Some(1948)));
    assert_eq!(of(2004), (Some(2000), None));
}

#[test]
fn history_tells_of_returns_changes_and_drops() {
    let (editions, games) = (time_trial(), all_games());
    let expected =
        [(1896, Change::Introduced), (1900, Change::Dropped), (1928, Change::Returned), (1928, Change::Changed), (2008, Change::Dropped)];
    assert_eq!(told(&history(&editions, &games)), expected);
}

#[test]
fn later_games_without_the_event_discontinue_it() {
    let (editions, games) = (time_trial(), all_games());
    assert_eq!(history(&editions, &games).standing(), ProgrammeStatus::Discontinued);
    let until_2004: Vec<_> = games.iter().filter(|games| games.year <= 2004).cloned().collect();
    assert_eq!(history(&editions, &until_2004).standing(), ProgrammeStatus::OnProgramme);
    assert_eq!(history(&[], &games).standing(), ProgrammeStatus::Unknown);
    assert_eq!(History { discontinued_after: Some(2004), ..history(&[], &games) }.standing(), ProgrammeStatus::Discontinued);
}

#[test]
fn a_single_year_is_no_span() {
    assert_eq!(history(&[edition(1928, 1)], &all_games()).years_held(), "1928");
    assert_eq!(history(&[], &all_games()).years_held(), "");
}

/// All Games with known programmes, but for some.
fn games_without(missing: &[i32]) -> Vec<Arc<games::Model>> {
    let coverage = |year| if missing.contains(&year) { Coverage::Partial } else { Coverage::Medals };
    all_games().into_iter().map(|games| Arc::new(games::Model { coverage: coverage(games.year), ..(*games).clone() })).collect()
}

#[test]
fn games_that_are_not_loaded_say_nothing() {
    let editions = time_trial();
    let gap: Vec<EditionAtGames> = editions.iter().filter(|held| held.1.year != 1996).cloned().collect();
    let games = games_without(&[1996]);
    let partly = History { editions: &gap, games: &games, known_until: None, discontinued_after: None };
    assert_eq!(partly.years_held(), "1896, 1928–1992, 1996?, 2000–2004");
    assert_eq!(years(partly.neighbours(&edition(1992, 1).0)), (Some(1988), None));
    assert_eq!(years(partly.neighbours(&edition(2000, 1).0)), (None, Some(2004)));
    assert!(told(&partly).ends_with(&[(1928, Change::Changed), (1996, Change::Unknown), (2008, Change::Dropped)]));
    let stated = History { known_until: Some(2008), ..partly };
    assert_eq!(stated.years_held(), "1896, 1928–1992, 2000–2004");
    assert!(told(&stated).ends_with(&[(1996, Change::Dropped), (2000, Change::Returned), (2008, Change::Dropped)]));
}

#[test]
fn whether_an_event_was_new_or_is_still_held_can_be_unknown() {
    let recent: Vec<EditionAtGames> = time_trial().into_iter().filter(|held| held.1.year >= 1928).collect();
    let games = games_without(&[1896, 2008]);
    let partly = History { editions: &recent, games: &games, known_until: None, discontinued_after: None };
    assert_eq!(partly.years_held(), "1928–2004, 2008?");
    assert_eq!(told(&partly), [(1928, Change::Unknown), (2008, Change::Unknown)]);
    assert_eq!(partly.standing(), ProgrammeStatus::Unknown);
    let stated = History { discontinued_after: Some(2004), ..partly };
    assert_eq!((stated.standing(), stated.years_held().as_str()), (ProgrammeStatus::Discontinued, "1928–2004"));
    assert_eq!(told(&stated), [(1928, Change::Unknown), (2008, Change::Dropped)]);
}

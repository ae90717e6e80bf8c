//! The track time trial of the men, over the summer Games from 1896 to 2008.

use podium_entity::games::Coverage;
use podium_entity::key;
use uuid::Uuid;

use super::*;

const CANCELLED: [i32; 3] = [1916, 1940, 1944];

fn games(year: i32) -> games::Model {
    let unofficial = year == 1906;
    let season = if unofficial { Season::Intercalated } else { Season::Summer };
    games::Model {
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
    }
}

fn all_games() -> Vec<games::Model> {
    (1896..=2008).step_by(4).chain([1906]).map(games).collect()
}

fn edition(year: i32, distance_mm: i32) -> Held {
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
    (edition, games)
}

fn time_trial() -> Vec<Held> {
    let kilometre = (1928..=2004).step_by(4).filter(|year| !CANCELLED.contains(year)).map(|year| edition(year, 1_000_000));
    [edition(1896, 333_333), edition(1906, 333_333)].into_iter().chain(kilometre).collect()
}

fn years(held: (Option<&Held>, Option<&Held>)) -> (Option<i32>, Option<i32>) {
    (held.0.map(|held| held.1.year), held.1.map(|held| held.1.year))
}

#[test]
fn cancelled_games_do_not_break_a_run_and_unofficial_ones_do_not_count() {
    let spans = held_spans(&time_trial(), &all_games());
    assert_eq!(years_held(&spans), "1896, 1928–2004");
}

#[test]
fn the_nearest_official_editions_are_neighbours() {
    let editions = time_trial();
    let of = |year| years(neighbours(&editions, &edition(year, 1).0));
    assert_eq!(of(1896), (None, Some(1928)));
    assert_eq!(of(1906), (Some(1896), Some(1928)));
    assert_eq!(of(1928), (Some(1896), Some(1932)));
    assert_eq!(of(1936), (Some(1932), Some(1948)));
    assert_eq!(of(2004), (Some(2000), None));
}

#[test]
fn history_tells_of_returns_changes_and_drops() {
    let (editions, games) = (time_trial(), all_games());
    let told: Vec<(i32, Change)> = history(&editions, &games).into_iter().map(|(games, _, change)| (games.year, change)).collect();
    let expected =
        [(1896, Change::Introduced), (1900, Change::Dropped), (1928, Change::Returned), (1928, Change::Changed), (2008, Change::Dropped)];
    assert_eq!(told, expected);
}

#[test]
fn later_games_without_the_event_discontinue_it() {
    let (editions, games) = (time_trial(), all_games());
    assert_eq!(standing(&editions, &games, None), Standing::Discontinued);
    let until_2004: Vec<_> = games.iter().filter(|games| games.year <= 2004).cloned().collect();
    assert_eq!(standing(&editions, &until_2004, None), Standing::OnProgramme);
    assert_eq!(standing(&[], &games, None), Standing::Unknown);
    assert_eq!(standing(&[], &games, Some(2004)), Standing::Discontinued);
}

#[test]
fn a_single_year_is_no_span() {
    assert_eq!(years_held(&held_spans(&[edition(1928, 1)], &all_games())), "1928");
    assert_eq!(years_held(&[]), "");
}

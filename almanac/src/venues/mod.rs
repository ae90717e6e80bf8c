//! Where each event was held. Olympedia's pages of venues list the numbers of the results that were won there; the imports add the rest.

mod decisions;
mod name;
mod olympedia;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;

use anyhow::Result;
use podium_entity::{city, slug};

use crate::claim::Source;
use crate::known::{EditionKey, Known};
use crate::programme::{Label, Pairing};
use decisions::Decision;
use name::{english_name, is_generic};
use olympedia::{Feature, Features, result_number};

/// Within this distance of a host city, a venue belongs to the city. The name of one farther away includes its town.
const CITY_KM: f64 = 25.0;

/// Within this distance, a venue is named after the host city rather than after its town.
const CENTRE_KM: f64 = 10.0;

/// A venue as the almanac writes it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Venue {
    pub(crate) name: String,
    /// The key of the host city that it belongs to.
    pub(crate) city: String,
    /// The present-day country; may be empty where there is a city.
    pub(crate) country: String,
    pub(crate) latitude: String,
    pub(crate) longitude: String,
}

/// The venues by key, and the one of each edition that was held at a single one.
#[derive(Debug, Default)]
pub(crate) struct Venues {
    pub(crate) venues: BTreeMap<String, Venue>,
    pub(crate) held_at: BTreeMap<EditionKey, String>,
}

/// Reads the venues, and finds the one of each edition.
pub(crate) fn read(data: &Path, known: &Known, labels: &[Label<'_>], pairs: &[Pairing]) -> Result<Venues> {
    let (features, decisions) = (Features::read(data)?, decisions::read(known)?);
    let numbers = numbers(&features, known, labels, pairs);
    let mut hosts: BTreeMap<u32, &[city::Model]> = BTreeMap::new();
    for (edition, number) in &numbers {
        hosts.entry(*number).or_insert(known.hosts.get(&edition.games).map_or(&[], Vec::as_slice));
    }
    decisions::refuse_unused(&decisions, &hosts)?;
    let found = hosts.into_iter().map(|(number, hosts)| Found::new(number, features.get(number), hosts, decisions.get(&number)));
    let (keys, mut venues) = with_keys(found.collect(), known);
    let mut held_at: BTreeMap<EditionKey, String> =
        numbers.into_iter().map(|(edition, number)| (edition.clone(), keys[&number].clone())).collect();
    held_at.extend(known.held_at.iter().map(|(edition, key)| (edition.clone(), key.clone())));
    held_at.retain(|edition, _| !known.checked.contains(edition));
    for key in held_at.values() {
        if let Some(row) = known.venues.get(key) {
            let Venue { latitude, longitude, .. } = venues.remove(key).unwrap_or_default();
            let (city, country) = (row.city.clone().unwrap_or_default(), row.country.clone().unwrap_or_default());
            venues.insert(key.clone(), Venue { name: row.name.clone(), city, country, latitude, longitude });
        }
    }
    venues.retain(|key, _| known.venues.get(key).is_none_or(|known| !known.is_checked));
    Ok(Venues { venues, held_at })
}

/// The number of the venue of each edition. An event of several venues has none of its own.
fn numbers<'a>(features: &Features, known: &Known, labels: &[Label<'_>], pairs: &'a [Pairing]) -> Vec<(&'a EditionKey, u32)> {
    let by_result = features.by_result();
    let mut of_edition: BTreeMap<&EditionKey, BTreeSet<u32>> = BTreeMap::new();
    for pairing in pairs.iter().filter(|pairing| labels[pairing.label].source == Source::OlympediaMedals) {
        let found = result_number(labels[pairing.label].event).and_then(|result| by_result.get(&result));
        of_edition.entry(&pairing.edition).or_default().extend(found.into_iter().flatten());
    }
    let single = of_edition.into_iter().filter(|(edition, numbers)| numbers.len() == 1 && !known.checked.contains(edition));
    single.filter_map(|(edition, numbers)| Some((edition, numbers.into_iter().next()?))).collect()
}

/// A venue of Olympedia before it has a key.
struct Found {
    number: u32,
    /// The key that an editor gave it.
    key: Option<String>,
    venue: Venue,
    /// The host city, or the town of a venue farther away, for a name that tells no place.
    place: String,
}

impl Found {
    fn new(number: u32, feature: &Feature, hosts: &[city::Model], decision: Option<&Decision>) -> Self {
        let (north, east) = feature.coordinates();
        let nearest = hosts.iter().filter_map(|city| Some((kilometres((north, east), (city.latitude?, city.longitude?)), city)));
        let nearest = nearest.min_by(|one, other| one.0.total_cmp(&other.0));
        let (distance, host) = nearest.map_or((f64::INFINITY, hosts.first()), |(distance, city)| (distance, Some(city)));
        let is_near = distance <= CITY_KM;
        let place = feature.place();
        let mut name = english_name(feature.names()).unwrap_or_else(|| place.to_owned());
        if !is_near && !name.contains(place) {
            name = format!("{name}, {place}");
        }
        let country = decision.and_then(|decision| decision.country.clone()).or_else(|| host.map(|city| city.country.clone()));
        let degrees = |degrees: f64| feature.digits().map(|digits| format!("{degrees:.digits$}")).unwrap_or_default();
        let venue = Venue {
            name: decision.and_then(|decision| decision.name.clone()).unwrap_or(name),
            city: host.filter(|_| is_near).map(|city| city.key.clone()).unwrap_or_default(),
            country: country.filter(|_| !is_near).unwrap_or_default(),
            latitude: degrees(north),
            longitude: degrees(east),
        };
        let key = decision.and_then(|decision| decision.key.clone());
        let place = host.filter(|_| distance <= CENTRE_KM).map_or(place, |city| &city.name).to_owned();
        Self { number, key, venue, place }
    }
}

/// The key of each venue by its number, and the venues by their keys. A name that several have, or that tells no place, gets that of its
/// place.
fn with_keys(found: Vec<Found>, known: &Known) -> (BTreeMap<u32, String>, BTreeMap<String, Venue>) {
    let mut names: HashMap<String, usize> = HashMap::new();
    for Found { venue, .. } in &found {
        *names.entry(slug::word(&venue.name)).or_default() += 1;
    }
    let (mut keys, mut venues) = (BTreeMap::new(), BTreeMap::new());
    let mut taken: HashSet<String> = known.venues.keys().cloned().collect();
    for Found { number, key, mut venue, place } in found {
        let key = key.unwrap_or_else(|| {
            let plain = slug::word(&venue.name);
            let is_ambiguous = names[&plain] > 1 || taken.contains(&plain) || is_generic(&venue.name);
            if is_ambiguous && !venue.name.contains(&place) {
                venue.name = format!("{}, {place}", venue.name);
            }
            let plain = slug::word(&venue.name);
            if taken.contains(&plain) { format!("{plain}-{number}") } else { plain }
        });
        taken.insert(key.clone());
        venues.insert(key.clone(), venue);
        keys.insert(number, key);
    }
    (keys, venues)
}

/// The distance between two places in degrees north and east, good enough for a few hundred kilometres.
fn kilometres(one: (f64, f64), other: (f64, f64)) -> f64 {
    const PER_DEGREE: f64 = 111.2;
    let across = (one.1 - other.1) * one.0.to_radians().cos();
    (one.0 - other.0).hypot(across) * PER_DEGREE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_about_right() {
        let (london, cardiff) = ((51.507, -0.128), (51.478, -3.183));
        assert!((205.0..218.0).contains(&kilometres(london, cardiff)), "{}", kilometres(london, cardiff));
    }
}

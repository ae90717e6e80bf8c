//! The venues of Olympedia, each with the numbers of the results that were won there.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

const FOLDER: &str = "venues-1896-2018";

/// The venues of a Games.
#[derive(Deserialize)]
struct Collection {
    features: Vec<Feature>,
}

/// A venue.
#[derive(Deserialize)]
pub(super) struct Feature {
    geometry: Geometry,
    properties: Properties,
}

#[derive(Deserialize)]
struct Geometry {
    /// Degrees east, then degrees north.
    coordinates: [f64; 2],
}

#[derive(Deserialize)]
struct Properties {
    associated_names: Vec<String>,
    place: String,
    coordinates_trust: String,
    /// The events, each a line of cells with a text and mostly a link.
    events: Vec<Vec<Cell>>,
    /// Holds the number of the venue.
    source_file: String,
}

#[derive(Deserialize)]
struct Cell {
    link: Option<String>,
}

/// All venues by their number.
pub(super) struct Features(BTreeMap<u32, Feature>);

impl Features {
    /// Reads the venues of all Games. One of several Games is as the first file has it.
    pub(super) fn read(data: &Path) -> Result<Self> {
        let folder = data.join(FOLDER);
        let files = std::fs::read_dir(&folder).with_context(|| format!("{} cannot be read", folder.display()))?;
        let mut files: Vec<_> = files.map(|file| file.map(|file| file.path())).collect::<Result<_, _>>()?;
        files.retain(|file| file.extension().is_some_and(|extension| extension == "geojson"));
        files.sort();
        let mut features: BTreeMap<u32, Feature> = BTreeMap::new();
        for file in files {
            let read = || -> Result<Collection> { Ok(serde_json::from_slice(&std::fs::read(&file)?)?) };
            for feature in read().with_context(|| format!("{} is not the version that is known", file.display()))?.features {
                let digits: String = feature.properties.source_file.chars().filter(char::is_ascii_digit).collect();
                let number = digits.parse().with_context(|| format!("{}: a venue without a number", file.display()))?;
                features.entry(number).or_insert(feature);
            }
        }
        Ok(Self(features))
    }

    pub(super) fn get(&self, number: u32) -> &Feature {
        &self.0[&number]
    }

    /// The numbers of the venues of each result. Those of which nothing is known but the city are left out.
    pub(super) fn by_result(&self) -> HashMap<u32, BTreeSet<u32>> {
        let mut venues: HashMap<u32, BTreeSet<u32>> = HashMap::new();
        for (number, feature) in self.0.iter().filter(|(_, feature)| !feature.tells_nothing()) {
            let links = feature.properties.events.iter().flatten().filter_map(|cell| cell.link.as_deref());
            for result in links.filter_map(result_number) {
                venues.entry(result).or_default().insert(*number);
            }
        }
        venues
    }
}

impl Feature {
    /// The name in the language of the country, then usually the English one, then others.
    pub(super) fn names(&self) -> &[String] {
        &self.properties.associated_names
    }

    /// The town.
    pub(super) fn place(&self) -> &str {
        self.properties.place.split(',').next().unwrap_or_default().trim()
    }

    /// Degrees north and east.
    pub(super) fn coordinates(&self) -> (f64, f64) {
        let [east, north] = self.geometry.coordinates;
        (north, east)
    }

    /// How many digits of the coordinates mean something; `None` when none does.
    pub(super) fn digits(&self) -> Option<usize> {
        match self.properties.coordinates_trust.as_str() {
            "Definitely here" | "Most likely here" => Some(3),
            "Near here" => Some(2),
            _ => None,
        }
    }

    fn tells_nothing(&self) -> bool {
        let Properties { associated_names, place, .. } = &self.properties;
        self.digits().is_none() && associated_names.iter().all(|name| name.is_empty() || name == place)
    }
}

/// The number at the end of an address such as `/results/56000`.
pub(super) fn result_number(address: &str) -> Option<u32> {
    address.rsplit_once("/results/")?.1.parse().ok()
}

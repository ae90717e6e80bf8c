//! Podium's catalogue of sports, disciplines, families and events across all Games. Importers map the events of other sources to
//! it.

use std::collections::HashMap;

use podium_entity::{discipline, event, event_family, source, sport};
use sea_orm::prelude::Uuid;

use crate::error::Error;
use crate::format::context::{Context, Location};
use crate::format::dataset::DataSet;
use crate::format::lines::Line;
use crate::format::lines::games::SourceLine;
use crate::format::lines::programme::{DisciplineLine, EventFamilyLine, EventLine, SportLine};

const FILES: [(&str, &str); 6] = [
    ("sources", include_str!("../../../data/sources.csv")),
    ("sources", include_str!("../../../catalogue/sources.csv")),
    ("sports", include_str!("../../../catalogue/sports.csv")),
    ("disciplines", include_str!("../../../catalogue/disciplines.csv")),
    ("event_families", include_str!("../../../catalogue/event_families.csv")),
    ("events", include_str!("../../../catalogue/events.csv")),
];

/// Every sport, discipline, family and event that a source may need, by id, and the sources themselves.
#[derive(Debug)]
pub struct Catalogue {
    pub sources: Vec<source::Model>,
    pub sports: HashMap<Uuid, sport::Model>,
    pub disciplines: HashMap<Uuid, discipline::Model>,
    pub families: HashMap<Uuid, event_family::Model>,
    pub events: HashMap<Uuid, event::Model>,
}

impl Catalogue {
    /// Reads the lists that are compiled into the program.
    ///
    /// # Errors
    /// When a list breaks the format.
    pub fn read() -> Result<Self, Error> {
        let mut data = DataSet::default();
        for (name, text) in FILES {
            data.add(name, text);
        }
        let mut context = Context::default();
        Ok(Self {
            sources: rows::<SourceLine>(&data, &mut context)?,
            sports: by_id(rows::<SportLine>(&data, &mut context)?, |row| row.id),
            disciplines: by_id(rows::<DisciplineLine>(&data, &mut context)?, |row| row.id),
            families: by_id(rows::<EventFamilyLine>(&data, &mut context)?, |row| row.id),
            events: by_id(rows::<EventLine>(&data, &mut context)?, |row| row.id),
        })
    }

    /// The source with a key.
    pub(crate) fn source(&self, key: &str) -> &source::Model {
        self.sources.iter().find(|source| source.key == key).expect("the catalogue has the sources of the importers")
    }
}

fn rows<L: Line>(data: &DataSet, context: &mut Context) -> Result<Vec<<L::Entity as sea_orm::EntityTrait>::Model>, Error> {
    let lines = data.rows::<L>(L::FILE)?;
    lines.into_iter().map(|(_, line, content)| content.row(Location { file: L::FILE, line }, context)).collect()
}

fn by_id<M>(rows: Vec<M>, id: impl Fn(&M) -> Uuid) -> HashMap<Uuid, M> {
    rows.into_iter().map(|row| (id(&row), row)).collect()
}

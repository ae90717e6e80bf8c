//! What the pages with a slug are about: where they lie, and the title, description and structured data of each.

use serde_json::{Value, json};

use super::head::Head;

/// What a page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    Athlete,
    Edition,
    Event,
    Games,
    Nation,
    Sport,
}

impl Subject {
    pub(crate) const ALL: [Self; 6] = [Self::Athlete, Self::Edition, Self::Event, Self::Games, Self::Nation, Self::Sport];

    /// The first part of the addresses of its pages.
    pub(crate) fn folder(self) -> &'static str {
        match self {
            Self::Athlete => "athletes",
            Self::Edition => "editions",
            Self::Event => "events",
            Self::Games => "games",
            Self::Nation => "nations",
            Self::Sport => "sports",
        }
    }

    /// The table of its slugs.
    pub(crate) fn table(self) -> &'static str {
        match self {
            Self::Athlete => "athlete",
            Self::Edition => "event_edition",
            Self::Event => "event",
            Self::Games => "games",
            Self::Nation => "nation",
            Self::Sport => "sport",
        }
    }

    /// The document for the title, the description and the structured data of its page.
    pub(super) fn question(self) -> &'static str {
        match self {
            Self::Athlete => {
                "query Page($slug: String!) { subject: athlete(slug: $slug) { slug name nations { name } medalCount { gold silver bronze } } }"
            }
            Self::Edition => "query Page($slug: String!) { subject: eventEdition(slug: $slug) { slug name: title startsOn endsOn city } }",
            Self::Event => "query Page($slug: String!) { subject: event(slug: $slug) { slug name yearsHeld } }",
            Self::Games => {
                "query Page($slug: String!) { subject: games(slug: $slug) { slug name startsOn: openedOn endsOn: closedOn hostCities { name } } }"
            }
            Self::Nation => "query Page($slug: String!) { subject: nation(code: $slug) { slug name medalCount { gold silver bronze } } }",
            Self::Sport => "query Page($slug: String!) { subject: sport(slug: $slug) { slug name } }",
        }
    }

    /// What a page says of a subject.
    pub(super) fn describe(self, subject: &Value) -> Head {
        let text = |field: &str| subject[field].as_str().unwrap_or_default();
        let names = |field: &str| {
            let names = subject[field].as_array().into_iter().flatten().filter_map(|one| one["name"].as_str());
            names.collect::<Vec<_>>().join(", ")
        };
        let medals = || {
            let of = |colour: &str| subject["medalCount"][colour].as_i64().unwrap_or_default();
            format!("{} gold, {} silver and {} bronze medals at the Olympic Games", of("gold"), of("silver"), of("bronze"))
        };
        let name = text("name");
        let event = |place: String| {
            let place = (!place.is_empty()).then(|| json!({ "@type": "Place", "name": place }));
            data("SportsEvent", name, [("startDate", &subject["startsOn"]), ("endDate", &subject["endsOn"]), ("location", &json!(place))])
        };
        let (description, data) = match self {
            Self::Athlete => (
                format!("{name}, {}: {}.", names("nations"), medals()),
                Some(data("Person", name, [("nationality", &json!(names("nations")))])),
            ),
            Self::Edition => (format!("Medals, results and phases: {name}."), Some(event(text("city").to_owned()))),
            Self::Event => (format!("Olympic winners and records, {name}: {}.", text("yearsHeld")), None),
            Self::Games => (format!("{name}: medal table, events and results, {}.", names("hostCities")), Some(event(names("hostCities")))),
            Self::Nation => (format!("{name}: {}.", medals()), None),
            Self::Sport => (format!("{name} at the Olympic Games: events, nations and the most successful athletes."), None),
        };
        let path = Some(format!("/{}/{}", self.folder(), text("slug")));
        Head { title: name.to_owned(), description, data, path }
    }
}

/// Structured data, without what is not known.
fn data<const N: usize>(kind: &str, name: &str, properties: [(&str, &Value); N]) -> Value {
    let mut data = json!({ "@context": "https://schema.org", "@type": kind, "name": name });
    for (property, value) in properties.into_iter().filter(|(_, value)| !value.is_null() && *value != "") {
        data[property] = value.clone();
    }
    data
}

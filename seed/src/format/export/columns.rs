//! The columns of exported files, and where their values come from.

use podium_entity::key;
use sea_orm::prelude::Uuid;
use sea_orm::{EntityTrait, IdenStatic, Iterable, ModelTrait, Value};

use super::referred::Referred;

/// The content of one or several columns of a file.
pub(super) enum Column<E: EntityTrait> {
    /// The value of a column of the table.
    Value(String, E::Column),
    /// The key of the row that a foreign key column references.
    Key(String, E::Column),
    /// A value that needs several columns or other tables.
    Special(Special),
}

#[derive(Clone, Copy)]
pub(super) enum Special {
    /// The event, Games and variant of an edition.
    Edition,
    /// The athlete or team of an entry.
    Competitor,
    /// The edition and name of a team.
    Team,
    /// The nation of a member; empty when it is the team's.
    OwnNation,
    /// `false` for a member who received no medal of their team.
    Medal,
    /// The sequence number of a phase.
    Phase,
    /// The award that this one replaces.
    Replaces,
    /// The team that set a record.
    RecordTeam,
    /// The variant of the edition at which a record was set.
    RecordVariant,
    /// The Games, the event or the edition that a text is about.
    About,
    /// The row that once had a slug.
    Subject,
}

/// The tables whose slugs may change, with the columns of `slug_history` that name their rows.
const SUBJECTS: [(&str, &str); 7] = [
    ("games", "games"),
    ("nation", "nation"),
    ("sport", "sport"),
    ("discipline", "discipline"),
    ("family", "event_family"),
    ("event", "event"),
    ("athlete", "athlete"),
];

impl<E: EntityTrait> Column<E> {
    /// Parses a word of `COLUMNS`. `name` is a column of both the file and the table. `name=other` is called `other` in the table.
    /// `name*` is the key of the row that `name_id` references.
    pub(super) fn parse(word: &str) -> Self {
        if let Some(special) = Special::parse(word) {
            return Self::Special(special);
        }
        match (word.split_once('='), word.strip_suffix('*')) {
            (Some((name, stored)), _) => Self::Value(name.to_owned(), column::<E>(stored)),
            (None, Some(name)) => Self::Key(name.to_owned(), column::<E>(&format!("{name}_id"))),
            (None, None) => Self::Value(word.to_owned(), column::<E>(word)),
        }
    }

    /// The headers of the columns.
    pub(super) fn headers(&self) -> Vec<String> {
        match self {
            Self::Value(name, _) | Self::Key(name, _) => vec![name.clone()],
            Self::Special(special) => special.headers().into_iter().map(str::to_owned).collect(),
        }
    }

    /// The cells of the columns for a row.
    pub(super) fn cells(&self, row: &E::Model, referred: &Referred) -> Vec<String> {
        match self {
            Self::Value(_, column) => vec![text(row.get(*column))],
            Self::Key(_, column) => vec![referred.names.key(uuid(&row.get(*column)))],
            Self::Special(special) => special.cells(&|name| row.get(column::<E>(name)), referred),
        }
    }
}

impl Special {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "EDITION" => Self::Edition,
            "COMPETITOR" => Self::Competitor,
            "TEAM" => Self::Team,
            "OWN_NATION" => Self::OwnNation,
            "MEDAL" => Self::Medal,
            "PHASE" => Self::Phase,
            "REPLACES" => Self::Replaces,
            "RECORD_TEAM" => Self::RecordTeam,
            "RECORD_VARIANT" => Self::RecordVariant,
            "ABOUT" => Self::About,
            "SUBJECT" => Self::Subject,
            _ => return None,
        })
    }

    fn headers(self) -> Vec<&'static str> {
        match self {
            Self::Edition => vec!["event", "games", "variant"],
            Self::Competitor => vec!["athlete", "team"],
            Self::Team => vec!["event", "games", "variant", "team"],
            Self::OwnNation => vec!["nation"],
            Self::Medal => vec!["medal"],
            Self::Phase => vec!["phase"],
            Self::Replaces => vec!["replaces"],
            Self::RecordTeam => vec!["team"],
            Self::RecordVariant => vec!["variant"],
            Self::About => vec!["games", "event", "variant"],
            Self::Subject => SUBJECTS.map(|(column, _)| column).to_vec(),
        }
    }

    fn cells(self, get: &dyn Fn(&str) -> Value, referred: &Referred) -> Vec<String> {
        let names = referred.names;
        let edition = || names.edition(uuid(&get("edition_id")));
        let entry = || referred.entry(uuid(&get("entry_id")));
        match self {
            Self::Edition => edition().to_vec(),
            Self::Competitor => entry().1.to_vec(),
            Self::Team => {
                let (edition, [_, team]) = entry();
                [edition.to_vec(), vec![team]].concat()
            }
            Self::OwnNation => {
                let own = uuid(&get("nation_id"));
                let is_the_same = own == referred.nation_of(uuid(&get("entry_id")));
                vec![if is_the_same { String::new() } else { names.key(own) }]
            }
            Self::Medal => {
                let received_no_medal = referred.received_no_medal(uuid(&get("entry_id")), uuid(&get("athlete_id")));
                vec![if received_no_medal { "false".to_owned() } else { String::new() }]
            }
            Self::Phase => vec![referred.phase(uuid(&get("phase_id")))],
            Self::Replaces => vec![referred.award(uuid(&get("replaces_id")))],
            Self::RecordTeam => vec![if uuid(&get("athlete_id")).is_some() { String::new() } else { entry().1[1].clone() }],
            Self::RecordVariant => vec![edition()[2].clone()],
            Self::About => {
                let [event, games, variant] = edition();
                let or = |cell: String, column: &str| if cell.is_empty() { names.key(uuid(&get(column))) } else { cell };
                vec![or(games, "games_id"), or(event, "event_id"), variant]
            }
            Self::Subject => {
                let (kind, subject) = (text(get("kind")), names.key(uuid(&get("subject_id"))));
                SUBJECTS.map(|(_, table)| if table == kind { subject.clone() } else { String::new() }).to_vec()
            }
        }
    }
}

/// The column with this name, in a table that must have it.
pub(super) fn column<E: EntityTrait>(name: &str) -> E::Column {
    columns_of::<E>(name).next().expect("the columns above are those of the tables")
}

/// The column with this name, if the table has it.
pub(super) fn columns_of<E: EntityTrait>(name: &str) -> impl Iterator<Item = E::Column> {
    E::Column::iter().filter(move |column| column.as_str() == name)
}

/// The id of a row.
pub(super) fn id_of<E: EntityTrait>(row: &E::Model) -> Option<Uuid> {
    uuid(&row.get(key::column::<E>()))
}

/// The id in a value, if it holds one.
pub(super) fn uuid(value: &Value) -> Option<Uuid> {
    match value {
        Value::Uuid(id) => *id,
        _ => None,
    }
}

/// A value as the format writes it; null is an empty text.
fn text(value: Value) -> String {
    match value {
        Value::String(text) => text.unwrap_or_default(),
        Value::Bool(Some(value)) => value.to_string(),
        Value::Int(Some(number)) => number.to_string(),
        Value::BigInt(Some(number)) => number.to_string(),
        Value::Double(Some(number)) => number.to_string(),
        Value::ChronoDate(Some(date)) => date.to_string(),
        Value::ChronoDateTimeUtc(Some(time)) => time.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;
    use crate::format::lines::Line;
    use crate::format::tables::{self, Visitor};

    const README: &str = include_str!("../../../data/README.md");

    /// Each file with its columns, as the registry has them.
    #[derive(Default)]
    struct Registered(Vec<(String, Vec<String>)>);

    impl Visitor for Registered {
        async fn table<L: Line>(&mut self) -> Result<(), Error> {
            let columns = L::COLUMNS.split_whitespace().flat_map(|word| Column::<L::Entity>::parse(word).headers());
            self.0.push((L::FILE.to_owned(), sorted(columns)));
            Ok(())
        }
    }

    fn sorted(columns: impl Iterator<Item = String>) -> Vec<String> {
        let mut columns: Vec<String> = columns.collect();
        columns.sort_unstable();
        columns.dedup();
        columns
    }

    /// Each file with its columns, as the table of the README has them. It explains the column `slug` above the table.
    fn described() -> Vec<(String, Vec<String>)> {
        let rows = README.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` | "));
        let is_column = |word: &&str| *word != "false" && word.chars().all(|letter| matches!(letter, 'a'..='z' | '0'..='9' | '_'));
        rows.map(|(file, columns)| (file.to_owned(), sorted(columns.split('`').skip(1).step_by(2).filter(is_column).map(str::to_owned))))
            .collect()
    }

    #[tokio::test]
    async fn the_readme_describes_each_file_and_column() {
        let mut registered = Registered::default();
        tables::visit(&mut registered).await.expect("nothing can fail");
        for (_, columns) in &mut registered.0 {
            columns.retain(|column| column != "slug");
        }
        assert_eq!(described(), registered.0);
    }

    #[tokio::test]
    async fn built_in_files_have_registered_columns_only() {
        let mut registered = Registered::default();
        tables::visit(&mut registered).await.expect("nothing can fail");
        for ((file, columns), (name, text)) in registered.0.iter().zip(tables::BUILT_IN) {
            let header = text.lines().next().expect("a header");
            let unknown: Vec<&str> = header.split(',').filter(|column| !columns.iter().any(|known| known == column)).collect();
            assert_eq!((file.as_str(), unknown), (*name, vec![]));
        }
    }
}

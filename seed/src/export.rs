//! Writing a store as files of the `podium` format: what `load` reads, so that an import of an export changes nothing.

mod names;

use std::path::Path;

use podium_entity::{
    athlete, athlete_name, city, course, delegation, discipline, entry, entry_member, event, event_alias, event_edition, event_family,
    external_id, games, games_host, key, lineage, lineage_member, medal_award, narrative, nation, nation_code, nation_name,
    nation_relation, phase, preview_note, qualification_rule, quota_place, record_mark, result, slug_history, source, sport, venue,
    waypoint,
};
use sea_orm::prelude::Uuid;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, IdenStatic, Iterable, ModelTrait, QueryOrder, Value};

use crate::error::Error;

use names::Names;

/// Writes every table into a folder, which is made when it is not there; tells how many lines each file has.
///
/// # Errors
/// When the folder holds something already, cannot be written, or the store fails.
pub async fn export(db: &impl ConnectionTrait, folder: &Path) -> Result<Vec<(&'static str, usize)>, Error> {
    let unwritable = |reason: &dyn std::fmt::Display| Error::Unwritable { path: folder.display().to_string(), reason: reason.to_string() };
    std::fs::create_dir_all(folder).map_err(|error| unwritable(&error))?;
    if std::fs::read_dir(folder).map_err(|error| unwritable(&error))?.next().is_some() {
        return Err(unwritable(&"there is something in it"));
    }
    let mut written = Vec::new();
    for (file, lines) in files(db).await? {
        let mut writer = csv::Writer::from_path(folder.join(file).with_extension("csv")).map_err(|error| unwritable(&error))?;
        lines.iter().try_for_each(|line| writer.write_record(line)).map_err(|error| unwritable(&error))?;
        writer.flush().map_err(|error| unwritable(&error))?;
        written.push((file, lines.len() - 1));
    }
    Ok(written)
}

/// A file of the format as lines of cells, the first of which are the names of its columns.
type File = (&'static str, Vec<Vec<String>>);

/// All files, in the order of the tables' foreign keys.
async fn files(db: &impl ConnectionTrait) -> Result<Vec<File>, DbErr> {
    let names = Names::load(db).await?;
    let table = Tables { db, names: &names };
    Ok(vec![
        table.file::<source::Entity>("sources", "key title url licence precedence").await?,
        table.file::<city::Entity>("cities", "key name native_name country latitude longitude time_zone").await?,
        table.file::<venue::Entity>("venues", "key name city* country latitude longitude time_zone").await?,
        table.file::<nation::Entity>("nations", "key slug code valid_from valid_to name official_name kind iso2 iso3 source*").await?,
        table.file::<nation_name::Entity>("nation_names", "nation* name language valid_from valid_to").await?,
        table.file::<nation_code::Entity>("nation_codes", "nation* scheme code valid_from valid_to").await?,
        table.file::<nation_relation::Entity>("nation_relations", "from* to* kind year").await?,
        table.file::<lineage::Entity>("lineages", "key=slug name display_nation*").await?,
        table.file::<lineage_member::Entity>("lineage_members", "lineage* nation*").await?,
        table
            .file::<games::Entity>(
                "games",
                "key slug year season kind name olympiad_number edition_number opened_on closed_on status recognition \
                 competitors=competitors_published nations=nations_published coverage source*",
            )
            .await?,
        table.file::<games_host::Entity>("games_hosts", "games* city* nation* role sequence").await?,
        table.file::<delegation::Entity>("delegations", "games* nation* name ranked=ranks_in_medal_table men women source*").await?,
        table.file::<sport::Entity>("sports", "key slug name").await?,
        table.file::<discipline::Entity>("disciplines", "key slug sport* name").await?,
        table.file::<event_family::Entity>("event_families", "key slug discipline* name").await?,
        table
            .file::<event::Entity>(
                "events",
                "key slug family* name gender class participant_kind mark_kind better discontinued_after source*",
            )
            .await?,
        table.file::<event_alias::Entity>("event_aliases", "event* name kind from_year to_year").await?,
        table
            .file::<event_edition::Entity>(
                "event_editions",
                "event* games* variant title venue* city* distance_mm distance_label starts_on ends_on format status coverage \
                 competitors=competitors_published nations=nations_published entry_list_published_on source*",
            )
            .await?,
        table.file::<course::Entity>("courses", "EDITION distance_mm distance_label laps start_format").await?,
        table.file::<waypoint::Entity>("waypoints", "EDITION sequence name role km").await?,
        table.file::<phase::Entity>("phases", "EDITION sequence kind name starts_at local_date local_time time_zone").await?,
        table
            .file::<athlete::Entity>(
                "athletes",
                "key slug name given_name family_name name_order sort_name gender born died birth_place height_cm weight_kg source*",
            )
            .await?,
        table.file::<athlete_name::Entity>("athlete_names", "athlete* name kind language").await?,
        table.file::<entry::Entity>("entries", "EDITION athlete* team=team_name nation* bib status source*").await?,
        table.file::<entry_member::Entity>("entry_members", "TEAM athlete* OWN_NATION role competed MEDAL position").await?,
        table
            .file::<result::Entity>(
                "results",
                "EDITION COMPETITOR PHASE rank tied=rank_tied mark=mark_text mark_kind irm irm_code timing status source*",
            )
            .await?,
        table
            .file::<medal_award::Entity>(
                "medal_awards",
                "EDITION COMPETITOR medal status valid_from valid_to ended_by reason REPLACES source*",
            )
            .await?,
        table
            .file::<record_mark::Entity>(
                "record_marks",
                "event* distance_mm kind sequence mark=mark_text athlete* RECORD_TEAM nation* games* RECORD_VARIANT set_on phase equalled \
                 ratification source*",
            )
            .await?,
        table
            .file::<qualification_rule::Entity>("qualification_rules", "EDITION sequence basis top_ranked places_per_nation places source*")
            .await?,
        table.file::<quota_place::Entity>("quota_places", "EDITION nation* places kind basis counterpart* source*").await?,
        table.file::<preview_note::Entity>("preview_notes", "EDITION sequence role athlete* text=body source*").await?,
        table.file::<narrative::Entity>("narratives", "key ABOUT family* section sequence language body source*").await?,
        table.file::<external_id::Entity>("external_ids", "games* nation* event* athlete* scheme value").await?,
        table.file::<slug_history::Entity>("slug_history", "SUBJECT old_slug").await?,
    ])
}

struct Tables<'a, C> {
    db: &'a C,
    names: &'a Names,
}

impl<C: ConnectionTrait> Tables<'_, C> {
    /// A table as a file with these columns, its lines in order, those that others refer to first.
    async fn file<E: EntityTrait>(&self, file: &'static str, columns: &str) -> Result<File, DbErr> {
        let columns: Vec<Column<E>> = columns.split_whitespace().map(Column::parse).collect();
        let mut lines: Vec<(usize, Vec<String>)> = Vec::new();
        for row in E::find().order_by_asc(key::column::<E>()).all(self.db).await? {
            let cells: Option<Vec<Vec<String>>> = columns.iter().map(|column| column.cells(&row, self.names)).collect();
            if let Some(cells) = cells {
                lines.push((self.names.rank(id_of::<E>(&row)), cells.concat()));
            }
        }
        lines.sort();
        let header = columns.iter().flat_map(Column::headers).collect();
        Ok((file, std::iter::once(header).chain(lines.into_iter().map(|(_, line)| line)).collect()))
    }
}

/// What stands in one or several columns of a file.
enum Column<E: EntityTrait> {
    /// The value of a column of the table.
    Value(String, E::Column),
    /// The key of the row that a column of the table refers to.
    Key(String, E::Column),
    /// What takes several columns, or other tables, to say.
    Special(Special),
}

#[derive(Clone, Copy)]
enum Special {
    /// The event, Games and variant of an edition.
    Edition,
    /// The athlete or team of an entry.
    Competitor,
    /// The edition and name of a team; nothing for the entry of an athlete.
    Team,
    /// The nation of a member; nothing when it is the team's.
    OwnNation,
    /// That a member received no medal of his team's.
    Medal,
    /// The number of a phase.
    Phase,
    /// The award that another took the place of.
    Replaces,
    /// The team that set a record.
    RecordTeam,
    /// The variant of the edition at which a record was set.
    RecordVariant,
    /// The Games, the event or the edition that a text is about.
    About,
    /// What once had a slug.
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
    /// `name` is a column of both, `name=other` one that the table calls otherwise, `name*` the key behind `name_id`.
    fn parse(word: &str) -> Self {
        if let Some(special) = Special::parse(word) {
            return Self::Special(special);
        }
        match (word.split_once('='), word.strip_suffix('*')) {
            (Some((name, stored)), _) => Self::Value(name.to_owned(), column::<E>(stored)),
            (None, Some(name)) => Self::Key(name.to_owned(), column::<E>(&format!("{name}_id"))),
            (None, None) => Self::Value(word.to_owned(), column::<E>(word)),
        }
    }

    fn headers(&self) -> Vec<String> {
        match self {
            Self::Value(name, _) | Self::Key(name, _) => vec![name.clone()],
            Self::Special(special) => special.headers().into_iter().map(str::to_owned).collect(),
        }
    }

    /// The cells of a row; none when the row follows from others.
    fn cells(&self, row: &E::Model, names: &Names) -> Option<Vec<String>> {
        match self {
            Self::Value(_, column) => Some(vec![text(row.get(*column))]),
            Self::Key(_, column) => Some(vec![names.key(uuid(&row.get(*column)))]),
            Self::Special(special) => special.cells(&|name| row.get(column::<E>(name)), names),
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

    fn cells(self, get: &dyn Fn(&str) -> Value, names: &Names) -> Option<Vec<String>> {
        let edition = || names.edition(uuid(&get("edition_id")));
        let entry = || names.entry(uuid(&get("entry_id")));
        Some(match self {
            Self::Edition => edition().to_vec(),
            Self::Competitor => entry().1.to_vec(),
            Self::Team => {
                let (edition, [athlete, team]) = entry();
                if !athlete.is_empty() {
                    return None;
                }
                [edition.to_vec(), vec![team]].concat()
            }
            Self::OwnNation => {
                let own = uuid(&get("nation_id"));
                let is_the_same = own == names.nation_of(uuid(&get("entry_id")));
                vec![if is_the_same { String::new() } else { names.key(own) }]
            }
            Self::Medal => {
                let went_without = names.went_without(uuid(&get("entry_id")), uuid(&get("athlete_id")));
                vec![if went_without { "false".to_owned() } else { String::new() }]
            }
            Self::Phase => vec![names.phase(uuid(&get("phase_id")))],
            Self::Replaces => vec![names.award(uuid(&get("replaces_id")))],
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
        })
    }
}

fn column<E: EntityTrait>(name: &str) -> E::Column {
    E::Column::iter().find(|column| column.as_str() == name).expect("the columns above are those of the tables")
}

fn id_of<E: EntityTrait>(row: &E::Model) -> Option<Uuid> {
    uuid(&row.get(key::column::<E>()))
}

fn uuid(value: &Value) -> Option<Uuid> {
    match value {
        Value::Uuid(id) => *id,
        _ => None,
    }
}

/// A value as the format writes it; nothing for none.
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

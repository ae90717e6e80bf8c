//! Writing a store as files of the `podium` format: what `load` reads, so that an import of an export changes nothing. The lines
//! of a file are in order; large tables are read in parts that follow each other in it, and no more than a part is held.

mod columns;
mod lines;
mod names;
mod referred;

use std::path::Path;

use podium_entity::{
    athlete, athlete_name, city, course, delegation, discipline, entry, entry_member, event, event_alias, event_edition, event_family,
    external_id, games, games_host, key, lineage, lineage_member, medal_award, narrative, nation, nation_code, nation_name,
    nation_relation, phase, preview_note, qualification_rule, quota_place, record_mark, result, slug_history, source, sport, venue,
    waypoint,
};
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, ModelTrait, QueryFilter, QuerySelect, QueryTrait};

use crate::dataset::DataSet;
use crate::error::Error;

use columns::{Column, Special, column, columns_of, id_of, uuid};
use lines::{Lines, unwritable};
use names::Names;
use referred::Referred;

/// Editions whose rows are held at once: a few thousand.
const EDITIONS: usize = 50;

/// Athletes whose rows are held at once.
const ATHLETES: usize = 1_000;

/// Writes every table into a folder, which is made when it is not there; tells how many lines each file has.
///
/// # Errors
/// When the folder holds something already, cannot be written, or the store fails; then no file is left in it, nor when this is
/// given up.
pub async fn export(db: &impl ConnectionTrait, folder: &Path) -> Result<Vec<(&'static str, usize)>, Error> {
    std::fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
    if std::fs::read_dir(folder).map_err(|error| unwritable(folder, &error))?.next().is_some() {
        return Err(unwritable(folder, &"there is something in it"));
    }
    let mut unfinished = Unfinished(Some(folder));
    let written = Tables { db, folder, names: Names::load(db).await? }.files().await?;
    unfinished.0 = None;
    Ok(written)
}

/// A folder whose files go when this does, since half an export looks like a whole one.
struct Unfinished<'a>(Option<&'a Path>);

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        // What cannot be taken away cannot be mended here either.
        let files = self.0.into_iter().flat_map(|folder| DataSet::file_names().map(|name| folder.join(name).with_extension("csv")));
        for file in files {
            drop(std::fs::remove_file(file));
        }
    }
}

struct Tables<'a, C> {
    db: &'a C,
    folder: &'a Path,
    names: Names,
}

impl<C: ConnectionTrait> Tables<'_, C> {
    /// All files, in the order of the tables' foreign keys, with how many lines each has.
    async fn files(&self) -> Result<Vec<(&'static str, usize)>, Error> {
        Ok(vec![
            self.file::<source::Entity>("sources", Parts::One, "key title url licence precedence").await?,
            self.file::<city::Entity>("cities", Parts::One, "key name native_name country latitude longitude time_zone").await?,
            self.file::<venue::Entity>("venues", Parts::One, "key name city* country latitude longitude time_zone").await?,
            self.file::<nation::Entity>(
                "nations",
                Parts::One,
                "key slug code valid_from valid_to name official_name kind iso2 iso3 source*",
            )
            .await?,
            self.file::<nation_name::Entity>("nation_names", Parts::One, "nation* name language valid_from valid_to").await?,
            self.file::<nation_code::Entity>("nation_codes", Parts::One, "nation* scheme code valid_from valid_to").await?,
            self.file::<nation_relation::Entity>("nation_relations", Parts::One, "from* to* kind year").await?,
            self.file::<lineage::Entity>("lineages", Parts::One, "key=slug name display_nation*").await?,
            self.file::<lineage_member::Entity>("lineage_members", Parts::One, "lineage* nation*").await?,
            self.file::<games::Entity>(
                "games",
                Parts::One,
                "key slug year season kind name olympiad_number edition_number opened_on closed_on status recognition \
                 competitors=competitors_published nations=nations_published coverage source*",
            )
            .await?,
            self.file::<games_host::Entity>("games_hosts", Parts::One, "games* city* nation* role sequence").await?,
            self.file::<delegation::Entity>("delegations", Parts::One, "games* nation* name ranked=ranks_in_medal_table men women source*")
                .await?,
            self.file::<sport::Entity>("sports", Parts::One, "key slug name").await?,
            self.file::<discipline::Entity>("disciplines", Parts::One, "key slug sport* name").await?,
            self.file::<event_family::Entity>("event_families", Parts::One, "key slug discipline* name").await?,
            self.file::<event::Entity>(
                "events",
                Parts::One,
                "key slug family* name gender class participant_kind mark_kind better discontinued_after source*",
            )
            .await?,
            self.file::<event_alias::Entity>("event_aliases", Parts::One, "event* name kind from_year to_year").await?,
            self.file::<event_edition::Entity>(
                "event_editions",
                Parts::One,
                "event* games* variant title venue* city* distance_mm distance_label starts_on ends_on format status coverage \
                 competitors=competitors_published nations=nations_published entry_list_published_on source*",
            )
            .await?,
            self.file::<course::Entity>("courses", Parts::One, "EDITION distance_mm distance_label laps start_format").await?,
            self.file::<waypoint::Entity>("waypoints", Parts::One, "EDITION sequence name role km").await?,
            self.file::<phase::Entity>("phases", Parts::One, "EDITION sequence kind name starts_at local_date local_time time_zone")
                .await?,
            self.file::<athlete::Entity>(
                "athletes",
                Parts::Athletes,
                "key slug name given_name family_name name_order sort_name gender born died birth_place height_cm weight_kg source*",
            )
            .await?,
            self.file::<athlete_name::Entity>("athlete_names", Parts::Athletes, "athlete* name kind language").await?,
            self.file::<entry::Entity>("entries", Parts::Editions, "EDITION athlete* team=team_name nation* bib status source*").await?,
            self.file::<entry_member::Entity>("entry_members", Parts::Teams, "TEAM athlete* OWN_NATION role competed MEDAL position")
                .await?,
            self.file::<result::Entity>(
                "results",
                Parts::Editions,
                "EDITION COMPETITOR PHASE rank tied=rank_tied mark=mark_text mark_kind irm irm_code timing status source*",
            )
            .await?,
            self.file::<medal_award::Entity>(
                "medal_awards",
                Parts::Editions,
                "EDITION COMPETITOR medal status valid_from valid_to ended_by reason REPLACES source*",
            )
            .await?,
            self.file::<record_mark::Entity>(
                "record_marks",
                Parts::One,
                "event* distance_mm kind sequence mark=mark_text athlete* RECORD_TEAM nation* games* RECORD_VARIANT set_on phase equalled \
                 ratification source*",
            )
            .await?,
            self.file::<qualification_rule::Entity>(
                "qualification_rules",
                Parts::One,
                "EDITION sequence basis top_ranked places_per_nation places source*",
            )
            .await?,
            self.file::<quota_place::Entity>("quota_places", Parts::One, "EDITION nation* places kind basis counterpart* source*").await?,
            self.file::<preview_note::Entity>("preview_notes", Parts::One, "EDITION sequence role athlete* text=body source*").await?,
            self.file::<narrative::Entity>("narratives", Parts::One, "key ABOUT family* section sequence language body source*").await?,
            self.file::<external_id::Entity>("external_ids", Parts::Athletes, "games* nation* event* athlete* scheme value").await?,
            self.file::<slug_history::Entity>("slug_history", Parts::One, "SUBJECT old_slug").await?,
        ])
    }

    /// Writes a table as a file with these columns, its lines in order, those that others refer to first.
    async fn file<E: EntityTrait>(&self, file: &'static str, parts: Parts, columns: &str) -> Result<(&'static str, usize), Error> {
        let columns: Vec<Column<E>> = columns.split_whitespace().map(Column::parse).collect();
        let header: Vec<String> = columns.iter().flat_map(Column::headers).collect();
        let mut lines = Lines::create(self.folder, file, &header)?;
        for part in parts.of::<E>(&self.names) {
            let rows = E::find().filter(part).all(self.db).await?;
            let ids =
                |name: &str| columns_of::<E>(name).flat_map(|column| rows.iter().filter_map(move |row| uuid(&row.get(column)))).collect();
            let mut referred = Referred::new(&self.names);
            referred.load_awards(self.db, ids("replaces_id")).await?;
            referred.load_entries(self.db, ids("entry_id")).await?;
            referred.load_phases(self.db, ids("phase_id")).await?;
            if columns.iter().any(|column| matches!(column, Column::Special(Special::Medal))) {
                referred.load_receivers(self.db, ids("entry_id")).await?;
            }
            let cells = |row: &E::Model| columns.iter().flat_map(|column| column.cells(row, &referred)).collect();
            lines.write(rows.iter().map(|row| (self.names.rank(id_of::<E>(row)), cells(row))).collect())?;
        }
        Ok((file, lines.end()?))
    }
}

/// How the rows of a table are read: the lines of a part stand above those of the next.
#[derive(Clone, Copy)]
enum Parts {
    /// All at once.
    One,
    /// Those of some editions, whose names the lines begin with.
    Editions,
    /// Those of the teams of some editions; what an athlete's own entry has follows from it.
    Teams,
    /// Those of some athletes, whose keys the lines begin with; then what is of no athlete.
    Athletes,
}

impl Parts {
    fn of<E: EntityTrait>(self, names: &Names) -> Vec<Condition> {
        let of_editions = |editions: &[Uuid]| Condition::all().add(column::<E>("edition_id").is_in(editions.iter().copied()));
        match self {
            Self::One => vec![Condition::all()],
            Self::Editions => names.editions_in_order().chunks(EDITIONS).map(of_editions).collect(),
            Self::Teams => {
                let teams = entry::Entity::find().select_only().column(entry::Column::Id).filter(entry::Column::AthleteId.is_null());
                let are_of =
                    |editions: &[Uuid]| teams.clone().filter(entry::Column::EditionId.is_in(editions.iter().copied())).into_query();
                let of_teams = |editions: &[Uuid]| Condition::all().add(column::<E>("entry_id").in_subquery(are_of(editions)));
                names.editions_in_order().chunks(EDITIONS).map(of_teams).collect()
            }
            Self::Athletes => {
                let athlete = columns_of::<E>("athlete_id").next().unwrap_or_else(key::column::<E>);
                let of_athletes = |athletes: &[Uuid]| Condition::all().add(athlete.is_in(athletes.iter().copied()));
                let of_nobody = Condition::all().add(athlete.is_null());
                names.athletes_in_order().chunks(ATHLETES).map(of_athletes).chain([of_nobody]).collect()
            }
        }
    }
}

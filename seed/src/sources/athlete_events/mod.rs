//! The file "120 years of Olympic history": one line for every athlete in every event from 1896 to 2016, with medals but without
//! ranks. It is read twice: the first pass finds the teams, the second one writes the rows.

mod dictionary;
mod leaf_rows;
mod name_corrections;
mod participation;
mod people;
mod person;
mod stored;
mod survey;
mod teams;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use podium_entity::event_edition::EditionStatus;
use podium_entity::games::Coverage;
use podium_entity::{athlete, delegation, entry, event_edition, key, medal_award, nation};
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter};

use crate::error::Error;
use crate::format::lines::awards::award_row;
use crate::format::lines::entries::delegation_row;
use crate::options::ImportOptions;
use crate::report::notes::Notes;
use crate::report::progress::{OnProgress, Progress};
use crate::report::rejects::Rejects;
use crate::report::{Report, Tally};
use crate::sources::common::input::{Input, Lines, Package};
use crate::sources::common::programme;
use crate::sources::source::Source;
use crate::write::coverage::coverage_rank;
use crate::write::deferred_indexes::DeferredIndexes;
use crate::write::preceding_rows::PrecedingRows;
use crate::write::writer::Writer;

use dictionary::{Dictionary, Edition, SOURCE};
use name_corrections::NameCorrections;
use participation::{COLUMNS, Participation};
use people::People;
use survey::Survey;
use teams::{Team, Teams};

/// The file "120 years of Olympic history": every athlete in every event from 1896 to 2016, with the medals.
#[derive(clap::Args, Clone, Debug, PartialEq, Eq)]
pub struct AthleteEvents {
    /// The file `athlete_events.csv`, plain or compressed with gzip, or a zip archive or folder with it; `-` reads standard input.
    pub file: PathBuf,
    /// Restore lost accents from a file with the columns `ID`, `name_ascii_stripped`, `name_utf8`. It works on any import: athletes
    /// already stored get their accents too, slugs never change, and later imports without it keep the restored names.
    #[arg(long, value_name = "FILE")]
    pub names: Option<PathBuf>,
    /// Take the names of nations with codes unknown to Podium from a file with the columns `NOC`, `region`, `notes`.
    #[arg(long, value_name = "FILE")]
    pub nocs: Option<PathBuf>,
}

impl Source for AthleteEvents {
    async fn import(&self, db: &DatabaseTransaction, options: &ImportOptions, on_progress: OnProgress<'_>) -> Result<Report, Error> {
        import(db, self, options, on_progress).await
    }
}

async fn import(
    db: &DatabaseTransaction,
    from: &AthleteEvents,
    options: &ImportOptions,
    on_progress: OnProgress<'_>,
) -> Result<Report, Error> {
    let input = Package::file_with(&from.file, COLUMNS)?;
    let mut rejects = Rejects::of(&input.name, options)?;
    let mut notes = Notes::to(options.notes.as_deref())?;
    let name_corrections = from.names.as_ref().map_or_else(|| Ok(NameCorrections::default()), |path| NameCorrections::read(path))?;
    let nations = from.nocs.as_ref().map_or_else(|| Ok(HashMap::new()), |path| names_of_nations(path))?;
    let mut dictionary = Dictionary::load(db, key::id("source", SOURCE), nations).await?;
    let mut survey = Survey::make(&input, &mut dictionary, &mut rejects, notes.on(&input.name), on_progress)?;
    let mut teams = Teams::find(&mut survey, &dictionary, key::id("source", SOURCE))?;
    // A mixed team is no delegation; the nations of its members are.
    let of_nations = teams.rows.iter().filter(|team| team.entry.nation_id != key::id("nation", "MIX"));
    survey.delegations.extend(of_nations.map(|team| (team.games, team.entry.nation_id)));

    let mut writer = Writer::new(db, dictionary.catalogue.source(SOURCE)).await?;
    let preceding = PrecedingRows::load(&writer, SOURCE).await?;
    write_programme(&mut writer, &dictionary).await?;
    write_editions(&mut writer, &dictionary, &survey).await?;

    let athletes = athlete::Entity::find();
    let are_new = athletes.clone().filter(athlete::Column::Key.starts_with(SOURCE)).count(db).await? == 0;
    let stored = athletes.filter(athlete::Column::SourceId.eq(writer.source)).count(db).await?;
    let deferred = match stored < survey.athletes.div_ceil(2) {
        true => DeferredIndexes::defer(db, are_new).await?,
        false => DeferredIndexes::default(),
    };
    write_teams(&mut writer, teams.take(), &preceding).await?;
    let mut people = People::new(db, &dictionary, &teams, &preceding, name_corrections, notes.on(&input.name), are_new).await?;
    write_people(&mut writer, &mut people, &input, &mut dictionary, &survey, on_progress).await?;
    let of = deferred.len() as u64;
    deferred.create(db, |done| on_progress(Progress::Indexed { done: done as u64, of })).await?;
    people.write_later(&mut writer).await?;

    writer.report.add("entries", Tally { rejected: rejects.count, ..Tally::default() });
    let People { bridged, repeated, name_corrections, .. } = people;
    name_corrections.note_unused(&mut notes)?;
    writer.report.note("lines repeat another one and count once", repeated);
    notes.tell(&mut writer.report);
    writer.report.note("Games are not whole in this file, and stay partial", partial_games(&dictionary, &survey));
    writer.finish(&bridged).await
}

/// Names of nations by code: the note where there is one, otherwise the region.
fn names_of_nations(path: &Path) -> Result<HashMap<String, String>, Error> {
    let mut names = HashMap::new();
    let columns = ["NOC", "region", "notes"];
    let mut lines = Package::file_with(path, columns)?.lines(columns)?;
    while lines.advance()? {
        let [code, region, note] = lines.cells().map_err(|reason| lines.refuse(&reason))?;
        let name = if note.is_empty() { region } else { note };
        names.insert(code.to_owned(), name.to_owned());
    }
    Ok(names)
}

/// Writes the events that took place, the sports above them, and the nations that are known only from the file of nations.
async fn write_programme(writer: &mut Writer<'_>, dictionary: &Dictionary) -> Result<(), Error> {
    writer.write::<nation::Entity>("nations", dictionary.new_nations.clone()).await?;
    programme::write(writer, &dictionary.catalogue, dictionary.editions.iter().map(|edition| edition.event)).await
}

/// Writes editions and delegations, and raises coverage. A Games has the coverage `Participants` when the file has all the lines of
/// the published file.
async fn write_editions(writer: &mut Writer<'_>, dictionary: &Dictionary, survey: &Survey) -> Result<(), Error> {
    let whole: HashSet<usize> = survey
        .rows_of_games
        .iter()
        .filter(|(games, rows)| **rows >= dictionary.games[**games].published)
        .map(|(games, _)| *games)
        .collect();
    let stored: HashMap<Uuid, event_edition::Model> =
        event_edition::Entity::find().all(writer.db).await?.into_iter().map(|row| (row.id, row)).collect();
    let mut editions = Vec::new();
    let mut raised: BTreeMap<bool, (Vec<Uuid>, Vec<Uuid>)> = BTreeMap::new();
    for edition in &dictionary.editions {
        let is_whole = whole.contains(&edition.games);
        let coverage = if is_whole { Coverage::Participants } else { Coverage::Partial };
        let known = stored.get(&edition.id);
        if known.is_some_and(|known| coverage_rank(known.coverage) < coverage_rank(coverage)) {
            raised.entry(is_whole).or_default().0.push(edition.id);
        }
        editions.push(edition_row(dictionary, edition, known, coverage, writer.source));
    }
    for games in survey.rows_of_games.keys() {
        let coverage = if whole.contains(games) { Coverage::Participants } else { Coverage::Partial };
        let games_row = &dictionary.games[*games].row;
        if coverage_rank(games_row.coverage) < coverage_rank(coverage) {
            raised.entry(whole.contains(games)).or_default().1.push(games_row.id);
        }
    }
    let delegations = survey.delegations.iter().map(|(games, nation)| {
        let games_id = dictionary.games[*games].row.id;
        delegation_row(games_id, *nation, writer.source)
    });
    let delegations = delegations.collect();
    writer.write::<event_edition::Entity>("event_editions", editions).await?;
    for (is_whole, (editions, games)) in raised {
        let coverage = if is_whole { Coverage::Participants } else { Coverage::Partial };
        writer.raise_coverage(coverage, &editions, &games).await?;
    }
    writer.write::<delegation::Entity>("delegations", delegations).await
}

/// The row of an edition. A stored edition keeps its slug, and its coverage when that is higher.
fn edition_row(
    dictionary: &Dictionary,
    edition: &Edition,
    known: Option<&event_edition::Model>,
    coverage: Coverage,
    source_id: Uuid,
) -> event_edition::Model {
    let games = &dictionary.games[edition.games].row;
    let event = &dictionary.catalogue.events[&edition.event];
    let best = known.map(|known| known.coverage).filter(|known| coverage_rank(*known) > coverage_rank(coverage));
    event_edition::Model {
        id: edition.id,
        slug: known.map_or_else(|| format!("{}/{}", games.slug, event.slug), |known| known.slug.clone()),
        event_id: edition.event,
        games_id: games.id,
        variant: String::new(),
        title: None,
        venue_id: None,
        city_id: edition.city,
        distance_mm: None,
        distance_label: None,
        starts_on: None,
        ends_on: None,
        format: None,
        status: if event.key.starts_with("art-competitions/") { EditionStatus::Art } else { EditionStatus::Medal },
        coverage: best.unwrap_or(coverage),
        competitors_published: None,
        nations_published: None,
        entry_list_published_on: None,
        source_id,
    }
}

/// Teams in one batch.
const TEAMS: usize = 20_000;

async fn write_teams(writer: &mut Writer<'_>, teams: Vec<Team>, preceding: &PrecedingRows) -> Result<(), Error> {
    let mut teams = teams.into_iter();
    while teams.len() > 0 {
        let (mut entries, mut awards, mut kept) = (Vec::new(), Vec::new(), 0);
        for Team { entry, medals, .. } in teams.by_ref().take(TEAMS) {
            let competitor = preceding.competitor(entry.id, entry.nation_id);
            if preceding.has_medal(entry.edition_id, entry.id) {
                kept += medals.len();
            } else {
                awards.extend(medals.into_iter().map(|medal| award_row(entry.edition_id, competitor, medal, writer.source)));
            }
            entries.push(entry);
        }
        writer.write::<entry::Entity>("entries", entries).await?;
        writer.write::<medal_award::Entity>("medal_awards", awards).await?;
        writer.kept("medal_awards", kept);
    }
    Ok(())
}

/// The second pass: reads the file again, and writes the athletes in batches.
async fn write_people(
    writer: &mut Writer<'_>,
    people: &mut People<'_>,
    input: &Input,
    dictionary: &mut Dictionary,
    survey: &Survey,
    on_progress: OnProgress<'_>,
) -> Result<(), Error> {
    let mut lines = input.lines(COLUMNS)?;
    let mut done = 0;
    while fill(&mut lines, people, dictionary, &mut done)? {
        people.write(writer).await?;
        on_progress(Progress::Written { done, of: survey.rows });
    }
    people.write(writer).await?;
    on_progress(Progress::Written { done, of: survey.rows });
    match done == survey.rows {
        true => Ok(()),
        false => Err(lines.refuse("the file changed while it was read; try again")),
    }
}

/// Reads lines until a batch is full; false at the end of the file.
fn fill(lines: &mut Lines<15>, people: &mut People<'_>, dictionary: &mut Dictionary, done: &mut u64) -> Result<bool, Error> {
    while lines.advance()? {
        let read = lines.cells().and_then(|cells| Participation::read(cells, dictionary)).ok();
        if read.is_some_and(|row| people.is_full_before(row.athlete)) {
            lines.hold();
            return Ok(true);
        }
        *done += 1;
        if let Some(row) = read {
            people.add(&row, lines.line())?;
        }
    }
    Ok(false)
}

/// The number of Games with fewer lines than in the published file.
fn partial_games(dictionary: &Dictionary, survey: &Survey) -> usize {
    survey.rows_of_games.iter().filter(|(games, rows)| **rows < dictionary.games[**games].published).count()
}

//! The files of the Games of Paris 2024: every heat, match and final of each event with its competitors, the teams, the medals and
//! the schedule.
//!
//! A unit becomes a phase, and each of its rows a result in that phase. The overall result of an event has no phase. Who was eliminated
//! before the final has one without a rank, with the mark of their last phase. In a duel the mark is both scores, the competitor's own
//! first. The scores do not always show who won, as after penalties. So `irm_code` is the source's `W`, `L` or `T` there, and elsewhere the
//! source's reason for a missing mark.

mod athletes;
mod dictionary;
mod editions;
mod entries;
mod files;
mod marks;
mod medals;
mod namesakes;
mod overall;
mod people;
mod phases;
mod printed_name;
mod results;
mod schedule;
mod teams;
mod units;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::PathBuf;

use podium_entity::entry::EntryStatus;
use podium_entity::result::Irm;
use podium_entity::{athlete, athlete_name, delegation, entry, entry_member, external_id, medal_award, medal_recipient, phase, result};
use sea_orm::DatabaseTransaction;
use sea_orm::prelude::Uuid;

use crate::error::Error;
use crate::format::lines::entries::delegation_row;
use crate::options::ImportOptions;
use crate::report::notes::Notes;
use crate::report::progress::{OnProgress, Progress};
use crate::report::rejects::Rejects;
use crate::report::{Report, Tally};
use crate::sources::common::programme;
use crate::sources::source::Source;
use crate::write::preceding_rows::PrecedingRows;
use crate::write::writer::Writer;

use athletes::Athletes;
use dictionary::{Dictionary, OTHER_SOURCE, SOURCE};
use entries::{Entries, Register};
use files::Files;
use medals::Medals;
use people::People;
use phases::Phases;
use schedule::{Schedule, time_zone_of};
use teams::Teams;
use units::{Edition, Unit};

/// The files of Paris 2024: every heat, match and final, the teams, the medals and the schedule.
#[derive(clap::Args, Clone, Debug, PartialEq, Eq)]
pub struct Paris2024 {
    /// A folder or zip archive with athletes, teams, medals, medallists, schedules and a folder `results`, as plain or compressed CSV.
    pub folder: PathBuf,
}

impl Source for Paris2024 {
    async fn import(&self, db: &DatabaseTransaction, options: &ImportOptions, on_progress: OnProgress<'_>) -> Result<Report, Error> {
        import(db, self, options, on_progress).await
    }
}

async fn import(db: &DatabaseTransaction, from: &Paris2024, options: &ImportOptions, on_progress: OnProgress<'_>) -> Result<Report, Error> {
    let files = Files::open(&from.folder)?;
    let mut rejects = Rejects::of(&files.folder, options)?;
    let mut notes = Notes::to(options.notes.as_deref())?;
    let dictionary = Dictionary::load(db, &from.folder).await?;
    let editions = units::read(&files, &dictionary, &mut rejects)?;
    let schedule = Schedule::read(&files, &dictionary, &mut rejects)?;
    let medals = Medals::read(&files, &dictionary, &editions, &mut rejects)?;

    let mut writer = Writer::new(db, dictionary.catalogue.source(SOURCE)).await?;
    let preceding = PrecedingRows::load(&writer, OTHER_SOURCE).await?;
    let mut people = People::read(&files, &dictionary, &editions, &preceding, &mut rejects)?;
    let teams = Teams::read(&files, &mut people, &mut rejects)?;
    let register = Register { people: &people, teams: &teams, medals: &medals, preceding: &preceding, source: writer.source };
    let outcome = Outcome::of(&editions, &dictionary, &schedule, register);
    let athletes = Athletes::of(&outcome.entries.athletes, &people, &preceding, &writer).await?;
    let newcomers: Vec<&str> = outcome.entries.athletes.iter().map(String::as_str).filter(|code| !people.is_matched(code)).collect();
    let participants = athletes.ids.iter().copied().collect();
    let perhaps = namesakes::note(db, &newcomers, &participants, &people, &dictionary, notes.on(&files.athletes.name)).await?;

    programme::write(&mut writer, &dictionary.catalogue, editions.iter().map(|edition| dictionary.events[edition.event].row.id)).await?;
    editions::write(&mut writer, &dictionary, &editions, &schedule, &outcome.with_all_results()).await?;
    let (ids, matched) = (athletes.ids.clone(), athletes.matched);
    write(&mut writer, athletes, outcome, dictionary.games.id, on_progress).await?;
    writer.report.add("results", Tally { rejected: rejects.count, ..Tally::default() });
    writer.report.note("athletes are known from another source, by Podium's list", matched);
    notes.tell(&mut writer.report);
    writer.report.note(
        "athletes are new; no other source here has one of their name, gender, nation and year of birth",
        ids.len() - matched - perhaps,
    );
    writer.report.note("medals are of events without results, and were left out", medals.left_out);
    writer.finish(&ids).await
}

/// The rows of all events.
#[derive(Debug, Default)]
struct Outcome {
    phases: Vec<phase::Model>,
    entries: Entries,
    results: Vec<result::Model>,
}

impl Outcome {
    /// Builds the phases, entries, results and medals of the events.
    fn of(editions: &[Edition], dictionary: &Dictionary, schedule: &Schedule, register: Register<'_>) -> Self {
        let mut outcome = Self::default();
        for edition in editions {
            let event = &dictionary.events[edition.event];
            let phases = Phases::of(edition, event, schedule, time_zone_of(edition.units.values(), dictionary));
            let mut units: Vec<&Unit> = edition.units.values().collect();
            units.sort_by_key(|unit| phases.by_unit.get(&unit.code).map_or(i32::MAX, |(_, sequence)| *sequence));
            outcome.entries.add(edition, event, &units, register);
            outcome.results.extend(results::of(edition, event, &phases, &outcome.entries, register.source));
            outcome.phases.extend(phases.rows);
        }
        let ids: HashMap<usize, Uuid> = editions.iter().map(|edition| (edition.event, dictionary.events[edition.event].edition)).collect();
        outcome.entries.award(&ids, register);
        outcome
    }

    /// The editions in which every competitor who started has a rank or a mark overall, or a reason for having none.
    fn with_all_results(&self) -> HashSet<Uuid> {
        let overall = self.results.iter().filter(|row| row.phase_id.is_none() && row.irm != Some(Irm::Ac));
        let overall: HashSet<Uuid> = overall.map(|row| row.entry_id).collect();
        let started = || self.entries.rows.iter().filter(|entry| entry.status == EntryStatus::Started);
        let without: HashSet<Uuid> = started().filter(|entry| !overall.contains(&entry.id)).map(|entry| entry.edition_id).collect();
        started().map(|entry| entry.edition_id).filter(|edition| !without.contains(edition)).collect()
    }

    /// The nations that took part.
    fn delegations(&self, games: Uuid, source: Uuid) -> Vec<delegation::Model> {
        let nations: BTreeSet<Uuid> = self.entries.rows.iter().map(|entry| entry.nation_id).collect();
        nations.into_iter().map(|nation| delegation_row(games, nation, source)).collect()
    }
}

/// Writes the athletes and the rows of all events, table by table.
async fn write(
    writer: &mut Writer<'_>,
    athletes: Athletes,
    outcome: Outcome,
    games: Uuid,
    on_progress: OnProgress<'_>,
) -> Result<(), Error> {
    let delegations = outcome.delegations(games, writer.source);
    let Outcome { phases, entries, results } = outcome;
    let steps = [athletes.rows.len(), entries.rows.len() + entries.members.len(), results.len()].map(|rows| rows as u64);
    let tell = |step: usize| on_progress(Progress::Written { done: steps[..step].iter().sum(), of: steps.iter().sum() });
    writer.write::<delegation::Entity>("delegations", delegations).await?;
    writer.write::<phase::Entity>("phases", phases).await?;
    writer.write::<athlete::Entity>("athletes", athletes.rows).await?;
    writer.kept("athletes", athletes.kept);
    writer.write::<athlete_name::Entity>("athlete_names", athletes.names).await?;
    writer.write::<external_id::Entity>("external_ids", athletes.external_ids).await?;
    tell(1);
    writer.write::<entry::Entity>("entries", entries.rows).await?;
    writer.write::<entry_member::Entity>("entry_members", entries.members).await?;
    writer.kept("entry_members", entries.members_kept);
    tell(2);
    writer.write::<result::Entity>("results", results).await?;
    tell(3);
    writer.write::<medal_award::Entity>("medal_awards", entries.awards).await?;
    writer.kept("medal_awards", entries.awards_kept);
    writer.write::<medal_recipient::Entity>("medal_recipients", entries.recipients).await
}

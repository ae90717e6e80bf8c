//! The second pass: the lines of one athlete after another become rows.

use std::collections::HashMap;

use podium_entity::entry::EntryStatus;
use podium_entity::entry_member::MemberRole;
use podium_entity::event::ParticipantKind;
use podium_entity::medal_award::Medal;
use podium_entity::{athlete, athlete_name, entry, entry_member, key, medal_award};
use sea_orm::prelude::Uuid;
use sea_orm::{ActiveEnum, DatabaseTransaction, EntityTrait};

use super::dictionary::{Dictionary, SOURCE};
use super::leaf_rows::LeafRows;
use super::name_corrections::NameCorrections;
use super::participation::Participation;
use super::person::{EntryMembership, Person, athlete_key};
use super::stored::Stored;
use super::teams::Teams;
use crate::derived::search_terms::{self, Term};
use crate::error::Error;
use crate::format::lines::awards::{award_id, award_row, recipient_row};
use crate::format::lines::entries::member_id;
use crate::report::notes::{NoteKind, NotesOn};
use crate::sources::common::person_name::PersonName;
use crate::write::merge_athlete;
use crate::write::preceding_rows::PrecedingRows;
use crate::write::slugs::Slugs;
use crate::write::writer::Writer;

/// Entry members in one batch.
const BATCH: usize = 30_000;

/// The athletes of one batch, and their rows.
#[derive(Debug, Default)]
struct Batch {
    people: Vec<Person>,
    entries: Vec<entry::Model>,
    awards: Vec<medal_award::Model>,
    leaf_rows: LeafRows,
    awards_kept: usize,
    members_kept: usize,
}

pub(super) struct People<'a> {
    editions: Vec<(Uuid, ParticipantKind)>,
    teams: &'a Teams,
    preceding: &'a PrecedingRows,
    pub(super) name_corrections: NameCorrections,
    nation_keys: HashMap<Uuid, String>,
    notes: NotesOn<'a>,
    slugs: Slugs,
    /// Whether no athlete of this source is stored, so that no lookup is needed.
    are_new: bool,
    batch: Batch,
    /// Leaf rows that may already be stored. They are written once the deferred indexes exist again, since an upsert must look them
    /// up.
    later: LeafRows,
    /// Athletes of a better source. Their search terms are refreshed at the end.
    pub(super) bridged: Vec<Uuid>,
    pub(super) repeated: usize,
    source: Uuid,
}

impl<'a> People<'a> {
    pub(super) async fn new(
        db: &DatabaseTransaction,
        dictionary: &Dictionary,
        teams: &'a Teams,
        preceding: &'a PrecedingRows,
        name_corrections: NameCorrections,
        notes: NotesOn<'a>,
        are_new: bool,
    ) -> Result<Self, Error> {
        let nations = podium_entity::nation::Entity::find().all(db).await?;
        Ok(Self {
            editions: dictionary.editions.iter().map(|edition| (edition.id, edition.kind)).collect(),
            teams,
            preceding,
            name_corrections,
            nation_keys: nations.into_iter().map(|row| (row.id, row.key)).collect(),
            notes,
            slugs: Slugs::load(db).await?,
            are_new,
            batch: Batch::default(),
            later: LeafRows::default(),
            bridged: Vec::new(),
            repeated: 0,
            source: key::id("source", SOURCE),
        })
    }

    /// Adds a line. The lines of one athlete must be consecutive.
    pub(super) fn add(&mut self, row: &Participation<'_>, line: u64) -> Result<(), Error> {
        if self.batch.people.last().is_none_or(|person| person.number != row.athlete) {
            self.begin(row, line);
        }
        let (edition, kind) = self.editions[row.edition];
        let Some(person) = self.batch.people.last_mut() else { return Ok(()) };
        person.learn(row);
        let is_joint = || row.medal.is_some() && !self.teams.of(row.edition, row.team, row.nation, row.medal).is_empty();
        if kind == ParticipantKind::Individual && !is_joint() {
            let entry = key::derived("entry", &[&edition, &person.id]);
            self.take_part_alone(entry, edition, row, line)?;
        } else {
            let teams = self.teams;
            for team in teams.of(row.edition, row.team, row.nation, row.medal) {
                let (entry, edition) = teams.entries[*team];
                self.take_part(entry, edition, row, line)?;
            }
        }
        Ok(())
    }

    fn begin(&mut self, row: &Participation<'_>, line: u64) {
        let bridged = self.preceding.athletes.get(&row.athlete.to_string()).copied();
        let id = bridged.unwrap_or_else(|| key::id("athlete", &athlete_key(row.athlete)));
        let whole = self.name_corrections.take(row.athlete, row.name);
        let nation = self.nation_keys.get(&row.nation).map_or("", String::as_str);
        let printed = PersonName::read(row.name, nation);
        self.bridged.extend(bridged);
        let (name, damaged) = match whole {
            Some(whole) => (PersonName::read(&whole, nation), Some(printed)),
            None => (printed, None),
        };
        self.batch.people.push(Person {
            number: row.athlete,
            line,
            id,
            is_settled: bridged.is_some(),
            nation: row.nation,
            name,
            damaged,
            gender: row.gender,
            births: None,
            height_cm: None,
            weight_kg: None,
            memberships: Vec::new(),
        });
    }

    fn take_part_alone(&mut self, entry_id: Uuid, edition_id: Uuid, row: &Participation<'_>, line: u64) -> Result<(), Error> {
        let is_new = self.take_part(entry_id, edition_id, row, line)?;
        let Some(person) = self.batch.people.last() else { return Ok(()) };
        if is_new {
            self.batch.entries.push(entry::Model {
                id: entry_id,
                edition_id,
                nation_id: row.nation,
                athlete_id: Some(person.id),
                team_name: None,
                bib: None,
                status: EntryStatus::Started,
                source_id: self.source,
            });
        }
        if let Some(medal) = row.medal {
            let nation = person
                .memberships
                .iter()
                .find(|membership| membership.entry == entry_id)
                .map_or(row.nation, |membership| membership.nation);
            let award = award_row(edition_id, self.preceding.competitor(entry_id, nation), medal, self.source);
            match self.preceding.has_medal(edition_id, entry_id) {
                true => self.batch.awards_kept += 1,
                false if self.batch.awards.iter().rev().take(8).all(|other| other.id != award.id) => self.batch.awards.push(award),
                false => {}
            }
        }
        Ok(())
    }

    /// Makes the athlete a member of an entry, and a recipient of the medal on the line. Returns whether the athlete was not a
    /// member before.
    fn take_part(&mut self, entry_id: Uuid, edition_id: Uuid, row: &Participation<'_>, line: u64) -> Result<bool, Error> {
        let Some(person) = self.batch.people.last_mut() else { return Ok(false) };
        let athlete_id = person.id;
        let mut earlier = person.memberships.iter().filter(|membership| membership.entry == entry_id);
        let first = earlier.clone().next().copied();
        if earlier.any(|membership| membership.nation == row.nation && membership.medal == row.medal) {
            self.repeated += 1;
            return Ok(false);
        }
        person.memberships.push(EntryMembership { entry: entry_id, nation: row.nation, medal: row.medal, line });
        if let Some(medal) = row.medal.filter(|_| !self.preceding.has_medal(edition_id, entry_id)) {
            let award_id = award_id(edition_id, medal, Some(entry_id), None);
            self.batch.leaf_rows.recipients.push(recipient_row(award_id, athlete_id));
        }
        if let Some(first) = first {
            let [here, there] = [(row.nation, row.medal), (first.nation, first.medal)].map(|(nation, medal)| self.words(nation, medal));
            let about = format!(
                "athlete {} {}, {}, {}: {here} here, but {there} on line {}",
                row.athlete, row.name, row.games, row.event, first.line
            );
            self.notes.add(NoteKind::ContradictingLine, line, &about)?;
            return Ok(false);
        }
        if self.preceding.entries.contains_key(&entry_id) {
            self.batch.members_kept += 1;
            return Ok(true);
        }
        self.batch.leaf_rows.members.push(entry_member::Model {
            id: member_id(entry_id, athlete_id),
            entry_id,
            edition_id,
            athlete_id,
            nation_id: row.nation,
            role: MemberRole::Member,
            competed: true,
            position: None,
        });
        Ok(true)
    }

    /// A nation and a medal in words, for a note.
    fn words(&self, nation: Uuid, medal: Option<Medal>) -> String {
        let nation = self.nation_keys.get(&nation).map_or("", String::as_str);
        format!("{nation} with {}", medal.map_or_else(|| "no medal".to_owned(), |medal| medal.to_value().to_lowercase()))
    }

    /// Whether the batch is full and this athlete would start the next one.
    pub(super) fn is_full_before(&self, athlete: u32) -> bool {
        self.batch.leaf_rows.members.len() >= BATCH && self.batch.people.last().is_some_and(|person| person.number != athlete)
    }

    /// Writes the batch.
    pub(super) async fn write(&mut self, writer: &mut Writer<'_>) -> Result<(), Error> {
        let mut batch = std::mem::take(&mut self.batch);
        let stored = if self.are_new { Stored::default() } else { Stored::load(writer, &batch.people, self.preceding).await? };
        self.keep_letters(&mut batch.people, &stored);
        let Athletes { new, filled, mut names } = self.athletes(&batch.people, &stored)?;
        names.extend(batch.people.iter().flat_map(Person::names));
        batch.leaf_rows.names = names;
        let mut others: HashMap<Uuid, Vec<&str>> = HashMap::new();
        for name in &batch.leaf_rows.names {
            others.entry(name.athlete_id).or_default().push(&name.name);
        }
        for names in others.values_mut() {
            names.sort_unstable();
        }
        let terms = new.iter().map(|row| Term::of_athlete(row, others.get(&row.id).into_iter().flatten().copied())).collect();
        writer.kept("athletes", batch.people.len() - new.len() - filled.len());
        writer.write::<athlete::Entity>("athletes", new).await?;
        writer.write::<athlete::Entity>("athletes", filled).await?;
        stored.forget_damaged_names(writer, &batch.people).await?;
        writer.write::<entry::Entity>("entries", batch.entries).await?;
        writer.write::<medal_award::Entity>("medal_awards", batch.awards).await?;
        writer.kept("medal_awards", batch.awards_kept);
        if self.are_new {
            let preceding = batch.people.iter().filter(|person| person.is_settled).map(|person| person.id).collect();
            self.later.add(batch.leaf_rows.take_of(&preceding));
        }
        batch.leaf_rows.write(writer).await?;
        writer.kept("entry_members", batch.members_kept);
        Ok(search_terms::write(writer.db, terms, self.are_new).await?)
    }

    /// Writes the leaf rows that were postponed.
    pub(super) async fn write_later(&mut self, writer: &mut Writer<'_>) -> Result<(), Error> {
        std::mem::take(&mut self.later).write(writer).await
    }

    /// Keeps the names that an earlier import corrected.
    fn keep_letters(&self, people: &mut [Person], stored: &Stored) {
        for person in people.iter_mut().filter(|person| person.damaged.is_none()) {
            if let Some(whole) = stored.whole_name(person) {
                let nation = self.nation_keys.get(&person.nation).map_or("", String::as_str);
                person.damaged = Some(std::mem::replace(&mut person.name, PersonName::read(whole, nation)));
            }
        }
    }

    /// The rows of the athletes. A stored athlete keeps the slug. A row of a better source keeps its values, and gaps are filled.
    fn athletes(&mut self, people: &[Person], stored: &Stored) -> Result<Athletes, Error> {
        let mut athletes = Athletes::default();
        for person in people.iter().filter(|person| !person.is_settled) {
            let born = person.born();
            if let (Some((first, last)), None) = (person.births, born) {
                let about = format!("athlete {} {}: by the ages born from {first} to {last}", person.number, person.name.usual);
                self.notes.add(NoteKind::ContradictingAges, person.line, &about)?;
            }
            let slug = stored.slugs.get(&person.id).cloned().unwrap_or_else(|| self.slugs.take(&person.name.usual, born));
            let row = person.row(slug, self.source);
            let Some(better) = stored.better.get(&person.id) else {
                athletes.new.push(row);
                continue;
            };
            self.bridged.push(person.id);
            let is_damaged = person.damaged.as_ref().is_some_and(|damaged| damaged.usual == better.name);
            let filled = if is_damaged { merge_athlete::with_name_of(better.clone(), &row) } else { better.clone() };
            let filled = merge_athlete::fill_gaps(filled, &row);
            athletes.names.extend(merge_athlete::other_name(&filled, &row.name));
            athletes.filled.extend(Some(filled).filter(|filled| filled != better));
        }
        Ok(athletes)
    }
}

/// The rows of athletes.
#[derive(Debug, Default)]
struct Athletes {
    /// Athletes that no better source has.
    new: Vec<athlete::Model>,
    /// Rows of a better source, with gaps filled from this one.
    filled: Vec<athlete::Model>,
    /// Names in this source that differ from the name in a better source.
    names: Vec<athlete_name::Model>,
}

//! Entries: athletes, and teams with their members.

use std::collections::{BTreeSet, HashMap};

use podium_entity::entry::EntryStatus;
use podium_entity::entry_member::MemberRole;
use podium_entity::medal_award::Medal;
use podium_entity::result::Irm;
use podium_entity::{entry, entry_member, key, medal_award, medal_recipient};
use sea_orm::prelude::Uuid;

use super::dictionary::Event;
use super::marks::{has_result, irm_of};
use super::medals::Medals;
use super::people::People;
use super::teams::Teams;
use super::units::{Edition, Participant, Unit, UnitResult};
use crate::format::lines::awards::{award_row, recipient_row};
use crate::format::lines::entries::member_id;
use crate::write::preceding_rows::PrecedingRows;

/// What is needed to look up competitors.
#[derive(Clone, Copy, Debug)]
pub(super) struct Register<'a> {
    pub(super) people: &'a People,
    pub(super) teams: &'a Teams,
    pub(super) medals: &'a Medals,
    pub(super) preceding: &'a PrecedingRows,
    pub(super) source: Uuid,
}

/// The competitors of all events, with their medals.
#[derive(Debug, Default)]
pub(super) struct Entries {
    pub(super) rows: Vec<entry::Model>,
    pub(super) members: Vec<entry_member::Model>,
    pub(super) awards: Vec<medal_award::Model>,
    pub(super) recipients: Vec<medal_recipient::Model>,
    /// The codes of all athletes who are members.
    pub(super) athletes: BTreeSet<String>,
    pub(super) members_kept: usize,
    pub(super) awards_kept: usize,
    /// The entry and its nation, by event and competitor.
    competitors: HashMap<(usize, String), (Uuid, Uuid)>,
}

impl Entries {
    /// Adds the competitors of an event. `units` must be in the order in which they were held. A participant without any result,
    /// such as a reserve, is not a competitor.
    pub(super) fn add(&mut self, edition: &Edition, event: &Event, units: &[&Unit], register: Register<'_>) {
        for (code, participant) in &edition.participants {
            let rows = units.iter().flat_map(|unit| unit.rows.iter().map(move |row| (*unit, row)));
            let rows: Vec<(&Unit, &UnitResult)> = rows.filter(|(unit, row)| row.participant == *code && has_result(unit, row)).collect();
            if rows.is_empty() {
                continue;
            }
            let athlete_id = (!participant.is_team).then(|| register.people.id(code));
            let entry = entry::Model {
                id: athlete_id.map_or_else(
                    || key::derived("entry", &[&event.edition, &participant.name]),
                    |athlete| key::derived("entry", &[&event.edition, &athlete]),
                ),
                edition_id: event.edition,
                nation_id: participant.nation,
                athlete_id,
                team_name: participant.is_team.then(|| participant.name.clone()),
                bib: rows.iter().map(|(_, row)| &row.bib).find(|bib| !bib.is_empty()).cloned(),
                status: status(&rows),
                source_id: register.source,
            };
            self.add_members(&entry, edition.event, code, participant, register);
            let competitor = register.preceding.competitor(entry.id, entry.nation_id);
            self.competitors.insert((edition.event, code.clone()), competitor);
            self.rows.push(entry);
        }
    }

    fn add_members(&mut self, entry: &entry::Model, event: usize, code: &str, participant: &Participant, register: Register<'_>) {
        let alone = [code.to_owned()];
        let members = if participant.is_team { register.teams.members(code) } else { &alone };
        self.athletes.extend(members.iter().cloned());
        if register.preceding.entries.contains_key(&entry.id) {
            self.members_kept += members.len();
            return;
        }
        for member in members {
            let athlete_id = register.people.id(member);
            let is_reserve = register.medals.is_reserve(event, code, member);
            self.members.push(entry_member::Model {
                id: member_id(entry.id, athlete_id),
                entry_id: entry.id,
                edition_id: entry.edition_id,
                athlete_id,
                nation_id: entry.nation_id,
                role: if is_reserve { MemberRole::Reserve } else { MemberRole::Member },
                competed: !is_reserve,
                position: None,
            });
        }
    }

    /// Adds the medals, and the team members who received them.
    pub(super) fn award(&mut self, editions: &HashMap<usize, Uuid>, register: Register<'_>) {
        for (event, code, medal) in &register.medals.won {
            let (Some(edition), Some(competitor)) = (editions.get(event), self.competitor(*event, code)) else { continue };
            match register.preceding.has_medal(*edition, competitor.0) {
                true => self.awards_kept += 1,
                false => self.add_award(*edition, competitor, *medal, register.source),
            }
        }
    }

    fn add_award(&mut self, edition: Uuid, competitor: (Uuid, Uuid), medal: Medal, source: Uuid) {
        let award = award_row(edition, competitor, medal, source);
        let members = self.members.iter().filter(|member| member.entry_id == competitor.0 && member.competed);
        self.recipients.extend(members.map(|member| recipient_row(award.id, member.athlete_id)));
        self.awards.push(award);
    }

    /// The entry of a competitor.
    pub(super) fn id(&self, event: usize, code: &str) -> Option<Uuid> {
        self.competitor(event, code).map(|(entry, _)| entry)
    }

    fn competitor(&self, event: usize, code: &str) -> Option<(Uuid, Uuid)> {
        self.competitors.get(&(event, code.to_owned())).copied()
    }
}

/// `NonStarter` when every result of the competitor is DNS, otherwise `Started`.
fn status(rows: &[(&Unit, &UnitResult)]) -> EntryStatus {
    match rows.iter().all(|(_, row)| irm_of(&row.irm) == Some(Irm::Dns)) {
        true => EntryStatus::NonStarter,
        false => EntryStatus::Started,
    }
}

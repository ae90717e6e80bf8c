//! The medals: entries, their members, awards and who received them.

use std::collections::{BTreeSet, HashMap};

use podium_entity::entry::EntryStatus;
use podium_entity::entry_member::MemberRole;
use podium_entity::{entry, entry_member, key, medal_award, medal_recipient};
use sea_orm::prelude::Uuid;

use super::athletes::Athletes;
use super::files::{Almanac, MedalLine, edition_id, refuse};
use crate::error::Error;
use crate::format::lines::awards::{award_row, recipient_row};
use crate::format::lines::entries::member_id;

#[derive(Debug, Default)]
pub(super) struct Medals {
    pub(super) entries: Vec<entry::Model>,
    pub(super) members: Vec<entry_member::Model>,
    pub(super) awards: Vec<medal_award::Model>,
    pub(super) recipients: Vec<medal_recipient::Model>,
    /// Games, each with a nation that took part.
    pub(super) delegations: BTreeSet<(Uuid, Uuid)>,
}

impl Medals {
    pub(super) fn of(almanac: &Almanac, athletes: &Athletes, sources: &HashMap<&str, Uuid>, source_id: Uuid) -> Result<Self, Error> {
        let mut medals = Self::default();
        for (games, line) in &almanac.medals {
            medals.add(games, line, athletes, sources.get(line.sources.as_str()).copied().unwrap_or(source_id), source_id)?;
        }
        Ok(medals)
    }

    fn add(&mut self, games: &str, line: &MedalLine, athletes: &Athletes, agreed: Uuid, source_id: Uuid) -> Result<(), Error> {
        let edition = edition_id(games, &line.event);
        let nation = key::id("nation", &line.nation);
        let athlete = line.athlete.as_ref().map(|slug| athletes.id(games, slug)).transpose()?;
        let id = match (athlete, &line.team) {
            (Some(athlete), None) => key::derived("entry", &[&edition, &athlete]),
            (None, Some(team)) => key::derived("entry", &[&edition, team]),
            _ => return Err(refuse(&format!("medals/{games}"), &format!("a medal of `{}` has not one athlete or team", line.event))),
        };
        self.entries.push(entry::Model {
            id,
            edition_id: edition,
            nation_id: nation,
            athlete_id: athlete,
            team_name: line.team.clone(),
            bib: None,
            status: EntryStatus::Started,
            source_id,
        });
        let award =
            medal_award::Model { won_on: line.won_on, reason: line.reason.clone(), ..award_row(edition, (id, nation), line.medal, agreed) };
        let alone = line.athlete.as_deref().unwrap_or_default();
        for (members, receive) in [(line.members.as_str(), true), (alone, true), (line.others.as_str(), false)] {
            for member in members.split(' ').filter(|member| !member.is_empty()) {
                let (slug, own) = member.split_once('@').unwrap_or((member, &line.nation));
                let athlete_id = athletes.id(games, slug)?;
                let nation_id = key::id("nation", own);
                self.members.push(entry_member::Model {
                    id: member_id(id, athlete_id),
                    entry_id: id,
                    edition_id: edition,
                    athlete_id,
                    nation_id,
                    role: MemberRole::Member,
                    competed: true,
                    position: None,
                });
                if receive {
                    self.recipients.push(recipient_row(award.id, athlete_id));
                }
                // A mixed team is no delegation; its members' nations are.
                self.delegations.extend(Some((key::id("games", games), nation_id)).filter(|_| own != "MIX"));
            }
        }
        self.awards.push(award);
        Ok(())
    }
}

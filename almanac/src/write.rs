//! Writes the built-in files: one of medals for every Games, and the athletes by the first letter of their slug.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use anyhow::{Context, Result};
use podium_entity::athlete::Gender;
use podium_entity::athlete_name::AthleteNameKind;
use podium_entity::slug;
use sea_orm::ActiveEnum;

use crate::agreement::outcomes;
use crate::claim::Source;
use crate::decisions::Decisions;
use crate::known::{Competitor, EditionKey, Entry, Known, Person};
use crate::usual_name::usual_name;
use crate::venues::Venues;
use crate::votes::{Mention, Votes, from_number};

/// A valid medal.
#[derive(Debug)]
struct Award<'a> {
    edition: &'a EditionKey,
    entry: &'a Entry,
    medal: u8,
    sources: &'a BTreeSet<Source>,
    won_on: Option<String>,
    status: &'static str,
    reason: String,
}

/// Writes all files into a folder, and returns a report.
pub(crate) fn write(
    folder: &Path,
    known: &Known,
    votes: &BTreeMap<EditionKey, Votes>,
    mentions: &[Mention],
    decisions: &Decisions,
    venues: &Venues,
) -> Result<BTreeMap<String, usize>> {
    let awards = standing(known, votes, decisions);
    let mut seen: HashMap<usize, Vec<&Mention>> = HashMap::new();
    for mention in mentions {
        seen.entry(mention.person).or_default().push(mention);
    }
    let names: HashMap<usize, (String, Option<String>)> = winners(&awards)
        .into_keys()
        .map(|person| (person, usual_name(&known.people[person], seen.get(&person).map_or(&[][..], Vec::as_slice))))
        .collect();
    let slugs = slugs(known, &awards, &names);
    let mut report = BTreeMap::new();
    std::fs::create_dir_all(folder).with_context(|| format!("{} cannot be created", folder.display()))?;
    let written = tempfile::tempdir_in(folder).with_context(|| format!("{} cannot be written to", folder.display()))?;
    write_medals(&written.path().join("medals"), &awards, &slugs, venues, &mut report)?;
    write_venues(&written.path().join("venues.csv"), venues)?;
    write_athletes(&written.path().join("athletes"), known, &names, &slugs, &seen)?;
    for part in ["medals", "athletes", "venues.csv"] {
        replace(&folder.join(part), &written.path().join(part))?;
    }
    report.insert("venues".to_owned(), venues.venues.len());
    report.insert("editions with a venue".to_owned(), venues.held_at.len());
    report.insert("athletes".to_owned(), slugs.len());
    Ok(report)
}

/// All valid medals that the sample does not have.
fn standing<'a>(known: &'a Known, votes: &'a BTreeMap<EditionKey, Votes>, decisions: &Decisions) -> Vec<Award<'a>> {
    let mut awards = Vec::new();
    for (key, votes) in votes.iter().filter(|(key, _)| !known.checked.contains(key)) {
        let decision = decisions.edition(key);
        for ((place, medal), outcome) in outcomes(votes, decision) {
            if !outcome.is_valid() {
                continue;
            }
            let day = votes.won_on.get(&(place, medal)).or_else(|| votes.won_on.values().max());
            awards.push(Award {
                edition: key,
                entry: &known.editions[key][place],
                medal,
                sources: &votes.medals[&(place, medal)],
                won_on: day.map(ToString::to_string),
                status: match decision.and_then(|decision| decision.status) {
                    Some(podium_entity::event_edition::EditionStatus::Art) => "ART",
                    Some(podium_entity::event_edition::EditionStatus::Unofficial) => "UNOFFICIAL",
                    _ => "",
                },
                reason: decision.map(|decision| decision.reason.clone()).unwrap_or_default(),
            });
        }
    }
    awards
}

/// The number of medals of everybody who has one, or was in a team that has.
fn winners(awards: &[Award<'_>]) -> BTreeMap<usize, usize> {
    let mut medals = BTreeMap::new();
    for award in awards {
        for person in &award.entry.members {
            *medals.entry(*person).or_default() += 1;
        }
    }
    medals
}

/// A slug for everybody: the name, with the year of birth or a number where several have the same. Whoever won most keeps the plain one.
fn slugs(known: &Known, awards: &[Award<'_>], names: &HashMap<usize, (String, Option<String>)>) -> BTreeMap<usize, String> {
    let mut taken: BTreeSet<String> = known.people.iter().filter_map(|person| person.slug.clone()).collect();
    let mut slugs = BTreeMap::new();
    let mut people: Vec<(usize, usize)> = winners(awards).into_iter().collect();
    people.sort_by(|(one, medals), (other, others)| {
        let years = |person: &usize| known.people[*person].years.0;
        others.cmp(medals).then_with(|| years(one).cmp(&years(other))).then_with(|| known.people[*one].key.cmp(&known.people[*other].key))
    });
    for (place, _) in people {
        let person = &known.people[place];
        if let Some(slug) = &person.slug {
            slugs.insert(place, slug.clone());
            continue;
        }
        let plain = Some(slug::word(&names[&place].0)).filter(|word| !word.is_empty()).unwrap_or_else(|| "athlete".to_owned());
        let year = person.born.as_ref().and_then(|born| born.get(..4)).map(|year| format!("{plain}-{year}"));
        let numbered = year.clone().unwrap_or_else(|| plain.clone());
        let mut candidates = [Some(plain), year].into_iter().flatten().chain((2..).map(|number| format!("{numbered}-{number}")));
        if let Some(slug) = candidates.find(|slug| taken.insert(slug.clone())) {
            slugs.insert(place, slug);
        }
    }
    slugs
}

fn write_medals(
    folder: &Path,
    awards: &[Award<'_>],
    slugs: &BTreeMap<usize, String>,
    venues: &Venues,
    report: &mut BTreeMap<String, usize>,
) -> Result<()> {
    let mut by_games: BTreeMap<&str, Vec<&Award<'_>>> = BTreeMap::new();
    for award in awards {
        by_games.entry(&award.edition.games).or_default().push(award);
        let origins: BTreeSet<_> = award.sources.iter().map(|source| source.origin()).collect();
        *report.entry(format!("medals of {} origins", origins.len())).or_default() += 1;
        *report.entry(format!("medals of {}", award.edition.games)).or_default() += 1;
    }
    std::fs::create_dir(folder)?;
    for (games, mut awards) in by_games {
        let mut file = csv::WriterBuilder::new().from_path(folder.join(format!("{games}.csv")))?;
        file.write_record([
            "event", "medal", "nation", "athlete", "team", "members", "others", "won_on", "venue", "sources", "status", "reason",
        ])?;
        awards.sort_by_key(|award| {
            let first = award.entry.members.first().and_then(|person| slugs.get(person)).cloned();
            (&award.edition.event, award.medal, &award.entry.nation, first)
        });
        for award in awards {
            let venue = venues.held_at.get(award.edition).map_or("", String::as_str);
            file.write_record(medal_line(award, slugs, venue))?;
        }
        file.flush()?;
    }
    Ok(())
}

fn medal_line(award: &Award<'_>, slugs: &BTreeMap<usize, String>, venue: &str) -> [String; 12] {
    let list = |people: &mut dyn Iterator<Item = &usize>| -> String {
        let member = |person: &usize| {
            let slug = slugs.get(person)?;
            Some(award.entry.own_nations.get(person).map_or_else(|| slug.clone(), |own| format!("{slug}@{own}")))
        };
        people.filter_map(member).collect::<Vec<_>>().join(" ")
    };
    let entry = award.entry;
    let receives = |person: &&usize| entry.recipients.is_empty() || entry.recipients.contains(person);
    let (athlete, team, members, others) = match &entry.competitor {
        Competitor::Athlete(athlete) => (slugs[athlete].clone(), "", String::new(), String::new()),
        Competitor::Team(team) => (
            String::new(),
            team.as_str(),
            list(&mut entry.members.iter().filter(|person| receives(person))),
            list(&mut entry.members.iter().filter(|person| !receives(person))),
        ),
    };
    let sources = award.sources.iter().map(|source| source.code()).collect::<Vec<_>>().join("+");
    let medal = from_number(award.medal).to_value();
    let day = award.won_on.clone().unwrap_or_default();
    let [team, venue, status] = [team, venue, award.status].map(str::to_owned);
    let (event, nation, reason) = (award.edition.event.clone(), entry.nation.clone(), award.reason.clone());
    [event, medal, nation, athlete, team, members, others, day, venue, sources, status, reason]
}

fn write_venues(file: &Path, venues: &Venues) -> Result<()> {
    let mut file = csv::Writer::from_path(file)?;
    file.write_record(["key", "name", "city", "country", "latitude", "longitude"])?;
    for (key, venue) in &venues.venues {
        file.write_record([key, &venue.name, &venue.city, &venue.country, &venue.latitude, &venue.longitude])?;
    }
    Ok(file.flush()?)
}

fn write_athletes(
    folder: &Path,
    known: &Known,
    names: &HashMap<usize, (String, Option<String>)>,
    slugs: &BTreeMap<usize, String>,
    seen: &HashMap<usize, Vec<&Mention>>,
) -> Result<()> {
    let mut people: Vec<(&String, usize)> = slugs.iter().map(|(place, slug)| (slug, *place)).collect();
    people.retain(|(_, place)| !known.people[*place].is_checked);
    people.sort();
    std::fs::create_dir(folder)?;
    let mut files: BTreeMap<char, csv::Writer<std::fs::File>> = BTreeMap::new();
    for (slug, place) in people {
        let letter = slug.chars().next().unwrap_or('_');
        let file = match files.entry(letter) {
            std::collections::btree_map::Entry::Occupied(file) => file.into_mut(),
            std::collections::btree_map::Entry::Vacant(place) => {
                let mut file = csv::Writer::from_path(folder.join(format!("{letter}.csv")))?;
                file.write_record(["slug", "key", "name", "family", "gender", "born", "wikidata", "names"])?;
                place.insert(file)
            }
        };
        let (name, family) = &names[&place];
        let wikidata = seen.get(&place).into_iter().flatten().find_map(|mention| mention.named.wikidata.as_deref());
        file.write_record(athlete_line(&known.people[place], slug, name, family.as_deref(), wikidata))?;
    }
    for file in files.values_mut() {
        file.flush()?;
    }
    Ok(())
}

fn athlete_line(person: &Person, slug: &str, name: &str, family: Option<&str>, wikidata: Option<&str>) -> [String; 8] {
    let gender = match person.gender {
        Gender::Male => "M",
        Gender::Female => "F",
        Gender::Unknown => "",
    };
    let mut others: BTreeSet<(String, &str)> = BTreeSet::new();
    if person.name != name && !person.key.is_empty() {
        others.insert((AthleteNameKind::Full.to_value(), &person.name));
    }
    let used = person.other_names.iter().filter(|(kind, other)| *kind != AthleteNameKind::AsPrinted && other != name);
    others.extend(used.map(|(kind, other)| (kind.to_value(), other.as_str())));
    let others: Vec<String> = others.into_iter().map(|(kind, name)| format!("{kind}:{name}")).collect();
    let key = if person.key == slug { "" } else { &person.key };
    let born = person.born.as_deref().unwrap_or_default();
    [slug, key, name, family.unwrap_or_default(), gender, born, wikidata.unwrap_or_default(), &others.join("|")].map(str::to_owned)
}

/// Puts a folder or file that is written whole in the place of another.
fn replace(folder: &Path, written: &Path) -> Result<()> {
    if folder.is_dir() {
        std::fs::remove_dir_all(folder).with_context(|| format!("{} cannot be removed", folder.display()))?;
    }
    std::fs::rename(written, folder).with_context(|| format!("{} cannot be put into place", folder.display()))
}

//! Start times. The schedule lists single units, or only whole rounds.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, FixedOffset, NaiveDate, Timelike, Utc};

use super::dictionary::{Dictionary, HOME_TIME_ZONE};
use super::files::{Files, each};
use super::units::Unit;
use crate::error::Error;
use crate::report::rejects::Rejects;

/// The only other time zone, and how many hours it is behind UTC.
const FAR_TIME_ZONE: (&str, i32) = ("Pacific/Tahiti", 10);

/// The suffix of a round's code where the schedule does not list its units.
const ALL_UNITS: &str = "--------";

/// The start of a unit, if known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Start {
    /// For ordering: the start time, or the best estimate of it.
    pub(super) about: DateTime<FixedOffset>,
    pub(super) at: Option<DateTime<Utc>>,
    pub(super) date: Option<NaiveDate>,
    /// As `14:15`.
    pub(super) time: Option<String>,
}

/// The schedule: what began when, in the time zone of its venue.
#[derive(Debug, Default)]
pub(super) struct Schedule {
    /// By event and the code of a unit or a round.
    starts: HashMap<(usize, String), Vec<DateTime<FixedOffset>>>,
    dates: HashMap<usize, BTreeSet<NaiveDate>>,
}

impl Schedule {
    /// Reads the schedule. It skips what was cancelled, and what is no event, such as a ceremony or a training session.
    pub(super) fn read(files: &Files, dictionary: &Dictionary, rejects: &mut Rejects) -> Result<Self, Error> {
        let mut schedule = Self::default();
        let columns = ["start_date", "status", "discipline", "event", "venue", "url"];
        each(&files.schedule, columns, rejects, |_, [start, status, discipline, event, venue, url]| {
            let Ok(event) = dictionary.event(discipline, event) else { return Ok(()) };
            let Some((_, unit)) = url.rsplit_once('/').filter(|_| status != "CANCELLED") else { return Ok(()) };
            let start = DateTime::parse_from_rfc3339(start)
                .map_err(|_| format!("`start_date` is `{start}`, not like 2024-08-04T21:50:00+02:00"))?;
            let start = in_time_zone(start, dictionary.clocks(venue));
            schedule.dates.entry(event).or_default().insert(start.date_naive());
            schedule.starts.entry((event, unit.to_lowercase())).or_default().push(start);
            Ok(())
        })?;
        Ok(schedule)
    }

    /// The first and the last day of an event.
    pub(super) fn days(&self, event: usize) -> Option<(NaiveDate, NaiveDate)> {
        let dates = self.dates.get(&event)?;
        dates.first().copied().zip(dates.last().copied())
    }

    /// The start of a unit: its own time in the schedule; otherwise the day of its round; otherwise the day of its result. When the
    /// round has several days, the day of the unit's result decides between them.
    pub(super) fn start(&self, event: usize, unit: &Unit, clocks: &str) -> Start {
        let code = unit.code.to_lowercase();
        if let Some(own) = self.starts.get(&(event, code.clone())).and_then(|starts| starts.iter().min()) {
            let time = own.format("%H:%M").to_string();
            return Start { about: *own, at: Some(own.to_utc()), date: Some(own.date_naive()), time: Some(time) };
        }
        let published = in_time_zone(unit.published, clocks);
        let Some(round) = self.starts.get(&(event, format!("{}{ALL_UNITS}", &code[..4]))) else {
            let about = published.with_second(0).unwrap_or(published);
            return Start { about, at: None, date: Some(published.date_naive()), time: None };
        };
        let on_its_day = round.iter().filter(|start| start.date_naive() == published.date_naive()).min();
        let is_one_day = round.iter().all(|start| start.date_naive() == round[0].date_naive());
        let about = on_its_day.or(round.iter().min()).copied().unwrap_or(published);
        let date = (is_one_day || on_its_day.is_some()).then(|| about.date_naive());
        Start { about, at: None, date, time: None }
    }
}

/// Converts a time to the time zone of a venue. The schedule prints all times in that of Paris.
fn in_time_zone(time: DateTime<FixedOffset>, clocks: &str) -> DateTime<FixedOffset> {
    let (far, behind) = FAR_TIME_ZONE;
    let offset = FixedOffset::west_opt(behind * 3_600).filter(|_| clocks == far);
    offset.map_or(time, |offset| time.with_timezone(&offset))
}

/// The time zone where an event was held, by the venue of its units.
pub(super) fn time_zone_of<'a>(units: impl Iterator<Item = &'a Unit>, dictionary: &'a Dictionary) -> &'a str {
    let venue = units.map(|unit| unit.venue.as_str()).find(|venue| !venue.is_empty());
    venue.map_or(HOME_TIME_ZONE, |venue| dictionary.clocks(venue))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339(text).expect("a time")
    }

    fn schedule(entries: &[(&str, &str)]) -> Schedule {
        let mut schedule = Schedule::default();
        for (code, start) in entries {
            schedule.starts.entry((0, (*code).to_owned())).or_default().push(time(start));
        }
        schedule
    }

    fn unit(code: &str, published: &str) -> Unit {
        Unit { code: code.to_owned(), published: time(published), ..Unit::default() }
    }

    #[test]
    fn a_unit_has_its_own_time_or_the_day_of_its_round() {
        let known = schedule(&[
            ("fnl-000100--", "2024-08-04T21:50:00+02:00"),
            ("sfnl--------", "2024-08-02T10:00:00+02:00"),
            ("sfnl--------", "2024-08-03T10:00:00+02:00"),
        ]);
        let own = known.start(0, &unit("FNL-000100--", "2024-08-09T12:00:00+02:00"), HOME_TIME_ZONE);
        assert_eq!((own.at, own.time.as_deref()), (Some(time("2024-08-04T19:50:00Z").to_utc()), Some("21:50")));
        let round = known.start(0, &unit("SFNL000200--", "2024-08-03T11:00:00+02:00"), HOME_TIME_ZONE);
        assert_eq!((round.at, round.date), (None, NaiveDate::from_ymd_opt(2024, 8, 3)));
        let late = known.start(0, &unit("SFNL000200--", "2024-08-09T11:00:00+02:00"), HOME_TIME_ZONE);
        assert_eq!(late.date, None, "which of the two days is not known");
        let unknown = known.start(0, &unit("QFNL000200--", "2024-08-01T11:00:00+02:00"), HOME_TIME_ZONE);
        assert_eq!((unknown.at, unknown.date), (None, NaiveDate::from_ymd_opt(2024, 8, 1)));
    }

    #[test]
    fn tahiti_is_a_day_behind_in_the_morning() {
        let shown = in_time_zone(time("2024-07-28T03:00:00+02:00"), "Pacific/Tahiti");
        assert_eq!(shown.to_rfc3339(), "2024-07-27T15:00:00-10:00");
    }
}

//! Record chains: which marks count, which mark was the record on a day, and for how long.

use std::sync::Arc;

use chrono::NaiveDate;
use podium_entity::record_mark::{self, Ratification};

/// The marks of a chain in order, without rescinded ones, which were never records.
pub(crate) fn chain(mut marks: Vec<Arc<record_mark::Model>>) -> Vec<Arc<record_mark::Model>> {
    marks.retain(|mark| mark.ratification != Ratification::Rescinded);
    marks.sort_by_key(|mark| (mark.set_on, mark.sequence));
    marks
}

/// The record at the end of a day: the last mark that beat its predecessor. A mark that only equalled it does not replace it.
pub(crate) fn standing_on(chain: &[Arc<record_mark::Model>], day: NaiveDate) -> Option<&Arc<record_mark::Model>> {
    chain.iter().rfind(|mark| mark.set_on <= day && !mark.equalled)
}

/// The mark that was the record when this one was set.
pub(crate) fn former<'a>(chain: &'a [Arc<record_mark::Model>], mark: &record_mark::Model) -> Option<&'a Arc<record_mark::Model>> {
    let place = chain.iter().position(|other| other.id == mark.id)?;
    chain[..place].last()
}

/// How many days a record stood until it was beaten; `None` while it stands.
pub(crate) fn days_stood(chain: &[Arc<record_mark::Model>], mark: &record_mark::Model) -> Option<i64> {
    let place = chain.iter().position(|other| other.id == mark.id)?;
    let beaten_by = chain[place + 1..].iter().find(|other| !other.equalled)?;
    Some((beaten_by.set_on - mark.set_on).num_days())
}

#[cfg(test)]
mod tests {
    use podium_entity::mark::MarkKind;
    use podium_entity::record_mark::RecordKind;
    use uuid::Uuid;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn mark(sequence: i32, set_on: &str, equalled: bool, ratification: Ratification) -> Arc<record_mark::Model> {
        Arc::new(record_mark::Model {
            id: Uuid::from_u128(sequence.unsigned_abs().into()),
            event_id: Uuid::nil(),
            distance_mm: None,
            kind: RecordKind::Olympic,
            sequence,
            mark_kind: MarkKind::Time,
            mark_value: 60_000,
            mark_decimals: 1,
            mark_text: "1:00.0".into(),
            athlete_id: None,
            entry_id: None,
            nation_id: None,
            games_id: None,
            edition_id: None,
            set_on: day(set_on),
            phase: None,
            equalled,
            ratification,
            source_id: Uuid::nil(),
        })
    }

    /// Two marks on one day, an equalled one, a rescinded one, and the standing one.
    fn example() -> Vec<Arc<record_mark::Model>> {
        chain(vec![
            mark(2, "1928-08-05", false, Ratification::Ratified),
            mark(1, "1928-08-05", false, Ratification::Ratified),
            mark(3, "1932-08-01", true, Ratification::Ratified),
            mark(4, "1934-01-01", false, Ratification::Rescinded),
            mark(5, "1936-08-08", false, Ratification::Pending),
        ])
    }

    #[test]
    fn marks_of_one_day_keep_their_order_and_rescinded_ones_drop_out() {
        let sequence: Vec<i32> = example().iter().map(|mark| mark.sequence).collect();
        assert_eq!(sequence, [1, 2, 3, 5]);
    }

    #[test]
    fn an_equalled_record_still_stands() {
        let chain = example();
        assert_eq!(standing_on(&chain, day("1933-01-01")).map(|mark| mark.sequence), Some(2));
        assert_eq!(standing_on(&chain, day("1936-08-08")).map(|mark| mark.sequence), Some(5));
        assert_eq!(standing_on(&chain, day("1928-08-04")), None);
    }

    #[test]
    fn days_run_until_a_better_mark() {
        let chain = example();
        let days: Vec<Option<i64>> = chain.iter().map(|mark| days_stood(&chain, mark)).collect();
        assert_eq!(days, [Some(0), Some(2925), Some(1468), None]);
    }

    #[test]
    fn the_first_mark_has_no_former() {
        let chain = example();
        assert_eq!(former(&chain, &chain[0]), None);
        assert_eq!(former(&chain, &chain[3]).map(|mark| mark.sequence), Some(3));
    }
}

//! How old someone was, as precisely as their date of birth and the day are known.

use chrono::NaiveDate;
use podium_entity::partial_date::PartialDate;

/// An age in completed years, between two bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Age {
    pub(crate) least: u32,
    pub(crate) most: u32,
    /// The date of birth is approximate.
    pub(crate) circa: bool,
}

impl Age {
    /// The age of someone on one of the days from `first` to `last`. None when they were born later.
    pub(crate) fn between(born: PartialDate, (first, last): (NaiveDate, NaiveDate)) -> Option<Self> {
        let (earliest, latest) = bounds(born)?;
        let most = last.years_since(earliest)?;
        // Someone born after the first day was at least as old as a newborn.
        let least = first.years_since(latest).unwrap_or(0);
        Some(Self { least, most, circa: born.circa })
    }

    pub(crate) fn is_exact(self) -> bool {
        self.least == self.most && !self.circa
    }

    /// `17`, `17 or 18`, `17 to 19`, `c. 17`.
    pub(crate) fn text(self) -> String {
        let Self { least, most, circa } = self;
        let years = match most - least {
            0 => least.to_string(),
            1 => format!("{least} or {most}"),
            _ => format!("{least} to {most}"),
        };
        if circa { format!("c. {years}") } else { years }
    }
}

/// The first and the last day that a date may mean. One that was derived from an age may be a year earlier.
fn bounds(date: PartialDate) -> Option<(NaiveDate, NaiveDate)> {
    let earliest = NaiveDate::from_ymd_opt(date.year - i32::from(date.derived), date.month.unwrap_or(1), date.day.unwrap_or(1))?;
    let latest = match (date.month, date.day) {
        (Some(month), Some(day)) => NaiveDate::from_ymd_opt(date.year, month, day)?,
        (Some(12) | None, None) => NaiveDate::from_ymd_opt(date.year, 12, 31)?,
        (Some(month), None) => NaiveDate::from_ymd_opt(date.year, month + 1, 1)?.pred_opt()?,
        (None, Some(_)) => return None,
    };
    Some((earliest, latest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn an_age_is_as_precise_as_its_dates() {
        for (born, first, last, text) in [
            ("1980-04-28", "2012-08-01", "2012-08-01", "32"),
            ("1980-08-01", "2012-08-01", "2012-08-01", "32"),
            ("1980-08-02", "2012-08-01", "2012-08-01", "31"),
            ("1980", "2012-08-01", "2012-08-01", "31 or 32"),
            ("1980-08", "2012-08-01", "2012-08-01", "31 or 32"),
            ("1980-12", "2012-08-01", "2012-08-01", "31"),
            ("1980?", "2012-08-01", "2012-08-01", "31 to 33"),
            ("1980~", "2012-08-01", "2012-08-01", "c. 31 or 32"),
            ("1980-08-05", "2012-07-27", "2012-08-12", "31 or 32"),
            ("2012", "2012-08-01", "2012-08-01", "0"),
        ] {
            let age = Age::between(born.parse().expect("a date"), (day(first), day(last))).expect("born before");
            assert_eq!(age.text(), text, "{born}");
            assert_eq!(age.is_exact(), text.parse::<u32>().is_ok(), "{born}");
        }
        assert_eq!(Age::between("2013".parse().expect("a date"), (day("2012-08-01"), day("2012-08-01"))), None);
    }
}

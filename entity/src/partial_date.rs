//! A date of which only the year, or the year and month, may be known. It is written in ISO 8601 with the suffixes of its
//! extension: `1876`, `1876-03`, `1876-03-14`, `1876~` (circa), `1876?` (derived from an age).
//! The text itself is stored: it sorts chronologically, and a birthday can be matched by the end of the text.

use std::fmt;
use std::str::FromStr;

use sea_orm::prelude::Date;
use serde::Deserialize;

/// A date known to the year, the month or the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct PartialDate {
    pub year: i32,
    pub month: Option<u32>,
    pub day: Option<u32>,
    /// The sources say "about".
    pub circa: bool,
    /// Derived from an age, so the year may be one too high.
    pub derived: bool,
}

/// Why a text is not a partial date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a partial date such as 1876, 1876-03, 1876-03-14, 1876~ (circa) or 1876? (from an age)")]
pub struct NotAPartialDate(String);

impl FromStr for PartialDate {
    type Err = NotAPartialDate;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = || NotAPartialDate(text.to_owned());
        let (rest, derived) = strip(text, '?');
        let (rest, circa) = strip(rest, '~');
        let parts: Vec<&str> = rest.split('-').collect();
        let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
        if !matches!(lengths[..], [4] | [4, 2] | [4, 2, 2]) || rest.contains('+') {
            return Err(refuse());
        }
        let number = |place: usize| parts.get(place).map(|part| part.parse::<u32>().map_err(|_| refuse())).transpose();
        let year = parts[0].parse().map_err(|_| refuse())?;
        let date = Self { year, month: number(1)?, day: number(2)?, circa, derived };
        Date::from_ymd_opt(year, date.month.unwrap_or(1), date.day.unwrap_or(1)).ok_or_else(refuse)?;
        Ok(date)
    }
}

impl TryFrom<String> for PartialDate {
    type Error = NotAPartialDate;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

fn strip(text: &str, mark: char) -> (&str, bool) {
    text.strip_suffix(mark).map_or((text, false), |rest| (rest, true))
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(f, "-{part:02}")?;
        }
        f.write_str(if self.circa { "~" } else { "" })?;
        f.write_str(if self.derived { "?" } else { "" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        for text in ["1876", "1876-03", "1876-03-14", "1880~", "1895?", "1876-03~"] {
            assert_eq!(text.parse::<PartialDate>().expect(text).to_string(), text);
        }
    }

    #[test]
    fn a_date_is_never_guessed() {
        for text in ["", "76", "1876-13", "1876-02-30", "1876-3-1", "about 1876", "1876-03-14T00:00", "+876"] {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_29th_of_february_needs_a_leap_year() {
        assert!("1904-02-29".parse::<PartialDate>().is_ok());
        assert!("1900-02-29".parse::<PartialDate>().is_err());
    }
}

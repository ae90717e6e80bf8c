//! Marks: a measurement as an integer in the base unit of its kind, with the number of printed decimals. Formatting value and
//! decimals gives the printed text back, so no mark is ever a float.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// What a mark measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Deserialize, Serialize)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MarkKind {
    /// Milliseconds.
    Time,
    /// Millimetres, printed in metres.
    Distance,
    /// Millimetres, printed in metres.
    Height,
    /// Grams, printed in kilograms.
    Weight,
    /// Thousandths of a point.
    Points,
    /// Thousandths of a point.
    Judged,
    /// Whole things: goals, sets, strokes, laps.
    Count,
    /// A text such as `21-19`.
    Scoreline,
    /// Only places were recorded.
    RankOnly,
    /// Nothing is measured.
    None,
}

/// A mark parsed from print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// In the base unit of the kind; none where the mark is a text.
    pub value: Option<i64>,
    /// Digits printed after the decimal point.
    pub decimals: Option<u32>,
    /// As printed.
    pub text: String,
}

/// Why a text is not a mark.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a mark of kind {kind:?}, which is printed like `{example}`")]
pub struct NotAMark {
    kind: MarkKind,
    text: String,
    example: &'static str,
}

impl MarkKind {
    /// Parses a mark of this kind as it is printed.
    ///
    /// # Errors
    /// When the text is not how this kind of mark is printed.
    pub fn parse(self, text: &str) -> Result<Mark, NotAMark> {
        let number = match self {
            Self::Time => parse_time(text),
            Self::Distance | Self::Height | Self::Weight | Self::Points | Self::Judged => parse_thousandths(text),
            Self::Count => text.parse().ok().map(|count: i64| (count, 0)),
            Self::Scoreline | Self::RankOnly | Self::None => {
                return Ok(Mark { value: None, decimals: None, text: text.to_owned() });
            }
        };
        let (value, decimals) = number.filter(|(value, _)| *value >= 0).ok_or_else(|| self.refuse(text))?;
        Ok(Mark { value: Some(value), decimals: Some(decimals), text: text.to_owned() })
    }

    /// Formats a value of this kind, rounded to `decimals` decimals.
    pub fn format(self, value: i64, decimals: u32) -> String {
        match self {
            Self::Time => format_time(value, decimals),
            Self::Count => value.to_string(),
            _ => format_thousandths(value, decimals),
        }
    }

    fn refuse(self, text: &str) -> NotAMark {
        let example = match self {
            Self::Time => "50:39.54",
            Self::Count => "21",
            _ => "2.37",
        };
        NotAMark { kind: self, text: text.to_owned(), example }
    }
}

/// Parses `h:mm:ss.f`, `m:ss.f` or `s.f` into milliseconds and decimals. The seconds may end in fifths (`24 2/5`).
fn parse_time(text: &str) -> Option<(i64, u32)> {
    let (clock, fifths) = match text.split_once(' ') {
        Some((clock, fraction)) => (clock, Some(fraction.strip_suffix("/5")?.parse::<i64>().ok()?)),
        None => (text, None),
    };
    let mut parts = clock.rsplit(':');
    let (seconds, decimals) = parse_thousandths(parts.next()?)?;
    let (minutes, hours) = (parts.next().map(parse_digits), parts.next().map(parse_digits));
    let in_order = (minutes.is_none() || seconds < 60_000) && (hours.is_none() || minutes.flatten().is_some_and(|minutes| minutes < 60));
    let or_none = |part: Option<Option<i64>>| part.unwrap_or(Some(0));
    let milliseconds = seconds + or_none(minutes)? * 60_000 + or_none(hours)? * 3_600_000;
    let is_whole = parts.next().is_none() && in_order;
    match fifths {
        _ if !is_whole => None,
        None => Some((milliseconds, decimals)),
        Some(count) if (1..5).contains(&count) && decimals == 0 => Some((milliseconds + 200 * count, 1)),
        Some(_) => None,
    }
}

/// Parses `12.345` into 12345 and 3 decimals.
fn parse_thousandths(text: &str) -> Option<(i64, u32)> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if fraction.len() > 3 || (fraction.is_empty() && text.contains('.')) {
        return None;
    }
    let decimals = u32::try_from(fraction.len()).ok()?;
    let fraction = if decimals == 0 { 0 } else { parse_digits(fraction)? * 10_i64.pow(3 - decimals) };
    Some((parse_digits(whole)? * 1000 + fraction, decimals))
}

fn parse_digits(text: &str) -> Option<i64> {
    let digits = !text.is_empty() && text.len() < 10 && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

fn format_time(milliseconds: i64, decimals: u32) -> String {
    let rounded = round(milliseconds, decimals);
    let (minutes, rest) = (rounded / 60_000, rounded % 60_000);
    let seconds = format_thousandths(rest, decimals);
    let pad = if rest < 10_000 { "0" } else { "" };
    match (minutes / 60, minutes % 60) {
        (0, 0) => seconds,
        (0, minutes) => format!("{minutes}:{pad}{seconds}"),
        (hours, minutes) => format!("{hours}:{minutes:02}:{pad}{seconds}"),
    }
}

fn format_thousandths(value: i64, decimals: u32) -> String {
    let rounded = round(value, decimals);
    let whole = rounded / 1000;
    match decimals.min(3) {
        0 => whole.to_string(),
        decimals => {
            let fraction = rounded % 1000 / 10_i64.pow(3 - decimals);
            format!("{whole}.{fraction:0width$}", width = decimals as usize)
        }
    }
}

/// Rounds a value to the last decimal, halves away from zero.
fn round(value: i64, decimals: u32) -> i64 {
    let unit = 10_i64.pow(3 - decimals.min(3));
    (value + unit / 2) / unit * unit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_marks_come_back_as_printed() {
        let printed = [
            (MarkKind::Time, "50:39.54", 3_039_540, 2),
            (MarkKind::Time, "1:16.0", 76_000, 1),
            (MarkKind::Time, "1:09.8", 69_800, 1),
            (MarkKind::Time, "1:09.20", 69_200, 2),
            (MarkKind::Time, "35.728", 35_728, 3),
            (MarkKind::Time, "2:08:01", 7_681_000, 0),
            (MarkKind::Time, "24", 24_000, 0),
            (MarkKind::Height, "2.37", 2_370, 2),
            (MarkKind::Weight, "202.5", 202_500, 1),
            (MarkKind::Judged, "9.950", 9_950, 3),
            (MarkKind::Count, "21", 21, 0),
        ];
        for (kind, text, value, decimals) in printed {
            let mark = kind.parse(text).expect(text);
            assert_eq!((mark.value, mark.decimals), (Some(value), Some(decimals)), "{text}");
            assert_eq!(kind.format(value, decimals), text);
        }
    }

    #[test]
    fn fifths_of_a_second_keep_their_text() {
        let mark = MarkKind::Time.parse("1:11 2/5").expect("a hand-timed mark");
        assert_eq!(mark, Mark { value: Some(71_400), decimals: Some(1), text: "1:11 2/5".into() });
    }

    #[test]
    fn texts_are_marks_without_a_value() {
        let mark = MarkKind::Scoreline.parse("21-19").expect("any text");
        assert_eq!(mark, Mark { value: None, decimals: None, text: "21-19".into() });
    }

    #[test]
    fn what_is_not_a_mark_is_refused() {
        for text in ["", "abc", "1:", ":30", "1:75.0", "1:75:00", "1:2:3:4", "-5", "1.2345", "5.", "24 7/5", "1:09,8"] {
            assert!(MarkKind::Time.parse(text).is_err(), "{text}");
        }
        let refusal = MarkKind::Height.parse("two metres").expect_err("words").to_string();
        assert_eq!(refusal, "`two metres` is not a mark of kind Height, which is printed like `2.37`");
    }

    #[test]
    fn rounding_carries_into_the_minute() {
        assert_eq!(MarkKind::Time.format(59_960, 1), "1:00.0");
        assert_eq!(MarkKind::Time.format(3_599_999, 0), "1:00:00");
    }
}

//! `PartialDate`.

use async_graphql::{Description, Enum, Object};
use podium_entity::partial_date;

/// A date that may be known only to the year or to the month.
#[derive(Description)]
pub(crate) struct PartialDate(partial_date::PartialDate);

/// The precision of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum DatePrecision {
    /// Known to the year.
    Year,
    /// Known to the month.
    Month,
    /// Known to the day.
    Day,
}

#[Object(use_type_description)]
impl PartialDate {
    /// The year, which is always known.
    async fn year(&self) -> i32 {
        self.0.year
    }

    /// The month from 1 to 12; null when unknown.
    async fn month(&self) -> Option<u32> {
        self.0.month
    }

    /// The day of the month; null when unknown.
    async fn day(&self) -> Option<u32> {
        self.0.day
    }

    /// The precision of the date.
    async fn precision(&self) -> DatePrecision {
        match (self.0.month, self.0.day) {
            (_, Some(_)) => DatePrecision::Day,
            (Some(_), None) => DatePrecision::Month,
            (None, None) => DatePrecision::Year,
        }
    }

    /// Whether the date is approximate: the sources say "about".
    async fn circa(&self) -> bool {
        self.0.circa
    }

    /// Whether the date is calculated from an age at the Games. Its year may then be one too high.
    async fn derived(&self) -> bool {
        self.0.derived
    }

    /// The date as text: `28 April 1980`, `April 1980`, `c. 1880`, and `1894 or 1895` when calculated from an age.
    async fn text(&self) -> String {
        write(self.0)
    }
}

impl PartialDate {
    /// Reads a date in its stored form.
    pub(crate) fn stored(text: Option<&String>) -> Option<Self> {
        text.and_then(|text| text.parse().ok()).map(Self)
    }
}

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

fn write(date: partial_date::PartialDate) -> String {
    let month = date.month.and_then(|month| MONTHS.get(month as usize - 1));
    let year = if date.derived { format!("{} or {}", date.year - 1, date.year) } else { date.year.to_string() };
    let parts = [date.day.map(|day| day.to_string()), month.map(ToString::to_string), Some(year)];
    let text = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    if date.circa { format!("c. {text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::write;

    #[test]
    fn dates_are_written_as_far_as_they_are_known() {
        for (stored, text) in
            [("1980-04-28", "28 April 1980"), ("1980-04", "April 1980"), ("1980", "1980"), ("1880~", "c. 1880"), ("1895?", "1894 or 1895")]
        {
            assert_eq!(write(stored.parse().expect(stored)), text);
        }
    }
}

//! `Mark` and `MarkDifference`.

use async_graphql::{Context, Description, Enum, Object, SimpleObject};
use podium_entity::mark;
use podium_entity::{event_edition, record_mark, result};
use uuid::Uuid;

use crate::error::Result;
use crate::loader::LoaderContext;
use crate::rules::difference::{Difference, Measured};

/// A measured performance: a number in the base unit of its kind, and the text as printed.
#[derive(Description)]
pub(crate) struct Mark {
    kind: mark::MarkKind,
    value: Option<i64>,
    decimals: Option<i32>,
    text: String,
    over: Over,
}

/// Where to find the distance of a mark.
enum Over {
    Edition(Uuid),
    Millimetres(Option<i32>),
}

/// What a mark measures, and the unit of its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "mark::MarkKind")]
pub(crate) enum MarkKind {
    /// A time in milliseconds.
    Time,
    /// A distance in millimetres, printed in metres.
    Distance,
    /// A height in millimetres, printed in metres.
    Height,
    /// A weight in grams, printed in kilograms.
    Weight,
    /// Points, in thousandths.
    Points,
    /// Points given by judges, in thousandths.
    Judged,
    /// A count of goals, sets, strokes or laps, for example.
    Count,
    /// A score of two sides, such as `21-19`; available only as text.
    Scoreline,
    /// Ranks only: no performance was recorded.
    RankOnly,
    /// Nothing is measured.
    None,
}

#[Object(use_type_description)]
impl Mark {
    /// What the mark measures, and in which unit.
    async fn kind(&self) -> MarkKind {
        self.kind.into()
    }

    /// The value in the base unit of its kind; null when the mark is only text.
    async fn value(&self) -> Option<i32> {
        self.value.and_then(|value| i32::try_from(value).ok())
    }

    /// The number of decimals printed: `1:09.8` has 1, `1:09.20` has 2. Null when the mark is only text.
    async fn decimals(&self) -> Option<i32> {
        self.decimals
    }

    /// The mark as printed.
    async fn text(&self) -> &str {
        &self.text
    }

    /// The value in milliseconds when the mark is a time; otherwise null.
    async fn milliseconds(&self) -> Option<i32> {
        milliseconds(self.kind, self.value)
    }

    /// The average speed in km/h, to two decimals; null unless the mark is a time over a known distance.
    async fn speed_kmh(&self, ctx: &Context<'_>) -> Result<Option<f64>> {
        let distance = match self.over {
            Over::Edition(id) => ctx.loader().row::<event_edition::Entity>(id).await?.distance_mm,
            Over::Millimetres(distance) => distance,
        };
        let time = milliseconds(self.kind, self.value).filter(|time| *time > 0);
        Ok(distance.zip(time).map(|(distance, time)| (f64::from(distance) / f64::from(time) * 360.0).round() / 100.0))
    }
}

fn milliseconds(kind: mark::MarkKind, value: Option<i64>) -> Option<i32> {
    value.filter(|_| kind == mark::MarkKind::Time).and_then(|value| i32::try_from(value).ok())
}

impl Mark {
    /// The mark of a result; none where it is unknown.
    pub(crate) fn of_result(result: &result::Model) -> Option<Self> {
        let text = result.mark_text.clone()?;
        let over = Over::Edition(result.edition_id);
        Some(Self { kind: result.mark_kind, value: result.mark_value, decimals: result.mark_decimals, text, over })
    }

    /// The mark of a record.
    pub(crate) fn of_record(record: &record_mark::Model) -> Self {
        Self {
            kind: record.mark_kind,
            value: Some(record.mark_value),
            decimals: Some(record.mark_decimals),
            text: record.mark_text.clone(),
            over: Over::Millimetres(record.distance_mm),
        }
    }
}

/// The number of a result's mark, for comparing.
pub(crate) fn measured(result: &result::Model) -> Option<Measured> {
    let (value, decimals) = result.mark_value.zip(result.mark_decimals)?;
    Some(Measured { kind: result.mark_kind, value, decimals: decimals.cast_unsigned() })
}

/// The difference between two marks.
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub(crate) struct MarkDifference {
    /// The value in the base unit of the marks' kind.
    value: i32,
    /// The number of decimals shown, which is the smaller number of the two marks.
    decimals: i32,
    /// The difference as text. A gap begins with `+` or `−`: `+1:08.33`. An improvement has no sign.
    text: String,
    /// The value in milliseconds when the marks are times; otherwise null.
    milliseconds: Option<i32>,
}

impl MarkDifference {
    /// A difference; none when it is too large for a GraphQL `Int`.
    pub(crate) fn shown(difference: Difference) -> Option<Self> {
        Some(Self {
            value: i32::try_from(difference.value).ok()?,
            decimals: difference.decimals.cast_signed(),
            text: difference.text,
            milliseconds: milliseconds(difference.kind, Some(difference.value)),
        })
    }
}

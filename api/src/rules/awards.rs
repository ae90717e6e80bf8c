//! When an award is held: from its first day, or the day on which the event was decided, until its last, exclusive.

use chrono::NaiveDate;
use podium_entity::medal_award;

/// Whether an award is held on a day. `load::sql::held_on` says the same in SQL.
pub(crate) fn is_held_on(award: &medal_award::Model, day: NaiveDate) -> bool {
    award.won_on.is_none_or(|won| won <= day) && award.valid_from.is_none_or(|from| from <= day) && award.valid_to.is_none_or(|to| to > day)
}

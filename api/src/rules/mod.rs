//! The domain rules, each computed from plain values and tested beside its definition.

pub(crate) mod age;
pub(crate) mod awards;
pub(crate) mod chronology;
pub(crate) mod difference;
pub(crate) mod event_history;
pub(crate) mod firsts;
pub(crate) mod head_to_head;
pub(crate) mod medal_phase;
pub(crate) mod ranking;
pub(crate) mod records;
pub(crate) mod spelling;
pub(crate) mod statistic;
pub(crate) mod streaks;

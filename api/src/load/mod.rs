//! Database queries, one file per subject: loader keys such as `AwardsOfAthlete`, paged lists, and filter criteria as SQL. Only this folder,
//! `page` and `loader` run queries.

pub(crate) mod athlete;
pub(crate) mod coverage;
pub(crate) mod data_change;
pub(crate) mod event;
pub(crate) mod event_edition;
pub(crate) mod first_award;
pub(crate) mod games;
pub(crate) mod medal_award;
pub(crate) mod medal_tally;
pub(crate) mod medalist;
mod name_match;
pub(crate) mod narrative;
pub(crate) mod nation;
pub(crate) mod on_this_day;
pub(crate) mod participation;
pub(crate) mod phase;
pub(crate) mod phonetic;
pub(crate) mod record_mark;
pub(crate) mod result;
pub(crate) mod search;
pub(crate) mod similar;
pub(crate) mod slugs;
pub(crate) mod source;
pub(crate) mod sql;

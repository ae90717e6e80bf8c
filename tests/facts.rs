//! Facts of the record books, asserted outright so that nobody can accept them away: every table of the two reference
//! pages row by row, the worked examples of the ranking rules, and what follows from the record chains.

#[path = "facts/medalists.rs"]
mod medalists;
#[path = "facts/ranking.rs"]
mod ranking;
#[path = "facts/records.rs"]
mod records;
#[path = "facts/road_2012.rs"]
mod road_2012;

//! Facts from the record books, asserted outright so that nobody can accept a wrong snapshot: every table of the two reference pages row by
//! row, the worked examples of the ranking rules, and what follows from the record chains.

mod medalists;
mod ranking;
mod records;
mod road_2012;

//! Dates of birth in SQL.

/// The date of birth of `athlete`; null when unknown. A partial date counts as the middle of its month or year, a year derived from an age as
/// its first day, since it may be one too high.
pub const BIRTHDAY: &str = "CASE WHEN length(athlete.born) >= 10 THEN substr(athlete.born, 1, 10) \
    WHEN athlete.born LIKE '____-__%' THEN substr(athlete.born, 1, 7) || '-15' \
    WHEN athlete.born LIKE '%?' THEN substr(athlete.born, 1, 4) || '-01-01' \
    WHEN athlete.born IS NOT NULL THEN substr(athlete.born, 1, 4) || '-07-02' END";

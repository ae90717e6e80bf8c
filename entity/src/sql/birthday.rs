//! Dates of birth in SQL.

/// The birthday of `athlete`. For a partial date, the middle of the month or year. A year that was derived from an age may be one too high, so it
/// is its first day. Null when unknown.
pub const BIRTHDAY: &str = "CASE WHEN length(athlete.born) >= 10 THEN substr(athlete.born, 1, 10) \
    WHEN athlete.born LIKE '____-__%' THEN substr(athlete.born, 1, 7) || '-15' \
    WHEN athlete.born LIKE '%?' THEN substr(athlete.born, 1, 4) || '-01-01' \
    WHEN athlete.born IS NOT NULL THEN substr(athlete.born, 1, 4) || '-07-02' END";

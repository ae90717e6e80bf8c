-- All names of a thing are one text, so that exact, prefix and substring matches are one question.
CREATE TABLE search_term (
    number integer PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('ATHLETE', 'NATION', 'GAMES', 'EVENT', 'EVENT_FAMILY', 'DISCIPLINE', 'SPORT')),
    subject_id uuid NOT NULL,
    weight integer NOT NULL,
    names text NOT NULL,
    printed text NOT NULL
);
CREATE INDEX search_term_subject ON search_term (subject_id, weight);
CREATE INDEX search_term_leaders ON search_term (subject_id, weight) WHERE weight >= 4;
-- What the entries and medals of an athlete come to, so that lists are filtered and ordered by it.
CREATE TABLE athlete_career (
    athlete_id uuid PRIMARY KEY REFERENCES athlete (id),
    games integer NOT NULL,
    nations integer NOT NULL,
    span integer NOT NULL,
    seasons integer NOT NULL,
    medals integer NOT NULL,
    medal_seasons integer NOT NULL,
    golds integer NOT NULL,
    silvers integer NOT NULL,
    first_medal_year integer NOT NULL,
    last_medal_year integer NOT NULL
);
CREATE INDEX athlete_career_games ON athlete_career (games, athlete_id);
CREATE INDEX athlete_career_nations ON athlete_career (nations, athlete_id);
CREATE INDEX athlete_career_span ON athlete_career (span, athlete_id);
CREATE INDEX athlete_career_seasons ON athlete_career (seasons, athlete_id);
CREATE INDEX athlete_career_medals ON athlete_career (medals, golds, silvers, first_medal_year, last_medal_year, athlete_id);
CREATE INDEX athlete_career_medal_seasons ON athlete_career (medal_seasons, athlete_id);
-- How old those were who won a medal, in days, so that medals are ordered by it.
CREATE TABLE medal_age (
    award_id uuid PRIMARY KEY REFERENCES medal_award (id),
    youngest integer NOT NULL,
    oldest integer NOT NULL
);
CREATE INDEX medal_age_youngest ON medal_age (youngest);
CREATE INDEX medal_age_oldest ON medal_age (oldest);
-- The medals of each nation at each Games, so that medal tables of many Games are read and not counted.
CREATE TABLE medal_tally (
    games_id uuid NOT NULL REFERENCES games (id),
    nation_id uuid NOT NULL REFERENCES nation (id),
    gold integer NOT NULL,
    silver integer NOT NULL,
    bronze integer NOT NULL,
    PRIMARY KEY (games_id, nation_id)
);
CREATE INDEX medal_tally_nation ON medal_tally (nation_id);
-- How many took part in each Games, so that all Games are compared at once.
CREATE TABLE participation (
    games_id uuid PRIMARY KEY REFERENCES games (id),
    athletes integer NOT NULL,
    women integer NOT NULL,
    men integer NOT NULL,
    entries integer NOT NULL,
    nations integer NOT NULL,
    ages integer NOT NULL,
    age_least bigint NOT NULL,
    age_most bigint NOT NULL,
    age_sum bigint NOT NULL,
    age_squares bigint NOT NULL,
    heights integer NOT NULL,
    height_least bigint NOT NULL,
    height_most bigint NOT NULL,
    height_sum bigint NOT NULL,
    height_squares bigint NOT NULL,
    weights integer NOT NULL,
    weight_least bigint NOT NULL,
    weight_most bigint NOT NULL,
    weight_sum bigint NOT NULL,
    weight_squares bigint NOT NULL
);

CREATE TABLE sport (
    id uuid PRIMARY KEY,
    key text NOT NULL UNIQUE,
    slug text NOT NULL UNIQUE,
    name text NOT NULL
);
CREATE TABLE discipline (
    id uuid PRIMARY KEY,
    key text NOT NULL UNIQUE,
    slug text NOT NULL UNIQUE,
    sport_id uuid NOT NULL REFERENCES sport (id),
    name text NOT NULL
);
CREATE INDEX discipline_sport ON discipline (sport_id);
CREATE TABLE event_family (
    id uuid PRIMARY KEY,
    key text NOT NULL UNIQUE,
    slug text NOT NULL UNIQUE,
    discipline_id uuid NOT NULL REFERENCES discipline (id),
    name text NOT NULL
);
CREATE INDEX event_family_discipline ON event_family (discipline_id);
CREATE TABLE event (
    id uuid PRIMARY KEY,
    key text NOT NULL UNIQUE,
    slug text NOT NULL UNIQUE,
    family_id uuid NOT NULL REFERENCES event_family (id),
    name text NOT NULL,
    gender text NOT NULL CHECK (gender IN ('MEN', 'WOMEN', 'MIXED', 'OPEN')),
    class text,
    participant_kind text NOT NULL CHECK (participant_kind IN ('INDIVIDUAL', 'PAIR', 'TEAM')),
    mark_kind text NOT NULL CHECK (mark_kind IN ('TIME', 'DISTANCE', 'HEIGHT', 'WEIGHT', 'POINTS', 'JUDGED', 'COUNT', 'SCORELINE', 'RANK_ONLY', 'NONE')),
    better text NOT NULL CHECK (better IN ('LOWER', 'HIGHER')),
    discontinued_after integer,
    source_id uuid NOT NULL REFERENCES source (id)
);
CREATE INDEX event_family_id ON event (family_id);
CREATE TABLE event_alias (
    id uuid PRIMARY KEY,
    event_id uuid NOT NULL REFERENCES event (id),
    name text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('FORMER', 'SOURCE')),
    from_year integer,
    to_year integer,
    UNIQUE (event_id, kind, name)
);
CREATE TABLE event_edition (
    id uuid PRIMARY KEY,
    slug text NOT NULL UNIQUE,
    event_id uuid NOT NULL REFERENCES event (id),
    games_id uuid NOT NULL REFERENCES games (id),
    variant text NOT NULL,
    title text,
    venue_id uuid REFERENCES venue (id),
    city_id uuid REFERENCES city (id),
    distance_mm integer CHECK (distance_mm > 0),
    distance_label text,
    starts_on date,
    ends_on date,
    format text,
    status text NOT NULL CHECK (status IN ('MEDAL', 'DEMONSTRATION', 'UNOFFICIAL', 'ART', 'EXHIBITION')),
    coverage text NOT NULL CHECK (coverage IN ('FULL_RESULTS', 'PARTICIPANTS', 'MEDALS', 'PARTIAL', 'NONE')),
    competitors_published integer CHECK (competitors_published >= 0),
    nations_published integer CHECK (nations_published >= 0),
    entry_list_published_on date,
    source_id uuid NOT NULL REFERENCES source (id),
    CHECK (ends_on >= starts_on),
    UNIQUE (event_id, games_id, variant)
);
CREATE INDEX event_edition_games ON event_edition (games_id);
CREATE TABLE course (
    id uuid PRIMARY KEY,
    edition_id uuid NOT NULL UNIQUE REFERENCES event_edition (id),
    distance_mm integer CHECK (distance_mm > 0),
    distance_label text,
    laps integer CHECK (laps > 0),
    start_format text CHECK (start_format IN ('MASS', 'STAGGERED', 'WAVE', 'HEAT'))
);
CREATE TABLE waypoint (
    id uuid PRIMARY KEY,
    edition_id uuid NOT NULL REFERENCES event_edition (id),
    sequence integer NOT NULL,
    name text NOT NULL,
    role text NOT NULL CHECK (role IN ('START', 'VIA', 'FINISH')),
    km double precision,
    UNIQUE (edition_id, sequence)
);
CREATE TABLE phase (
    id uuid PRIMARY KEY,
    edition_id uuid NOT NULL REFERENCES event_edition (id),
    sequence integer NOT NULL,
    kind text NOT NULL CHECK (kind IN ('ROUND', 'HEAT', 'REPECHAGE', 'QUARTER', 'SEMI', 'FINAL', 'CLASSIFICATION')),
    name text NOT NULL,
    starts_at timestamptz,
    local_date date,
    local_time text,
    time_zone text,
    UNIQUE (edition_id, sequence),
    UNIQUE (id, edition_id)
);

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
    known_until integer,
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
CREATE INDEX event_edition_games ON event_edition (games_id, status, event_id);
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
CREATE INDEX phase_day ON phase (local_date);
CREATE TABLE qualification_rule (
    id uuid PRIMARY KEY,
    edition_id uuid NOT NULL REFERENCES event_edition (id),
    sequence integer NOT NULL,
    basis text NOT NULL,
    top_ranked integer,
    places_per_nation integer,
    places integer,
    source_id uuid NOT NULL REFERENCES source (id),
    UNIQUE (edition_id, sequence)
);
CREATE TABLE quota_place (
    id uuid PRIMARY KEY,
    edition_id uuid NOT NULL REFERENCES event_edition (id),
    nation_id uuid NOT NULL REFERENCES nation (id),
    places integer NOT NULL CHECK (places > 0),
    kind text NOT NULL CHECK (kind IN ('BASE', 'EXTRA', 'REALLOCATED_IN', 'REALLOCATED_OUT', 'UNUSED')),
    basis text,
    counterpart_id uuid REFERENCES nation (id),
    source_id uuid NOT NULL REFERENCES source (id)
);
CREATE UNIQUE INDEX quota_place_reason ON quota_place (edition_id, nation_id, kind, COALESCE(basis, ''));
CREATE TABLE narrative (
    id uuid PRIMARY KEY,
    key text NOT NULL UNIQUE,
    games_id uuid REFERENCES games (id),
    family_id uuid REFERENCES event_family (id),
    event_id uuid REFERENCES event (id),
    edition_id uuid REFERENCES event_edition (id),
    section text NOT NULL,
    sequence integer NOT NULL,
    language text NOT NULL,
    body text NOT NULL,
    source_id uuid NOT NULL REFERENCES source (id),
    CHECK (1 = CASE WHEN games_id IS NULL THEN 0 ELSE 1 END + CASE WHEN family_id IS NULL THEN 0 ELSE 1 END
        + CASE WHEN event_id IS NULL THEN 0 ELSE 1 END + CASE WHEN edition_id IS NULL THEN 0 ELSE 1 END)
);
CREATE INDEX narrative_games ON narrative (games_id);
CREATE INDEX narrative_family ON narrative (family_id);
CREATE INDEX narrative_event ON narrative (event_id);
CREATE INDEX narrative_edition ON narrative (edition_id);

CREATE TABLE data_version (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0),
    imported_at timestamptz NOT NULL,
    source text NOT NULL
);
CREATE TABLE source (
    id uuid PRIMARY KEY,
    key text NOT NULL UNIQUE,
    title text NOT NULL,
    url text,
    licence text,
    precedence integer NOT NULL
);
CREATE TABLE slug_history (
    id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('games', 'nation', 'sport', 'discipline', 'event_family', 'event', 'athlete')),
    old_slug text NOT NULL,
    subject_id uuid NOT NULL,
    UNIQUE (kind, old_slug)
);
CREATE TABLE city (
    id uuid PRIMARY KEY,
    key text NOT NULL UNIQUE,
    name text NOT NULL,
    native_name text,
    country text NOT NULL,
    latitude double precision CHECK (latitude BETWEEN -90 AND 90),
    longitude double precision CHECK (longitude BETWEEN -180 AND 180),
    time_zone text
);
CREATE TABLE venue (
    id uuid PRIMARY KEY,
    key text NOT NULL UNIQUE,
    name text NOT NULL,
    city_id uuid REFERENCES city (id),
    country text,
    latitude double precision CHECK (latitude BETWEEN -90 AND 90),
    longitude double precision CHECK (longitude BETWEEN -180 AND 180),
    time_zone text
);
CREATE TABLE nation (
    id uuid PRIMARY KEY,
    key text NOT NULL UNIQUE,
    slug text NOT NULL UNIQUE,
    code text NOT NULL CHECK (length(code) = 3),
    valid_from integer,
    valid_to integer,
    name text NOT NULL,
    name_fold text NOT NULL,
    official_name text,
    kind text NOT NULL CHECK (kind IN ('COUNTRY', 'TERRITORY', 'HISTORIC', 'JOINT_TEAM', 'NEUTRAL', 'REFUGEE', 'MIXED', 'UNKNOWN')),
    iso2 text,
    iso3 text,
    source_id uuid NOT NULL REFERENCES source (id),
    CHECK (valid_to >= valid_from)
);
CREATE UNIQUE INDEX nation_code_since ON nation (code, COALESCE(valid_from, 0));
CREATE TABLE nation_name (
    id uuid PRIMARY KEY,
    nation_id uuid NOT NULL REFERENCES nation (id),
    name text NOT NULL,
    language text,
    valid_from integer,
    valid_to integer,
    UNIQUE (nation_id, name)
);
CREATE TABLE nation_code (
    id uuid PRIMARY KEY,
    nation_id uuid NOT NULL REFERENCES nation (id),
    scheme text NOT NULL,
    code text NOT NULL,
    valid_from integer,
    valid_to integer,
    UNIQUE (nation_id, scheme, code)
);
CREATE INDEX nation_code_code ON nation_code (code);
CREATE TABLE nation_relation (
    id uuid PRIMARY KEY,
    from_id uuid NOT NULL REFERENCES nation (id),
    to_id uuid NOT NULL REFERENCES nation (id),
    kind text NOT NULL CHECK (kind IN ('SUCCEEDED_BY', 'MERGED_INTO', 'SPLIT_INTO', 'UNITED_IN', 'RENAMED_TO')),
    year integer,
    CHECK (from_id <> to_id),
    UNIQUE (from_id, to_id, kind)
);
CREATE INDEX nation_relation_to ON nation_relation (to_id);
CREATE TABLE lineage (
    id uuid PRIMARY KEY,
    slug text NOT NULL UNIQUE,
    name text NOT NULL,
    display_nation_id uuid NOT NULL REFERENCES nation (id)
);
CREATE TABLE lineage_member (
    id uuid PRIMARY KEY,
    lineage_id uuid NOT NULL REFERENCES lineage (id),
    nation_id uuid NOT NULL REFERENCES nation (id),
    UNIQUE (lineage_id, nation_id)
);
CREATE INDEX lineage_member_nation ON lineage_member (nation_id);
CREATE TABLE games (
    id uuid PRIMARY KEY,
    key text NOT NULL UNIQUE,
    slug text NOT NULL UNIQUE,
    year integer NOT NULL,
    season text NOT NULL CHECK (season IN ('SUMMER', 'WINTER', 'INTERCALATED')),
    kind text NOT NULL CHECK (kind IN ('OLYMPIC', 'YOUTH', 'PARALYMPIC')),
    name text NOT NULL,
    olympiad_number integer,
    edition_number integer,
    opened_on date,
    closed_on date,
    status text NOT NULL CHECK (status IN ('SCHEDULED', 'HELD', 'CANCELLED', 'POSTPONED')),
    recognition text NOT NULL CHECK (recognition IN ('OFFICIAL', 'UNOFFICIAL')),
    competitors_published integer CHECK (competitors_published >= 0),
    nations_published integer CHECK (nations_published >= 0),
    coverage text NOT NULL CHECK (coverage IN ('FULL_RESULTS', 'PARTICIPANTS', 'MEDALS', 'PARTIAL', 'NONE')),
    source_id uuid NOT NULL REFERENCES source (id),
    CHECK (closed_on >= opened_on),
    CHECK (status <> 'CANCELLED' OR coverage = 'NONE'),
    UNIQUE (year, season, kind)
);
CREATE TABLE games_host (
    id uuid PRIMARY KEY,
    games_id uuid NOT NULL REFERENCES games (id),
    city_id uuid NOT NULL REFERENCES city (id),
    nation_id uuid REFERENCES nation (id),
    role text NOT NULL CHECK (role IN ('MAIN', 'CO_HOST', 'EVENT_HOST')),
    sequence integer NOT NULL,
    UNIQUE (games_id, city_id)
);
CREATE TABLE delegation (
    id uuid PRIMARY KEY,
    games_id uuid NOT NULL REFERENCES games (id),
    nation_id uuid NOT NULL REFERENCES nation (id),
    name text,
    ranks_in_medal_table boolean NOT NULL,
    men integer CHECK (men >= 0),
    women integer CHECK (women >= 0),
    source_id uuid NOT NULL REFERENCES source (id),
    UNIQUE (games_id, nation_id)
);
CREATE INDEX delegation_nation ON delegation (nation_id);
CREATE INDEX delegation_unranked ON delegation (games_id, nation_id) WHERE NOT ranks_in_medal_table;

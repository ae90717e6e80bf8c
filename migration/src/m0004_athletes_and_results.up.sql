CREATE TABLE athlete (
    id uuid PRIMARY KEY,
    key text NOT NULL UNIQUE,
    slug text NOT NULL UNIQUE,
    name text NOT NULL,
    given_name text,
    family_name text,
    name_order text NOT NULL CHECK (name_order IN ('GIVEN_FIRST', 'FAMILY_FIRST', 'MONONYM')),
    sort_name text NOT NULL,
    sort_fold text NOT NULL,
    gender text NOT NULL CHECK (gender IN ('MALE', 'FEMALE', 'UNKNOWN')),
    born text,
    died text,
    birth_place text,
    height_cm integer CHECK (height_cm > 0),
    weight_kg double precision CHECK (weight_kg > 0),
    source_id uuid NOT NULL REFERENCES source (id)
);
CREATE INDEX athlete_sort ON athlete (sort_fold, id);
CREATE TABLE athlete_name (
    id uuid PRIMARY KEY,
    athlete_id uuid NOT NULL REFERENCES athlete (id),
    name text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('USED', 'FULL', 'BIRTH', 'MARRIED', 'ORIGINAL_SCRIPT', 'NICKNAME', 'AS_PRINTED')),
    language text,
    UNIQUE (athlete_id, kind, name)
);
CREATE TABLE entry (
    id uuid PRIMARY KEY,
    edition_id uuid NOT NULL REFERENCES event_edition (id),
    nation_id uuid NOT NULL REFERENCES nation (id),
    athlete_id uuid REFERENCES athlete (id),
    team_name text,
    bib text,
    status text NOT NULL CHECK (status IN ('ENTERED', 'STARTED', 'NON_STARTER', 'WITHDRAWN')),
    source_id uuid NOT NULL REFERENCES source (id),
    CHECK ((athlete_id IS NULL) <> (team_name IS NULL)),
    UNIQUE (edition_id, nation_id, athlete_id),
    UNIQUE (edition_id, nation_id, team_name),
    UNIQUE (id, edition_id)
);
CREATE INDEX entry_nation ON entry (nation_id);
CREATE INDEX entry_athlete ON entry (athlete_id);
CREATE TABLE entry_member (
    id uuid PRIMARY KEY,
    entry_id uuid NOT NULL REFERENCES entry (id),
    athlete_id uuid NOT NULL REFERENCES athlete (id),
    nation_id uuid REFERENCES nation (id),
    role text NOT NULL CHECK (role IN ('MEMBER', 'RESERVE', 'HEATS_ONLY', 'COXSWAIN', 'GUIDE', 'HORSE')),
    competed boolean NOT NULL,
    position integer,
    UNIQUE (entry_id, athlete_id)
);
CREATE INDEX entry_member_athlete ON entry_member (athlete_id, entry_id);
CREATE TABLE result (
    id uuid PRIMARY KEY,
    edition_id uuid NOT NULL REFERENCES event_edition (id),
    entry_id uuid NOT NULL,
    phase_id uuid,
    rank integer CHECK (rank >= 1),
    rank_tied boolean NOT NULL,
    sort_order integer NOT NULL,
    mark_kind text NOT NULL CHECK (mark_kind IN ('TIME', 'DISTANCE', 'HEIGHT', 'WEIGHT', 'POINTS', 'JUDGED', 'COUNT', 'SCORELINE', 'RANK_ONLY', 'NONE')),
    mark_value bigint,
    mark_decimals integer CHECK (mark_decimals BETWEEN 0 AND 4),
    mark_text text,
    irm text CHECK (irm IN ('DNS', 'DNF', 'DSQ', 'DQB', 'LAP', 'OVL', 'OTL', 'REL', 'EL', 'EXC', 'RET', 'WD', 'WO', 'NM', 'NR', 'NV', 'INJ', 'AC', 'TNK', 'UNKNOWN')),
    irm_code text,
    timing text NOT NULL CHECK (timing IN ('HAND', 'ELECTRONIC', 'UNKNOWN')),
    status text NOT NULL CHECK (status IN ('PROVISIONAL', 'OFFICIAL', 'REVISED', 'ANNULLED')),
    source_id uuid NOT NULL REFERENCES source (id),
    FOREIGN KEY (entry_id, edition_id) REFERENCES entry (id, edition_id),
    FOREIGN KEY (phase_id, edition_id) REFERENCES phase (id, edition_id),
    CHECK (NOT rank_tied OR rank IS NOT NULL),
    CHECK (rank IS NULL OR irm IS NULL OR irm IN ('LAP', 'OVL', 'OTL', 'REL')),
    CHECK ((mark_value IS NULL) = (mark_decimals IS NULL)),
    CHECK (mark_value IS NULL OR mark_text IS NOT NULL),
    CHECK (rank IS NOT NULL OR mark_text IS NOT NULL OR irm IS NOT NULL)
);
CREATE UNIQUE INDEX result_overall ON result (entry_id) WHERE phase_id IS NULL;
CREATE UNIQUE INDEX result_in_phase ON result (entry_id, phase_id) WHERE phase_id IS NOT NULL;
CREATE INDEX result_edition ON result (edition_id, sort_order);

CREATE TABLE athlete (
    id uuid PRIMARY KEY,
    key text NOT NULL,
    slug text NOT NULL,
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
CREATE UNIQUE INDEX athlete_slug ON athlete (slug);
CREATE INDEX athlete_sort ON athlete (sort_fold, id);
CREATE INDEX athlete_height ON athlete (height_cm);
CREATE INDEX athlete_weight ON athlete (weight_kg);
CREATE INDEX athlete_birthday ON athlete (substr(born, 6, 5)) WHERE length(born) >= 10;
-- Rows that no foreign key references have no primary key but a unique index on their id, which a first import builds last: ids are
-- hashed, so every insert touches another page, and from four million rows on those of all indexes do not fit the cache.
CREATE TABLE athlete_name (
    id uuid NOT NULL,
    athlete_id uuid NOT NULL REFERENCES athlete (id),
    name text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('USED', 'FULL', 'BIRTH', 'MARRIED', 'ORIGINAL_SCRIPT', 'NICKNAME', 'AS_PRINTED')),
    language text
);
CREATE UNIQUE INDEX athlete_name_id ON athlete_name (id);
CREATE INDEX athlete_name_athlete ON athlete_name (athlete_id);
-- An id is hashed from its edition, so one index serves as the key of both.
CREATE TABLE entry (
    id uuid NOT NULL,
    edition_id uuid NOT NULL REFERENCES event_edition (id),
    nation_id uuid NOT NULL REFERENCES nation (id),
    athlete_id uuid REFERENCES athlete (id),
    team_name text,
    bib text,
    status text NOT NULL CHECK (status IN ('ENTERED', 'STARTED', 'NON_STARTER', 'WITHDRAWN')),
    source_id uuid NOT NULL REFERENCES source (id),
    CHECK ((athlete_id IS NULL) <> (team_name IS NULL)),
    PRIMARY KEY (id, edition_id)
);
CREATE INDEX entry_absent ON entry (id) WHERE status <> 'STARTED';
CREATE UNIQUE INDEX entry_of_athlete ON entry (edition_id, nation_id, athlete_id);
-- A member repeats the edition and has a nation of their own, so that "who took part" is answered from one index.
CREATE TABLE entry_member (
    id uuid NOT NULL,
    entry_id uuid NOT NULL,
    edition_id uuid NOT NULL,
    athlete_id uuid NOT NULL REFERENCES athlete (id),
    nation_id uuid NOT NULL REFERENCES nation (id),
    role text NOT NULL CHECK (role IN ('MEMBER', 'RESERVE', 'HEATS_ONLY', 'COXSWAIN', 'GUIDE', 'HORSE')),
    competed boolean NOT NULL,
    position integer,
    FOREIGN KEY (entry_id, edition_id) REFERENCES entry (id, edition_id)
);
CREATE UNIQUE INDEX entry_member_id ON entry_member (id);
CREATE UNIQUE INDEX entry_member_once ON entry_member (entry_id, athlete_id);
CREATE INDEX entry_member_athlete ON entry_member (athlete_id, edition_id);
CREATE INDEX entry_member_edition ON entry_member (edition_id, athlete_id, competed, role, nation_id, entry_id);
CREATE INDEX entry_member_nation ON entry_member (nation_id, athlete_id);
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
    qualified boolean,
    lane text,
    timing text NOT NULL CHECK (timing IN ('HAND', 'ELECTRONIC', 'UNKNOWN')),
    status text NOT NULL CHECK (status IN ('PROVISIONAL', 'OFFICIAL', 'REVISED', 'ANNULLED')),
    source_id uuid NOT NULL REFERENCES source (id),
    FOREIGN KEY (entry_id, edition_id) REFERENCES entry (id, edition_id),
    FOREIGN KEY (phase_id, edition_id) REFERENCES phase (id, edition_id),
    CHECK (NOT rank_tied OR rank IS NOT NULL),
    CHECK (phase_id IS NOT NULL OR (qualified IS NULL AND lane IS NULL)),
    CHECK (rank IS NULL OR irm IS NULL OR irm IN ('LAP', 'OVL', 'OTL', 'REL')),
    CHECK ((mark_value IS NULL) = (mark_decimals IS NULL)),
    CHECK (mark_value IS NULL OR mark_text IS NOT NULL),
    CHECK (rank IS NOT NULL OR mark_text IS NOT NULL OR irm IS NOT NULL)
);
CREATE UNIQUE INDEX result_overall ON result (entry_id) WHERE phase_id IS NULL;
CREATE UNIQUE INDEX result_in_phase ON result (entry_id, phase_id) WHERE phase_id IS NOT NULL;
CREATE INDEX result_edition ON result (edition_id, sort_order);
CREATE INDEX result_phase ON result (phase_id, sort_order) WHERE phase_id IS NOT NULL;
-- A medal repeats the nation of its entry, so that a medal table is read from one index.
CREATE TABLE medal_award (
    id uuid PRIMARY KEY,
    edition_id uuid NOT NULL REFERENCES event_edition (id),
    entry_id uuid,
    nation_id uuid REFERENCES nation (id),
    medal text NOT NULL CHECK (medal IN ('GOLD', 'SILVER', 'BRONZE')),
    status text NOT NULL CHECK (status IN ('AWARDED', 'REALLOCATED', 'VACANT')),
    won_on date,
    valid_from date,
    valid_to date,
    ended_by text CHECK (ended_by IN ('STRIPPED', 'RETURNED', 'UPGRADED', 'CORRECTED')),
    reason text,
    replaces_id uuid,
    source_id uuid NOT NULL REFERENCES source (id),
    UNIQUE (id, edition_id),
    FOREIGN KEY (entry_id, edition_id) REFERENCES entry (id, edition_id),
    FOREIGN KEY (replaces_id, edition_id) REFERENCES medal_award (id, edition_id),
    CHECK ((status = 'VACANT') = (entry_id IS NULL)),
    CHECK ((valid_to IS NULL) = (ended_by IS NULL)),
    CHECK (nation_id IS NULL OR entry_id IS NOT NULL),
    CHECK (valid_to >= valid_from)
);
CREATE UNIQUE INDEX medal_award_current ON medal_award (edition_id, entry_id, medal) WHERE valid_to IS NULL AND entry_id IS NOT NULL;
CREATE INDEX medal_award_entry ON medal_award (entry_id);
CREATE INDEX medal_award_replaces ON medal_award (replaces_id);
CREATE INDEX medal_award_edition ON medal_award (edition_id, status, valid_from, valid_to, medal, nation_id, id, won_on);
CREATE INDEX medal_award_nation ON medal_award (nation_id);
CREATE TABLE medal_recipient (
    id uuid NOT NULL,
    award_id uuid NOT NULL REFERENCES medal_award (id),
    athlete_id uuid NOT NULL REFERENCES athlete (id)
);
CREATE UNIQUE INDEX medal_recipient_id ON medal_recipient (id);
CREATE UNIQUE INDEX medal_recipient_once ON medal_recipient (award_id, athlete_id);
CREATE INDEX medal_recipient_athlete ON medal_recipient (athlete_id);
CREATE TABLE record_mark (
    id uuid PRIMARY KEY,
    event_id uuid NOT NULL REFERENCES event (id),
    distance_mm integer CHECK (distance_mm > 0),
    kind text NOT NULL CHECK (kind IN ('OLYMPIC', 'WORLD')),
    sequence integer NOT NULL,
    mark_kind text NOT NULL CHECK (mark_kind IN ('TIME', 'DISTANCE', 'HEIGHT', 'WEIGHT', 'POINTS', 'JUDGED', 'COUNT', 'SCORELINE', 'RANK_ONLY', 'NONE')),
    mark_value bigint NOT NULL,
    mark_decimals integer NOT NULL CHECK (mark_decimals BETWEEN 0 AND 4),
    mark_text text NOT NULL,
    athlete_id uuid REFERENCES athlete (id),
    entry_id uuid,
    nation_id uuid REFERENCES nation (id),
    games_id uuid REFERENCES games (id),
    edition_id uuid REFERENCES event_edition (id),
    set_on date NOT NULL,
    phase text,
    equalled boolean NOT NULL,
    ratification text NOT NULL CHECK (ratification IN ('RATIFIED', 'PENDING', 'RESCINDED')),
    source_id uuid NOT NULL REFERENCES source (id),
    FOREIGN KEY (entry_id, edition_id) REFERENCES entry (id, edition_id),
    CHECK (athlete_id IS NOT NULL OR entry_id IS NOT NULL),
    CHECK (entry_id IS NULL OR edition_id IS NOT NULL)
);
CREATE UNIQUE INDEX record_mark_place ON record_mark (event_id, kind, COALESCE(distance_mm, 0), sequence);
CREATE INDEX record_mark_set_on ON record_mark (set_on);
CREATE TABLE preview_note (
    id uuid PRIMARY KEY,
    edition_id uuid NOT NULL REFERENCES event_edition (id),
    sequence integer NOT NULL,
    role text NOT NULL CHECK (role IN ('DEFENDING_CHAMPION', 'WORLD_CHAMPION', 'FAVOURITE', 'CONTENDER', 'ABSENTEE')),
    athlete_id uuid REFERENCES athlete (id),
    body text NOT NULL,
    source_id uuid NOT NULL REFERENCES source (id),
    UNIQUE (edition_id, sequence)
);
CREATE TABLE external_id (
    id uuid PRIMARY KEY,
    games_id uuid REFERENCES games (id),
    nation_id uuid REFERENCES nation (id),
    event_id uuid REFERENCES event (id),
    athlete_id uuid REFERENCES athlete (id),
    scheme text NOT NULL,
    value text NOT NULL,
    CHECK (1 = CASE WHEN games_id IS NULL THEN 0 ELSE 1 END + CASE WHEN nation_id IS NULL THEN 0 ELSE 1 END
        + CASE WHEN event_id IS NULL THEN 0 ELSE 1 END + CASE WHEN athlete_id IS NULL THEN 0 ELSE 1 END)
);
CREATE UNIQUE INDEX external_id_value ON external_id (scheme, value);
CREATE INDEX external_id_games ON external_id (games_id) WHERE games_id IS NOT NULL;
CREATE INDEX external_id_nation ON external_id (nation_id) WHERE nation_id IS NOT NULL;
CREATE INDEX external_id_event ON external_id (event_id) WHERE event_id IS NOT NULL;
CREATE INDEX external_id_athlete ON external_id (athlete_id) WHERE athlete_id IS NOT NULL;

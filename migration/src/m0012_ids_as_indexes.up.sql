-- The ids of rows that nobody refers to become indexes, which an import of the whole history can leave until its end as well: they
-- are hashed, so that each new one falls on a page of its own, and the pages of all of them are more than fit the cache. An entry
-- has one index for its id instead of two: its id is hashed from its edition, so that both together cannot stand twice either. What
-- refers to entries is made anew with them; a record set at the Games now names its entry with the edition, as all others do.
CREATE TABLE athlete_name_new (
    id uuid NOT NULL,
    athlete_id uuid NOT NULL REFERENCES athlete (id),
    name text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('USED', 'FULL', 'BIRTH', 'MARRIED', 'ORIGINAL_SCRIPT', 'NICKNAME', 'AS_PRINTED')),
    language text
);
CREATE TABLE entry_new (
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
CREATE TABLE entry_member_new (
    id uuid NOT NULL,
    entry_id uuid NOT NULL,
    edition_id uuid NOT NULL,
    athlete_id uuid NOT NULL REFERENCES athlete (id),
    nation_id uuid NOT NULL REFERENCES nation (id),
    role text NOT NULL CHECK (role IN ('MEMBER', 'RESERVE', 'HEATS_ONLY', 'COXSWAIN', 'GUIDE', 'HORSE')),
    competed boolean NOT NULL,
    position integer,
    FOREIGN KEY (entry_id, edition_id) REFERENCES entry_new (id, edition_id)
);
CREATE TABLE result_new (
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
    FOREIGN KEY (entry_id, edition_id) REFERENCES entry_new (id, edition_id),
    FOREIGN KEY (phase_id, edition_id) REFERENCES phase (id, edition_id),
    CHECK (NOT rank_tied OR rank IS NOT NULL),
    CHECK (rank IS NULL OR irm IS NULL OR irm IN ('LAP', 'OVL', 'OTL', 'REL')),
    CHECK ((mark_value IS NULL) = (mark_decimals IS NULL)),
    CHECK (mark_value IS NULL OR mark_text IS NOT NULL),
    CHECK (rank IS NOT NULL OR mark_text IS NOT NULL OR irm IS NOT NULL)
);
CREATE TABLE medal_award_new (
    id uuid PRIMARY KEY,
    edition_id uuid NOT NULL REFERENCES event_edition (id),
    entry_id uuid,
    medal text NOT NULL CHECK (medal IN ('GOLD', 'SILVER', 'BRONZE')),
    status text NOT NULL CHECK (status IN ('AWARDED', 'REALLOCATED', 'VACANT')),
    valid_from date,
    valid_to date,
    ended_by text CHECK (ended_by IN ('STRIPPED', 'RETURNED', 'UPGRADED', 'CORRECTED')),
    reason text,
    replaces_id uuid,
    source_id uuid NOT NULL REFERENCES source (id),
    nation_id uuid REFERENCES nation (id) CHECK (nation_id IS NULL OR entry_id IS NOT NULL),
    UNIQUE (id, edition_id),
    FOREIGN KEY (entry_id, edition_id) REFERENCES entry_new (id, edition_id),
    FOREIGN KEY (replaces_id, edition_id) REFERENCES medal_award_new (id, edition_id),
    CHECK ((status = 'VACANT') = (entry_id IS NULL)),
    CHECK ((valid_to IS NULL) = (ended_by IS NULL)),
    CHECK (valid_to >= valid_from)
);
CREATE TABLE medal_recipient_new (
    id uuid NOT NULL,
    award_id uuid NOT NULL REFERENCES medal_award_new (id),
    athlete_id uuid NOT NULL REFERENCES athlete (id)
);
CREATE TABLE record_mark_new (
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
    FOREIGN KEY (entry_id, edition_id) REFERENCES entry_new (id, edition_id),
    CHECK (athlete_id IS NOT NULL OR entry_id IS NOT NULL),
    CHECK (entry_id IS NULL OR edition_id IS NOT NULL)
);
INSERT INTO athlete_name_new SELECT * FROM athlete_name;
INSERT INTO entry_new SELECT * FROM entry;
INSERT INTO entry_member_new SELECT * FROM entry_member;
INSERT INTO result_new SELECT * FROM result;
INSERT INTO medal_award_new SELECT * FROM medal_award;
INSERT INTO medal_recipient_new SELECT * FROM medal_recipient;
INSERT INTO record_mark_new SELECT * FROM record_mark;
DROP TABLE record_mark;
DROP TABLE medal_recipient;
DROP TABLE medal_award;
DROP TABLE result;
DROP TABLE entry_member;
DROP TABLE entry;
DROP TABLE athlete_name;
ALTER TABLE athlete_name_new RENAME TO athlete_name;
ALTER TABLE entry_new RENAME TO entry;
ALTER TABLE entry_member_new RENAME TO entry_member;
ALTER TABLE result_new RENAME TO result;
ALTER TABLE medal_award_new RENAME TO medal_award;
ALTER TABLE medal_recipient_new RENAME TO medal_recipient;
ALTER TABLE record_mark_new RENAME TO record_mark;
CREATE UNIQUE INDEX athlete_name_id ON athlete_name (id);
CREATE INDEX athlete_name_athlete ON athlete_name (athlete_id);
CREATE UNIQUE INDEX entry_of_athlete ON entry (edition_id, nation_id, athlete_id);
CREATE UNIQUE INDEX entry_member_id ON entry_member (id);
CREATE UNIQUE INDEX entry_member_once ON entry_member (entry_id, athlete_id);
CREATE INDEX entry_member_athlete ON entry_member (athlete_id, edition_id);
CREATE INDEX entry_member_edition ON entry_member (edition_id, athlete_id);
CREATE INDEX entry_member_nation ON entry_member (nation_id, athlete_id);
CREATE UNIQUE INDEX result_overall ON result (entry_id) WHERE phase_id IS NULL;
CREATE UNIQUE INDEX result_in_phase ON result (entry_id, phase_id) WHERE phase_id IS NOT NULL;
CREATE INDEX result_edition ON result (edition_id, sort_order);
CREATE UNIQUE INDEX medal_award_current ON medal_award (edition_id, entry_id, medal) WHERE valid_to IS NULL AND entry_id IS NOT NULL;
CREATE INDEX medal_award_entry ON medal_award (entry_id);
CREATE INDEX medal_award_replaces ON medal_award (replaces_id);
CREATE INDEX medal_award_edition ON medal_award (edition_id, status, valid_from, valid_to, medal, nation_id, id);
CREATE INDEX medal_award_nation ON medal_award (nation_id);
CREATE UNIQUE INDEX medal_recipient_id ON medal_recipient (id);
CREATE UNIQUE INDEX medal_recipient_once ON medal_recipient (award_id, athlete_id);
CREATE INDEX medal_recipient_athlete ON medal_recipient (athlete_id);
CREATE UNIQUE INDEX record_mark_place ON record_mark (event_id, kind, COALESCE(distance_mm, 0), sequence);
CREATE INDEX record_mark_set_on ON record_mark (set_on);

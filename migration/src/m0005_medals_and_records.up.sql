CREATE TABLE medal_award (
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
    UNIQUE (id, edition_id),
    FOREIGN KEY (entry_id, edition_id) REFERENCES entry (id, edition_id),
    FOREIGN KEY (replaces_id, edition_id) REFERENCES medal_award (id, edition_id),
    CHECK ((status = 'VACANT') = (entry_id IS NULL)),
    CHECK ((valid_to IS NULL) = (ended_by IS NULL)),
    CHECK (valid_to >= valid_from)
);
CREATE UNIQUE INDEX medal_award_current ON medal_award (edition_id, entry_id) WHERE valid_to IS NULL AND entry_id IS NOT NULL;
CREATE INDEX medal_award_entry ON medal_award (entry_id);
CREATE INDEX medal_award_replaces ON medal_award (replaces_id);
CREATE INDEX medal_award_edition ON medal_award (edition_id);
CREATE TABLE medal_recipient (
    id uuid PRIMARY KEY,
    award_id uuid NOT NULL REFERENCES medal_award (id),
    athlete_id uuid NOT NULL REFERENCES athlete (id),
    UNIQUE (award_id, athlete_id)
);
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
    entry_id uuid REFERENCES entry (id),
    nation_id uuid REFERENCES nation (id),
    games_id uuid REFERENCES games (id),
    edition_id uuid REFERENCES event_edition (id),
    set_on date NOT NULL,
    phase text,
    equalled boolean NOT NULL,
    ratification text NOT NULL CHECK (ratification IN ('RATIFIED', 'PENDING', 'RESCINDED')),
    source_id uuid NOT NULL REFERENCES source (id),
    CHECK (athlete_id IS NOT NULL OR entry_id IS NOT NULL)
);
CREATE UNIQUE INDEX record_mark_place ON record_mark (event_id, kind, COALESCE(distance_mm, 0), sequence);
CREATE INDEX record_mark_set_on ON record_mark (set_on);

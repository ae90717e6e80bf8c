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
CREATE TABLE external_id (
    id uuid PRIMARY KEY,
    games_id uuid REFERENCES games (id),
    nation_id uuid REFERENCES nation (id),
    event_id uuid REFERENCES event (id),
    athlete_id uuid REFERENCES athlete (id),
    scheme text NOT NULL,
    value text NOT NULL,
    CHECK (1 = CASE WHEN games_id IS NULL THEN 0 ELSE 1 END + CASE WHEN nation_id IS NULL THEN 0 ELSE 1 END
        + CASE WHEN event_id IS NULL THEN 0 ELSE 1 END + CASE WHEN athlete_id IS NULL THEN 0 ELSE 1 END),
    UNIQUE (scheme, value)
);
CREATE INDEX external_id_games ON external_id (games_id);
CREATE INDEX external_id_nation ON external_id (nation_id);
CREATE INDEX external_id_event ON external_id (event_id);
CREATE INDEX external_id_athlete ON external_id (athlete_id);
CREATE TABLE slug_history (
    id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('games', 'nation', 'sport', 'discipline', 'event_family', 'event', 'athlete')),
    old_slug text NOT NULL,
    subject_id uuid NOT NULL,
    UNIQUE (kind, old_slug)
);
CREATE TABLE search_term (
    id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('ATHLETE', 'NATION', 'GAMES', 'EVENT', 'EVENT_FAMILY', 'DISCIPLINE', 'SPORT')),
    subject_id uuid NOT NULL,
    name text NOT NULL,
    folded text NOT NULL,
    weight integer NOT NULL,
    UNIQUE (kind, subject_id, folded)
);
CREATE INDEX search_term_folded ON search_term (folded);

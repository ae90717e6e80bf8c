DROP TABLE search_term;
CREATE TABLE search_term (
    number integer PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('ATHLETE', 'NATION', 'GAMES', 'EVENT', 'EVENT_FAMILY', 'DISCIPLINE', 'SPORT')),
    subject_id uuid NOT NULL,
    weight integer NOT NULL,
    names text NOT NULL,
    printed text NOT NULL
);
CREATE UNIQUE INDEX search_term_subject ON search_term (subject_id);

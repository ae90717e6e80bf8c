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

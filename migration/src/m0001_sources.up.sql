CREATE TABLE data_version (
    id uuid PRIMARY KEY,
    version bigint NOT NULL CHECK (version > 0)
);
CREATE TABLE source (
    id uuid PRIMARY KEY,
    key text NOT NULL UNIQUE,
    title text NOT NULL,
    url text,
    licence text,
    precedence integer NOT NULL
);

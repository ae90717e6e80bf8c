CREATE TABLE search_sound (
    sound integer NOT NULL,
    medals integer NOT NULL,
    number integer NOT NULL,
    PRIMARY KEY (sound, medals, number)
);
-- Both databases are asked alike: number IN (SELECT rowid FROM search_index WHERE names LIKE '%ggin%').
CREATE VIEW search_index AS SELECT number AS rowid, names FROM search_term;

CREATE TABLE search_sound (
    sound integer NOT NULL,
    medals integer NOT NULL,
    number integer NOT NULL,
    PRIMARY KEY (sound, medals, number)
) WITHOUT ROWID;
-- The index keeps only where each text stands; the table keeps the texts. Triggers let it follow the table.
CREATE VIRTUAL TABLE search_index USING fts5(names, content = 'search_term', content_rowid = 'number', tokenize = 'trigram', detail = 'none');
CREATE TRIGGER search_term_new AFTER INSERT ON search_term BEGIN
    INSERT INTO search_index (rowid, names) VALUES (new.number, new.names);
END;
CREATE TRIGGER search_term_gone AFTER DELETE ON search_term BEGIN
    INSERT INTO search_index (search_index, rowid, names) VALUES ('delete', old.number, old.names);
END;
CREATE TRIGGER search_term_other AFTER UPDATE OF names ON search_term BEGIN
    INSERT INTO search_index (search_index, rowid, names) VALUES ('delete', old.number, old.names);
    INSERT INTO search_index (rowid, names) VALUES (new.number, new.names);
END;

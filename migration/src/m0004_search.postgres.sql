CREATE TABLE search_sound (
    sound integer NOT NULL,
    medals integer NOT NULL,
    number integer NOT NULL,
    PRIMARY KEY (sound, medals, number)
);

-- What the keys of athletes say is not written out again.
DROP INDEX medal_award_nation;
DROP INDEX medal_award_edition;
CREATE INDEX medal_award_edition ON medal_award (edition_id);
CREATE INDEX entry_nation ON entry (nation_id);
CREATE UNIQUE INDEX entry_counts_for ON entry (id, nation_id);
DROP INDEX search_term_subject;
CREATE UNIQUE INDEX search_term_subject ON search_term (subject_id);
ALTER TABLE medal_award DROP COLUMN nation_id;

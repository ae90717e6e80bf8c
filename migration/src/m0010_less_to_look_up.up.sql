-- A medal says whose it is, so that a table of medals is read from one index, without the entries.
ALTER TABLE medal_award ADD COLUMN nation_id uuid REFERENCES nation (id) CHECK (nation_id IS NULL OR entry_id IS NOT NULL);
UPDATE medal_award SET nation_id = (SELECT entry.nation_id FROM entry WHERE entry.id = medal_award.entry_id);
DROP INDEX entry_counts_for;
DROP INDEX entry_nation;
DROP INDEX medal_award_edition;
CREATE INDEX medal_award_edition ON medal_award (edition_id, status, valid_from, valid_to, medal, nation_id, id);
CREATE INDEX medal_award_nation ON medal_award (nation_id);
-- Lists are ordered by the medals that are counted beside the names, which are derived again when there are none.
DELETE FROM search_term;
DROP INDEX search_term_subject;
CREATE INDEX search_term_subject ON search_term (subject_id, weight);
-- The key of an athlete known from another data set, such as athlete-events:123, is his id there already.
DELETE FROM external_id WHERE EXISTS (
    SELECT 1 FROM athlete WHERE athlete.id = external_id.athlete_id AND athlete.key = external_id.scheme || ':' || external_id.value
);

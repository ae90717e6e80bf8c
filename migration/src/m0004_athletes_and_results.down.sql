DROP TABLE result;
DROP TABLE entry_member;
DROP TABLE entry;
DROP TABLE athlete_name;
DROP TABLE athlete;

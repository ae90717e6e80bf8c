DROP TABLE record_mark;
DROP TABLE medal_recipient;
DROP TABLE medal_award;

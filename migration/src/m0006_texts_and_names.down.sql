DROP TABLE search_term;
DROP TABLE slug_history;
DROP TABLE external_id;
DROP TABLE narrative;
DROP TABLE preview_note;
DROP TABLE quota_place;
DROP TABLE qualification_rule;

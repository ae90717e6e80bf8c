-- Lists that begin with those who have the most medals look at them alone, as long as they fill the page.
CREATE INDEX search_term_leaders ON search_term (subject_id, weight) WHERE weight >= 4;

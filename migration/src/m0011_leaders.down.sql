DROP INDEX search_term_leaders;

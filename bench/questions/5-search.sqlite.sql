WITH found AS MATERIALIZED (
    SELECT t.subject_id, t.weight, t.names,
        CASE WHEN t.names LIKE '%' || char(10) || ' ' || ?1 || ' ' || char(10) || '%' THEN 0
             WHEN t.names LIKE '%' || char(10) || ' ' || ?1 || '%' THEN 1 ELSE 2 END AS distance
    FROM search_term t
    WHERE t.kind = 'ATHLETE' AND t.number IN (SELECT i.rowid FROM search_index i WHERE i.names LIKE '%' || ?1 || '%'))
SELECT json_object('data', json_object('search', json_object(
    'totalCount', (SELECT count(*) FROM found),
    'hits', (SELECT json_group_array(json_object('item', json_object('slug', a.slug, 'name', a.name)) ORDER BY x.distance, x.weight DESC, length(x.names), x.names, x.subject_id) FROM (
        SELECT * FROM found ORDER BY distance, weight DESC, length(names), names, subject_id LIMIT 10) x
        JOIN athlete a ON a.id = x.subject_id))))

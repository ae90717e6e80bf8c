WITH found AS MATERIALIZED (
    SELECT t.subject_id, t.weight, t.names,
        CASE WHEN t.names LIKE '%' || chr(10) || ' ' || $1 || ' ' || chr(10) || '%' THEN 0
             WHEN t.names LIKE '%' || chr(10) || ' ' || $1 || '%' THEN 1 ELSE 2 END AS distance
    FROM search_term t
    WHERE t.kind = 'ATHLETE' AND t.names LIKE '%' || $1 || '%')
SELECT json_build_object('data', json_build_object('search', json_build_object(
    'totalCount', (SELECT count(*) FROM found),
    'hits', (SELECT coalesce(json_agg(json_build_object('item', json_build_object('slug', a.slug, 'name', a.name)) ORDER BY x.distance, x.weight DESC, length(x.names), x.names, x.subject_id), '[]') FROM (
        SELECT * FROM found ORDER BY distance, weight DESC, length(names), names, subject_id LIMIT 10) x
        JOIN athlete a ON a.id = x.subject_id))))

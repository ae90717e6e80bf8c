SELECT json_build_object('data', json_build_object('athlete', (SELECT json_build_object(
    'name', a.name,
    'nations', (SELECT coalesce(json_agg(json_build_object('code', f.code, 'name', f.name) ORDER BY f.since, f.slug), '[]') FROM (
        SELECT n.code, n.name, n.slug, min(g.year * 10 + CASE g.season WHEN 'WINTER' THEN 0 WHEN 'INTERCALATED' THEN 1 ELSE 2 END) AS since
        FROM entry_member m JOIN event_edition e ON e.id = m.edition_id JOIN games g ON g.id = e.games_id JOIN nation n ON n.id = m.nation_id
        WHERE m.athlete_id = a.id GROUP BY n.id, n.code, n.name, n.slug) f),
    'medals', (SELECT coalesce(json_agg(json_build_object('medal', w.medal, 'event', json_build_object('name', v.name), 'games', json_build_object('year', g.year, 'hostCities', (SELECT coalesce(json_agg(json_build_object('name', c.name) ORDER BY h.sequence), '[]') FROM games_host h JOIN city c ON c.id = h.city_id WHERE h.games_id = g.id))) ORDER BY g.year * 10 + CASE g.season WHEN 'WINTER' THEN 0 WHEN 'INTERCALATED' THEN 1 ELSE 2 END DESC, v.slug, CASE w.medal WHEN 'GOLD' THEN 1 WHEN 'SILVER' THEN 2 ELSE 3 END, w.id), '[]')
        FROM medal_recipient r JOIN medal_award w ON w.id = r.award_id JOIN event_edition e ON e.id = w.edition_id
        JOIN event v ON v.id = e.event_id JOIN games g ON g.id = e.games_id
        WHERE r.athlete_id = a.id AND (w.won_on IS NULL OR w.won_on <= current_date) AND (w.valid_from IS NULL OR w.valid_from <= current_date) AND (w.valid_to IS NULL OR w.valid_to > current_date)
        AND (g.opened_on IS NULL OR g.opened_on <= current_date) AND g.kind = 'OLYMPIC' AND g.recognition = 'OFFICIAL' AND e.status = 'MEDAL'))
FROM athlete a WHERE a.slug = $1)))

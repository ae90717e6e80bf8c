SELECT json_build_object('data', json_build_object('athletes', json_build_object('nodes', (SELECT coalesce(json_agg(json_build_object(
    'slug', a.slug, 'name', a.name,
    'entries', json_build_object('nodes', (SELECT coalesce(json_agg(json_build_object('edition', json_build_object(
                'event', json_build_object('name', x.event, 'discipline', json_build_object('sport', json_build_object('name', x.sport))),
                'games', json_build_object('year', x.year, 'season', x.season, 'hostCities', (SELECT coalesce(json_agg(json_build_object('name', c.name) ORDER BY h.sequence), '[]') FROM games_host h JOIN city c ON c.id = h.city_id WHERE h.games_id = x.id)))) ORDER BY x.newest, x.slug, x.entry), '[]') FROM (
        SELECT v.name AS event, s.name AS sport, g.id, g.year, g.season, e.slug, m.entry_id AS entry, -(g.year * 10 + CASE g.season WHEN 'WINTER' THEN 0 WHEN 'INTERCALATED' THEN 1 ELSE 2 END) AS newest
        FROM entry_member m JOIN event_edition e ON e.id = m.edition_id JOIN games g ON g.id = e.games_id JOIN event v ON v.id = e.event_id
        JOIN event_family f ON f.id = v.family_id JOIN discipline d ON d.id = f.discipline_id JOIN sport s ON s.id = d.sport_id
        WHERE m.athlete_id = a.id ORDER BY newest, e.slug, m.entry_id LIMIT 60) x))) ORDER BY a.sort_fold, a.id), '[]')
FROM (SELECT id, slug, name, sort_fold FROM athlete
    WHERE id = ANY (ARRAY(SELECT DISTINCT m.athlete_id FROM entry_member m WHERE m.nation_id IN (SELECT n.id FROM nation n WHERE n.slug = $1 OR n.code = $1)))
    ORDER BY sort_fold, id LIMIT 20) a))))

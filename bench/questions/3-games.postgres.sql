SELECT json_build_object('data', json_build_object('games', (SELECT json_build_object(
    'year', g.year,
    'hostCities', (SELECT coalesce(json_agg(json_build_object('name', c.name) ORDER BY h.sequence), '[]') FROM games_host h JOIN city c ON c.id = h.city_id WHERE h.games_id = g.id),
    'eventEditions', json_build_object('nodes', (SELECT coalesce(json_agg(json_build_object(
        'event', json_build_object('name', x.name),
        'medals', (SELECT coalesce(json_agg(json_build_object('medal', w.medal, 'athletes', (SELECT coalesce(json_agg(json_build_object('name', a.name) ORDER BY a.sort_fold, a.id), '[]') FROM medal_recipient r JOIN athlete a ON a.id = r.athlete_id WHERE r.award_id = w.id), 'nation', CASE WHEN n.id IS NOT NULL THEN json_build_object('code', n.code) END) ORDER BY CASE w.medal WHEN 'GOLD' THEN 1 WHEN 'SILVER' THEN 2 ELSE 3 END, coalesce(n.slug, ''), coalesce(CAST(w.valid_from AS text), ''), w.id), '[]')
            FROM medal_award w LEFT JOIN nation n ON n.id = w.nation_id WHERE w.edition_id = x.id AND (w.won_on IS NULL OR w.won_on <= current_date) AND (w.valid_from IS NULL OR w.valid_from <= current_date) AND (w.valid_to IS NULL OR w.valid_to > current_date))) ORDER BY x.slug), '[]')
        FROM (SELECT e.id, e.slug, v.name FROM event_edition e JOIN event v ON v.id = e.event_id
            WHERE e.games_id = g.id ORDER BY e.slug LIMIT 20) x)))
FROM games g WHERE g.slug = $1)))

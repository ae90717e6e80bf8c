SELECT json_object('data', json_object('games', (SELECT json_object(
    'year', g.year,
    'hostCities', json((SELECT json_group_array(json_object('name', c.name) ORDER BY h.sequence) FROM games_host h JOIN city c ON c.id = h.city_id WHERE h.games_id = g.id)),
    'eventEditions', json_object('nodes', (SELECT json_group_array(json_object(
        'event', json_object('name', x.name),
        'medals', (SELECT json_group_array(json_object('medal', w.medal, 'athletes', json((SELECT json_group_array(json_object('name', a.name) ORDER BY a.sort_fold, a.id) FROM medal_recipient r JOIN athlete a ON a.id = r.athlete_id WHERE r.award_id = w.id)), 'nation', json(CASE WHEN n.id IS NOT NULL THEN json_object('code', n.code) END)) ORDER BY CASE w.medal WHEN 'GOLD' THEN 1 WHEN 'SILVER' THEN 2 ELSE 3 END, coalesce(n.slug, ''), coalesce(CAST(w.valid_from AS text), ''), w.id)
            FROM medal_award w LEFT JOIN nation n ON n.id = w.nation_id WHERE w.edition_id = x.id AND (w.won_on IS NULL OR w.won_on <= date('now')) AND (w.valid_from IS NULL OR w.valid_from <= date('now')) AND (w.valid_to IS NULL OR w.valid_to > date('now')))) ORDER BY x.slug)
        FROM (SELECT e.id, e.slug, v.name FROM event_edition e JOIN event v ON v.id = e.event_id
            WHERE e.games_id = g.id ORDER BY e.slug LIMIT 20) x)))
FROM games g WHERE g.slug = ?1)))

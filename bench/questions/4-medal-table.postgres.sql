SELECT json_build_object('data', json_build_object('games', (SELECT json_build_object('medalTable', json_build_object('rows', (SELECT coalesce(json_agg(json_build_object('nation', json_build_object('code', n.code), 'gold', t.gold, 'silver', t.silver, 'bronze', t.bronze) ORDER BY u.id IS NOT NULL, t.gold DESC, t.silver DESC, t.bronze DESC, n.name_fold, n.slug), '[]')
    FROM medal_tally t JOIN nation n ON n.id = t.nation_id
    LEFT JOIN delegation u ON u.games_id = t.games_id AND u.nation_id = t.nation_id AND NOT u.ranks_in_medal_table
    WHERE t.games_id = g.id AND (g.opened_on IS NULL OR g.opened_on <= current_date))))
FROM games g WHERE g.slug = $1)))

// The questions of `bench/questions` answered by Mercurius with its JIT, batched loaders and prepared statements, over the tables of Podium in
// PostgreSQL. It knows these questions only: no cursors, no other filters or orders, no limits.
import { readFileSync } from "node:fs";
import Fastify from "fastify";
import mercurius from "mercurius";
import pg from "pg";

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 8 });
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

const select = async (name, text, ...values) => (await pool.query({ name, text, values })).rows;

// The rows of each owner, in the order of the statement.
const grouped = (rows, owners) => {
  const groups = new Map(owners.map((owner) => [owner, []]));
  for (const row of rows) groups.get(row.owner).push(row);
  return owners.map((owner) => groups.get(owner));
};
const listOf = (name, text) => async (queries) => {
  const owners = queries.map(({ obj }) => obj.id);
  const further = queries[0].params.first === undefined ? [] : [queries[0].params.first];
  return grouped(await select(name, text, [...new Set(owners)], ...further), owners);
};
const then = (load, change) => async (queries) => (await load(queries)).map(change);
const rowBy = (column, name, text) => async (queries) => {
  const ids = queries.map(({ obj }) => obj[column]);
  const rows = new Map((await select(name, text, [...new Set(ids.filter(Boolean))])).map((row) => [row.id, row]));
  return ids.map((id) => rows.get(id) ?? null);
};

const SEASON = "g.year * 10 + CASE g.season WHEN 'WINTER' THEN 0 WHEN 'INTERCALATED' THEN 1 ELSE 2 END";
const COLOUR = "CASE w.medal WHEN 'GOLD' THEN 1 WHEN 'SILVER' THEN 2 ELSE 3 END";
const HELD = `(w.won_on IS NULL OR w.won_on <= current_date) AND (w.valid_from IS NULL OR w.valid_from <= current_date)
  AND (w.valid_to IS NULL OR w.valid_to > current_date)`;
const FOUND = `search_term t WHERE t.kind = 'ATHLETE' AND t.names LIKE '%' || $1 || '%'`;

const event = rowBy("event_id", "event", `SELECT v.id, v.name, f.discipline_id FROM event v JOIN event_family f ON f.id = v.family_id WHERE v.id = ANY ($1)`);
const games = rowBy("games_id", "games", "SELECT id, year, season FROM games WHERE id = ANY ($1)");
const nation = rowBy("nation_id", "nation", "SELECT id, code, name FROM nation WHERE id = ANY ($1)");

const resolvers = {
  Query: {
    athlete: async (_, { slug }) => (await select("athlete", "SELECT id, slug, name FROM athlete WHERE slug = $1", slug))[0],
    athletes: async (_, { filter, first }) => ({
      nodes: await select("athletes", `SELECT id, slug, name FROM athlete WHERE id = ANY (ARRAY(SELECT DISTINCT m.athlete_id FROM entry_member m
        WHERE m.nation_id IN (SELECT n.id FROM nation n WHERE n.slug = ANY ($1) OR n.code = ANY ($1)))) ORDER BY sort_fold, id LIMIT $2`, filter.nation, first),
    }),
    games: async (_, { slug }) => (await select("one_games", "SELECT id, year, season FROM games WHERE slug = $1", slug))[0],
    search: async (_, { text, first }) => {
      const [[{ count }], hits] = await Promise.all([
        select("count", `SELECT count(*) FROM ${FOUND}`, text),
        select("hits", `SELECT a.id, a.slug, a.name FROM (SELECT t.*, CASE WHEN t.names LIKE '%' || chr(10) || ' ' || $1 || ' ' || chr(10) || '%' THEN 0
          WHEN t.names LIKE '%' || chr(10) || ' ' || $1 || '%' THEN 1 ELSE 2 END AS distance FROM ${FOUND}
          ORDER BY distance, t.weight DESC, length(t.names), t.names, t.subject_id LIMIT $2) x JOIN athlete a ON a.id = x.subject_id
          ORDER BY x.distance, x.weight DESC, length(x.names), x.names, x.subject_id`, text, first),
      ]);
      return { totalCount: count, hits: hits.map((item) => ({ item })) };
    },
  },
  SearchItem: { resolveType: () => "Athlete" },
  MedalTableRow: { nation: (row) => ({ code: row.code, name: row.name }) },
};

const loaders = {
  Athlete: {
    nations: listOf("nations", `SELECT m.athlete_id AS owner, n.code, n.name FROM entry_member m JOIN event_edition e ON e.id = m.edition_id
      JOIN games g ON g.id = e.games_id JOIN nation n ON n.id = m.nation_id WHERE m.athlete_id = ANY ($1)
      GROUP BY m.athlete_id, n.id, n.code, n.name, n.slug ORDER BY min(${SEASON}), n.slug`),
    medals: listOf("medals", `SELECT r.athlete_id AS owner, w.id, w.medal, w.nation_id, e.event_id, e.games_id FROM medal_recipient r
      JOIN medal_award w ON w.id = r.award_id JOIN event_edition e ON e.id = w.edition_id JOIN event v ON v.id = e.event_id JOIN games g ON g.id = e.games_id
      WHERE r.athlete_id = ANY ($1) AND ${HELD} AND (g.opened_on IS NULL OR g.opened_on <= current_date) AND g.kind = 'OLYMPIC'
      AND g.recognition = 'OFFICIAL' AND e.status = 'MEDAL' ORDER BY ${SEASON} DESC, v.slug, ${COLOUR}, w.id`),
    entries: then(listOf("entries", `SELECT o.id AS owner, x.event_id, x.games_id FROM unnest($1::uuid[]) o(id), LATERAL (
      SELECT e.event_id, e.games_id, ${SEASON} AS season, e.slug, m.entry_id FROM entry_member m JOIN event_edition e ON e.id = m.edition_id
      JOIN games g ON g.id = e.games_id WHERE m.athlete_id = o.id ORDER BY season DESC, e.slug, m.entry_id LIMIT $2) x
      ORDER BY x.season DESC, x.slug, x.entry_id`), (entries) => ({ nodes: entries.map((edition) => ({ edition })) })),
  },
  Edition: {
    event,
    games,
    medals: listOf("medals_of_edition", `SELECT w.edition_id AS owner, w.id, w.medal, w.nation_id FROM medal_award w LEFT JOIN nation n ON n.id = w.nation_id
      WHERE w.edition_id = ANY ($1) AND ${HELD} ORDER BY ${COLOUR}, coalesce(n.slug, ''), coalesce(CAST(w.valid_from AS text), ''), w.id`),
  },
  Event: { discipline: rowBy("discipline_id", "discipline", "SELECT id, sport_id FROM discipline WHERE id = ANY ($1)") },
  Discipline: { sport: rowBy("sport_id", "sport", "SELECT id, name FROM sport WHERE id = ANY ($1)") },
  Games: {
    hostCities: listOf("hosts", `SELECT h.games_id AS owner, c.name FROM games_host h JOIN city c ON c.id = h.city_id WHERE h.games_id = ANY ($1) ORDER BY h.sequence`),
    eventEditions: then(listOf("editions", `SELECT o.id AS owner, x.* FROM unnest($1::uuid[]) o(id), LATERAL (
      SELECT id, event_id, games_id, slug FROM event_edition e WHERE e.games_id = o.id ORDER BY slug LIMIT $2) x ORDER BY x.slug`), (nodes) => ({ nodes })),
    medalTable: then(listOf("table", `SELECT t.games_id AS owner, n.code, n.name, t.gold, t.silver, t.bronze FROM medal_tally t
      JOIN nation n ON n.id = t.nation_id JOIN games g ON g.id = t.games_id
      LEFT JOIN delegation u ON u.games_id = t.games_id AND u.nation_id = t.nation_id AND NOT u.ranks_in_medal_table
      WHERE t.games_id = ANY ($1) AND (g.opened_on IS NULL OR g.opened_on <= current_date)
      ORDER BY u.id IS NOT NULL, t.gold DESC, t.silver DESC, t.bronze DESC, n.name_fold, n.slug`), (rows) => ({ rows })),
  },
  MedalAward: {
    event,
    games,
    nation,
    athletes: listOf("recipients", `SELECT r.award_id AS owner, a.id, a.slug, a.name FROM medal_recipient r JOIN athlete a ON a.id = r.athlete_id
      WHERE r.award_id = ANY ($1) ORDER BY a.sort_fold, a.id`),
  },
};

// The benchmark asks on a connection that it leaves idle meanwhile.
const app = Fastify({ keepAliveTimeout: 600_000 });
app.register(mercurius, { schema: readFileSync(new URL("schema.graphql", import.meta.url), "utf8"), resolvers, loaders, jit: 1 });
console.error(`${await app.listen({ port: 0, host: "127.0.0.1" })}/`);

import { to } from "../address";
import { graphql } from "../gql";
import { Link } from "../parts/Link";
import { MedalTable, useRanking } from "../parts/MedalTable";
import { Page } from "../parts/Page";
import { dayInYear, list } from "../words";

const HomeDocument = graphql(`
  query Home($month: Int!, $day: Int!, $ranking: MedalRanking!, $ties: TieRanking!, $lineages: [String!]) {
    allGames(first: 100, filter: { kind: [OLYMPIC] }, orderBy: { field: YEAR, direction: DESC }) {
      nodes {
        slug
        name
        year
        season
        status
        hostCities { name }
      }
    }
    medalTable(ranking: $ranking, ties: $ties, lineages: $lineages) {
      complete
      nationCount
      missing { name }
      rows(first: 20) { ...Row }
    }
    onThisDay(month: $month, day: $day) {
      records {
        date
        mark { text }
        event { slug name }
        competitor { name }
      }
      births(first: 5) {
        slug
        name
        born { year }
      }
    }
  }
`);

const SEASONS = { SUMMER: "Summer", WINTER: "Winter", INTERCALATED: "Intercalated" } as const;

export function HomePage() {
  const { options, choices } = useRanking();
  const today = new Date();
  const [month, day] = [today.getMonth() + 1, today.getDate()];
  return (
    <Page question={{ document: HomeDocument, variables: { month, day, ...options } }} show={({ allGames, medalTable, onThisDay }) => ({
      title: "The Olympic results",
      body: (
        <>
          <h1>The Olympic results</h1>
          <p class="lead">Every medal since Athens 1896: Games, events, athletes, nations and records.</p>
          <div class="halves">
            {(["SUMMER", "WINTER"] as const).map((season) => (
              <section key={season}>
                <h2>{SEASONS[season]} Games</h2>
                <ul class="tiles">
                  {allGames.nodes.filter((games) => games.season === season || (season === "SUMMER" && games.season === "INTERCALATED")).map((games) => (
                    <li key={games.slug}>
                      <Link to={to.games(games.slug)}>
                        <strong>{games.year}</strong> {list(games.hostCities.map(({ name }) => name)) || games.name}
                        {games.status === "CANCELLED" && <span class="note"> cancelled</span>}
                        {games.season === "INTERCALATED" && <span class="note"> intercalated</span>}
                      </Link>
                    </li>
                  ))}
                </ul>
              </section>
            ))}
          </div>
          <h2>Medals of all Games</h2>
          <div class="choices">{choices}</div>
          <MedalTable caption="Medals of all Olympic Games" table={medalTable} missing={medalTable.missing} />
          <h2><Link to={to.onThisDay(month, day)}>{dayInYear(month, day)} in Olympic history</Link></h2>
          {onThisDay.records.length + onThisDay.births.length === 0 && <p class="note">No record was set on this day, and nobody is known to be born on it.</p>}
          <ul>
            {onThisDay.records.map(({ date, mark, event, competitor }) => (
              <li key={`${event.slug} ${date} ${mark.text}`}>
                {date.slice(0, 4)}: a record of {mark.text} in the <Link to={to.event(event.slug)}>{event.name}</Link>{competitor && `, ${competitor.name}`}
              </li>
            ))}
            {onThisDay.births.map(({ slug, name, born }) => (
              <li key={slug}>{born?.year}: <Link to={to.athlete(slug)}>{name}</Link> was born</li>
            ))}
          </ul>
        </>
      ),
    })} />
  );
}

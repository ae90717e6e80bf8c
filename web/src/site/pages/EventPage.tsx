import { to } from "../address";
import { graphql } from "../gql";
import { Chart, rowsHeight } from "../parts/Chart";
import { Link } from "../parts/Link";
import { MedalTable, useRanking } from "../parts/MedalTable";
import { Page } from "../parts/Page";
import { Table } from "../parts/Table";
import { Winners } from "../parts/Winners";
import { count, short } from "../words";
import { RecordChart } from "./RecordsPage";

const EventDocument = graphql(`
  query EventPage($slug: String!, $ranking: MedalRanking!, $ties: TieRanking!, $lineages: [String!]) {
    event(slug: $slug) {
      slug
      name
      formerNames
      yearsHeld
      editionCount
      discipline { name sport { slug } }
      editions {
        slug
        games { year name }
        winningMark { text }
        medals { ...Award }
      }
      recordProgression { ...Standing }
      streaks { length from { slug games { year } } to { slug games { year } } nation { slug name } }
      medalTable(ranking: $ranking, ties: $ties, lineages: $lineages) {
        complete
        nationCount
        rows(first: 15) { ...Row }
      }
    }
  }
`);

export function EventPage({ slug }: { slug: string }) {
  const { options, choices } = useRanking();
  return (
    <Page question={{ document: EventDocument, variables: { slug, ...options } }} sought={slug} show={({ event }) => {
      if (!event) return null;
      const hasMarks = event.editions.some(({ winningMark }) => winningMark);
      return {
        title: event.name,
        body: (
          <>
            <p class="kicker"><Link to={to.sport(event.discipline.sport.slug)}>{event.discipline.name}</Link></p>
            <h1>{event.name}</h1>
            <p class="lead">
              Held {count(event.editionCount, "time")}{event.yearsHeld && `: ${event.yearsHeld}`}.
              {event.formerNames.length > 0 && ` Once called ${event.formerNames.join(", ")}.`}
            </p>
            {event.recordProgression.length > 1 && <RecordChart title="The Olympic record" marks={event.recordProgression} />}
            <h2>Winners</h2>
            <Table
              caption="Winners of all Games" hideCaption columns={["Games", "Gold", "Silver", "Bronze", ...(hasMarks ? ["Winning mark"] : [])]}
              rows={[...event.editions].reverse().map((edition) => [
                <Link to={to.edition(edition.slug)}>{short(edition.games.name)}</Link>,
                <Winners medals={edition.medals} medal="GOLD" />, <Winners medals={edition.medals} medal="SILVER" />,
                <Winners medals={edition.medals} medal="BRONZE" />, ...(hasMarks ? [edition.winningMark?.text ?? ""] : []),
              ])}
            />
            <h2>Nations</h2>
            <div class="choices">{choices}</div>
            <MedalTable caption={`Medals in the ${event.name}`} table={event.medalTable} />
            {event.medalTable.rows.length > 0 && (
              <Chart title="Medals by nation" height={rowsHeight(event.medalTable.rows.length)} draw={(charts, size) => charts.stacks(event.medalTable.rows.map(({ nation, lineage, gold, silver, bronze }) => ({ name: lineage?.name ?? nation.name, gold, silver, bronze })), size)}>
                <MedalTable caption={`Medals in the ${event.name}`} table={event.medalTable} />
              </Chart>
            )}
            {event.streaks.length > 0 && (
              <>
                <h2>Streaks</h2>
                <ul>
                  {event.streaks.slice(0, 5).map(({ length, from, to: last, nation }) => (
                    <li key={from.slug}>{nation && <Link to={to.nation(nation.slug)}>{nation.name}</Link>}: {count(length, "win")} in a row, {from.games.year}–{last.games.year}</li>
                  ))}
                </ul>
              </>
            )}
          </>
        ),
      };
    }} />
  );
}

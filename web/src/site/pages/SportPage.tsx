import { to } from "../address";
import { graphql } from "../gql";
import { Link } from "../parts/Link";
import { MedalistTable } from "../parts/MedalistTable";
import { MedalsFile } from "../parts/MedalsFile";
import { MedalTable, useRanking } from "../parts/MedalTable";
import { Page } from "../parts/Page";
import { Table } from "../parts/Table";
import { number, years } from "../words";

const SportDocument = graphql(`
  query SportPage($slug: String!, $ranking: MedalRanking!, $ties: TieRanking!, $lineages: [String!]) {
    sport(slug: $slug) {
      slug
      name
      heldSpans { firstYear lastYear }
      disciplines {
        slug
        name
        events(first: 100, orderBy: { field: EDITIONS, direction: DESC }) {
          totalCount
          nodes {
            slug
            name
            yearsHeld
            editionCount
          }
        }
      }
      medalTable(ranking: $ranking, ties: $ties, lineages: $lineages) {
        complete
        nationCount
        rows(first: 15) { ...Row }
      }
    }
    multipleMedalists(filter: { sport: [$slug] }, ranking: $ranking, ties: $ties, first: 10) {
      nodes { ...Medals }
    }
  }
`);

export function SportPage({ slug }: { slug: string }) {
  const { options, choices } = useRanking();
  return (
    <Page question={{ document: SportDocument, variables: { slug, ...options } }} sought={slug} show={({ sport, multipleMedalists }) => sport && {
      title: sport.name,
      body: (
        <>
          <h1>{sport.name}</h1>
          {sport.heldSpans.length > 0 && <p class="lead">Held for medals {years(sport.heldSpans)}.</p>}
          {sport.disciplines.map(({ slug, name, events }) => (
            <section key={slug}>
              <h2>{sport.disciplines.length === 1 && name === sport.name ? "Events" : name}</h2>
              <Table
                caption={`Events of ${name}`} hideCaption columns={["Event", "Held", { name: "Times", numeric: true }]}
                rows={events.nodes.map(({ slug, name, yearsHeld, editionCount }) => [<Link to={to.event(slug)}>{name}</Link>, yearsHeld, number(editionCount)])}
              />
              {events.totalCount > events.nodes.length && <p class="note">The first {number(events.nodes.length)} of {number(events.totalCount)}; the search finds the others.</p>}
            </section>
          ))}
          <h2>Nations</h2>
          <div class="choices">{choices}</div>
          <MedalTable caption={`Medals in ${sport.name}`} table={sport.medalTable} />
          {multipleMedalists.nodes.length > 0 && (
            <>
              <h2>Athletes</h2>
              <MedalistTable caption={`The most successful athletes in ${sport.name}`} medalists={multipleMedalists.nodes} />
            </>
          )}
          {sport.medalTable.nationCount > 0 && <MedalsFile filter={{ sport: [sport.slug] }} />}
        </>
      ),
    }} />
  );
}

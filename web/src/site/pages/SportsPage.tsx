import { to } from "../address";
import { graphql } from "../gql";
import { Link } from "../parts/Link";
import { Page } from "../parts/Page";
import { Table } from "../parts/Table";
import { number, years } from "../words";

const SportsDocument = graphql(`
  query SportsPage {
    sports {
      slug
      name
      games { season }
      heldSpans { firstYear lastYear }
      disciplines { events(first: 1) { totalCount } }
    }
  }
`);

/** A sport of any Winter Games is a winter sport: figure skating and ice hockey began at Summer Games. */
const isOfWinter = ({ games }: { games: { season: string }[] }) => games.some(({ season }) => season === "WINTER");

export function SportsPage() {
  return (
    <Page question={{ document: SportsDocument, variables: {} }} show={({ sports }) => ({
      title: "Sports",
      body: (
        <>
          <h1>Sports</h1>
          <p class="lead">The sports of the Olympic Games, today's and those of the past.</p>
          {(["Summer", "Winter"] as const).map((season) => {
            const held = sports.filter((sport) => isOfWinter(sport) === (season === "Winter"));
            return held.length > 0 && (
              <section key={season}>
                <h2>{season} Games</h2>
                <Table
                  caption={`Sports of the ${season} Games`} hideCaption columns={["Sport", "Held", { name: "Games", numeric: true }, { name: "Events", numeric: true }]}
                  rows={held.map(({ slug, name, games, heldSpans, disciplines }) => [
                    <Link to={to.sport(slug)}>{name}</Link>, years(heldSpans), number(games.length),
                    number(disciplines.reduce((sum, { events }) => sum + events.totalCount, 0)),
                  ])}
                />
              </section>
            );
          })}
        </>
      ),
    })} />
  );
}

import { to } from "../address";
import { graphql } from "../gql";
import { Chart, rowsHeight } from "../parts/Chart";
import { Competitor } from "../parts/Competitor";
import { EventName } from "../parts/EventName";
import { Further, useCursor } from "../parts/Further";
import { Link } from "../parts/Link";
import { Links } from "../parts/Links";
import { MedalMark } from "../parts/MedalMark";
import { MedalsFile } from "../parts/MedalsFile";
import { Page } from "../parts/Page";
import { Table, TALLY, tally } from "../parts/Table";
import { count, day, number } from "../words";

const NationDocument = graphql(`
  query NationPage($code: String!, $after: String) {
    nation(code: $code) {
      slug
      code
      name
      officialName
      firstYear
      lastYear
      predecessors { slug name }
      successors { slug name }
      medalCount {
        gold
        silver
        bronze
        total
        complete
      }
      firstGold {
        wonOn
        games { slug name }
        event { slug name discipline { name } }
        athletes { slug name }
      }
      hostEffect {
        games { slug name }
        previousGames { slug }
        previousMedalCount { total }
        medalCount { total }
        nextGames { slug }
        nextMedalCount { total }
      }
      delegations {
        games { slug name year season }
        medalCount {
          gold
          silver
          bronze
          total
        }
      }
      medalAwards(first: 20, after: $after, orderBy: { field: GAMES, direction: DESC }) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes {
          ...Award
          games { slug name }
          event { name discipline { name } }
          edition { slug }
        }
      }
    }
    sports {
      slug
      name
      medalTable(filter: { nation: [$code] }) {
        gold
        silver
        bronze
        total
      }
    }
  }
`);

export function NationPage({ slug }: { slug: string }) {
  return (
    <Page question={{ document: NationDocument, variables: { code: slug, ...useCursor() } }} sought={slug} show={({ nation, sports }) => {
      if (!nation) return null;
      const { name, medalCount, firstGold } = nation;
      const bySport = sports.map(({ medalTable, ...sport }) => ({ ...sport, ...medalTable })).filter(({ total }) => total > 0).sort((one, other) => other.total - one.total);
      // A nation that stayed away won nothing either, but that is no zero.
      const at = (games?: { slug: string } | null, medals?: { total: number } | null) =>
        medals && nation.delegations.some((delegation) => delegation.games.slug === games?.slug) ? number(medals.total) : "–";
      const seasons = (["SUMMER", "WINTER"] as const).map((season) => ({
        season: season === "SUMMER" ? "Summer" : "Winter",
        columns: nation.delegations.filter(({ games }) => games.season === season).map(({ games, medalCount }) => ({ name: String(games.year), games, ...medalCount })),
      }));
      return {
        title: name,
        body: (
          <>
            <p class="kicker"><span class="code">{nation.code}</span></p>
            <h1>{name}</h1>
            <p class="lead">{number(medalCount.gold)} gold, {number(medalCount.silver)} silver, {number(medalCount.bronze)} bronze: {count(medalCount.total, "medal")}{medalCount.complete ? "" : " that are loaded"}.</p>
            {nation.predecessors.length + nation.successors.length > 0 && (
              <p>
                {nation.predecessors.length > 0 && <>Followed <Links items={nation.predecessors} to={to.nation} />. </>}
                {nation.successors.length > 0 && <>Followed by <Links items={nation.successors} to={to.nation} />.</>}
              </p>
            )}
            {firstGold && (
              <p>
                First gold: <Links items={firstGold.athletes.slice(0, 4)} to={to.athlete} />{firstGold.athletes.length > 4 && " and others"},{" "}
                {firstGold.event.discipline.name}, <Link to={to.event(firstGold.event.slug)}>{firstGold.event.name}</Link>, <Link to={to.games(firstGold.games.slug)}>{firstGold.games.name}</Link>
                {firstGold.wonOn && `, ${day(firstGold.wonOn)}`}.
              </p>
            )}
            {seasons.filter(({ columns }) => columns.some(({ total }) => total > 0)).map(({ season, columns }) => (
              <section key={season}>
                <h2>{season} Games</h2>
                <Chart title={`Medals at ${season} Games`} height={260} draw={(charts, size) => charts.columns(columns, size)}>
                  <Table caption={`Medals at ${season} Games`} hideCaption columns={["Games", ...TALLY]} rows={columns.map((column) => [<Link key={column.games.slug} to={to.games(column.games.slug)}>{column.games.name}</Link>, ...tally(column)])} />
                </Chart>
              </section>
            ))}
            {bySport.length > 0 && (
              <>
                <h2>Sports</h2>
                <Chart title="Medals by sport" height={rowsHeight(Math.min(bySport.length, 15))} draw={(charts, size) => charts.stacks(bySport.slice(0, 15), size)}>
                  <Table caption="Medals by sport" hideCaption columns={["Sport", ...TALLY]} rows={bySport.map((sport) => [<Link key={sport.slug} to={to.sport(sport.slug)}>{sport.name}</Link>, ...tally(sport)])} />
                </Chart>
              </>
            )}
            {nation.hostEffect.length > 0 && (
              <>
                <h2>At home</h2>
                <Table
                  caption="Medals at Games at home, and at those before and after" columns={["Games", { name: "Before", numeric: true }, { name: "At home", numeric: true }, { name: "After", numeric: true }]}
                  rows={nation.hostEffect.map(({ games, previousGames, previousMedalCount, medalCount, nextGames, nextMedalCount }) => [
                    <Link to={to.games(games.slug)}>{games.name}</Link>, at(previousGames, previousMedalCount), number(medalCount.total), at(nextGames, nextMedalCount),
                  ])}
                />
              </>
            )}
            <h2 id="medals" tabIndex={-1}>Medals, latest first</h2>
            {nation.medalAwards.totalCount === 0 ? <p class="note">No medal is known.</p> : (
              <Table
                caption={`Medals of ${name}`} hideCaption columns={["Games", "Event", "Medal", "Won by"]}
                rows={nation.medalAwards.nodes.map(({ games, event, edition, ...award }) => [
                  <Link to={to.games(games.slug)}>{games.name}</Link>, <EventName event={event} edition={edition} />, <MedalMark medal={award.medal} />,
                  <Competitor key={award.id} {...award} nation={null} />,
                ])}
              />
            )}
            <Further list={nation.medalAwards} one="medal" heading="medals" />
            {nation.medalAwards.totalCount > 0 && <MedalsFile filter={{ nation: [nation.slug] }} />}
          </>
        ),
      };
    }} />
  );
}

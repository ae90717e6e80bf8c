import { to } from "../address";
import { graphql } from "../gql";
import { Chart, rowsHeight } from "../parts/Chart";
import { EventName } from "../parts/EventName";
import { Link } from "../parts/Link";
import { MedalMark } from "../parts/MedalMark";
import { MedalsFile } from "../parts/MedalsFile";
import { Page } from "../parts/Page";
import { Table, type Column } from "../parts/Table";
import { count, day, list, number } from "../words";

const NationDocument = graphql(`
  query NationPage($code: String!) {
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
        previousMedalCount { total }
        medalCount { total }
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
      medalAwards(first: 20, orderBy: { field: GAMES, direction: DESC }) {
        totalCount
        nodes {
          id
          medal
          games { slug name }
          event { name discipline { name } }
          edition { slug }
          competitor { name }
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

const TALLY: Column[] = [{ name: "Gold", numeric: true }, { name: "Silver", numeric: true }, { name: "Bronze", numeric: true }, { name: "Total", numeric: true }];
type Tally = { gold: number; silver: number; bronze: number; total: number };
const tally = ({ gold, silver, bronze, total }: Tally) => [number(gold), number(silver), number(bronze), <strong key="total">{number(total)}</strong>];

export function NationPage({ slug }: { slug: string }) {
  return (
    <Page question={{ document: NationDocument, variables: { code: slug } }} sought={slug} show={({ nation, sports }) => {
      if (!nation) return null;
      const { name, medalCount, firstGold } = nation;
      const bySport = sports.map(({ name, medalTable }) => ({ name, ...medalTable })).filter(({ total }) => total > 0).sort((one, other) => other.total - one.total);
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
                {nation.predecessors.length > 0 && <>Followed <Nations nations={nation.predecessors} />. </>}
                {nation.successors.length > 0 && <>Followed by <Nations nations={nation.successors} />.</>}
              </p>
            )}
            {firstGold && (
              <p>
                First gold: {list(firstGold.athletes.slice(0, 4).map(({ name }) => name))}{firstGold.athletes.length > 4 && " and others"},{" "}
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
                  <Table caption="Medals by sport" hideCaption columns={["Sport", ...TALLY]} rows={bySport.map((sport) => [sport.name, ...tally(sport)])} />
                </Chart>
              </>
            )}
            {nation.hostEffect.length > 0 && (
              <>
                <h2>At home</h2>
                <Table
                  caption="Medals at Games at home, and at those before and after" columns={["Games", { name: "Before", numeric: true }, { name: "At home", numeric: true }, { name: "After", numeric: true }]}
                  rows={nation.hostEffect.map(({ games, previousMedalCount, medalCount, nextMedalCount }) => [
                    <Link to={to.games(games.slug)}>{games.name}</Link>, previousMedalCount?.total ?? "–", medalCount.total, nextMedalCount?.total ?? "–",
                  ])}
                />
              </>
            )}
            <h2>Latest medals</h2>
            {nation.medalAwards.nodes.length === 0 ? <p class="note">No medal is known.</p> : (
              <Table
                caption={`Latest medals of ${name}`} hideCaption columns={["Games", "Event", "Medal", "Won by"]}
                rows={nation.medalAwards.nodes.map(({ medal, games, event, edition, competitor }) => [
                  <Link to={to.games(games.slug)}>{games.name}</Link>, <EventName event={event} edition={edition} />, <MedalMark medal={medal} />, competitor?.name ?? "",
                ])}
              />
            )}
            {nation.medalAwards.nodes.length > 0 && <MedalsFile filter={{ nation: [nation.slug] }} />}
          </>
        ),
      };
    }} />
  );
}

function Nations({ nations }: { nations: { slug: string; name: string }[] }) {
  return <>{nations.map(({ slug, name }, place) => <span key={slug}>{place > 0 && ", "}<Link to={to.nation(slug)}>{name}</Link></span>)}</>;
}

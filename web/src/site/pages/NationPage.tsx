import { to, useOption } from "../address";
import { graphql } from "../gql";
import type { AwardFragment } from "../gql/graphql";
import { Chart, rowsHeight } from "../parts/Chart";
import { Competitor } from "../parts/Competitor";
import { EventName } from "../parts/EventName";
import { Further, useCursor } from "../parts/Further";
import { Link } from "../parts/Link";
import { Links } from "../parts/Links";
import { MedalMark } from "../parts/MedalMark";
import { MedalsFile } from "../parts/MedalsFile";
import { Page } from "../parts/Page";
import { SportChoice } from "../parts/SportChoice";
import { Table, TALLY, tally } from "../parts/Table";
import { count, day, number, short } from "../words";

const NationDocument = graphql(`
  query NationPage($code: String!, $after: String, $sport: [String!]) {
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
      firsts(filter: { sport: $sport }) {
        ...Award
        wonOn
        games { slug name }
        event { name discipline { name } }
        edition { slug }
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
        medalCount(filter: { sport: $sport }) {
          gold
          silver
          bronze
          total
        }
      }
      medalAwards(first: 20, after: $after, filter: { sport: $sport }, orderBy: { field: GAMES, direction: DESC }) {
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
  const [sport, chooseSport] = useOption<string>("sport", "");
  const variables = { code: slug, ...useCursor(), ...(sport && { sport: [sport] }) };
  return (
    <Page question={{ document: NationDocument, variables }} sought={slug} show={({ nation, sports }) => {
      if (!nation) return null;
      const { name, medalCount } = nation;
      const within = sport && sports.find(({ slug }) => slug === sport)?.name;
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
            {bySport.length > 0 && <div class="choices"><SportChoice sport={sport} choose={chooseSport} sports={bySport} /></div>}
            {seasons.filter(({ columns }) => columns.some(({ total }) => total > 0)).map(({ season, columns }) => (
              <section key={season}>
                <h2>{season} Games{within && `: ${within}`}</h2>
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
            {nation.firsts.length > 0 && <Firsts firsts={nation.firsts} />}
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
            <h2 id="medals" tabIndex={-1}>Medals{within && `: ${within}`}, latest first</h2>
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
            {nation.medalAwards.totalCount > 0 && <MedalsFile filter={{ nation: [nation.slug], ...(sport && { sport: [sport] }) }} />}
          </>
        ),
      };
    }} />
  );
}

type First = AwardFragment & {
  wonOn?: string | null;
  games: { slug: string; name: string };
  event: { name: string; discipline: { name: string } };
  edition: { slug: string };
};

/** The first medal of each colour. Where the days are not known, several may be the first; a few of them are enough. */
function Firsts({ firsts }: { firsts: First[] }) {
  const [some, most] = [3, firsts.length];
  const shown = (["GOLD", "SILVER", "BRONZE"] as const).flatMap((medal) => firsts.filter((award) => award.medal === medal).slice(0, some));
  return (
    <>
      <h2>Firsts</h2>
      <Table
        caption="The first medals of each colour" hideCaption columns={["Medal", "Won by", "Event", "Games", "Day"]}
        rows={shown.map(({ wonOn, games, event, edition, ...award }) => [
          <MedalMark medal={award.medal} />, <Competitor key={award.id} {...award} nation={null} />, <EventName event={event} edition={edition} />,
          <Link to={to.games(games.slug)}>{short(games.name)}</Link>, wonOn ? <span class="whole">{day(wonOn)}</span> : "–",
        ])}
      />
      {shown.length < most && <p class="note">Others may have been won on the same day.</p>}
    </>
  );
}

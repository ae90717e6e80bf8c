import { to } from "../address";
import { graphql } from "../gql";
import { Chart, rowsHeight } from "../parts/Chart";
import { Link } from "../parts/Link";
import { MedalMark } from "../parts/MedalMark";
import { Page } from "../parts/Page";
import { Table } from "../parts/Table";
import { count, number, period } from "../words";

const EditionDocument = graphql(`
  query EditionPage($slug: String!) {
    eventEdition(slug: $slug) {
      slug
      title
      startsOn
      endsOn
      city
      format
      competitorCount
      nationCount
      coverage
      event { slug name }
      games { slug name }
      venue { name city }
      previous { slug title }
      next { slug title }
      medals {
        id
        medal
        status
        competitor { name }
        nation { slug code }
        athletes { slug name }
      }
      results(first: 100) {
        totalCount
        nodes {
          id
          rankText
          irm
          medal
          mark { text }
          gap { text value }
          competitor { name }
          athletes { slug name }
          nation { slug code }
        }
      }
      phases {
        id
        name
        localDate
        entries
        results(first: 100) {
          totalCount
          nodes {
            id
            rankText
            irm
            qualified
            lane
            mark { text }
            competitor { name }
            nation { code }
          }
        }
      }
    }
  }
`);

type Who = { competitor?: { name: string } | null; athletes: { slug: string; name: string }[] };

/** An athlete as a link to their page, a team as its name with its athletes. */
export function Competitor({ competitor, athletes }: Who) {
  if (athletes.length === 1 && athletes[0]) return <Link to={to.athlete(athletes[0].slug)}>{athletes[0].name}</Link>;
  if (athletes.length === 0) return <>{competitor?.name ?? "not awarded"}</>;
  return (
    <details class="team">
      <summary>{competitor?.name}</summary>
      {athletes.map(({ slug, name }, place) => <span key={slug}>{place > 0 && ", "}<Link to={to.athlete(slug)}>{name}</Link></span>)}
    </details>
  );
}

export function EditionPage({ slug }: { slug: string }) {
  return (
    <Page question={{ document: EditionDocument, variables: { slug } }} sought={slug.split("/").slice(1).join("/")} show={({ eventEdition: edition }) => {
      if (!edition) return null;
      const { event, games, venue, medals, results, phases } = edition;
      const withGaps = results.nodes.filter(({ gap, mark }) => gap && mark).slice(0, 12);
      const where = [venue?.name, venue?.city ?? edition.city].filter((word) => word != null);
      const heats = phases.filter((phase) => phase.results.nodes.length > 0);
      return {
        title: edition.title,
        body: (
          <>
            <p class="kicker">
              {edition.previous && <Link to={to.edition(edition.previous.slug)}>← {edition.previous.title}</Link>}
              {edition.next && <Link to={to.edition(edition.next.slug)}>{edition.next.title} →</Link>}
            </p>
            <h1>{event.name}</h1>
            <p class="lead"><Link to={to.games(games.slug)}>{games.name}</Link>{edition.startsOn && `, ${period(edition.startsOn, edition.endsOn ?? edition.startsOn)}`}{where.length > 0 && `, ${where.join(", ")}`}</p>
            <p>
              {edition.competitorCount != null && `${count(edition.competitorCount, "athlete")} of ${count(edition.nationCount ?? 0, "nation")}. `}
              {edition.format} <Link to={to.event(event.slug)}>All Games of this event</Link>
            </p>
            <ol class="podium">
              {medals.map(({ id, medal, status, competitor, nation, athletes }) => (
                <li key={id}>
                  <MedalMark medal={medal} /> <strong><Competitor competitor={competitor ?? null} athletes={athletes} /></strong>{" "}
                  {nation && <Link to={to.nation(nation.slug)} class="code">{nation.code}</Link>}
                  {status !== "AWARDED" && <span class="note"> {status.toLowerCase().replaceAll("_", " ")}</span>}
                </li>
              ))}
            </ol>
            <h2>Results</h2>
            {results.nodes.length === 0 && <p class="note">Only the medals are known.</p>}
            {withGaps.length > 1 && (
              <Chart title="Behind the winner" height={rowsHeight(withGaps.length)} draw={(charts, size) => charts.bars(withGaps.map(({ competitor, nation, gap }) => ({ name: `${competitor.name} ${nation.code}`, value: Math.abs(gap?.value ?? 0), text: gap?.text ?? "" })), size)}>
                <Table caption="Behind the winner" hideCaption columns={["Competitor", "Mark", "Gap"]} rows={withGaps.map(({ competitor, mark, gap }) => [competitor.name, mark?.text ?? "", gap?.text ?? ""])} />
              </Chart>
            )}
            {results.nodes.length > 0 && (
              <Table
                caption="All results" hideCaption columns={[{ name: "Rank", numeric: true }, "Competitor", "Nation", "Mark", "Gap", "Medal"]}
                rows={results.nodes.map(({ rankText, irm, competitor, athletes, nation, mark, gap, medal }) => [
                  rankText ?? irm ?? "–", <Competitor competitor={competitor} athletes={athletes} />, <Link to={to.nation(nation.slug)}>{nation.code}</Link>,
                  mark?.text ?? "", gap?.text ?? "", medal ? <MedalMark medal={medal} /> : "",
                ])}
              />
            )}
            {results.totalCount > results.nodes.length && <p class="note">The first {number(results.nodes.length)} of {number(results.totalCount)}.</p>}
            {heats.length > 0 && <h2>Phases</h2>}
            {heats.map((phase) => (
              <details key={phase.id}>
                <summary>{phase.name}{phase.localDate && `, ${period(phase.localDate, phase.localDate)}`}{phase.entries != null && ` (${phase.entries})`}</summary>
                <Table
                  caption={phase.name} hideCaption columns={[{ name: "Rank", numeric: true }, "Competitor", "Nation", "Mark", "Lane", "Went on"]}
                  rows={phase.results.nodes.map(({ rankText, irm, competitor, nation, mark, lane, qualified }) => [
                    rankText ?? irm ?? "–", competitor.name, nation.code, mark?.text ?? "", lane ?? "", qualified ? "yes" : "",
                  ])}
                />
                {phase.results.totalCount > phase.results.nodes.length && <p class="note">The first {number(phase.results.nodes.length)} of {number(phase.results.totalCount)}.</p>}
              </details>
            ))}
          </>
        ),
      };
    }} />
  );
}

import { to } from "../address";
import { graphql } from "../gql";
import { Chart, rowsHeight } from "../parts/Chart";
import { Competitor } from "../parts/Competitor";
import { Further, useCursor } from "../parts/Further";
import { Link } from "../parts/Link";
import { MedalMark } from "../parts/MedalMark";
import { Page } from "../parts/Page";
import { Table } from "../parts/Table";
import { count, day, number, period } from "../words";

const EditionDocument = graphql(`
  query EditionPage($slug: String!, $after: String) {
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
      event { slug name discipline { name sport { slug } } }
      games { slug name }
      venue { name city }
      previous { slug title }
      next { slug title }
      medals {
        ...Award
        status
      }
      medalHistory {
        ...Award
        endedBy
        validTo
        reason
      }
      results(first: 100, after: $after) {
        totalCount
        pageInfo { hasNextPage endCursor }
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

const inWords = (name: string) => name.toLowerCase().replaceAll("_", " ");

export function EditionPage({ slug }: { slug: string }) {
  const cursor = useCursor();
  return (
    <Page question={{ document: EditionDocument, variables: { slug, ...cursor } }} sought={slug.split("/").slice(1).join("/")} show={({ eventEdition: edition }) => {
      if (!edition) return null;
      const { event, games, venue, medals, results, phases } = edition;
      // Only the first part of the list begins with the winner.
      const withGaps = cursor.after ? [] : results.nodes.filter(({ gap, mark }) => gap && mark).slice(0, 12);
      // A name such as "Olympic Stadium, Rome" tells the city already.
      const city = venue ? venue.city : edition.city;
      const where = [venue?.name, venue?.name.includes(city ?? "") ? null : city].filter((word) => word != null);
      const lost = edition.medalHistory.filter(({ endedBy }) => endedBy);
      const heats = phases.filter((phase) => phase.results.nodes.length > 0);
      return {
        title: edition.title,
        body: (
          <>
            <p class="kicker">
              <Link to={to.sport(event.discipline.sport.slug)}>{event.discipline.name}</Link>
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
              {medals.map(({ status, ...award }) => (
                <li key={award.id}>
                  <MedalMark medal={award.medal} /> <Competitor {...award} />
                  {status !== "AWARDED" && <span class="note"> {inWords(status)}</span>}
                </li>
              ))}
            </ol>
            {lost.length > 0 && (
              <>
                <h2>Earlier awards</h2>
                <ul>
                  {lost.map(({ endedBy, validTo, reason, ...award }) => (
                    <li key={award.id}>
                      <MedalMark medal={award.medal} /> <Competitor {...award} />{" "}
                      <span class="note">{endedBy && inWords(endedBy)}{validTo && `, ${day(validTo)}`}{reason && `: ${reason}`}</span>
                    </li>
                  ))}
                </ul>
              </>
            )}
            <h2 id="results" tabIndex={-1}>Results</h2>
            {results.totalCount === 0 && <p class="note">Only the medals are known.</p>}
            {withGaps.length > 1 && (
              <Chart title="Behind the winner" height={rowsHeight(withGaps.length)} draw={(charts, size) => charts.bars(withGaps.map(({ competitor, nation, gap }) => ({ name: competitor.name === nation.code ? nation.code : `${nation.code} ${competitor.name}`, value: Math.abs(gap?.value ?? 0), text: gap?.text ?? "" })), size)}>
                <Table caption="Behind the winner" hideCaption columns={["Competitor", "Mark", "Gap"]} rows={withGaps.map(({ competitor, mark, gap }) => [competitor.name, mark?.text ?? "", gap?.text ?? ""])} />
              </Chart>
            )}
            {results.nodes.length > 0 && (
              <Table
                caption="All results" hideCaption columns={[{ name: "Rank", numeric: true }, "Competitor", "Nation", "Mark", "Gap", "Medal"]}
                rows={results.nodes.map(({ id, rankText, irm, competitor, athletes, nation, mark, gap, medal }) => [
                  rankText ?? irm ?? "–", <Competitor key={id} competitor={competitor} athletes={athletes} />, <Link to={to.nation(nation.slug)}>{nation.code}</Link>,
                  mark?.text ?? "", gap?.text ?? "", medal ? <MedalMark medal={medal} /> : "",
                ])}
              />
            )}
            <Further list={results} one="result" heading="results" />
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

import { to } from "../address";
import { graphql } from "../gql";
import { Chart, rowsHeight } from "../parts/Chart";
import { EventName } from "../parts/EventName";
import { Further, useCursor } from "../parts/Further";
import { Link } from "../parts/Link";
import { Links } from "../parts/Links";
import { MedalMark } from "../parts/MedalMark";
import { Page } from "../parts/Page";
import { Table } from "../parts/Table";
import { count, day, list, number, short } from "../words";

const AthleteDocument = graphql(`
  query AthletePage($slug: String!, $after: String) {
    athlete(slug: $slug) {
      slug
      name
      names { name kind }
      born { text }
      died { text }
      birthPlace
      heightCm
      weightKg
      nations { slug name }
      games { slug name }
      medalCount {
        gold
        silver
        bronze
        total
      }
      medals {
        id
        medal
        wonOn
        nation { code }
        event { slug name discipline { name } }
        games { slug name year }
        edition { slug winningMark { text } }
        athletes { slug name }
        recipients {
          athlete { slug }
          age { text }
        }
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
          edition {
            slug
            event { name discipline { name } }
            games { slug name }
          }
        }
      }
    }
  }
`);

export function AthletePage({ slug }: { slug: string }) {
  return (
    <Page question={{ document: AthleteDocument, variables: { slug, ...useCursor() } }} sought={slug.replace(/-/g, " ")} show={({ athlete }) => {
      if (!athlete) return null;
      const { name, medals, results, medalCount } = athlete;
      const other = [...new Set(athlete.names.map(({ name }) => name))].filter((other) => other !== name);
      // In a narrow chart the name of the event must not be cut.
      const isOfOne = new Set(medals.map(({ event }) => event.discipline.name)).size === 1;
      const won = [...medals].reverse().map(({ games, event, medal }) => ({ year: games.year, event: isOfOne ? event.name : `${event.discipline.name}: ${event.name}`, medal: medal[0] + medal.slice(1).toLowerCase() }));
      const life = [athlete.born && `Born ${athlete.born.text}`, athlete.birthPlace && `in ${athlete.birthPlace}`, athlete.died && `died ${athlete.died.text}`];
      const body = [athlete.heightCm && `${athlete.heightCm} cm`, athlete.weightKg && `${number(athlete.weightKg)} kg`].filter(Boolean);
      return {
        title: name,
        body: (
          <>
            <h1>{name}</h1>
            <p class="lead"><Links items={athlete.nations} to={to.nation} /></p>
            <p>
              {life.filter(Boolean).join(", ")}{life.some(Boolean) && ". "}{body.length > 0 && `${body.join(", ")}. `}
              {other.length > 0 && <span class="note">Also {list(other.slice(0, 4))}.</span>}
            </p>
            {medalCount.total > 0 ? (
              <>
                <h2>{count(medalCount.total, "medal")}: {medalCount.gold} gold, {medalCount.silver} silver, {medalCount.bronze} bronze</h2>
                <Chart title="Medals on a time line" height={rowsHeight(new Set(won.map(({ event }) => event)).size)} draw={(charts, size) => charts.career(won, size)}>
                  <Table caption="Medals" hideCaption columns={["Games", "Event", "Medal"]} rows={medals.map(({ id, games, event, medal }) => [games.name, <EventName event={event} />, <MedalMark key={id} medal={medal} />])} />
                </Chart>
                <Table
                  caption={`Medals of ${name}`} hideCaption columns={["Games", "Event", "Medal", "Age", "With"]}
                  rows={medals.map(({ medal, wonOn, games, event, edition, athletes, recipients }) => [
                    <><Link to={to.games(games.slug)}>{short(games.name)}</Link>{wonOn && <div class="note">{day(wonOn)}</div>}</>, <EventName event={event} edition={edition} />, <MedalMark medal={medal} />,
                    recipients.find((recipient) => recipient.athlete.slug === athlete.slug)?.age?.text ?? "",
                    <With athletes={athletes.filter((other) => other.slug !== athlete.slug)} />,
                  ])}
                />
              </>
            ) : <p class="note">No medal is known.</p>}
            {results.totalCount > 0 && (
              <>
                <h2 id="results" tabIndex={-1}>Results</h2>
                <Table
                  caption={`Results of ${name}`} hideCaption columns={["Games", "Event", { name: "Rank", numeric: true }, "Mark", "Medal"]}
                  rows={results.nodes.map(({ edition, rankText, irm, mark, medal }) => [
                    <Link to={to.games(edition.games.slug)}>{short(edition.games.name)}</Link>, <EventName event={edition.event} edition={edition} />,
                    rankText ?? irm ?? "–", mark?.text ?? "", medal ? <MedalMark medal={medal} /> : "",
                  ])}
                />
                <Further list={results} one="result" heading="results" />
              </>
            )}
            <h2>Games</h2>
            {results.totalCount === 0 && medals.length > 0 && <p class="note">Of the Games without a medal, not all are known.</p>}
            <p><Links items={athlete.games} to={to.games} /></p>
          </>
        ),
      };
    }} />
  );
}

/** The team mates. A long list of them is folded. */
function With({ athletes }: { athletes: { slug: string; name: string }[] }) {
  const links = <Links items={athletes} to={to.athlete} />;
  if (athletes.length < 9) return links;
  return <details class="team"><summary>{count(athletes.length, "team mate")}</summary>{links}</details>;
}

import { to, useOption } from "../address";
import { graphql } from "../gql";
import type { AwardFragment } from "../gql/graphql";
import { Chart } from "../parts/Chart";
import { Choice } from "../parts/Choice";
import { Disclosure } from "../parts/Disclosure";
import { Further, useCursor, type Listed } from "../parts/Further";
import { Link } from "../parts/Link";
import { MedalsFile } from "../parts/MedalsFile";
import { MedalTable, useRanking } from "../parts/MedalTable";
import { Page } from "../parts/Page";
import { SportChoice } from "../parts/SportChoice";
import { Table, TALLY, tally, type Tally } from "../parts/Table";
import { nearAndFar } from "../parts/venueMap";
import { Winners } from "../parts/Winners";
import { day, list, number, percent, period } from "../words";

const GamesDocument = graphql(`
  query GamesPage($slug: String!, $games: [String!]!, $until: Date, $sport: [String!], $after: String, $ranking: MedalRanking!, $ties: TieRanking!, $lineages: [String!], $rows: Int) {
    games(slug: $slug) {
      slug
      name
      year
      status
      openedOn
      closedOn
      coverage
      hostCities { name country nation { slug name } }
      previous { slug name }
      next { slug name }
      sports {
        slug
        name
        medalTable(filter: { games: $games, wonOn: { to: $until } }, ranking: $ranking) {
          total
          rows(first: 10) {
            rankText
            nation { slug name }
            gold
            silver
            bronze
            total
          }
        }
      }
      venues { id name longitude latitude }
      participation {
        athletes
        women
        womenShare
        nations
        entries
        complete
      }
      medalTable(filter: { wonOn: { to: $until }, sport: $sport }, ranking: $ranking, ties: $ties, lineages: $lineages) {
        complete
        nationCount
        rows(first: $rows) { ...Row }
      }
      eventEditions(first: 30, after: $after, filter: { sport: $sport, status: [MEDAL] }) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes {
          slug
          event { name discipline { name } }
          medals { ...Award }
        }
      }
    }
  }
`);

/** How many nations are shown at first. */
const SOME = 25;

/** The days from the first to the last. */
function days(from: string, till: string): string[] {
  const all = [];
  for (let day = new Date(`${from}T00:00:00Z`); all.length < 200 && day <= new Date(`${till}T00:00:00Z`); day.setUTCDate(day.getUTCDate() + 1)) {
    all.push(day.toISOString().slice(0, 10));
  }
  return all;
}

export function GamesPage({ slug }: { slug: string }) {
  const { options, choices } = useRanking();
  const [until, chooseUntil] = useOption<string>("until", "");
  const [sport, chooseSport] = useOption<string>("sport", "");
  const [rows, chooseRows] = useOption<"some" | "all">("rows", "some");
  const variables = { slug, games: [slug], ...(rows === "some" && { rows: SOME }), ...(until && { until }), ...(sport && { sport: [sport] }), ...useCursor(), ...options };
  return (
    <Page question={{ document: GamesDocument, variables }} sought={slug} show={({ games }) => games && {
      title: games.name,
      body: (
        <>
          <p class="kicker">
            {games.previous && <Link to={to.games(games.previous.slug)}>← {games.previous.name}</Link>}
            {games.next && <Link to={to.games(games.next.slug)}>{games.next.name} →</Link>}
          </p>
          <h1>{games.name}</h1>
          <p class="lead">
            {list(games.hostCities.map(({ name }) => name))}{games.openedOn && `, ${period(games.openedOn, games.closedOn)}`}
            {games.status === "CANCELLED" && ". These Games were cancelled."}
            {games.status === "SCHEDULED" && ". These Games are still to come."}
          </p>
          {games.participation.athletes > 0 && (
            <dl class="facts">
              <Fact name={games.participation.complete ? "Athletes" : "Medallists"} value={number(games.participation.athletes)} />
              <Fact name="Women" value={`${number(games.participation.women)} (${percent(games.participation.womenShare)})`} />
              {games.participation.complete && <Fact name="Nations" value={number(games.participation.nations)} />}
              {games.participation.complete && <Fact name="Entries" value={number(games.participation.entries)} />}
            </dl>
          )}
          {games.participation.athletes > 0 && !games.participation.complete && <p class="note">Of those who won no medal, not all are known.</p>}

          {games.status !== "SCHEDULED" && games.status !== "CANCELLED" && (
            <>
              <h2>Medal table</h2>
              <div class="choices">
                <SportChoice sport={sport} choose={chooseSport} sports={games.sports} />
                {choices}
                {games.openedOn && games.closedOn && (
                  <Choice
                    label="As it stood" value={until} choose={chooseUntil}
                    options={[["", "at the end"], ...days(games.openedOn, games.closedOn).map((date): [string, string] => [date, `on ${day(date)}`])]}
                  />
                )}
              </div>
              <MedalTable caption={`Medals of ${games.name}`} table={games.medalTable} />
              {games.medalTable.rows.length < games.medalTable.nationCount && <p><button type="button" onClick={() => chooseRows("all")}>All nations</button></p>}
              {until && <p class="note">Medals whose day is not known are left out.</p>}
              {games.medalTable.rows.length > 0 && <MedalsFile filter={{ games: [games.slug], ...(until && { wonOn: { to: until } }), ...(sport && { sport: [sport] }) }} />}
              <MedalsBySport sports={games.sports} />

              <h2 id="events" tabIndex={-1}>Events</h2>
              <div class="choices">
                <SportChoice sport={sport} choose={chooseSport} sports={games.sports} />
              </div>
              {games.coverage === "FULL_RESULTS" && (
                <p class="note"><a href={`schedules/${games.slug}.ics${sport && `?sport=${sport}`}`} download>This schedule as a calendar</a></p>
              )}
              <Events editions={games.eventEditions} />
              <Venues venues={games.venues} cities={games.hostCities.map(({ name }) => name)} />
            </>
          )}
        </>
      ),
    }} />
  );
}

export function Fact({ name, value }: { name: string; value: string }) {
  return <div><dt>{name}</dt><dd>{value}</dd></div>;
}

type Edition = { slug: string; event: { name: string; discipline: { name: string } }; medals: AwardFragment[] };

function Events({ editions }: { editions: Listed<Edition> }) {
  return (
    <>
      {editions.totalCount === 0 ? <p class="note">No event is known.</p> : (
        <Table
          caption="Medals by event" columns={["Discipline", "Event", "Gold", "Silver", "Bronze"]}
          rows={editions.nodes.map(({ slug, event, medals }) => [
            event.discipline.name, <Link to={to.edition(slug)}>{event.name}</Link>, ...["GOLD", "SILVER", "BRONZE"].map((medal) => <Winners medals={medals} medal={medal} />),
          ])}
        />
      )}
      <Further list={editions} one="event" heading="events" />
    </>
  );
}

type Led = Tally & { rankText?: string | null; nation: { slug: string; name: string } };

/** The nation that won the most in each sport; several where they rank first together. */
function MedalsBySport({ sports }: { sports: { slug: string; name: string; medalTable: { total: number; rows: Led[] } }[] }) {
  const won = sports.filter(({ medalTable }) => medalTable.total > 0);
  if (won.length === 0) return null;
  return (
    <Disclosure summary="Medals by sport">
      <Table
        caption="The best nation of each sport" columns={["Sport", "Best nation", ...TALLY]}
        rows={won.flatMap(({ slug, name, medalTable }) => medalTable.rows.filter(({ rankText }) => rankText === "1" || rankText === "=1").map((row) => [
          <Link to={to.sport(slug)}>{name}</Link>, <Link to={to.nation(row.nation.slug)}>{row.nation.name}</Link>, ...tally(row),
        ]))}
      />
    </Disclosure>
  );
}

type Venue = { id: string; name: string; longitude?: number | null; latitude?: number | null };

/** The venues that are known, as a map where most of them have coordinates. */
function Venues({ venues, cities }: { venues: Venue[]; cities: string[] }) {
  const places = venues.flatMap(({ longitude, latitude, ...venue }) => (longitude != null && latitude != null ? [{ ...venue, longitude, latitude }] : []));
  const { near, far } = nearAndFar(places);
  if (venues.length === 0) return null;
  if (near.length < 2 || places.length * 2 < venues.length)
    return <p class="note">{venues.length > 1 ? "Venues" : "Venue"} of some events: {venues.map(({ name }) => name).join("; ")}.</p>;
  const missing = [
    ...far.map(({ place, kilometres }) => `${place.name} (${number(Math.round(kilometres))} km from the others)`),
    ...venues.flatMap(({ name, latitude }) => (latitude == null ? [name] : [])),
  ];
  return (
    <>
      <Chart title="Venues" height={380} draw={(charts, size) => charts.map(near, cities, size)}>
        <Table
          caption="Venues" hideCaption columns={["Venue", { name: "Latitude", numeric: true }, { name: "Longitude", numeric: true }]}
          rows={venues.map(({ name, latitude, longitude }) => [name, latitude?.toFixed(3) ?? "–", longitude?.toFixed(3) ?? "–"])}
        />
      </Chart>
      {missing.length > 0 && <p class="note">Not on the map: {missing.join("; ")}.</p>}
    </>
  );
}

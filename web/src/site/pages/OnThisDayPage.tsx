import { to, usePlace } from "../address";
import { graphql } from "../gql";
import { Competitor } from "../parts/Competitor";
import { EventName } from "../parts/EventName";
import { Link } from "../parts/Link";
import { MedalMark } from "../parts/MedalMark";
import { NotFound, Page } from "../parts/Page";
import { dayInYear } from "../words";

const OnThisDayDocument = graphql(`
  query OnThisDayPage($month: Int!, $day: Int!) {
    onThisDay(month: $month, day: $day) {
      records {
        id
        date
        mark { text }
        event { slug name }
        competitor { name }
      }
      editions(first: 100) {
        slug
        startsOn
        event { name discipline { name } }
        games { slug name year }
        medals(medal: [GOLD]) { ...Award }
      }
      births(first: 50) {
        slug
        name
        born { year }
        nations { code }
      }
    }
  }
`);

/** The day after or before a day of a leap year. */
function beside(month: number, day: number, step: number): [number, number] {
  const date = new Date(Date.UTC(2000, month - 1, day + step));
  return [date.getUTCMonth() + 1, date.getUTCDate()];
}

export function OnThisDayPage() {
  const { place } = usePlace();
  const today = new Date();
  // One of two that is missing is 1.
  const given = place.options.has("month") || place.options.has("day");
  const month = Number(place.options.get("month") ?? (given ? 1 : today.getMonth() + 1));
  const day = Number(place.options.get("day") ?? (given ? 1 : today.getDate()));
  const exists = Number.isInteger(month) && Number.isInteger(day) && beside(month, day, 0).join() === [month, day].join();
  if (!exists) return <NotFound slug=""><p><Link to={to.onThisDay(today.getMonth() + 1, today.getDate())}>Today in Olympic history</Link></p></NotFound>;
  const name = dayInYear(month, day);
  const [before, after] = [beside(month, day, -1), beside(month, day, 1)];
  return (
    <Page key={name} question={{ document: OnThisDayDocument, variables: { month, day } }} show={({ onThisDay: { records, editions, births } }) => ({
      title: `${name} in Olympic history`,
      body: (
        <>
          <p class="kicker">
            <Link to={to.onThisDay(...before)}>← {dayInYear(...before)}</Link>
            <Link to={to.onThisDay(...after)}>{dayInYear(...after)} →</Link>
          </p>
          <h1>{name} in Olympic history</h1>
          {records.length + editions.length + births.length === 0 && <p class="note">Nothing is known of this day.</p>}
          {records.length > 0 && <h2>Records</h2>}
          <ul>
            {records.map(({ id, date, mark, event, competitor }) => (
              <li key={id}>{date.slice(0, 4)}: {mark.text} in the <Link to={to.event(event.slug)}>{event.name}</Link>{competitor && `, ${competitor.name}`}</li>
            ))}
          </ul>
          {editions.length > 0 && <h2>Events</h2>}
          {editions.length > 0 && <p class="note">Events under way or decided on this day, where that is known.</p>}
          <ul>
            {editions.map(({ slug, event, games, medals }) => (
              <li key={slug}>
                {games.year}: <EventName event={event} edition={{ slug }} />
                {medals.map((award) => <span key={award.id}> <MedalMark medal={award.medal} short /> <Competitor {...award} /></span>)}
              </li>
            ))}
          </ul>
          {births.length > 0 && <h2>Born on this day</h2>}
          <ul>
            {births.map(({ slug, name, born, nations }) => (
              <li key={slug}>{born?.year}: <Link to={to.athlete(slug)}>{name}</Link> <span class="code">{nations.map(({ code }) => code).join(" ")}</span></li>
            ))}
          </ul>
        </>
      ),
    })} />
  );
}

import { to } from "../address";
import { graphql } from "../gql";
import type { StandingFragment } from "../gql/graphql";
import { Chart } from "../parts/Chart";
import { Further, useCursor } from "../parts/Further";
import { Link } from "../parts/Link";
import { Page } from "../parts/Page";
import { Table } from "../parts/Table";
import { day, number } from "../words";

const RecordsDocument = graphql(`
  query RecordsPage($after: String) {
    events(filter: { hasRecords: true }, first: 50, after: $after, orderBy: { field: NAME }) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        slug
        name
        recordProgression { ...Standing }
      }
    }
  }
`);

graphql(`
  fragment Standing on RecordMark {
    id
    date
    mark { text value kind }
    competitor { name }
    nation { slug code }
    daysStood
  }
`);

/** How a value is written: times as minutes and seconds; all but counts are in thousandths of their unit. */
function format(kind: string) {
  return (value: number) => {
    if (kind === "COUNT") return number(value);
    if (kind !== "TIME") return number(value / 1000);
    const [minutes, seconds] = [Math.floor(value / 60_000), (value % 60_000) / 1000];
    return minutes > 0 ? `${minutes}:${seconds.toFixed(1).padStart(4, "0")}` : seconds.toFixed(1);
  };
}

/** The records of an event, each of which stands until the next. */
export function RecordChart({ title, marks }: { title: string; marks: StandingFragment[] }) {
  const known = marks.filter(({ mark }) => mark.value != null);
  const steps = known.map(({ date, mark, competitor }) => ({
    date: new Date(`${date}T00:00:00Z`), value: mark.value ?? 0, text: mark.text, who: competitor?.name ?? "",
  }));
  return (
    <Chart title={title} height={280} draw={(charts, size) => charts.steps(steps, format(known[0]?.mark.kind ?? ""), size)}>
      <Table
        caption={title} hideCaption columns={["Date", "Mark", "Athlete", "Nation", { name: "Days stood", numeric: true }]}
        rows={marks.map(({ date, mark, competitor, nation, daysStood }) => [
          day(date), mark.text, competitor?.name ?? "", nation ? <Link to={to.nation(nation.slug)}>{nation.code}</Link> : "", daysStood == null ? "" : number(daysStood),
        ])}
      />
    </Chart>
  );
}

export function RecordsPage() {
  return (
    <Page question={{ document: RecordsDocument, variables: useCursor() }} show={({ events }) => ({
      title: "Olympic records",
      body: (
        <>
          <h1>Olympic records</h1>
          <p class="lead">How the records fell, for the events whose records are loaded.</p>
          {events.nodes.filter(({ recordProgression }) => recordProgression.length > 0).map(({ slug, name, recordProgression }) => (
            <section key={slug}>
              <h2><Link to={to.event(slug)}>{name}</Link></h2>
              <RecordChart title={`${name}: ${recordProgression.at(-1)?.mark.text ?? ""} since ${day(recordProgression.at(-1)?.date ?? "")}`} marks={recordProgression} />
            </section>
          ))}
          <Further list={events} one="event" heading="main" />
          {events.totalCount === 0 && <p class="note">No record is loaded.</p>}
        </>
      ),
    })} />
  );
}

import { columns } from "./columns.js";
import { execute } from "./execute.js";
import { graphql } from "./gql/index.js";
import type { MedalAwardStatus } from "./gql/graphql.js";
import { resultList } from "./result-list.js";

const EditionDocument = graphql(`
  query Edition($slug: String!) {
    eventEdition(slug: $slug) {
      title
      medals { medal status competitor { name } nation { code } }
      ...ResultList
      event {
        slug
        name
        medalTable {
          complete
          nationCount
          rows(first: 10) { rankText nation { name } gold silver bronze total }
        }
      }
    }
  }
`);

const RecordsDocument = graphql(`
  query Records($slug: String!) {
    event(slug: $slug) {
      name
      recordProgression { date mark { text } competitor { name } nation { code } improvement { text } daysStood }
    }
  }
`);

// The race that is shown when none is named. No two roads are alike, so it has no records: a track race lends its own.
const ROAD = "2012-summer/cycling-road/individual-time-trial/men";
const TRACK = "cycling-track/time-trial/men";

async function main([slug = ROAD, recordsOf = slug === ROAD ? TRACK : undefined]: string[]) {
  const { eventEdition: edition } = await execute(EditionDocument, { slug });
  if (!edition) throw new Error(`there is no event edition "${slug}"`);
  const { name, medalTable: { complete, nationCount, rows } } = edition.event;

  print(
    edition.title,
    "",
    "Medals",
    ...columns("llll", edition.medals.map(({ medal, status, competitor, nation }) => [
      medal, competitor?.name ?? "nobody", nation?.code ?? "", remark(status),
    ])),
    "",
    ...resultList(edition),
    "",
    `Medal table of all Games: ${name}, ${rows.length} of ${nationCount} nations${complete ? "" : " that are loaded"}`,
    ...columns("rlrrrr", rows.map(({ rankText, nation, gold, silver, bronze, total }) => [
      rankText ?? "–", nation.name, ...[gold, silver, bronze, total].map(String),
    ])),
  );

  const { event } = await execute(RecordsDocument, { slug: recordsOf ?? edition.event.slug });
  if (!event) throw new Error(`there is no event "${recordsOf}"`);
  print(
    "",
    `Olympic records: ${event.name}${event.recordProgression.length > 0 ? "" : ", none known"}`,
    ...columns("lrllrr", event.recordProgression.map(({ date, mark, competitor, nation, improvement, daysStood }) => [
      date,
      mark.text,
      competitor?.name ?? "–",
      nation?.code ?? "",
      improvement ? `better by ${improvement.text}` : "",
      daysStood === null ? "still stands" : `stood ${daysStood} days`,
    ])),
  );
}

// The server may learn a word that this program was not built with; without the default branch it would not compile.
function remark(status: MedalAwardStatus): string {
  switch (status) {
    case "AWARDED":
      return "";
    case "REALLOCATED":
      return "received later";
    case "VACANT":
      return "belongs to nobody";
    default:
      return status.toLowerCase();
  }
}

function print(...lines: string[]) {
  console.log(lines.join("\n"));
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

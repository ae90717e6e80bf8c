// Prints an edition with its medals. Types come from the documents themselves: a misspelt field does not compile.
import { print } from "graphql";
import type { TadaDocumentNode } from "gql.tada";
import { graphql, readFragment, type FragmentOf } from "./graphql.js";

const url = process.env.PODIUM_URL ?? "http://127.0.0.1:8000/graphql";

const AwardFragment = graphql(`
  fragment Award on MedalAward {
    medal
    competitor { name }
    nation { code }
    wonOn
  }
`);

const EditionDocument = graphql(`
  query Edition($slug: String!) {
    eventEdition(slug: $slug) {
      title
      competitorCount
      medals { id ...Award }
    }
  }
`, [AwardFragment]);

/** Each part of a program sees only the fields that it asked for itself. */
function line(award: FragmentOf<typeof AwardFragment>): string {
  const { medal, competitor, nation, wonOn } = readFragment(AwardFragment, award);
  return [medal, competitor?.name ?? "nobody", nation?.code, wonOn].filter((word) => word != null).join(" ");
}

async function ask<Result, Variables>(document: TadaDocumentNode<Result, Variables>, variables: Variables): Promise<Result> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/graphql-response+json" },
    body: JSON.stringify({ query: print(document), variables }),
  }).catch(() => Promise.reject(new Error(`no Podium at ${url}: start one with \`make run\``)));
  const { data, errors } = (await response.json()) as { data?: Result; errors?: { message: string }[] };
  if (errors?.[0] || !data) throw new Error(errors?.[0]?.message ?? `status ${response.status}`);
  return data;
}

try {
  const slug = process.argv[2] ?? "2012-summer/cycling-road/individual-time-trial/men";
  const { eventEdition } = await ask(EditionDocument, { slug });
  if (!eventEdition) throw new Error(`there is no event edition "${slug}"`);
  console.log(`${eventEdition.title}, ${eventEdition.competitorCount ?? "an unknown number of"} athletes`);
  for (const award of eventEdition.medals) console.log(line(award));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

// Prints a nation's latest medals, two pages of them. The second page is a refetch through `node`, and Relay's store joins both.
import { fetchQuery, getFragment, getSingularSelector, graphql } from "relay-runtime";
import { environment } from "./environment";
import type { NationMedals_nation$data, NationMedals_nation$key } from "./__generated__/NationMedals_nation.graphql";
import type { NationMedalsPaginationQuery } from "./__generated__/NationMedalsPaginationQuery.graphql";
import type { NationQuery } from "./__generated__/NationQuery.graphql";

const nationQuery = graphql`
  query NationQuery($code: String!) {
    nation(code: $code) {
      id
      name
      ...NationMedals_nation
    }
  }
`;

const medalsFragment = graphql`
  fragment NationMedals_nation on Nation
  @argumentDefinitions(count: { type: "Int", defaultValue: 3 }, cursor: { type: "String" })
  @refetchable(queryName: "NationMedalsPaginationQuery") {
    medalAwards(first: $count, after: $cursor) @connection(key: "NationMedals_medalAwards") {
      totalCount
      edges {
        node {
          id
          medal
          event { name }
          games { name }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

// What the compiler makes of `@refetchable`.
const nextPageQuery = require("./__generated__/NationMedalsPaginationQuery.graphql");

/** What the store holds of a fragment. */
function read(nation: NationMedals_nation$key): NationMedals_nation$data {
  const selector = getSingularSelector(getFragment(medalsFragment), nation);
  if (!selector) throw new Error("the fragment was not fetched");
  return environment.lookup(selector).data as unknown as NationMedals_nation$data;
}

async function main(code = "GBR"): Promise<void> {
  const answer = await fetchQuery<NationQuery>(environment, nationQuery, { code }).toPromise();
  const nation = answer?.nation;
  if (!nation) throw new Error(`there is no nation "${code}"`);
  const first = read(nation).medalAwards;
  if (first.pageInfo.hasNextPage) {
    const variables = { id: nation.id, count: 3, cursor: first.pageInfo.endCursor };
    await fetchQuery<NationMedalsPaginationQuery>(environment, nextPageQuery, variables).toPromise();
  }
  const { totalCount, edges } = read(nation).medalAwards;
  console.log(`${nation.name}: ${edges.length} of ${totalCount} medals`);
  for (const { node } of edges) console.log(`${node.medal} ${node.event.name}, ${node.games.name}`);
}

main(...process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});

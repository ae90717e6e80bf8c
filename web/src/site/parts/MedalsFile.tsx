import { asFile } from "../ask";
import { graphql } from "../gql";
import type { MedalFilter } from "../gql/graphql";

const MedalsDocument = graphql(`
  query Medals($filter: MedalFilter, $page: String) {
    medalAwards(filter: $filter, orderBy: { field: GAMES }, first: 100, after: $page) {
      nodes {
        games { name }
        event { name discipline { name } }
        medal
        wonOn
        competitor { name }
        nation { code name }
        athletes { name slug }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

/** A link to the medals that match a filter, as a file for a spreadsheet. */
export function MedalsFile({ filter }: { filter: MedalFilter }) {
  return <p class="note"><a href={asFile({ document: MedalsDocument, variables: { filter } })} download>All these medals as a CSV file</a></p>;
}

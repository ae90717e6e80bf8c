import { columns } from "./columns.js";
import { type FragmentType, getFragmentData, graphql } from "./gql/index.js";

// What this component needs stands beside it, and nobody else sees it: whoever shows the list spreads the fragment in a
// document and hands the edition over. `competitor` is an athlete or a team, or what may come: all of them have a name.
export const ResultListFragment = graphql(`
  fragment ResultList on EventEdition {
    coverage
    results(first: 100) {
      totalCount
      nodes {
        rankText
        competitor { name }
        nation { code }
        mark { text }
        gap { text }
      }
    }
  }
`);

export function resultList(edition: FragmentType<typeof ResultListFragment>): string[] {
  const { coverage, results } = getFragmentData(ResultListFragment, edition);
  // Null says that something is unknown or that there is none. The types leave no way to forget it.
  const rows = results.nodes.map(({ rankText, competitor, nation, mark, gap }) => [
    rankText ?? "–", competitor.name, nation.code, mark?.text ?? "–", gap?.text ?? "",
  ]);
  const known = coverage === "FULL_RESULTS" ? "" : " that are loaded";
  return [`Results, ${rows.length} of ${results.totalCount}${known}`, ...columns("rllrr", rows)];
}

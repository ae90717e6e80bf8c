// A medal table, and the choices how it is counted and ranked, which the address keeps.
import { to, useOption } from "../address";
import { graphql } from "../gql";
import type { MedalRanking, RowFragment, TieRanking } from "../gql/graphql";
import { count } from "../words";
import { Choice } from "./Choice";
import { Link } from "./Link";
import { Table, TALLY, tally, type Column } from "./Table";

graphql(`
  fragment Row on MedalTableRow {
    rankText
    nation { slug code name }
    lineage { name }
    gold
    silver
    bronze
    total
  }
`);

const COLUMNS: Column[] = [{ name: "Rank", numeric: true }, "Nation", ...TALLY];

export function MedalTable({ caption, table, missing }: {
  caption: string;
  table: { complete: boolean; nationCount: number; rows: RowFragment[] };
  missing?: { name: string }[];
}) {
  if (table.rows.length === 0) return <p class="note">No medal is known.</p>;
  return (
    <>
      <Table caption={caption} columns={COLUMNS} rows={table.rows.map((row) => [
        row.rankText ?? "–", row.lineage ? row.lineage.name : <Link to={to.nation(row.nation.slug)}>{row.nation.name}</Link>, ...tally(row),
      ])} />
      <p class="note">
        {table.rows.length < table.nationCount && `The first ${table.rows.length} of `}{count(table.nationCount, "nation")} with medals.
        {!table.complete && " Not everything is loaded"}{missing && missing.length > 0 && `: ${missing.map(({ name }) => name).join(", ")}`}
        {!table.complete && "."}
      </p>
    </>
  );
}

/** The states that can be counted as one with those that followed them. */
const LINEAGES = ["czechoslovak", "german", "soviet", "yugoslav"];

/** Whether gold medals count first, as the reader chose. */
export const useRankedBy = () => useOption<MedalRanking>("ranking", "GOLD_FIRST");

export function RankingChoice({ ranking, choose }: { ranking: MedalRanking; choose: (value: MedalRanking) => void }) {
  return <Choice label="Ranked by" value={ranking} choose={choose} options={[["GOLD_FIRST", "gold medals first"], ["TOTAL", "all medals"]]} />;
}

/** How a medal table is ranked, as its reader chose. */
export function useRanking() {
  const [ranking, rankBy] = useRankedBy();
  const [ties, chooseTies] = useOption<TieRanking>("ties", "COMPETITION");
  const [merge, chooseMerge] = useOption<"no" | "yes">("lineages", "no");
  const choices = (
    <>
      <RankingChoice ranking={ranking} choose={rankBy} />
      <Choice
        label="Equal ranks" value={ties} choose={chooseTies}
        options={[["COMPETITION", "skip the next (1, 2, 2, 4)"], ["DENSE", "skip none (1, 2, 2, 3)"], ["ORDINAL", "are numbered (1, 2, 3, 4)"]]}
      />
      <Choice label="Successor states" value={merge} choose={chooseMerge} options={[["no", "apart"], ["yes", "counted as one"]]} />
    </>
  );
  return { options: { ranking, ties, lineages: merge === "yes" ? LINEAGES : [] }, choices };
}

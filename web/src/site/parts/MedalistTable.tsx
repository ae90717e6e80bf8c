import { to } from "../address";
import { graphql } from "../gql";
import type { MedalsFragment } from "../gql/graphql";
import { Link } from "./Link";
import { Links } from "./Links";
import { Table, TALLY, tally } from "./Table";

graphql(`
  fragment Medals on Medalist {
    rankText
    athlete { slug name }
    nations { slug name }
    span
    gold
    silver
    bronze
    total
  }
`);

/** Athletes ranked by their medals. */
export function MedalistTable({ caption, medalists }: { caption: string; medalists: MedalsFragment[] }) {
  return (
    <Table
      caption={caption} columns={[{ name: "Rank", numeric: true }, "Athlete", "Nation", "Years", ...TALLY]}
      rows={medalists.map(({ rankText, athlete, nations, span, ...medals }) => [
        rankText, <Link to={to.athlete(athlete.slug)}>{athlete.name}</Link>, <Links items={nations} to={to.nation} />, <span class="whole">{span}</span>, ...tally(medals),
      ])}
    />
  );
}

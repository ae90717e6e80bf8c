import { to } from "../address";
import { Link } from "./Link";
import { Links } from "./Links";

/** The athletes of a medal or a result, and the nation they stood for. */
export type Entered = {
  competitor?: { name: string } | null;
  nation?: { slug: string; code: string } | null;
  athletes: { slug: string; name: string }[];
};

/** An athlete as a link to their page, a team as its name that opens to its athletes, and the nation where the name does not say it. */
export function Competitor({ competitor, nation, athletes }: Entered) {
  const shown = nation && nation.code !== competitor?.name ? nation : undefined;
  if (athletes.length > 1) {
    return (
      <details class="team">
        <summary>{competitor?.name}{shown && <span class="code"> {shown.code}</span>}</summary>
        <Links items={athletes} to={to.athlete} />
        {nation && <>, <Link to={to.nation(nation.slug)} class="code">{nation.code}</Link></>}
      </details>
    );
  }
  const [athlete] = athletes;
  return (
    <>
      {athlete ? <Link to={to.athlete(athlete.slug)}>{athlete.name}</Link> : competitor?.name ?? "not awarded"}
      {shown && <> <Link to={to.nation(shown.slug)} class="code">{shown.code}</Link></>}
    </>
  );
}

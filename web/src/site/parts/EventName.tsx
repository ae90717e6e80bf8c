import { to } from "../address";
import { Link } from "./Link";

/** An event with its discipline, since "Men's 71 kg" says little; a link to one of its editions when that is given. */
export function EventName({ event, edition }: { event: { name: string; discipline: { name: string } }; edition?: { slug: string } }) {
  return (
    <>
      <span class="note">{event.discipline.name}</span> {edition ? <Link to={to.edition(edition.slug)}>{event.name}</Link> : event.name}
    </>
  );
}

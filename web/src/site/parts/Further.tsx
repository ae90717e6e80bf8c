import { usePlace, withOptions } from "../address";
import { count } from "../words";
import { Link } from "./Link";

/** A part of a list. */
export type Listed<T> = { totalCount: number; nodes: T[]; pageInfo: { hasNextPage: boolean; endCursor?: string | null } };

/** The variable of a page's question that says where its list goes on. */
export function useCursor(): { after?: string } {
  const after = usePlace().place.options.get("after");
  return after ? { after } : {};
}

/** How long a list is, and the ways to its next part and back to its start. `heading` is the id of what stands above it. */
export function Further({ list, one, heading }: { list: Listed<unknown>; one: string; heading: string }) {
  const { place } = usePlace();
  const isLater = place.options.has("after");
  if (list.totalCount === 0) return null;
  const shown = list.nodes.length < list.totalCount ? `${list.nodes.length}${isLater ? " more" : ""} of ` : "";
  return (
    <p class="kicker">
      <span class="note">{shown}{count(list.totalCount, one)}</span>
      {isLater && <Link to={`${withOptions(place, { after: null })}#${heading}`}>From the start</Link>}
      {list.pageInfo.hasNextPage && <Link to={`${withOptions(place, { after: list.pageInfo.endCursor ?? null })}#${heading}`}>Further {one}s →</Link>}
    </p>
  );
}

// What a search finds: what it is called, and where its page is.
import { to } from "../address";

type Item = { __typename: string; name?: string; slug?: string };

const pages: Record<string, [kind: string, to: (slug: string) => string]> = {
  Athlete: ["athlete", to.athlete],
  Event: ["event", to.event],
  Games: ["Games", to.games],
  Nation: ["nation", to.nation],
  Sport: ["sport", to.sport],
};

/** The link to an item; undefined for one without a page. */
export function itemLink({ __typename, name, slug }: Item): { to: string; name: string; kind: string } | undefined {
  const page = pages[__typename];
  return page && slug && name ? { to: page[1](slug), name, kind: page[0] } : undefined;
}

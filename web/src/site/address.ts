// The addresses of pages. All are relative to the <base> that the server wrote, so that the site also works below a prefix.
import { createContext } from "preact";
import { useContext } from "preact/hooks";

export const root = new URL("./", document.baseURI);

/** What an address shows: a page, what it is about, and the choices of its reader. */
export type Place = { page: string; slug: string; options: URLSearchParams };

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // Names nothing, as it stands.
    return path;
  }
}

export function here(): Place {
  const path = decoded(location.pathname.slice(root.pathname.length));
  const [page = "", ...rest] = path.split("/");
  return { page, slug: rest.join("/"), options: new URLSearchParams(location.search) };
}

export const to = {
  games: (slug: string) => `games/${slug}`,
  event: (slug: string) => `events/${slug}`,
  edition: (slug: string) => `editions/${slug}`,
  athlete: (slug: string) => `athletes/${slug}`,
  nation: (slug: string) => `nations/${encodeURIComponent(slug)}`,
  sport: (slug: string) => `sports/${slug}`,
  athletes: "athletes",
  nations: "nations",
  sports: "sports",
  records: "records",
  onThisDay: (month: number, day: number) => `on-this-day?month=${month}&day=${day}`,
};

type Go = (address: string, replace?: boolean) => void;

/** The place shown, and how to go to another one. */
export const Navigation = createContext<{ place: Place; go: Go }>({ place: here(), go: () => {} });
export const usePlace = () => useContext(Navigation);

/** The address of a place as it is before its reader chooses anything. */
export const withoutOptions = ({ page, slug }: Place) => [page, slug].filter(Boolean).join("/");

/** The address of a place with some of its options changed; null drops one. */
export function withOptions(place: Place, changes: Record<string, string | null>): string {
  const options = new URLSearchParams(place.options);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) options.delete(name);
    else options.set(name, value);
  }
  const written = options.toString();
  return `${withoutOptions(place)}${written && `?${written}`}`;
}

/** A choice of the reader, kept in the address. The default is not written. */
export function useOption<T extends string>(name: string, fallback: T): [T, (value: T) => void] {
  const { place, go } = usePlace();
  const value = (place.options.get(name) as T | null) ?? fallback;
  // A cursor is of the list as it was before.
  const choose = (chosen: T) => go(withOptions(place, { [name]: chosen === fallback ? null : chosen, after: null }), true);
  return [value, choose];
}

import { Link } from "./Link";

/** Links to some things of one kind, with commas between them. */
export function Links({ items, to }: { items: { slug: string; name: string }[]; to: (slug: string) => string }) {
  return <>{items.map(({ slug, name }, place) => <span key={slug}>{place > 0 && ", "}<Link to={to(slug)}>{name}</Link></span>)}</>;
}

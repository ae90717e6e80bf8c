import { Choice } from "./Choice";

/** A choice of one sport or all of them. */
export function SportChoice({ sport, choose, sports }: { sport: string; choose: (slug: string) => void; sports: { slug: string; name: string }[] }) {
  return <Choice label="Sport" value={sport} choose={choose} options={[["", "all sports"], ...sports.map(({ slug, name }): [string, string] => [slug, name])]} />;
}

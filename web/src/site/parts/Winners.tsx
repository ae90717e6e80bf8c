import { graphql } from "../gql";
import type { AwardFragment } from "../gql/graphql";
import { Competitor } from "./Competitor";

graphql(`
  fragment Award on MedalAward {
    id
    medal
    competitor { name }
    nation { slug code }
    athletes { slug name }
  }
`);

/** Those who won a medal of a colour. */
export function Winners({ medals, medal }: { medals: AwardFragment[]; medal: string }) {
  const won = medals.filter((award) => award.medal === medal);
  if (won.length === 0) return <>–</>;
  return <>{won.map((award) => <div key={award.id}><Competitor {...award} /></div>)}</>;
}

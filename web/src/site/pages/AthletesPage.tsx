import { useOption } from "../address";
import { graphql } from "../gql";
import type { Season } from "../gql/graphql";
import { Choice } from "../parts/Choice";
import { Further, useCursor } from "../parts/Further";
import { MedalistTable } from "../parts/MedalistTable";
import { RankingChoice, useRankedBy } from "../parts/MedalTable";
import { Page } from "../parts/Page";
import { SportChoice } from "../parts/SportChoice";

const AthletesDocument = graphql(`
  query AthletesPage($after: String, $ranking: MedalRanking!, $season: [Season!], $sport: [String!]) {
    multipleMedalists(first: 50, after: $after, ranking: $ranking, filter: { season: $season, sport: $sport }) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes { ...Medals }
    }
    sports { slug name }
  }
`);

export function AthletesPage() {
  const [ranking, rankBy] = useRankedBy();
  const [season, chooseSeason] = useOption<Season | "">("season", "");
  const [sport, chooseSport] = useOption<string>("sport", "");
  const variables = { ...useCursor(), ranking, ...(season && { season: [season] }), ...(sport && { sport: [sport] }) };
  return (
    <Page question={{ document: AthletesDocument, variables }} show={({ multipleMedalists, sports }) => ({
      title: "The most successful athletes",
      body: (
        <>
          <h1>The most successful athletes</h1>
          <p class="lead">Those with more than one medal. The search finds all others.</p>
          <div class="choices">
            <RankingChoice ranking={ranking} choose={rankBy} />
            <Choice label="Games" value={season} choose={chooseSeason} options={[["", "all"], ["SUMMER", "Summer Games"], ["WINTER", "Winter Games"]]} />
            <SportChoice sport={sport} choose={chooseSport} sports={sports} />
          </div>
          {multipleMedalists.totalCount === 0 ? <p class="note">Nobody is known to have won more than one medal here.</p> : (
            <MedalistTable caption="Athletes with the most medals" medalists={multipleMedalists.nodes} />
          )}
          <Further list={multipleMedalists} one="athlete" heading="main" />
        </>
      ),
    })} />
  );
}

import { to } from "../address";
import { graphql } from "../gql";
import { Further, useCursor } from "../parts/Further";
import { Link } from "../parts/Link";
import { Page } from "../parts/Page";
import { Table, TALLY, tally } from "../parts/Table";

const NationsDocument = graphql(`
  query NationsPage($after: String) {
    nations(first: 100, after: $after, orderBy: { field: NAME }) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        slug
        code
        name
        medalCount {
          gold
          silver
          bronze
          total
        }
      }
    }
  }
`);

export function NationsPage() {
  return (
    <Page question={{ document: NationsDocument, variables: useCursor() }} show={({ nations }) => ({
      title: "Nations",
      body: (
        <>
          <h1>Nations</h1>
          <p class="lead">The teams of the Olympic Games, today's and those of the past.</p>
          <Table
            caption="Nations and their medals" hideCaption columns={["Nation", "Code", ...TALLY]}
            rows={nations.nodes.map(({ slug, code, name, medalCount }) => [
              <Link to={to.nation(slug)}>{name}</Link>, <span class="code">{code}</span>, ...tally(medalCount),
            ])}
          />
          <Further list={nations} one="nation" heading="main" />
        </>
      ),
    })} />
  );
}

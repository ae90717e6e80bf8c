// The samples of `docs/clients.md`, as the caches of Apollo Client and urql run them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { ApolloClient, HttpLink, InMemoryCache, gql } from "@apollo/client";
import { relayStylePagination } from "@apollo/client/utilities";
import { Client, fetchExchange } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import { relayPagination } from "@urql/exchange-graphcache/extras";
import { buildSchema, introspectionFromSchema, isAbstractType } from "graphql";
import { root, start } from "./podium.mjs";

const guide = readFileSync(join(root, "docs/clients.md"), "utf8");
const schema = buildSchema(readFileSync(join(root, "schema.graphql"), "utf8"));
let podium;

before(async () => (podium = await start()));
after(() => podium?.stop());

// The value of the sample that begins with this text.
function sample(beginning, names) {
  const samples = [...guide.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code.trim().replace(/;$/, ""));
  const code = samples.find((code) => code.startsWith(beginning));
  assert.ok(code, `the guide has a sample that begins with ${beginning}`);
  return new Function(...Object.keys(names), `return (${code})`)(...Object.values(names));
}

const page = `query ($after: String, $filter: AthleteFilter) {
  athletes(first: 3, after: $after, filter: $filter) { edges { cursor node { id slug } } pageInfo { hasNextPage endCursor } }
}`;

test("Apollo Client joins pages, keeps filters apart, and merges what has no id", async () => {
  const abstract = Object.values(schema.getTypeMap()).filter(isAbstractType);
  const possibleTypes = Object.fromEntries(abstract.map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]));
  const cache = sample("new InMemoryCache", { InMemoryCache, relayStylePagination, possibleTypes });
  const client = new ApolloClient({ cache, link: new HttpLink({ uri: `${podium.url}/graphql` }) });
  const query = gql(page);

  const watched = client.watchQuery({ query });
  const watching = watched.subscribe(() => {});
  const first = await client.query({ query });
  await watched.fetchMore({ variables: { after: first.data.athletes.pageInfo.endCursor } });
  watching.unsubscribe();
  assert.equal(new Set(client.readQuery({ query }).athletes.edges.map(({ node }) => node.slug)).size, 6);

  const filter = { gender: ["FEMALE"] };
  const women = await client.query({ query, variables: { filter } });
  assert.equal(women.data.athletes.edges.length, 3);
  assert.equal(client.readQuery({ query }).athletes.edges.length, 6, "another filter is another list");

  const table = (fields) => gql(`{ games(slug: "2012-summer") { id medalTable { ${fields} } } }`);
  await client.query({ query: table("complete") });
  await client.query({ query: table("nationCount") });
  assert.ok(client.readQuery({ query: table("complete nationCount") }), "both answers about one table are one object");
});

test("urql's graphcache joins pages, and warns of no type without an id", async (t) => {
  const exchange = sample("cacheExchange", { cacheExchange, relayPagination, schema: introspectionFromSchema(schema) });
  const client = new Client({ url: `${podium.url}/graphql`, exchanges: [exchange, fetchExchange], preferGetMethod: false });
  const warned = t.mock.method(console, "warn", () => {});

  const first = await client.query(page, {}).toPromise();
  const joined = await client.query(page, { after: first.data.athletes.pageInfo.endCursor }).toPromise();
  assert.equal(new Set(joined.data.athletes.edges.map(({ node }) => node.slug)).size, 6);

  const medals = `{ games(slug: "2012-summer") { id
    medalTable { complete rows(first: 3) { rankText nation { id code } gold } }
    eventEditions(first: 5) { nodes { id results(first: 2) { nodes { id mark { text } competitor { __typename id name } } } } }
  } nation(code: "GBR") { id medalCount { gold } } }`;
  const { data, error } = await client.query(medals, {}).toPromise();
  assert.equal(error, undefined);
  assert.equal(data.games.medalTable.rows.length, 3);
  assert.deepEqual(warned.mock.calls.map(({ arguments: [text] }) => text.split("\n")[0]), []);
});

test("the guide's questions are answered", async () => {
  const questions = [...guide.matchAll(/```graphql\n(.*?)```/gs)].map(([, question]) => question).filter((question) => question.startsWith("{"));
  assert.ok(questions.length >= 2);
  let found = 0;
  for (const query of questions) {
    const options = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ query }) };
    const { data, errors } = await (await fetch(`${podium.url}/graphql`, options)).json();
    assert.equal(errors, undefined, query);
    found += data.search.hits.length;
  }
  assert.ok(found > 0);
});

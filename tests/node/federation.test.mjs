// Podium as one subgraph of two: three composers compose it with the example without a remark and keep every price, and two gateways
// answer what crosses from one to the other, both ways, with few requests to Podium and few statements in each.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test as nodeTest } from "node:test";
import { composeServices } from "@apollo/composition";
import { ApolloGateway } from "@apollo/gateway";
import { ApolloServer } from "@apollo/server";
import { createGatewayRuntime } from "@graphql-hive/gateway-runtime";
import * as hive from "@theguild/federation-composition";
import { federateSubgraphs, LATEST_ROUTER_COMPATIBILITY_VERSION } from "@wundergraph/composition";
import { parse, visit } from "graphql";
import { install, program, root, start } from "./podium.mjs";

const example = join(root, "examples", "federation");
const isInstalled = install(example);
const test = isInstalled ? nodeTest : nodeTest.skip;
const children = [];
let podium, podiumUrl, weatherUrl, subgraphs, supergraph, gateway;

// Starts a server of the example on a free port and resolves to its address. A process of its own, as in life, since it brings
// its own copy of graphql, and a process bears only one.
async function serve(script, env) {
  const options = { cwd: example, env: { ...process.env, ...env, PORT: "0" }, stdio: ["ignore", "pipe", "inherit"] };
  const child = spawn("node", [script], options);
  children.push(child);
  for await (const line of createInterface({ input: child.stdout })) {
    const address = line.match(/http:\S+/);
    if (address) return address[0];
  }
  throw new Error(`${script} ended`);
}

async function ask(url, query, variables) {
  const body = JSON.stringify({ query, variables });
  return (await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body })).json();
}

// What a client of the gateway gets, and for each request that Podium got for it the number of SQL statements.
async function federated(query, variables) {
  const name = `Question${podium.lines.length}`;
  const { body } = await gateway.executeOperation({ query: `query ${name}${query}`, variables });
  // Lines come behind the answers but in order: with that of this request all are there. The gateway hands the name on.
  await ask(podiumUrl, `query ${name}_end { __typename }`);
  while (!podium.lines.at(-1).includes(`${name}_end`)) await new Promise((resolve) => setTimeout(resolve, 5));
  const requests = podium.lines.map((line) => JSON.parse(line)).filter(({ operation }) => operation?.startsWith(`${name}__`));
  // Through JSON, since the gateway's objects have no prototype.
  return { ...JSON.parse(JSON.stringify(body.singleResult)), statements: requests.map(({ statements }) => statements) };
}

before(async () => {
  if (!isInstalled) return;
  // Nothing is kept, so that the statements of each answer are counted.
  podium = await start("--answer-cache-mib", "0", "--row-cache-mib", "0");
  podiumUrl = `${podium.url}/graphql`;
  weatherUrl = await serve("index.mjs");
});

after(async () => {
  await gateway?.stop();
  for (const child of children) child.kill();
  await podium?.stop();
});

// How many fields of a schema have a directive.
function fieldsWith(directive, document) {
  let count = 0;
  visit(document, { FieldDefinition: (field) => void (count += field.directives.some(({ name }) => name.value === directive)) });
  return count;
}
const prices = (document) => [fieldsWith("cost", document), fieldsWith("listSize", document)];

// The first, since the others need what it composes.
test("composes with another subgraph, from the printed schema, without errors and hints", async () => {
  const sdl = async (url) => (await ask(url, "{ _service { sdl } }")).data._service.sdl;
  const printed = execFileSync(program, ["schema", "--federation"], { encoding: "utf8" });
  assert.equal(printed, await sdl(podiumUrl));
  subgraphs = [
    { name: "podium", url: podiumUrl, typeDefs: parse(printed) },
    { name: "weather", url: weatherUrl, typeDefs: parse(await sdl(weatherUrl)) },
  ];
  const { errors, hints, supergraphSdl } = composeServices(subgraphs);
  assert.deepEqual([errors?.map(String), hints?.map(String)], [undefined, []]);
  supergraph = supergraphSdl;
  gateway = new ApolloServer({ gateway: new ApolloGateway({ supergraphSdl }) });
  await gateway.start();
});

test("keeps every price in each of three composers", () => {
  const own = prices(subgraphs[0].typeDefs);
  assert.ok(own[0] >= 8 && own[1] >= 60, `${own}`);
  assert.deepEqual(prices(parse(supergraph)), own, "Apollo");
  const byHive = hive.composeServices(subgraphs);
  assert.deepEqual([byHive.errors, prices(parse(byHive.supergraphSdl))], [undefined, own], "Hive");
  const named = subgraphs.map(({ typeDefs, ...subgraph }) => ({ ...subgraph, definitions: typeDefs }));
  const byCosmo = federateSubgraphs({ subgraphs: named, version: LATEST_ROUTER_COMPATIBILITY_VERSION });
  assert.deepEqual([byCosmo.success, byCosmo.errors, byCosmo.warnings], [true, undefined, []], "Cosmo");
  const { fieldWeights, listSizes } = byCosmo.subgraphConfigBySubgraphName.get("podium").costs;
  assert.deepEqual([fieldWeights.size, listSizes.size], own, "Cosmo");
});

test("is answered across both subgraphs by a second gateway", async () => {
  const second = createGatewayRuntime({ supergraph, logging: false });
  try {
    const query = "{ mostFollowed(first: 1) { followers name medals { edition { slug weather { daylightHours } } } } }";
    const request = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ query }) };
    const answer = await (await second.fetch("http://127.0.0.1/graphql", request)).json();
    const { data } = JSON.parse(JSON.stringify((await gateway.executeOperation({ query })).body.singleResult));
    assert.deepEqual(answer, { data });
    assert.equal(data.mostFollowed[0].medals.length, 2);
  } finally {
    await second[Symbol.asyncDispose]();
  }
});

test("answers from Podium to the other subgraph with what it requires", async () => {
  const query = "($slug: String!) { eventEdition(slug: $slug) { title weather { daylightHours noonSunDegrees } } }";
  const answer = await federated(query, { slug: "2012-summer/cycling-road/individual-time-trial/men" });
  const weather = { daylightHours: 15.38, noonSunDegrees: 56.43 };
  const eventEdition = { title: "Men's road time trial, 2012 Summer Olympics", weather };
  // One request: the edition, its venue, and what the title is made of.
  assert.deepEqual(answer, { data: { eventEdition }, statements: [4] });
});

test("answers from the other subgraph to Podium", async () => {
  const query = "{ mostFollowed(first: 2) { followers name medals { medal edition { games { slug } } } } }";
  const gold = (...games) => games.map((slug) => ({ medal: "GOLD", edition: { games: { slug } } }));
  const mostFollowed = [
    { followers: 48200, name: "Bradley Wiggins", medals: gold("2012-summer", "2008-summer") },
    { followers: 31500, name: "Kristin Armstrong", medals: gold("2016-summer", "2012-summer", "2008-summer") },
  ];
  assert.deepEqual(await federated(query), { data: { mostFollowed }, statements: [4] });
});

test("answers many keys with as many statements as one, and null for those that nobody bears", async () => {
  const slugs = (await ask(podiumUrl, "{ athletes(first: 50) { nodes { slug } } }")).data.athletes.nodes.map(({ slug }) => slug);
  const query = "($slugs: [String!]!) { favourites(slugs: $slugs) { slug name nations { name } } }";
  const favourites = (slugs) => federated(query, { slugs });
  const fifty = await favourites(slugs);
  assert.deepEqual(fifty.data.favourites.map((athlete) => athlete?.slug), slugs);
  assert.deepEqual([fifty.statements, (await favourites(slugs.slice(0, 1))).statements], [[2], [2]]);
  const known = { slug: "chris-hoy", name: "Chris Hoy", nations: [{ name: "Great Britain" }] };
  const { data, errors } = await favourites(["nobody", "chris-hoy", "No slug!"]);
  assert.deepEqual([data.favourites, errors], [[null, known, null], undefined]);
});

test("resolves 1000 representations, each for itself, and refuses more", async () => {
  const query = "query ($of: [_Any!]!) { _entities(representations: $of) { ... on Athlete { name } ... on Games { name } } }";
  const games = { __typename: "Games", slug: "2012-summer" };
  const athlete = { __typename: "Athlete", slug: "chris-hoy" };
  const nobodys = [{ ...games, slug: "2011-summer" }, { ...athlete, slug: "No slug!" }, { ...athlete, slug: 7 },
    { __typename: "Athlete", id: "?" }, { __typename: "Athlete" }, { __typename: "Venue", slug: "x" }, { slug: "x" }, {}];
  const answers = [{ name: "2012 Summer Olympics" }, { name: "Chris Hoy" }, ...nobodys.map(() => null)];
  const hundredTimes = (list) => Array(100).fill(list).flat();
  const of = hundredTimes([games, athlete, ...nobodys]);
  assert.deepEqual(await ask(podiumUrl, query, { of }), { data: { _entities: hundredTimes(answers) } });
  const [{ extensions }] = (await ask(podiumUrl, query, { of: [...of, games] })).errors;
  assert.deepEqual([extensions.code, extensions.limit, extensions.maximum], ["LIMIT_EXCEEDED", "maxRepresentations", 1000]);
});

test("the example's own gateway answers the question of its README", async () => {
  const [, question] = readFileSync(join(example, "README.md"), "utf8").match(/'query=(.*?)'/s);
  const url = await serve("gateway.mjs", { PODIUM_URL: podiumUrl, WEATHER_URL: weatherUrl });
  const [{ name, followers, medals }] = (await ask(url, question)).data.mostFollowed;
  assert.deepEqual([name, followers, medals[0].edition.weather.daylightHours], ["Bradley Wiggins", 48200, 15.38]);
});

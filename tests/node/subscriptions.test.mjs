// Subscriptions as the reference clients of both protocols make them, while another program imports.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as sse from "graphql-sse";
import * as ws from "graphql-ws";
import WebSocket from "ws";
import { importCity, start } from "./podium.mjs";

const query = "subscription { dataChanged { version importedAt source } }";
let podium;

before(async () => (podium = await start()));
after(() => podium?.stop());

async function version() {
  const answer = await fetch(`${podium.url}/graphql?query=${encodeURIComponent("{ about { dataVersion } }")}`);
  return (await answer.json()).data.about.dataVersion;
}

const clients = {
  "graphql-ws": () => ws.createClient({ url: `${podium.url.replace("http", "ws")}/graphql/ws`, webSocketImpl: WebSocket, retryAttempts: 0 }),
  "graphql-sse": () => sse.createClient({ url: `${podium.url}/graphql`, retryAttempts: 0 }),
};

for (const [name, create] of Object.entries(clients)) {
  test(`${name} asks, is refused in words, and is told of an import`, async () => {
    const client = create();
    const first = async (query, variables) => (await client.iterate({ query, variables }).next()).value;
    assert.deepEqual((await first("{ athlete(slug: \"chris-hoy\") { name } }")).data, { athlete: { name: "Chris Hoy" } });
    const refused = await first("{ nothing }").catch((errors) => ({ errors }));
    assert.match(JSON.stringify(refused), /nothing/);
    const before = await version();
    // Whoever has an older version is told at once, and then of each change.
    const events = client.iterate({ query: query.replace("dataChanged", "dataChanged(since: \"0\")") });
    const { dataChanged } = (await events.next()).value.data;
    assert.equal(dataChanged.version, before);
    const next = events.next();
    importCity(podium, name);
    const told = (await next).value.data.dataChanged;
    assert.deepEqual([told.version, told.source], [await version(), "podium"]);
    assert.ok(Number(told.version) > Number(before) && Date.parse(told.importedAt) > Date.now() - 60_000, JSON.stringify(told));
    await events.return();
    client.dispose();
  });
}

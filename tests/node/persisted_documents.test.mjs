// Persisted documents as clients send them, and manifests as their tools write them.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { after, before, test } from "node:test";
import { ApolloClient, HttpLink, InMemoryCache, gql } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { Client, fetchExchange } from "@urql/core";
import { persistedExchange } from "@urql/exchange-persisted";
import { install, root, start } from "./podium.mjs";

let podium;
before(async () => (podium = await start()));
after(() => podium?.stop());

const sha256 = (text) => createHash("sha256").update(text).digest("hex");

// Fetches, and notes the method of each request and whether it had the text of the document.
function noting(requests) {
  return (url, options) => {
    const hasText = new URL(url).searchParams.has("query") || /"query":/.test(options.body ?? "");
    requests.push(`${options.method ?? "GET"} ${hasText ? "text" : "hash"}`);
    return fetch(url, options);
  };
}

// The first client must send the text after its hash is not found. Others send the hash alone, by GET, so that a CDN can keep the answer.
async function isSentOnce(ask) {
  const first = [];
  assert.equal(await ask(noting(first)), "Chris Hoy");
  assert.equal(first.length, 2);
  assert.equal(first[0], "GET hash");
  assert.match(first[1], /text$/);
  const second = [];
  assert.equal(await ask(noting(second)), "Chris Hoy");
  assert.deepEqual(second, ["GET hash"]);
}

test("Apollo Client sends a document once", async () => {
  const query = gql`query Apollo { athlete(slug: "chris-hoy") { id name } }`;
  await isSentOnce(async (fetch) => {
    const link = new PersistedQueryLink({ sha256, useGETForHashedQueries: true }).concat(new HttpLink({ uri: `${podium.url}/graphql`, fetch }));
    const { data } = await new ApolloClient({ cache: new InMemoryCache(), link }).query({ query });
    return data.athlete.name;
  });
});

test("urql sends a document once", async () => {
  await isSentOnce(async (fetch) => {
    const persisted = persistedExchange({ preferGetForPersistedQueries: true, generateHash: async (text) => sha256(text) });
    const client = new Client({ url: `${podium.url}/graphql`, fetch, preferGetMethod: false, exchanges: [persisted, fetchExchange] });
    const { data, error } = await client.query('query Urql { athlete(slug: "chris-hoy") { id name } }', {}).toPromise();
    assert.equal(error, undefined);
    return data.athlete.name;
  });
});

// Starts a server that answers the documents of a manifest alone, and asks one of them and another one.
async function answersOnly(t, manifest, document, variables, expected) {
  const trusted = await start("--documents", manifest);
  t.after(() => trusted.stop());
  const ask = async (body) => {
    const options = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    const answer = await fetch(`${trusted.url}/graphql`, options);
    return { status: answer.status, ...(await answer.json()) };
  };
  const answer = await ask({ documentId: document, variables });
  assert.equal(answer.errors, undefined);
  expected(answer.data);
  const { status, errors: [refusal] } = await ask({ query: "{ about { version } }" });
  assert.deepEqual([status, refusal.message], [403, "This server answers only the documents of its own clients."]);
}

// What a generator of a client writes with other settings, in a folder that goes with the test.
function manifest(t, client, config, settings, command) {
  if (!install(client)) return t.skip("npm installs nothing");
  const folder = mkdtempSync(join(tmpdir(), "podium-"));
  const file = join(client, config);
  t.after(() => {
    rmSync(folder, { recursive: true });
    rmSync(file);
  });
  writeFileSync(file, settings(folder));
  execFileSync("npx", [...command, file], { cwd: client, stdio: "pipe" });
  return folder;
}

test("the manifest of GraphQL Code Generator is trusted", async (t) => {
  const client = join(root, "examples/clients/typescript");
  const settings = (folder) => readFileSync(join(client, "codegen.ts"), "utf8")
    .replace('"src/gql/"', JSON.stringify(`${folder}/`))
    .replace("presetConfig: {", "presetConfig: { persistedDocuments: true,");
  const folder = manifest(t, client, "codegen.persisted.ts", settings, ["graphql-codegen", "--config"]);
  if (!folder) return;
  const file = join(folder, "persisted-documents.json");
  const [[hash]] = Object.entries(JSON.parse(readFileSync(file, "utf8"))).filter(([, text]) => text.includes("query Edition"));
  const slug = "2012-summer/cycling-road/individual-time-trial/men";
  await answersOnly(t, file, hash, { slug }, ({ eventEdition }) => assert.match(eventEdition.title, /^Men's road time trial/));
});

test("the manifest of Relay's compiler is trusted", async (t) => {
  const client = join(root, "examples/clients/relay");
  const settings = (folder) => {
    const written = JSON.parse(readFileSync(join(client, "relay.config.json"), "utf8"));
    writeFileSync(join(folder, "documents.json"), "{}");
    mkdirSync(join(folder, "artifacts"));
    const artifactDirectory = relative(client, join(folder, "artifacts"));
    return JSON.stringify({ ...written, artifactDirectory, persistConfig: { file: join(folder, "documents.json"), algorithm: "SHA256" } });
  };
  const folder = manifest(t, client, "relay.persisted.json", settings, ["relay-compiler"]);
  if (!folder) return;
  const file = join(folder, "documents.json");
  const [[hash, text]] = Object.entries(JSON.parse(readFileSync(file, "utf8"))).filter(([, text]) => !text.includes("node(id"));
  await answersOnly(t, file, hash, { code: "GBR" }, ({ nation }) => assert.equal(nation.name, "Great Britain"));
});

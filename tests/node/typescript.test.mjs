// The example for TypeScript does what its README says: it generates, compiles under strict rules, asks a live server, and
// says in one sentence what is wrong.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test as nodeTest } from "node:test";
import { install, root, start } from "./podium.mjs";

const example = join(root, "examples", "clients", "typescript");
let podium;

// Runs a command in the example and resolves to what came of it, whatever that is.
function run(command, args, url = podium?.url) {
  const options = { cwd: example, env: { ...process.env, PODIUM_URL: `${url}/graphql` } };
  return new Promise((resolve) => {
    execFile(command, args, options, (error, out, err) => resolve({ code: error ? error.code : 0, out, err }));
  });
}

async function npm(...args) {
  const { code, out, err } = await run("npm", args);
  assert.equal(code, 0, `npm ${args.join(" ")}: ${out}${err}`);
}

const isInstalled = install(example);
const test = isInstalled ? nodeTest : nodeTest.skip;

before(async () => {
  if (!isInstalled) return;
  await npm("run", "generate");
  await npm("run", "check", "--", "--strict");
  await npm("run", "build");
  // Last, since nothing stops it when this fails.
  podium = await start();
});

after(() => podium?.stop());

test("prints an edition, its event's medal table and a chain of records", async () => {
  const { code, out, err } = await run("node", ["dist/main.js"]);
  assert.deepEqual([code, err], [0, ""]);
  // Lines without their alignment.
  const lines = out.split("\n").map((line) => line.trim().replace(/ +/g, " "));
  assert.equal(lines[0], "Men's road time trial, 2012 Summer Olympics");
  const under = (heading, count) => lines.slice(lines.indexOf(heading) + 1).slice(0, count);
  assert.deepEqual(under("Medals", 3), ["GOLD Bradley Wiggins GBR", "SILVER Tony Martin GER", "BRONZE Chris Froome GBR"]);
  const results = under("Results, 37 of 37", 37);
  assert.equal(results[0], "1 Bradley Wiggins GBR 50:39.54");
  assert.equal(results[36], "37 Ahmet Akdilek TUR 59:11.19 +8:31.65");
  assert.deepEqual(under("Medal table of all Games: Men's road time trial, 10 of 12 nations", 1), ["=1 Russia 2 0 0 2"]);
  const records = under("Olympic records: Men's track time trial", 19);
  assert.equal(records[2], "1928-08-05 1:14.4 Willy Falck Hansen DEN better by 0.8 stood 1457 days");
  assert.equal(records[18], "2004-08-20 1:00.711 Chris Hoy GBR better by 0.185 still stands");
});

test("is generated the same from a running server", async () => {
  const generated = () => readFileSync(join(example, "src/gql/graphql.ts"), "utf8");
  const written = generated();
  const config = join(example, "codegen.from-server.ts");
  writeFileSync(config, readFileSync(join(example, "codegen.ts"), "utf8").replace("../../../schema.graphql", `${podium.url}/graphql`));
  const { code, out, err } = await run("npx", ["graphql-codegen", "--config", config]).finally(() => rmSync(config));
  assert.equal(code, 0, `${out}${err}`);
  assert.equal(generated(), written);
});

test("shows a vacant medal, and says what is not loaded", async () => {
  const { code, out } = await run("node", ["dist/main.js", "2000-summer/athletics/100m/women"]);
  assert.equal(code, 0);
  assert.match(out, /GOLD +nobody +belongs to nobody\n/);
  assert.match(out, /JAM +received later\n/);
  assert.match(out, /Medal table of all Games: .* 2 of 2 nations that are loaded\n/);
  assert.match(out, /Olympic records: Women's 100 metres, none known\n$/);
});

test("says in one sentence what is wrong", async () => {
  const sentence = async (args, expected, url) => {
    const { code, out, err } = await run("node", ["dist/main.js", ...args], url);
    assert.deepEqual([code, out], [1, ""]);
    assert.equal(err, `${expected}\n`);
  };
  await sentence(["2012-summer/cycling-road/no-race/men"], 'there is no event edition "2012-summer/cycling-road/no-race/men"');
  const slug = "which looks like `2012-summer/cycling-road/individual-time-trial/men`";
  await sentence(["nope"], `BAD_USER_INPUT: "nope" is not a slug of an event edition, ${slug}.`);
  const nowhere = "http://127.0.0.1:1";
  await sentence([], `no Podium at ${nowhere}/graphql: start one with \`make run\``, nowhere);
});

test("does not compile with a misspelt field, a forgotten null or another component's data", async () => {
  const file = join(example, "src", "wrong.ts");
  writeFileSync(file, `import type { EditionQuery } from "./gql/graphql.js";
export const misspelt = (answer: EditionQuery) => answer.eventEdition?.titel;
export const forgotten = (answer: EditionQuery) => answer.eventEdition.title;
export const masked = (answer: EditionQuery) => answer.eventEdition?.results;\n`);
  const { code, out } = await run("npm", ["run", "check"]).finally(() => rmSync(file));
  assert.notEqual(code, 0);
  assert.deepEqual(out.match(/error TS\d+/g), ["error TS2551", "error TS18047", "error TS2339"]);
  assert.match(out, /Property 'titel' does not exist .* Did you mean 'title'\?/);
});

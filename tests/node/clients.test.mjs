// The typed clients in other tools and languages: each is generated from the schema, checked, and asks a live server.
import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { after, before, test } from "node:test";
import { buildSchema, lexicographicSortSchema, printType } from "graphql";
import { install, root, schemaOf, start } from "./podium.mjs";

const clients = join(root, "examples", "clients");
let podium;
before(async () => {
  podium = await start();
});
after(() => podium?.stop());

// Runs a command in a client and resolves to what came of it, whatever that is.
function run(client, command, args, environment = {}) {
  const options = { cwd: join(clients, client), env: { ...process.env, PODIUM_URL: `${podium.url}/graphql`, ...environment } };
  return new Promise((resolve) => {
    execFile(command, args, options, (error, out, err) => resolve({ code: error ? error.code : 0, out, err }));
  });
}

async function succeed(...command) {
  const { code, out, err } = await run(...command);
  assert.equal(code, 0, `${command.join(" ")}: ${out}${err}`);
  return out;
}

const nowhere = { PODIUM_URL: "http://127.0.0.1:1/graphql" };
const noServer = "no Podium at http://127.0.0.1:1/graphql: start one with `make run`\n";

test("a running server tells generators the same schema as schema.graphql", async (t) => {
  const { schema } = await schemaOf(t, podium);
  assert.match(schema.description, /^Podium, the Olympic results graph/);
  const printed = (schema) => Object.values(lexicographicSortSchema(schema).getTypeMap()).filter(({ name }) => !name.startsWith("__")).map(printType).join("\n");
  const written = buildSchema(readFileSync(join(root, "schema.graphql"), "utf8"), { assumeValid: true });
  assert.equal(printed(schema), printed(written));
});

test("gql.tada", async (t) => {
  if (!install(join(clients, "gql-tada"))) return t.skip("npm installs nothing");
  for (const script of ["generate", "check", "build"]) await succeed("gql-tada", "npm", ["run", "--silent", script]);

  await t.test("asks a live server", async () => {
    const out = await succeed("gql-tada", "node", ["dist/main.js"]);
    assert.equal(out.split("\n")[0], "Men's road time trial, 2012 Summer Olympics, 37 athletes");
    assert.equal(out.split("\n")[1], "GOLD Bradley Wiggins GBR 2012-08-01");
  });

  await t.test("is checked against the schema of a running server", async (t) => {
    const folder = mkdtempSync(join(tmpdir(), "podium-"));
    t.after(() => rmSync(folder, { recursive: true }));
    const schema = join(folder, "schema.graphql");
    await succeed("gql-tada", "npx", ["gql.tada", "generate-schema", `${podium.url}/graphql`, "--output", schema]);
    const config = join(clients, "gql-tada", "tsconfig.from-server.json");
    const plugins = [{ name: "gql.tada/ts-plugin", schema, tadaOutputLocation: "./src/graphql-env.d.ts" }];
    writeFileSync(config, JSON.stringify({ extends: "./tsconfig.json", compilerOptions: { plugins } }));
    t.after(() => rmSync(config));
    await succeed("gql-tada", "npx", ["gql.tada", "generate-output", "--tsconfig", config]);
    await succeed("gql-tada", "npx", ["tsc", "--noEmit", "--project", config]);
    await succeed("gql-tada", "npx", ["gql.tada", "check", "--tsconfig", config]);
  });

  await t.test("says in one sentence what is wrong", async () => {
    assert.deepEqual(await run("gql-tada", "node", ["dist/main.js"], nowhere), { code: 1, out: "", err: noServer });
    assert.match((await run("gql-tada", "node", ["dist/main.js", "nope"])).err, /^"nope" is not a slug of an event edition/);
  });

  await t.test("does not compile with a misspelt field", async () => {
    const file = join(clients, "gql-tada", "src", "wrong.ts");
    writeFileSync(file, 'import { graphql, type ResultOf } from "./graphql.js";\nconst wrong = graphql(`{ sports { nam } }`);\n'
      + "export const name = (answer: ResultOf<typeof wrong>): string => answer.sports[0]!.nam;\n");
    const { code, out } = await run("gql-tada", "npx", ["tsc", "--noEmit"]).finally(() => rmSync(file));
    assert.notEqual(code, 0);
    assert.match(out, /wrong\.ts/);
  });
});

test("Relay", async (t) => {
  if (!install(join(clients, "relay"))) return t.skip("npm installs nothing");
  for (const script of ["generate", "check", "build"]) await succeed("relay", "npm", ["run", "--silent", script]);

  await t.test("joins two pages, the second by a refetch through node", async () => {
    const lines = (await succeed("relay", "node", ["dist/main.js"])).trim().split("\n");
    assert.match(lines[0], /^Great Britain: 6 of \d+ medals$/);
    assert.equal(lines.length, 7);
    assert.equal(new Set(lines).size, 7, "no medal is on both pages");
    assert.match(readFileSync(join(clients, "relay/src/__generated__/NationMedalsPaginationQuery.graphql.ts"), "utf8"), /node\(id: \$id\)/);
  });

  await t.test("is generated the same from a running server", async (t) => {
    const generated = () => {
      const folder = join(clients, "relay/src/__generated__");
      return Object.fromEntries(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), "utf8")]));
    };
    const written = generated();
    const { file } = await schemaOf(t, podium);
    const config = join(clients, "relay", "relay.from-server.json");
    const settings = JSON.parse(readFileSync(join(clients, "relay/relay.config.json"), "utf8"));
    writeFileSync(config, JSON.stringify({ ...settings, schema: relative(join(clients, "relay"), file) }));
    t.after(() => rmSync(config));
    await succeed("relay", "npx", ["relay-compiler", config]);
    assert.deepEqual(generated(), written);
    assert.ok(Object.keys(written).length >= 3);
  });

  await t.test("says in one sentence what is wrong", async () => {
    assert.deepEqual(await run("relay", "node", ["dist/main.js"], nowhere), { code: 1, out: "", err: noServer });
    assert.equal((await run("relay", "node", ["dist/main.js", "XXX"])).err, 'there is no nation "XXX"\n');
  });
});

test("Rust", async (t) => {
  const program = join(root, "target", "debug", "podium-example-client");
  assert.ok(existsSync(program), "`cargo test --workspace` builds the client");

  await t.test("asks a live server", async () => {
    const lines = (await succeed("rust", program, [])).split("\n");
    assert.equal(lines[0], "2012 Summer Olympics, opened on 2012-07-27: medals, as far as loaded");
    assert.match(lines[1], /^ =1 Germany +0 +2 +0 +2$/);
  });

  await t.test("says in one sentence what is wrong", async () => {
    assert.match((await run("rust", program, ["nope!"])).err, /^"nope!" is not a slug of a Games, which looks like `2012-summer`\.\n$/);
    assert.equal((await run("rust", program, ["2044-summer"])).err, 'there is no Games "2044-summer"\n');
  });
});

test("Python", async (t) => {
  const here = join(clients, "python");
  const packages = join(here, ".packages");
  const python = { PYTHONPATH: packages };
  const current = existsSync(packages) && statSync(packages).mtimeMs >= statSync(join(here, "requirements.txt")).mtimeMs;
  try {
    if (!current) execFileSync("python3", ["-m", "pip", "install", "--quiet", "--upgrade", "--target", packages, "-r", "requirements.txt"], { cwd: here, stdio: "pipe" });
  } catch (error) {
    console.error("*** SKIPPED: pip installs nothing here, so the client in Python was not generated");
    assert.ok(!process.env.PODIUM_REQUIRE_NODE, `PODIUM_REQUIRE_NODE is set, and pip failed: ${error.stderr ?? error}`);
    return t.skip("no pip");
  }
  const generate = (...options) => succeed("python", "python3", ["-m", "ariadne_codegen", ...options], python);
  await generate();
  await succeed("python", "python3", ["-m", "mypy", "--strict", "main.py"], python);

  await t.test("asks a live server", async () => {
    const lines = (await succeed("python", "python3", ["main.py"], python)).split("\n");
    assert.equal(lines[0], "Medals of 2012-summer, as far as loaded");
    assert.ok(lines.includes("Chris Hoy, born 23 March 1976"));
    assert.ok(lines.includes("GOLD   Men's track time trial, 2004 Summer Olympics, 20 August 2004"));
  });

  await t.test("is generated the same from a running server", async () => {
    const written = readFileSync(join(here, "podium_client/medals.py"), "utf8");
    const config = join(here, "from-server.toml");
    writeFileSync(config, readFileSync(join(here, "pyproject.toml"), "utf8").replace(/^schema_path = .*$/m, `remote_schema_url = "${podium.url}/graphql"`));
    await generate("--config", config).finally(() => rmSync(config));
    const body = (text) => text.slice(text.indexOf("\n"));
    assert.equal(body(readFileSync(join(here, "podium_client/medals.py"), "utf8")), body(written));
    await generate();
  });

  await t.test("says in one sentence what is wrong", async () => {
    assert.deepEqual(await run("python", "python3", ["main.py"], { ...python, ...nowhere }), { code: 1, out: "", err: noServer });
    assert.equal((await run("python", "python3", ["main.py", "2012-summer", "nobody"], python)).err, 'there is no athlete "nobody"\n');
  });
});

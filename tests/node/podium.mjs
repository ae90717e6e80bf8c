// A Podium of one's own in an empty folder, as a child process that ends with the test.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { buildClientSchema, getIntrospectionQuery, printSchema } from "graphql";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
export const program = process.env.PODIUM_BIN ?? join(root, "target", "debug", "podium");

// Installs what an example needs, unless that has been done since its lock file changed. False, loudly, where npm installs nothing: then its tests are skipped.
export function install(example) {
  const installed = join(example, "node_modules", ".package-lock.json");
  const current = existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(example, "package-lock.json")).mtimeMs;
  try {
    if (!current) execFileSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: example, stdio: "pipe" });
    return true;
  } catch (error) {
    console.error(`*** SKIPPED: npm installs nothing here, so ${relative(root, example)} was not tried`);
    assert.ok(!process.env.PODIUM_REQUIRE_NODE, `PODIUM_REQUIRE_NODE is set, and npm failed: ${error.stderr ?? error}`);
    return false;
  }
}

// The schema that a running server tells introspection, as a file in a folder of its own that goes with the test.
export async function schemaOf(t, podium) {
  const body = JSON.stringify({ query: getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true, schemaDescription: true }) });
  const answer = await fetch(`${podium.url}/graphql`, { method: "POST", headers: { "content-type": "application/json" }, body });
  const { data, errors } = await answer.json();
  assert.equal(errors, undefined);
  const folder = mkdtempSync(join(tmpdir(), "podium-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const schema = buildClientSchema(data);
  const file = join(folder, "schema.graphql");
  writeFileSync(file, printSchema(schema));
  return { schema, file };
}

// Starts the program on a free port; resolves when it answers. `lines` is what it has said so far.
export async function start(...options) {
  const home = mkdtempSync(join(tmpdir(), "podium-"));
  const child = spawn(program, ["--listen", "127.0.0.1:0", ...options], {
    cwd: home,
    env: { BUILT_IN: "sample", ...process.env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const lines = [];
  const url = await new Promise((resolve, reject) => {
    child.once("error", reject);
    ended.then(() => reject(new Error(`podium ended: ${lines.join("\n")}`)));
    createInterface({ input: child.stderr }).on("line", (line) => {
      lines.push(line);
      const address = line.match(/http:\/\/[\d.]+:\d+/);
      if (address) resolve(address[0]);
    });
  });
  assert.equal((await fetch(`${url}/readyz`)).status, 200, "the address is told when the program is ready");
  return {
    home,
    url,
    lines,
    async stop() {
      child.kill();
      await ended;
      rmSync(home, { recursive: true });
    },
  };
}

// Imports a city that a running Podium does not know yet, by another process.
export function importCity({ home }, name) {
  const folder = join(home, name);
  mkdirSync(folder);
  writeFileSync(join(folder, "cities.csv"), `key,name,native_name,country,latitude,longitude,time_zone\n${name},${name},,Norway,60.5,11,Europe/Oslo\n`);
  execFileSync(program, ["import", "podium", folder], { cwd: home, stdio: "pipe" });
}

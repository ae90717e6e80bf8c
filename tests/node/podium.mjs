// A Podium of one's own in an empty folder, as a child process that ends with the test.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
export const program = process.env.PODIUM_BIN ?? join(root, "target", "debug", "podium");

// Installs what an example needs, unless that has been done since its lock file changed.
export function install(example) {
  const installed = join(example, "node_modules", ".package-lock.json");
  const current = existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(example, "package-lock.json")).mtimeMs;
  if (!current) execFileSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: example, stdio: "pipe" });
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

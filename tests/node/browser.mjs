// A real browser, which asks nobody but our own server.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

const places = ["/usr/bin/chromium", ...process.env.PATH.split(delimiter).map((folder) => join(folder, "chromium"))];
export const executablePath = places.find(existsSync);
export const flags = ["no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking", "disable-component-update", "disable-sync"];

// Opens a browser that closes with the test; undefined, loudly, where there is none.
export async function openBrowser(t) {
  if (!executablePath) {
    console.error("*** SKIPPED: no Chromium, so no page was opened in a browser");
    assert.ok(!process.env.PODIUM_REQUIRE_NODE, "PODIUM_REQUIRE_NODE is set, and there is no Chromium");
    return t.skip("no Chromium");
  }
  const browser = await chromium.launch({ executablePath, args: flags.map((flag) => `--${flag}`) });
  t.after(() => browser.close());
  return browser;
}

// A new page, with the hosts that it asks and whatever goes wrong on it.
export async function openPage(browser, options) {
  const page = await browser.newPage(options);
  page.setDefaultTimeout(20_000);
  const hosts = new Set();
  const troubles = [];
  page.on("request", (request) => request.url().startsWith("data:") || hosts.add(new URL(request.url()).origin));
  page.on("requestfailed", (request) => request.failure().errorText === "net::ERR_ABORTED" || troubles.push(`${request.url()}: ${request.failure().errorText}`));
  page.on("response", (response) => response.status() < 400 || troubles.push(`${response.url()}: ${response.status()}`));
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && troubles.push(message.text()));
  page.on("pageerror", (error) => troubles.push(String(error)));
  return { page, hosts, troubles };
}

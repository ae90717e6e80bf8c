// The explorer in a real browser: what a visitor of `/` sees, and that nothing but our own server is asked for anything.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { chromium } from "playwright-core";
import { root, start } from "./podium.mjs";

const places = ["/usr/bin/chromium", ...process.env.PATH.split(delimiter).map((folder) => join(folder, "chromium"))];
const executablePath = places.find(existsSync);
const flags = ["no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking", "disable-component-update", "disable-sync"];

const read = (file) => readFileSync(join(root, file), "utf8");
const titles = ["UsainBolt", "AllTimeMedalTable", "ParisDayByDay", "MilanoCortina", "EventHistory", "RecordProgression", "Search"];
const questions = [...read("README.md").split(/^## /m).find((part) => part.startsWith("Seven questions")).matchAll(/```graphql\n(.*?)```/gs)];
const [, aboutQuery] = read("schema.graphql").match(/"""\n([^"]+)\n"""\ntype Query /);

// Monaco, the editor, writes its spaces as no-break spaces.
const text = async (locator) => (await locator.innerText()).replaceAll("\u00a0", " ");

// The tabs as GraphiQL keeps them for the next visit. It does so last, a moment after it has read the operation in the chosen tab:
// whoever is as quick as a test and presses Ctrl-Enter before that asks for the operation of the tab before.
async function kept(page, chosen) {
  const state = await page.waitForFunction((chosen) => {
    const state = JSON.parse(localStorage.getItem("podium:graphiql:tabState"));
    return state?.activeTabIndex === chosen && state;
  }, chosen);
  return state.jsonValue();
}

test("the explorer", async (t) => {
  if (!executablePath) {
    console.error("*** SKIPPED: no Chromium, so the explorer was not opened in a browser");
    assert.ok(!process.env.PODIUM_REQUIRE_NODE, "PODIUM_REQUIRE_NODE is set, and there is no Chromium");
    return t.skip("no Chromium");
  }
  const podium = await start();
  t.after(() => podium.stop());
  const browser = await chromium.launch({ executablePath, args: flags.map((flag) => `--${flag}`) });
  t.after(() => browser.close());

  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(20_000);
  const hosts = new Set();
  const troubles = [];
  page.on("request", (request) => request.url().startsWith("data:") || hosts.add(new URL(request.url()).origin));
  page.on("requestfailed", (request) => troubles.push(`${request.url()}: ${request.failure().errorText}`));
  page.on("response", (response) => response.ok() || troubles.push(`${response.url()}: ${response.status()}`));
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && troubles.push(message.text()));
  page.on("pageerror", (error) => troubles.push(String(error)));

  const served = await page.goto(podium.url);
  assert.match(
    await served.text(),
    /<meta name="podium-explorer" content="built-in">/,
    "this Podium was built without web/dist: `npm ci && npm run build` in web/, then build it again",
  );

  await t.test("comes with a strict content security policy", () => {
    const policy = served.headers()["content-security-policy"] ?? "none";
    assert.match(policy, /(default|script)-src 'self'/);
    assert.doesNotMatch(policy, /unsafe-eval|https?:|(default|script)-src[^;]*unsafe-inline/);
  });

  await t.test("has the README's seven questions as tabs, in its order", async () => {
    await page.getByRole("tab").last().waitFor();
    assert.deepEqual(await page.getByRole("tab").allInnerTexts(), titles);
    const { tabs } = await kept(page, 0);
    const plain = ({ query }) => query.replace(/^#.*\n/gm, "").replace(/^query \w+ /m, "");
    assert.deepEqual(tabs.map(plain), questions.map(([, question]) => question));
    assert.ok(tabs.every(({ query }) => query.startsWith("# ")), "each begins with what it asks, in words");
  });

  await t.test("answers a question with Ctrl-Enter", async () => {
    // A tab that is chosen before the editor is loaded stays unread.
    await page.locator(".graphiql-query-editor").getByText("medalCount", { exact: true }).waitFor();
    await page.getByRole("tab", { name: "RecordProgression" }).click();
    await kept(page, titles.indexOf("RecordProgression"));
    await page.locator(".graphiql-query-editor").getByText("recordProgression", { exact: true }).click();
    const answered = page.waitForResponse((response) => response.request().postDataJSON()?.operationName === "RecordProgression");
    await page.keyboard.press("Control+Enter");
    assert.equal((await (await answered).json()).errors, undefined);
    const answer = page.locator(".graphiql-response");
    await answer.getByText("Daniela Larreal").waitFor();
    assert.match(await text(answer), /"mark": \{\s+"text": "35\.728"/);
    if (process.env.PODIUM_SCREENSHOT) await page.screenshot({ path: process.env.PODIUM_SCREENSHOT });
  });

  await t.test("documents the schema with our descriptions", async () => {
    await page.getByRole("button", { name: "Show Documentation Explorer" }).click();
    const documentation = page.locator(".graphiql-plugin");
    await documentation.getByRole("link", { name: "Query", exact: true }).click();
    await documentation.getByText(aboutQuery).waitFor();
  });

  await t.test("asks nobody else, and nothing went wrong", () => {
    assert.deepEqual([...hosts], [podium.url]);
    assert.deepEqual(troubles, []);
  });

  await t.test("says how to ask where there is no JavaScript", async () => {
    const plain = await browser.newPage({ javaScriptEnabled: false });
    await plain.goto(podium.url);
    const words = await plain.locator("body").innerText();
    assert.match(words, /needs JavaScript[^]*curl .*\/graphql/);
    assert.doesNotMatch(words, /Loading/);
    assert.equal((await plain.request.get(new URL(await plain.getByRole("link").getAttribute("href"), podium.url).href)).status(), 200);
  });
});

// The explorer in a real browser: what a visitor of `/explorer/` sees, and that nothing but our own server is asked for anything.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openBrowser, openPage } from "./browser.mjs";
import { importCity, root, start } from "./podium.mjs";

const read = (file) => readFileSync(join(root, file), "utf8");
const titles = [
  "What did Usain Bolt win?",
  "Who has won the most medals?",
  "How did Paris go, day by day?",
  "How did the newest Games end?",
  "Who has won this event?",
  "How did the record fall?",
  "How is someone found?",
];
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
  const browser = await openBrowser(t);
  if (!browser) return;
  const podium = await start();
  t.after(() => podium.stop());
  const { page, hosts, troubles } = await openPage(browser, { viewport: { width: 1440, height: 900 } });

  const arrived = page.waitForResponse((response) => response.request().postDataJSON()?.operationName === "UsainBolt");
  const served = await page.goto(`${podium.url}/explorer/`);
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

  await t.test("asks the first question on arrival", async () => {
    assert.equal((await (await arrived).json()).errors, undefined);
    await page.locator(".graphiql-response").getByText('"data"').waitFor();
  });

  await t.test("answers a question with Ctrl-Enter", async () => {
    // A tab that is chosen before the editor is loaded stays unread.
    await page.locator(".graphiql-query-editor").getByText("medalCount", { exact: true }).waitFor();
    await page.getByRole("tab", { name: "How did the record fall?" }).click();
    await kept(page, titles.indexOf("How did the record fall?"));
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
    await documentation.getByText(aboutQuery).waitFor();
  });

  await t.test("has an address that follows the tab, and opens a link", async () => {
    assert.match(new URL(page.url()).searchParams.get("query"), /recordProgression/);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("button", { name: "Copy a link to this question" }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    assert.match(new URL(await page.evaluate(() => navigator.clipboard.readText())).searchParams.get("query"), /recordProgression/);
    for (const mark of ["?", "#"]) {
      const { page: linked, troubles } = await openPage(browser);
      const variables = encodeURIComponent('{ "slug": "2012-summer" }');
      await linked.goto(`${podium.url}/explorer/${mark}query=query($slug: String!) { games(slug: $slug) { name } }&variables=${variables}`);
      await linked.locator(".graphiql-response").getByText("2012 Summer Olympics").waitFor();
      assert.equal(await linked.getByRole("tab", { selected: true }).innerText(), "<untitled>", "the link has a tab of its own");
      assert.match(new URL(linked.url()).searchParams.get("query"), /2012|games/);
      // Without the link, the tab that was open is shown and asked again.
      await linked.goto("about:blank");
      await linked.goto(`${podium.url}/explorer/`);
      await linked.locator(".graphiql-response").getByText("2012 Summer Olympics").waitFor();
      assert.deepEqual(await linked.getByRole("tab").allInnerTexts(), ["<untitled>", ...titles]);
      assert.deepEqual(troubles, []);
      await linked.close();
    }
  });

  await t.test("completes slugs and codes while they are typed", async () => {
    const { page: typing, troubles } = await openPage(browser);
    await typing.goto(`${podium.url}/explorer/?query=${encodeURIComponent("{ x: __typename }")}`);
    await typing.locator(".graphiql-response").getByText('"data"').waitFor();
    const editor = typing.locator(".graphiql-query-editor");
    for (const [question, chosen] of [
      ['{ athlete(slug: "hoy', "chris-hoy"],
      ['{ medalTable(filter: { nation: ["GER", "neth', "NED"],
      ['{ events(filter: { sport: ["cycl', "cycling"],
    ]) {
      await editor.locator(".view-lines").click();
      await typing.keyboard.press("Control+A");
      // Monaco closes brackets and quotes on its own, so the text is put in and the last letters are typed.
      await typing.keyboard.insertText(question.slice(0, -2));
      await typing.keyboard.type(question.slice(-2), { delay: 50 });
      const suggestion = typing.locator(".suggest-widget .monaco-list-row").getByText(chosen, { exact: false }).first();
      // An editor that is still loading, as on a busy machine, misses what is typed; then its key for suggestions asks again.
      for (let tries = 0; tries < 4; tries++) {
        await suggestion.waitFor({ timeout: 5000 }).catch(() => typing.keyboard.press("Control+Space"));
      }
      await suggestion.waitFor();
      await typing.keyboard.press("Enter");
      await typing.waitForFunction((chosen) => document.querySelector(".graphiql-query-editor .view-lines").textContent.includes(`"${chosen}`), chosen);
    }
    assert.deepEqual(troubles, []);
    await typing.close();
  });

  await t.test("follows a subscription until it is stopped", async () => {
    const { page: live, troubles } = await openPage(browser);
    await live.goto(`${podium.url}/explorer/?query=${encodeURIComponent('subscription { dataChanged(since: "0") { source } }')}`);
    const answer = live.locator(".graphiql-response");
    await answer.getByText('"built-in"').waitFor();
    importCity(podium, "Hamar");
    await answer.getByText('"podium"').waitFor();
    await live.getByRole("button", { name: "Stop query" }).click();
    await live.getByRole("button", { name: "Execute query" }).waitFor();
    assert.deepEqual(troubles, []);
    await live.close();
  });

  await t.test("has question, answer and documentation one below the other on a phone", async () => {
    const { page: phone } = await openPage(browser, { viewport: { width: 390, height: 800 } });
    await phone.goto(`${podium.url}/explorer/`);
    const [query, response] = [".graphiql-query-editor", ".graphiql-response"].map((part) => phone.locator(part));
    await response.getByText('"data"').waitFor();
    const [above, below] = [await query.boundingBox(), await response.boundingBox()];
    assert.ok(above.width > 240 && below.width > 300 && below.y > above.y + above.height, JSON.stringify({ above, below }));
    await phone.close();
  });

  await t.test("asks nobody else, and nothing went wrong", () => {
    assert.deepEqual([...hosts], [podium.url]);
    assert.deepEqual(troubles, []);
  });

  await t.test("says how to ask where there is no JavaScript", async () => {
    const plain = await browser.newPage({ javaScriptEnabled: false });
    await plain.goto(`${podium.url}/explorer/`);
    const words = await plain.locator("body").innerText();
    assert.match(words, /needs JavaScript[^]*curl .*\/graphql/);
    assert.doesNotMatch(words, /Loading/);
    assert.equal((await plain.request.get(new URL(await plain.getByRole("link").getAttribute("href"), `${podium.url}/explorer/`).href)).status(), 200);
  });
});

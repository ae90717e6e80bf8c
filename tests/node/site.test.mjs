// The results site in a real browser: each page in both themes and on a phone, by mouse and by keyboard, and what it does when there is no answer.
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, request } from "node:http";
import { createRequire } from "node:module";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { openBrowser, openPage } from "./browser.mjs";
import { start } from "./podium.mjs";
import { pages } from "./site_pages.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");

// What assistive technology would stumble over.
async function faults(page) {
  // As a browser's extension would: the page's policy allows no script but its own.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

test("the results site", async (t) => {
  const browser = await openBrowser(t);
  if (!browser) return;
  const podium = await start("--public-url", "https://example.org/olympics");
  t.after(() => podium.stop());

  for (const [address, heading] of Object.entries(pages)) {
    await t.test(`shows ${address || "the first page"}, on a desk and on a phone, by day and by night`, async () => {
      for (const width of [1400, 390]) {
        const { page, hosts, troubles } = await openPage(browser, { viewport: { width, height: 900 } });
        let questions = 0;
        page.on("request", (request) => (questions += new URL(request.url()).pathname === "/graphql"));
        await page.goto(`${podium.url}/${address}`);
        await page.getByRole("heading", { level: 1, name: heading, exact: true }).waitFor();
        await page.getByRole("link", { name: "Open this page's question in the explorer" }).waitFor();
        // A chart is drawn when its reader comes near it.
        for (const figure of await page.locator("figure").all()) {
          await figure.scrollIntoViewIfNeeded();
          await figure.locator("svg").first().waitFor();
        }
        assert.match(await page.title(), / – Podium$/);
        assert.equal(questions, 1, "a page is one question");
        for (const colorScheme of ["light", "dark"]) {
          await page.emulateMedia({ colorScheme });
          assert.deepEqual(await faults(page), [], colorScheme);
        }
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, "nothing sticks out");
        assert.deepEqual([...hosts], [podium.url]);
        assert.deepEqual(troubles, []);
        await page.close();
      }
    });
  }

  const { page, troubles } = await openPage(browser);
  const heading = (name) => page.getByRole("heading", { level: 1, name }).waitFor();

  await t.test("is walked through by its links", async () => {
    await page.goto(podium.url);
    await page.getByRole("link", { name: /^2012 London/ }).click();
    await heading("2012 Summer Olympics");
    assert.equal(new URL(page.url()).pathname, "/games/2012-summer");
    await page.getByRole("link", { name: "Men's road time trial", exact: true }).click();
    await heading("Men's road time trial");
    await page.getByRole("table", { name: "All results" }).getByRole("link", { name: "Bradley Wiggins" }).click();
    await heading("Bradley Wiggins");
    await page.getByRole("link", { name: "Great Britain" }).click();
    await heading("Great Britain");
    await page.goBack();
    await heading("Bradley Wiggins");
  });

  await t.test("lists what it has pages of, part by part", async () => {
    await page.goto(podium.url);
    await page.getByRole("link", { name: "Sports", exact: true }).click();
    await page.getByRole("table", { name: "Sports of the Summer Games" }).getByRole("link", { name: "Cycling" }).click();
    await heading("Cycling");
    await page.getByRole("table", { name: "Events of Track cycling" }).getByRole("link", { name: "Men's track time trial", exact: true }).click();
    await heading("Men's track time trial");
    await page.getByRole("link", { name: "Track cycling" }).click();
    await heading("Cycling");
    await page.getByRole("link", { name: "Nations", exact: true }).click();
    await page.getByRole("link", { name: "Great Britain" }).waitFor();
    await page.getByRole("link", { name: "Further nations →" }).click();
    await page.getByRole("link", { name: "From the start" }).waitFor();
    assert.match(page.url(), /\/nations\?after=[^#]+#main$/);
    await page.getByRole("link", { name: "Athletes", exact: true }).click();
    await page.getByLabel("Ranked by").selectOption("all medals");
    await page.getByRole("table", { name: "Athletes with the most medals" }).getByRole("link").first().waitFor();
    assert.equal(new URL(page.url()).search, "?ranking=TOTAL");
    for (const [folder, list] of [["games", "/"], ["events", "/sports"]]) {
      await page.goto(`${podium.url}/${folder}`);
      assert.equal(new URL(page.url()).pathname, list);
    }
  });

  await t.test("ranks a medal table as its reader chooses, and keeps that in the address", async () => {
    await page.goto(`${podium.url}/events/cycling-track/time-trial/men`);
    await page.getByLabel("Successor states").selectOption("counted as one");
    const table = page.getByRole("table", { name: "Medals in the Men's track time trial" }).first();
    await table.getByRole("row", { name: /Germany 3 2 4 9/ }).waitFor();
    assert.equal(new URL(page.url()).search, "?lineages=yes");
    await page.reload();
    await table.getByRole("row", { name: /Germany 3 2 4 9/ }).waitFor();
  });

  await t.test("has a Games by sport and by day, and names the venue that is known", async () => {
    await page.goto(`${podium.url}/games/2012-summer`);
    const table = page.getByRole("table", { name: "Medals of 2012 Summer Olympics" });
    await page.getByText("Medals by sport").click();
    await page.getByRole("table", { name: "The best nation of each sport" }).getByRole("row", { name: /^Cycling Great Britain 1 0 1 2/ }).waitFor();
    await page.getByText("Venue of some events: London and Surrey.").waitFor();
    await page.getByRole("combobox", { name: "Sport", exact: true }).first().selectOption("Cycling");
    await table.getByRole("row", { name: /Great Britain 1 0 1 2/ }).waitFor();
    await page.getByLabel("Ranked by").selectOption("all medals");
    await page.getByLabel("Equal ranks").selectOption("skip none (1, 2, 2, 3)");
    await page.getByLabel("As it stood").selectOption("on 31 July 2012");
    await page.getByText("No medal is known.").waitFor();
    assert.equal(new URL(page.url()).search, "?sport=cycling&ranking=TOTAL&ties=DENSE&until=2012-07-31");
  });

  await t.test("draws venues on a map where each name has room, and lists all below it", async () => {
    const { page } = await openPage(browser);
    const [park, city] = [[-0.014, 51.546], [-0.15, 51.51]];
    const near = ([longitude, latitude], name, place) => ({ id: name, name, longitude: longitude + place * 0.001, latitude: latitude + place * 0.001 });
    const venues = [
      ...["Velodrome", "BMX Track", "Copper Box", "Water Polo Arena"].map((name, place) => near(park, `${name}, Olympic Park, London`, place)),
      ...["Hyde Park", "Lord's Cricket Ground", "Horse Guards Parade", "The Mall", "Earls Court"].map((name, place) => near(city, name, 20 * place)),
      { id: "wembley", name: "Wembley Arena", longitude: -0.283, latitude: 51.558 },
      { id: "far", name: "Weymouth and Portland", longitude: -2.456, latitude: 50.571 },
      { id: "unknown", name: "Somewhere", longitude: null, latitude: null },
    ];
    await page.route("**/graphql?*", async (route) => {
      const response = await route.fetch();
      const answer = await response.json();
      answer.data.games.venues = venues;
      await route.fulfill({ response, json: answer });
    });
    for (const width of [1400, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`${podium.url}/games/2012-summer`);
      const map = page.getByRole("img", { name: /^Venues\./ });
      await map.scrollIntoViewIfNeeded();
      await map.locator("svg").getByText("Olympic Park (4)").waitFor();
      assert.equal(await map.locator("svg circle").count(), 7, "the park is one mark");
      const frame = await map.locator("svg").boundingBox();
      const labels = await Promise.all((await map.locator("svg g[aria-label=text] text").all()).map((label) => label.boundingBox()));
      assert.ok(labels.length >= 4, `${labels.length} names at ${width} px`);
      for (const [place, one] of labels.entries()) {
        assert.ok(one.x >= frame.x && one.x + one.width <= frame.x + frame.width, `a name is cut off at ${width} px: ${JSON.stringify([one, frame])}`);
        for (const other of labels.slice(place + 1)) {
          const apart = one.x + one.width < other.x || other.x + other.width < one.x || one.y + one.height <= other.y + 2 || other.y + other.height <= one.y + 2;
          assert.ok(apart, `two names overlap at ${width} px`);
        }
      }
      await page.getByText(/^Not on the map: Weymouth and Portland \(1\d\d km from the others\); Somewhere\.$/).waitFor();
      await page.getByText("The numbers").last().click();
      await page.getByRole("table", { name: "Venues" }).getByRole("row", { name: "Somewhere – –" }).waitFor();
    }
  });

  await t.test("has a nation by sport, and its first medals", async () => {
    await page.goto(`${podium.url}/nations/GBR`);
    await page.getByRole("table", { name: "The first medals of each colour" }).getByRole("row", { name: /^Gold Jason Queally .* 2000 Summer 16 September 2000$/ }).waitFor();
    await page.getByRole("combobox", { name: "Sport", exact: true }).selectOption("Cycling");
    await page.getByRole("heading", { name: "Medals: Cycling, latest first" }).waitFor();
    await page.getByRole("heading", { name: "Summer Games: Cycling" }).waitFor();
    assert.equal(new URL(page.url()).search, "?sport=cycling");
  });

  await t.test("draws a record's steps and the gaps of an edition", async () => {
    await page.goto(`${podium.url}/events/cycling-track/time-trial/men`);
    await page.getByRole("img", { name: /^The Olympic record/ }).locator('svg [aria-label="line"] path').waitFor();
    await page.goto(`${podium.url}/editions/2012-summer/cycling-road/individual-time-trial/men`);
    await page.getByRole("img", { name: /^Behind the winner/ }).scrollIntoViewIfNeeded();
    await page.getByRole("img", { name: /^Behind the winner/ }).locator('svg [aria-label="bar"] rect').first().waitFor();
  });

  await t.test("has the medals of its table as a file, and works below a prefix", async () => {
    const proxy = createServer((asked, answer) => {
      const path = asked.url.replace(/^\/olympics\//, "/");
      const onward = request(podium.url + path, { method: asked.method, headers: asked.headers }, (reply) => {
        answer.writeHead(reply.statusCode, reply.headers);
        reply.pipe(answer);
      });
      asked.pipe(onward);
    }).listen(0, "127.0.0.1");
    await once(proxy, "listening");
    try {
      const { page, troubles } = await openPage(browser);
      await page.goto(`http://127.0.0.1:${proxy.address().port}/olympics/athletes/chris-hoy`);
      const canonical = page.locator('link[rel="canonical"], meta[property="og:url"]');
      assert.equal(await canonical.first().getAttribute("href"), "https://example.org/olympics/athletes/chris-hoy");
      await page.getByRole("link", { name: "Great Britain" }).click();
      await page.getByRole("heading", { level: 1, name: "Great Britain" }).waitFor();
      assert.equal(new URL(page.url()).pathname, "/olympics/nations/GBR");
      assert.equal(await canonical.count(), 0, "the server wrote it for the page before");
      const link = page.getByRole("link", { name: "All these medals as a CSV file" });
      const file = await (await page.request.get(new URL(await link.getAttribute("href"), page.url()).href)).text();
      assert.match(file, /^games\.name,event\.name,event\.discipline\.name,medal,wonOn,competitor\.name,nation\.code,nation\.name,athletes\.name,athletes\.slug\r?\n/);
      assert.match(file, /Chris Hoy/);
      assert.deepEqual(troubles, []);
      await page.close();
    } finally {
      proxy.close();
      proxy.closeAllConnections();
    }
  });

  await t.test("searches while one types, by keyboard", async () => {
    const field = page.getByRole("combobox", { name: /Search/ });
    await field.click();
    await field.pressSequentially("chris ho");
    await page.getByRole("option", { name: "Chris Hoy GBR" }).waitFor();
    await page.keyboard.press("ArrowDown");
    assert.equal(await page.getByRole("listbox", { name: "Found" }).getByRole("option", { selected: true }).count(), 1);
    await page.keyboard.press("Enter");
    await heading("Chris Hoy");
    assert.equal(await field.inputValue(), "");
    assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  });

  await t.test("opens its question in the explorer", async () => {
    await page.getByRole("link", { name: "Open this page's question in the explorer" }).click();
    await page.locator(".graphiql-response").getByText("Chris Hoy").first().waitFor();
    await page.getByRole("link", { name: "Podium" }).first().click();
    await heading("The Olympic results");
    assert.deepEqual(troubles, []);
  });

  await t.test("has a page for an address that names nothing, with what is near", async () => {
    const { page } = await openPage(browser);
    assert.equal((await page.goto(`${podium.url}/athletes/chris-hoi`)).status(), 404);
    await page.getByRole("link", { name: "Chris Hoy" }).click();
    await page.getByRole("heading", { level: 1, name: "Chris Hoy" }).waitFor();
  });

  await t.test("has no page for a day that no year has, nor for a lone name", async () => {
    const { page } = await openPage(browser);
    assert.equal((await page.goto(`${podium.url}/on-this-day?month=2&day=30`)).status(), 404);
    await page.getByRole("link", { name: "Today in Olympic history" }).waitFor();
    assert.equal((await page.goto(`${podium.url}/norway`)).status(), 404);
    await page.getByRole("heading", { name: "Did you mean…" }).waitFor();
    assert.equal((await page.goto(`${podium.url}/nations/Great_Britain`)).status(), 404);
    await page.getByRole("main").getByRole("link", { name: "Great Britain" }).waitFor();
    assert.deepEqual(await faults(page), []);
  });

  await t.test("tells what is wrong with a choice in the address, and shows the page without", async () => {
    const { page } = await openPage(browser);
    await page.goto(`${podium.url}/nations/GBR?after=nothing`);
    await page.getByRole("alert").getByText("That is not a cursor of this list").waitFor();
    assert.deepEqual(await faults(page), []);
    await page.getByRole("link", { name: "Show this page without the choices in its address" }).click();
    await page.getByRole("heading", { level: 1, name: "Great Britain" }).waitFor();
  });

  await t.test("tells an old page which field is gone, and the nearest one", async () => {
    const { page } = await openPage(browser);
    await page.route("**/graphql?*", (route) => route.continue({ url: route.request().url().replace("officialName", "officialNam") }));
    await page.goto(`${podium.url}/nations/GBR`);
    await page.getByRole("alert").getByText(/officialNam.*officialName/).waitFor();
  });

  await t.test("tells the sentence of a server that fails", async () => {
    const { page } = await openPage(browser);
    const body = JSON.stringify({ errors: [{ message: "The database does not answer.", extensions: { code: "UNAVAILABLE" } }] });
    await page.route("**/graphql?*", (route) => route.fulfill({ status: 503, contentType: "application/graphql-response+json", body }));
    await page.goto(`${podium.url}/nations/GBR`);
    await page.getByRole("alert").getByText("The database does not answer.").waitFor();
    await page.getByRole("button", { name: "Try again" }).waitFor();
  });

  await t.test("waits in words", async () => {
    const { page } = await openPage(browser);
    let goOn;
    const waiting = new Promise((resolve) => (goOn = resolve));
    await page.route("**/graphql?*", async (route) => {
      await waiting;
      await route.continue();
    });
    await page.goto(`${podium.url}/nations/GBR`);
    await page.getByRole("status").getByText("Loading…").waitFor();
    goOn();
    await page.getByRole("heading", { level: 1, name: "Great Britain" }).waitFor();
  });

  await t.test("says that there is no answer, and asks again", async () => {
    const { page } = await openPage(browser);
    await page.route("**/graphql?*", (route) => route.abort());
    await page.goto(`${podium.url}/nations/GBR`);
    await page.getByRole("alert").getByText("The server does not answer.").waitFor();
    await page.unroute("**/graphql?*");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("heading", { level: 1, name: "Great Britain" }).waitFor();
  });

  await t.test("has less than 150 kB of compressed script", async () => {
    const { page } = await openPage(browser);
    const sizes = [];
    page.on("response", (response) => response.request().resourceType() === "script" && sizes.push(response.body().then((body) => brotliCompressSync(body).length)));
    await page.goto(`${podium.url}/nations/GBR`);
    await page.locator("figure").first().scrollIntoViewIfNeeded();
    await page.locator("figure svg").first().waitFor();
    const size = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    assert.ok(size > 10_000 && size < 150_000, `${size} bytes`);
  });

  await t.test("says how to ask where there is no JavaScript", async () => {
    const plain = await browser.newPage({ javaScriptEnabled: false });
    await plain.goto(`${podium.url}/athletes/chris-hoy`);
    const words = await plain.locator("body").innerText();
    assert.match(words, /Chris Hoy, Great Britain: 1 gold[^]*need JavaScript[^]*curl .*\/graphql/);
  });
});

import { chromium } from "playwright-core";
import { executablePath, flags } from "./browser.mjs";
const browser = await chromium.launch({ executablePath, args: flags.map((f) => `--${f}`) });
const pages = process.argv.slice(3);
for (const [scheme, width] of JSON.parse(process.argv[2])) {
  const page = await browser.newPage({ colorScheme: scheme, viewport: { width, height: 900 } });
  for (const p of pages) {
    const begun = performance.now();
    await page.goto(`http://127.0.0.1:8124/${p}`);
    await page.locator("main h1").waitFor();
    if (await page.locator("figure").count()) await page.locator("figure svg").first().waitFor().catch(() => {});
    await page.waitForTimeout(300);
    await page.screenshot({ path: `/tmp/shots/${p.replace(/[^a-z0-9]+/gi, "_") || "home"}-${scheme}-${width}.png`, fullPage: true });
  }
}
await browser.close();

// Figures of the built pages, printed: what a plain nginx sends for a first visit, how far the layout moves while a
// page loads, how soon the largest runbook can be used. Not a test: `node tests/browser/figures.mjs` on a quiet machine,
// after `tests/browser/run` has built the sites.
import { statSync } from "node:fs";
import { join } from "node:path";
import { launch } from "./browser.mjs";
import { nginx } from "./nginx.mjs";
import { kinds, pages, site } from "./place.mjs";

const TIMES = 9;
const content = site("content");
const largest = pages(content).filter((path) => path.startsWith("runbooks/"))
  .sort((a, b) => statSync(join(content.folder, b)).size - statSync(join(content.folder, a)).size)[0];
const median = (all) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)];
const row = (...cells) => console.log(cells.map((cell, at) => (at ? String(cell).padStart(12) : String(cell).padEnd(34))).join(""));

/** Everything that is asked for, by itself, as bytes on the wire and bytes unpacked. */
async function weight(browser, address) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const sizes = [];
  page.on("requestfinished", (request) => sizes.push(Promise.all([request.sizes(), request.response().then((response) => response.body())])));
  await page.goto(address, { waitUntil: "networkidle" });
  const all = await Promise.all(sizes);
  await context.close();
  return [all.reduce((sum, [{ responseBodySize }]) => sum + responseBodySize, 0), all.reduce((sum, [, body]) => sum + body.length, 0)];
}

/** Layout shift of a page that is loaded and read to its end. */
async function shift(browser, address, viewport) {
  const page = await browser.newPage({ viewport });
  await page.addInitScript(() => {
    window.shifted = 0;
    new PerformanceObserver((list) => list.getEntries().forEach(({ value, hadRecentInput }) => { if (!hadRecentInput) window.shifted += value; }))
      .observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(address, { waitUntil: "networkidle" });
  await page.evaluate(async () => {
    for (let at = 0; at < document.documentElement.scrollHeight; at += innerHeight) {
      scrollTo({ top: at, behavior: "instant" });
      await new Promise(requestAnimationFrame);
    }
  });
  const shifted = await page.evaluate(() => new Promise((done) => { setTimeout(() => done(window.shifted), 100); }));
  await page.close();
  return shifted;
}

/** From the navigation: when the first words are seen, the scripts are done, and the last long task is over. */
async function speed(browser, address) {
  const page = await browser.newPage();
  await page.addInitScript(() => {
    window.tasks = [];
    new PerformanceObserver((list) => list.getEntries().forEach(({ startTime, duration }) => window.tasks.push(startTime + duration)))
      .observe({ type: "longtask", buffered: true });
  });
  await page.goto(address, { waitUntil: "load" });
  await page.waitForTimeout(500);
  const found = await page.evaluate(() => {
    const [navigation] = performance.getEntriesByType("navigation");
    const seen = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
    return { seen, scripts: navigation.domContentLoadedEventEnd, interactive: Math.max(navigation.domContentLoadedEventEnd, ...window.tasks, seen) };
  });
  await page.close();
  return found;
}

const browser = await launch();
const server = await nginx(content.folder, "/");
try {
  row("first visit", "sent, B", "unpacked, B");
  for (const path of ["index.html", largest]) row(path, ...await weight(browser, server.address + path));
  row("\nlayout shift", "1280 px", "360 px");
  for (const { path } of kinds(content)) {
    const [wide, narrow] = [await shift(browser, server.address + path, { width: 1280, height: 800 }), await shift(browser, server.address + path, { width: 360, height: 740 })];
    row(path, wide.toFixed(4), narrow.toFixed(4));
  }
  row("\nmedian of " + TIMES, "seen, ms", "scripts, ms", "usable, ms");
  for (const path of ["index.html", largest]) {
    const all = [];
    for (let time = 0; time < TIMES; time += 1) all.push(await speed(browser, server.address + path));
    row(path, ...["seen", "scripts", "interactive"].map((name) => Math.round(median(all.map((one) => one[name])))));
  }
} finally {
  await server.close();
  await browser.close();
}

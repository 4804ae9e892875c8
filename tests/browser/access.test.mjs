// Every kind of page against axe-core: WCAG 2.2 AA and its best practices, in light, and its contrasts in the dark.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { chrome, disk, visit } from "./browser.mjs";
import { kinds, load, sites } from "./place.mjs";

const browser = chrome();
const axe = readFileSync(load.resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

/** What axe finds on a page, a line for each place. */
async function violations(page, only) {
  await page.evaluate(axe);
  const options = { runOnly: only, resultTypes: ["violations"], preload: false };
  const { violations } = await page.evaluate((options) => axe.run(document, options), options);
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary.replace(/\s+/g, " ")}`));
}

/** Looks at a page with its folded parts open, and laid out in full, as somebody sees it who has read it to its end. */
const holds = (site, path, colorScheme, only) =>
  visit(browser(), { ...disk(site, path), colorScheme }, async (page) => {
    await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
    await page.addStyleTag({ content: "* { content-visibility: visible !important; }" });
    assert.deepEqual(await violations(page, only), []);
  });

for (const site of sites) {
  for (const { kind, path } of kinds(site)) {
    test(`${site.name}/${path} (${kind})`, () => holds(site, path, "light", TAGS));
  }
}

// Nothing but colours differs in the dark.
for (const site of sites.slice(0, 2)) {
  for (const { kind, path } of kinds(site)) {
    test(`${site.name}/${path} (${kind}) in the dark`, () => holds(site, path, "dark", ["color-contrast"]));
  }
}

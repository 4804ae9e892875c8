// Every kind of page of every site, from the disk and over HTTP: silent, self-contained, narrow enough, readable
// without a script and on paper.
import assert from "node:assert/strict";
import { test } from "node:test";
import { chrome, disk, everywhere, visit } from "./browser.mjs";
import { kinds, sites } from "./place.mjs";

const browser = chrome();
const each = sites.flatMap((site) => kinds(site).map(({ kind, path }) => ({ site, kind, path })));

/** The words of a page as they are in its tree, whether shown or not. */
const words = (page) => page.evaluate(() => {
  const main = document.querySelector("main").cloneNode(true);
  main.querySelectorAll("button, input, select, output, [role=status], [hidden]").forEach((one) => one.remove());
  return main.textContent.replace(/\s+/g, " ").trim();
});

for (const { site, kind, path } of each.filter(({ site }) => site.name !== "spanish")) {
  test(`${site.name}/${path} (${kind}) is silent and loads nothing from elsewhere`, () =>
    everywhere(site, (_, at) => visit(browser(), at(path), async (page) => {
      await page.waitForLoadState("load");
      assert.ok(await page.title());
      assert.equal(await page.locator("h1").count(), 1);
    })));
}

for (const { site, kind, path } of each.filter(({ site }) => site.name !== "spanish")) {
  test(`${site.name}/${path} (${kind}) fits a phone`, () =>
    visit(browser(), { ...disk(site, path), viewport: { width: 360, height: 740 } }, async (page) => {
      const { client, scroll } = await page.evaluate(() => ({
        client: document.documentElement.clientWidth, scroll: document.documentElement.scrollWidth,
      }));
      assert.ok(scroll <= client, `${scroll} px of ${client}`);
    }));
}

for (const { site, kind, path } of each.filter(({ site }) => site.name === "content")) {
  test(`${path} (${kind}) reads in full without a script`, async () => {
    const at = disk(site, path);
    const scripted = await visit(browser(), at, words);
    const plain = await visit(browser(), { ...at, javaScriptEnabled: false }, async (page) => {
      assert.ok(await page.locator("main").isVisible());
      assert.equal(await page.locator(".search").isVisible(), false, "a search field without a search");
      return words(page);
    });
    assert.equal(plain, scripted);
  });

  test(`${path} (${kind}) prints its content and no furniture`, () =>
    visit(browser(), disk(site, path), async (page) => {
      await page.emulateMedia({ media: "print" });
      assert.equal(await page.locator(".site-nav").isVisible(), false);
      assert.equal(await page.locator(".search").isVisible(), false);
      const { color, ground } = await page.evaluate(() => {
        const { color, backgroundColor } = getComputedStyle(document.body);
        return { color, ground: backgroundColor };
      });
      assert.ok(/rgba\(0, 0, 0, 0\)|rgb\(255, 255, 255\)/.test(ground), `${color} on ${ground}`);
    }));

  test(`${path} (${kind}) does not move where that is asked for`, () =>
    visit(browser(), { ...disk(site, path), reducedMotion: "reduce" }, async (page) => {
      const moving = await page.evaluate(() => {
        const slow = (times) => times.split(",").some((time) => parseFloat(time) > 0.01);
        const moves = (one) => {
          const { transitionDuration, animationDuration, animationName, scrollBehavior } = getComputedStyle(one);
          return slow(transitionDuration) || (animationName !== "none" && slow(animationDuration)) || scrollBehavior === "smooth";
        };
        return [...document.querySelectorAll("*")].filter(moves).map((one) => one.outerHTML.slice(0, 80));
      });
      assert.deepEqual(moving, []);
    }));
}

// Light and dark, copying, and a walk by keyboard.
import assert from "node:assert/strict";
import { test } from "node:test";
import { chrome, disk, visit } from "./browser.mjs";
import { kinds, site } from "./place.mjs";

const browser = chrome();
const content = site("content");
const runbook = "runbooks/go-live.html";
const ground = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

test("dark is dark and light is light", async () => {
  const brightness = async (colorScheme) => {
    const color = await visit(browser(), { ...disk(content, runbook), colorScheme }, ground);
    return color.match(/\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
  };
  assert.ok(await brightness("dark") < 150);
  assert.ok(await brightness("light") > 600);
});

test("a command is copied as it was written", () =>
  visit(browser(), { ...disk(content, runbook), permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
    const figure = page.locator("figure[data-copy]").first();
    await figure.hover();
    await figure.locator("button.copy").click();
    await figure.locator("button.is-copied").waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, (await figure.locator("pre").textContent()).replace(/\n$/, ""));
  }));

test("the first stop of the keyboard leads to the content", () =>
  visit(browser(), disk(content, runbook), async (page) => {
    await page.keyboard.press("Tab");
    const skip = page.locator(":focus");
    assert.equal(await skip.getAttribute("href"), "#_main");
    assert.ok((await skip.boundingBox()).y >= 0, "it shows where it is");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "_main");
  }));

/** Walks with Tab to the end of the page; gives what of it had no visible focus or was hidden by something. */
function walk(page, most) {
  return page.evaluate(async () => document.activeElement.blur()).then(async () => {
    const bad = [];
    let stops = 0;
    for (; stops < most; stops += 1) {
      await page.keyboard.press("Tab");
      const stop = await page.evaluate(() => {
        const one = document.activeElement;
        if (!one || one === document.body) return null;
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
        const box = one.getBoundingClientRect();
        const top = document.elementFromPoint(box.x + Math.min(box.width, 8) / 2, box.y + Math.min(box.height, 8) / 2);
        const shown = (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) || boxShadow !== "none";
        const free = box.bottom > 0 && box.top < innerHeight && (!top || one.contains(top) || top.contains(one) || !top.closest(".top"));
        return { what: one.outerHTML.slice(0, 120), shown, free };
      });
      if (!stop) break;
      if (!stop.shown || !stop.free) bad.push(`${stop.what}${stop.shown ? "" : " shows no focus"}${stop.free ? "" : " is covered"}`);
    }
    return { bad, stops };
  });
}

for (const { kind, path } of kinds(site("small"))) {
  test(`every stop of the keyboard on ${path} (${kind}) is seen`, () =>
    visit(browser(), { ...disk(site("small"), path), reducedMotion: "reduce" }, async (page) => {
      const { bad, stops } = await walk(page, 400);
      assert.ok(stops > 5);
      assert.deepEqual(bad, []);
    }));
}

for (const { kind, path } of kinds(site("small"))) {
  test(`${path} (${kind}) keeps its states apart where colours are forced`, () =>
    visit(browser(), { ...disk(site("small"), path), forcedColors: "active" }, async (page) => {
      const marks = await page.evaluate(() => [...document.querySelectorAll("main .mark")].map((mark) => {
        const { width, height } = mark.getBoundingClientRect();
        return width > 0 && height > 0;
      }));
      assert.ok(marks.every(Boolean));
    }));
}

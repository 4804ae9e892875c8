// The search field: instant, by keyboard, from the disk as over HTTP.
import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { chrome, disk, everywhere, visit } from "./browser.mjs";
import { files, site } from "./place.mjs";

const browser = chrome();
const content = site("content");
const hits = (page) => page.locator("#_hits li");

test("`/` opens it, arrows choose, Enter leads to the anchor", () =>
  everywhere(content, (_, at) => visit(browser(), at("index.html"), async (page) => {
    await page.keyboard.press("/");
    assert.equal(await page.evaluate(() => document.activeElement.id), "_search");
    await page.keyboard.type("rollback");
    await hits(page).first().waitFor();
    const field = page.locator("#_search");
    assert.equal(await field.getAttribute("aria-expanded"), "true");
    const first = await field.getAttribute("aria-activedescendant");
    await page.keyboard.press("ArrowDown");
    const second = await field.getAttribute("aria-activedescendant");
    assert.notEqual(first, second);
    assert.equal(await page.locator(`#${second}`).getAttribute("aria-selected"), "true");
    const target = await page.locator(`#${second} a`).evaluate((link) => link.href);
    await page.keyboard.press("Enter");
    await page.waitForURL(target);
  })));

test("a command and an owner find their item", () =>
  visit(browser(), disk(content, "index.html"), async (page) => {
    await page.locator("#_search").fill("curl");
    await hits(page).first().waitFor();
    assert.ok(await hits(page).count() > 1);
    await page.locator("#_search").fill("nothing is called this way");
    await page.locator(".hits-note", { hasText: "Nothing found" }).waitFor();
    assert.equal(await hits(page).count(), 0);
  }));

test("Escape closes it, and a page below finds its way to the others", () =>
  visit(browser(), disk(content, "runbooks/go-live.html"), async (page) => {
    await page.locator("#_search").fill("adsbot");
    await hits(page).first().waitFor();
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".hits").isVisible(), false);
    await page.locator("#_search").fill("ADSBOT");
    await hits(page).first().waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(/adsbot/);
    assert.ok(await page.locator("main").isVisible());
  }));

test("its words are those of the page", () =>
  visit(browser(), disk(site("german"), "index.html"), async (page) => {
    await page.locator("#_search").fill("xyzzyx");
    await page.locator(".hits-note", { hasText: "Nichts gefunden" }).waitFor();
  }));

test("of a large index only what a search needs is loaded, and it finds the same", () =>
  everywhere(site("many"), (how, at) => visit(browser(), at("runbooks/service-200.html"), async (page) => {
    const loaded = [];
    page.on("request", (request) => loaded.push(request.url()));
    const first = async (text, hit) => {
      await page.locator("#_search").fill(text);
      await page.waitForFunction((hit) => document.querySelector("#_hits li")?.innerText.replace(/\s+/g, " ") === hit, hit);
    };
    await first("rack 117", "1.1 Disk of rack 117 Check Service 117 · Deployment lead");
    await first("Service 42", "Service 42 Runbook");
    // A command, a slip of the hand, and a number of the page at hand.
    await page.locator("#_search").fill("r1400");
    await page.locator(".hit-where", { hasText: "Service 200 ·" }).waitFor();
    await page.locator("#_search").fill("Resticc");
    await page.locator("#_hits li", { hasText: "Backup" }).first().waitFor();
    await page.locator("#_search").fill("1.2");
    await page.locator("#_hits li a[href='#backup']").waitFor();
    await page.locator("#_search").fill("Disk");
    await page.locator(".hits-note", { hasText: "20 of 280 found" }).waitFor();
    if (how !== "file") return;
    const all = files(site("many").folder).filter((path) => path.startsWith("assets/search"));
    const sizes = (paths) => paths.reduce((sum, path) => sum + statSync(path).size, 0);
    assert.ok(all.length > 50);
    const read = loaded.filter((url) => url.includes("/assets/search")).map((url) => fileURLToPath(url.replace(/\?.*/, "")));
    assert.ok(read.length < 30 && sizes(read) < sizes(all.map((path) => join(site("many").folder, path))), `${read.length} of ${all.length}`);
  })));

// A long runbook with long words: whoever jumps lands there, whoever comes back is where they were, nothing is out of sight.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { before, test } from "node:test";
import { written } from "./hostile.mjs";
import { chrome, disk, everywhere, visit } from "./browser.mjs";
import { place, program } from "./place.mjs";

const browser = chrome();
const project = join(place, "project", "long");
const site = { name: "long", folder: join(project, "output") };
const release = "releases/v1.html";
const word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";

const check = (at) => ({ title: at % 9 ? `Check ${at}` : `${word}${at}`, id: `check-${at}`, owner: at % 2 ? "lead" : "dba",
  run: "uptime\n".repeat(at % 7 * 3 + 1), thresholds: at % 3 ? { metric: "latency of the checkout in all regions together", pass: "< 500 ms" } : `lag ${at} < 1 s` });
// Sections in sections, so that what is not laid out yet stands in something that is not, either.
const checks = (from) => Array.from({ length: 4 }, (_, at) => check(from + at));
const leaf = (from) => ({ title: `Deep ${from}`, id: `deep-${from}`, owner: "dba", thresholds: "checks = 100 %", checks: checks(from) });
const part = (at) => ({ title: at % 4 ? `Part ${at}` : `${word}${word}`, id: `part-${at}`, owner: "dba", thresholds: "checks = 100 %",
  checks: checks(at * 8), sections: [{ ...leaf(at * 8 + 4), checks: undefined, id: `deeper-${at}`, sections: [leaf(at * 8 + 4)] }] });
const section = (at) => ({ title: `Section ${at}`, id: `section-${at}`, owner: "lead", phase: "before", thresholds: "checks = 100 %",
  sections: Array.from({ length: 4 }, (_, of) => part(at * 4 + of)) });
const approval = { title: "Approval", id: "approval", owner: "lead", thresholds: "approvals = 2/2",
  approvals: [{ role: "dba", statement: "The database can be restored." }, { "any-of": ["lead", "dba"] }],
  gate: { id: "gate", at: "T-1h", polls: ["dba", "lead"], decides: "lead", escalates: "lead" },
  tables: [{ title: "Wide", id: "wide", columns: Array.from({ length: 12 }, (_, at) => `Column number ${at}`), rows: [Array.from({ length: 12 }, () => "no_blank_".repeat(3))] }] };

before(() => {
  const sections = [...Array.from({ length: 8 }, (_, at) => section(at)), approval];
  written(project, [
    ["content/site.yaml", "title: Long\n"],
    ["content/roster.yaml", JSON.stringify({
      people: { p1: { name: `Ana ${word}`, email: "a@example.org" }, p2: { name: "Bo", email: "b@example.org" } },
      roles: { lead: { title: "Lead", holder: "p1", backup: "p2" }, dba: { title: `Database administrator ${word}`, holder: "p2", backup: "p1" } },
    })],
    ["content/runbooks/long.yaml", JSON.stringify({ title: "Long", owner: "lead", sections })],
    ["content/releases/v1.yaml", "{ runbook: long, version: v1, window: { start: 2026-12-01T09:00, end: 2026-12-01T12:00, zone: UTC } }"],
  ]);
  execFileSync(program, ["build", "--root", project, "--no-pdf"], { stdio: "ignore" });
});

const options = (width) => ({ viewport: { width, height: 800 }, reducedMotion: "reduce" });
const top = (page, id) => page.evaluate((id) => document.getElementById(id).getBoundingClientRect().top, id);
/** Once every section is laid out. */
const settled = (page) => page.waitForFunction(() => !document.querySelector(".sections .section:not(.is-laid-out)"));

const WAYS = {
  opened: (page, id) => page.goto("about:blank").then(() => page.goto(`${disk(site, release).address}#${id}`)),
  followed: (page, id) => page.evaluate((id) => { const link = document.createElement("a"); link.href = `#${id}`; document.body.append(link); link.click(); }, id),
  typed: (page, id) => page.evaluate((id) => { location.hash = id; }, id),
};
for (const [how, jump] of Object.entries(WAYS)) {
  for (const width of [360, 1280]) {
    test(`a jump lands and stays there, whatever is above (${how}, ${width})`, () =>
      visit(browser(), { ...disk(site, release), ...options(width) }, async (page) => {
        const id = "gate";
        await jump(page, id);
        await settled(page);
        const landed = await top(page, id);
        await page.evaluate((id) => document.getElementById(id).scrollIntoView(), id);
        assert.ok(Math.abs(landed - await top(page, id)) < 10, `${landed}, not ${await top(page, id)}`);
      }));
  }
}

test("a reload and the way back lead to where one was", () => everywhere(site, (from, at) =>
  visit(browser(), { ...at(release), ...options(1280) }, async (page) => {
    await settled(page);
    const id = "check-200";
    await page.evaluate((id) => document.getElementById(id).scrollIntoView(), id);
    const before = await top(page, id);
    await page.reload();
    await settled(page);
    assert.ok(Math.abs(await top(page, id) - before) < 100, `${from}: ${before}, then ${await top(page, id)}`);
    await page.goto(at("index.html").address);
    await page.goBack();
    await settled(page);
    assert.ok(Math.abs(await top(page, id) - before) < 100, `${from}, back: ${before}, then ${await top(page, id)}`);
  })));

test("nothing is wider than the page", async () => {
  for (const path of [release, "runbooks/long.html", "thresholds/long.html", "owners/dba.html", "contacts.html", "index.html"]) {
    await visit(browser(), { ...disk(site, path), ...options(320) }, async (page) => {
      await settled(page);
      for (const width of [320, 768, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.equal(beyond, 0, `${path} at ${width}`);
      }
    });
  }
});

test("a wide table is printed in full", () =>
  visit(browser(), { ...disk(site, release), ...options(800) }, async (page) => {
    await settled(page);
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
  }));

test("an approver signs on a telephone without scrolling sideways", () =>
  visit(browser(), { ...disk(site, release), ...options(360) }, async (page) => {
    const inside = async (part) => { const { x, width } = await part.boundingBox(); return x >= 0 && x + width <= 360; };
    const dialog = page.locator("dialog");
    await settled(page);
    const sign = page.locator("#approval-approval-1").getByRole("button", { name: /^Sign…/ });
    assert.ok(await inside(sign));
    await sign.click();
    for (const field of await dialog.locator("select, input, button").all()) assert.ok(await inside(field));
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Filter" }).click();
    for (const field of await page.locator(".work-filter select").all()) assert.ok(await inside(field));
    await page.getByRole("button", { name: "Step by step" }).click();
    for (const field of await dialog.getByRole("button").all()) assert.ok(await inside(field));
  }));

test("a telephone on its side shows the steps, not the head of the page", () =>
  visit(browser(), { ...disk(site, release), viewport: { width: 700, height: 340 }, reducedMotion: "reduce" }, async (page) => {
    await page.evaluate(() => document.getElementById("check-20").scrollIntoView());
    assert.ok(await page.locator(".top").evaluate((head) => head.getBoundingClientRect().bottom <= 0));
  }));

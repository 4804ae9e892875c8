// `runsheet serve` and an open page: what is saved is seen, and nothing of the reader's is lost.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { appendFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { chrome, visit } from "./browser.mjs";
import { root } from "./place.mjs";

const browser = chrome();

/** Serves a copy of the small site; gives its folder and address to `use`. */
async function serving(use) {
  const folder = await mkdtemp(join(tmpdir(), "runsheet-live-"));
  await cp(join(root, "tests/site/content"), join(folder, "content"), { recursive: true });
  const program = spawn(join(root, "target/debug/runsheet"), ["--root", folder, "serve", "--port", "0"], { stdio: ["ignore", "pipe", "ignore"] });
  try {
    let home;
    for await (const line of createInterface(program.stdout)) {
      if ((home = /^serving at (.*)$/.exec(line)?.[1])) break;
    }
    await use({ home, path: (name) => join(folder, name) });
  } finally {
    program.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

async function edit(path, change) {
  await writeFile(path, change(await readFile(path, "utf8")));
}

test("a save reloads the page where the reader was, with what was ticked", () =>
  serving(({ home, path }) => visit(browser(), { address: `${home}runbooks/shop.html`, home, viewport: { width: 900, height: 300 } }, async (page) => {
    const book = path("content/runbooks/shop.yaml");
    await edit(book, (text) => text.replace(/^summary: .*/m, "").replace(/^title: .*/m, (line) => `${line}\nsummary: The newest summary.`));
    await page.getByText("The newest summary.").first().waitFor();
    const low = await page.evaluate(() => { scrollTo({ top: 500, behavior: "instant" }); return scrollY; });
    assert.ok(low > 100, "the page is long enough to scroll");
    const box = page.locator("#backup > .item-row .tick");
    await box.check();
    await box.focus();
    await page.evaluate(() => { scrollTo({ top: 500, behavior: "instant" }); document.documentElement.dataset.before = ""; });
    await edit(book, (text) => text.replace("The newest summary.", "An even newer summary."));
    await page.getByText("An even newer summary.").first().waitFor();
    await page.waitForFunction((low) => document.documentElement.dataset.before === undefined && Math.abs(scrollY - low) < 5, low);
    assert.ok(await box.isChecked());
    await page.waitForFunction(() => document.activeElement.matches("#backup > .item-row .tick"));
  })));

test("what is added above moves neither the reader nor a tick", () =>
  serving(({ home, path }) => visit(browser(), { address: `${home}runbooks/shop.html`, home, viewport: { width: 900, height: 300 } }, async (page) => {
    const name = "certificate";
    const place = () => page.evaluate((name) => document.getElementById(name).getBoundingClientRect().top, name);
    const ticked = () => page.evaluate(() => [...document.querySelectorAll(".tick:checked")].map((box) => box.closest("[id]").id));
    await page.locator(`#${name} > .item-row .tick`).check();
    await page.evaluate((name) => { document.getElementById(name).scrollIntoView({ block: "start", behavior: "instant" }); document.documentElement.dataset.before = ""; }, name);
    const before = await place();
    await edit(path("content/runbooks/shop.yaml"), (text) => text.replace("    checks:\n", "    checks:\n      - { title: Quite new, id: quite-new, about: It takes some room. }\n"));
    await page.waitForFunction(() => document.documentElement.dataset.before === undefined && document.querySelector("#quite-new .tick"));
    await page.waitForFunction(([name, before]) => Math.abs(document.getElementById(name).getBoundingClientRect().top - before) < 5, [name, before]);
    assert.deepEqual(await ticked(), [name]);
  })));

test("a mistake is shown over the last good page, and goes when it is mended", () =>
  serving(({ home, path }) => visit(browser(), { address: `${home}pages/policy.html`, home }, async (page) => {
    const broken = path("content/runbooks/broken.yaml");
    await page.evaluate(() => { document.documentElement.dataset.before = ""; });
    await writeFile(broken, "titel: <b>A</b>\n");
    const report = page.locator("#_runsheet-report [role=alert]");
    await report.waitFor();
    const text = await report.locator("pre").textContent();
    assert.match(text, /^error\[unknown-key\]: unknown key `titel`/);
    assert.ok(text.includes("titel: <b>A</b>"), "shown as it was written");
    assert.equal(await report.locator("h2").textContent(), "The newest text cannot be built; this page is the last one that could");
    assert.ok(await page.locator("h1").isVisible());
    await rm(broken);
    await report.waitFor({ state: "detached" });
    assert.equal(await page.evaluate(() => document.documentElement.dataset.before), "", "the page was not loaded again");
  })));

test("a page that nobody sees holds no connection, and is current when it is seen", () =>
  serving(({ home, path }) => visit(browser(), { address: `${home}pages/policy.html`, home }, async (page) => {
    const hide = (hidden) => page.evaluate((hidden) => {
      Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, hidden);
    const report = page.locator("#_runsheet-report [role=alert]");
    await page.evaluate(() => { document.documentElement.dataset.before = ""; });
    await writeFile(path("content/runbooks/broken.yaml"), "titel: A\n");
    await report.waitFor();
    await hide(true);
    await rm(path("content/runbooks/broken.yaml"));
    await edit(path("content/runbooks/shop.yaml"), (text) => text.replace(/^title: .*/m, "title: Renamed"));
    while (!(await (await fetch(`${home}runbooks/shop.html`)).text()).includes("Renamed")) await pause(20);
    assert.ok(await report.isVisible(), "it has not heard of it");
    await hide(false);
    await report.waitFor({ state: "detached" });
    await edit(path("content/pages/policy.md"), () => "# The newest policy\n");
    await page.getByText("The newest policy").first().waitFor();
  })));

test("what is wrong is shown under words of the site's language", () =>
  serving(async ({ home, path }) => {
    const address = `${home}pages/policy.html`;
    await appendFile(path("content/site.yaml"), "language: de\n");
    while (!(await (await fetch(address)).text()).includes('<html lang="de"')) await pause(20);
    await visit(browser(), { address, home }, async (page) => {
      await writeFile(path("content/runbooks/broken.yaml"), "titel: A\n");
      const report = page.locator("#_runsheet-report [role=alert]");
      await report.waitFor();
      assert.equal(await report.locator("h2").textContent(), "Der neueste Text lässt sich nicht bauen; diese Seite ist die letzte, die sich bauen ließ");
      await report.getByRole("button", { name: "Ausblenden" }).click();
      await report.waitFor({ state: "detached" });
    });
  }));

test("a style is swapped without a reload", () =>
  serving(async ({ home, path }) => {
    const address = `${home}pages/policy.html`;
    const style = async () => (await (await fetch(address)).text()).match(/assets\/style-[^.]+\.css/)[0];
    const before = await style();
    await mkdir(path("themes/own/style"), { recursive: true });
    await writeFile(path("themes/own/style/own.css"), "main { color: rgb(1, 2, 3) }\n");
    await appendFile(path("content/site.yaml"), "theme: own\n");
    // A page from before the theme would ask for a style sheet that is no more.
    while (await style() === before) await pause(20);
    await visit(browser(), { address, home }, async (page) => {
      const color = (wanted) => page.waitForFunction((wanted) => getComputedStyle(document.querySelector("main")).color === wanted, wanted);
      await color("rgb(1, 2, 3)");
      await page.evaluate(() => { document.documentElement.dataset.before = ""; });
      await writeFile(path("themes/own/style/own.css"), "main { color: rgb(4, 5, 6) }\n");
      await color("rgb(4, 5, 6)");
      assert.equal(await page.evaluate(() => document.documentElement.dataset.before), "", "the page was not loaded again");
      assert.equal(await page.locator("link[rel=stylesheet]").count(), 1);
    });
  }));

test("the first frame after a save has the bar at its foot", () =>
  serving(({ home, path }) => visit(browser(), { address: `${home}runbooks/shop.html`, home, viewport: { width: 900, height: 300 } }, async (page) => {
    const book = path("content/runbooks/shop.yaml");
    await page.locator(".work-bar").waitFor();
    // So slow that a frame comes before the scripts of the page.
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: 6 });
    for (const name of ["First", "Second", "Third"]) {
      await page.evaluate((name) => {
        window.frames = [];
        const look = () => {
          const bars = [...document.querySelectorAll(".work-bar")];
          if (document.querySelector("h1")?.textContent.includes(name)) window.frames.push([bars.length, bars[0]?.inert ?? true]);
          if (window.frames.length < 20) requestAnimationFrame(look);
        };
        look();
      }, name);
      await edit(book, (text) => text.replace(/^title: .*/m, `title: ${name}`));
      await page.waitForFunction(() => window.frames.length === 20);
      const frames = await page.evaluate(() => window.frames);
      assert.deepEqual(frames.map(([bars]) => bars), Array(20).fill(1));
      assert.equal(frames.at(-1)[1], false, "the bar of the page itself");
    }
  })));

test("a page takes the place of the one before, unless scripts of a theme may have begun something", () =>
  serving(({ home, path }) => visit(browser(), { address: `${home}runbooks/shop.html`, home, viewport: { width: 900, height: 300 } }, async (page) => {
    const book = path("content/runbooks/shop.yaml");
    const title = (wanted) => page.waitForFunction((wanted) => document.querySelector("h1").textContent.includes(wanted) && document.readyState === "complete", wanted);
    const renamed = async (name) => {
      await page.evaluate(() => { window.before = true; });
      await edit(book, (text) => text.replace(/^title: .*/m, `title: ${name}`));
      await title(name);
      return page.evaluate(() => window.before === undefined);
    };
    for (const name of ["First", "Second"]) {
      assert.equal(await renamed(name), false, "the browser need not leave its document");
      await page.locator("#backup > .item-row .tick").waitFor();
      assert.equal(await page.locator(".work-bar").count(), 1, "the scripts ran once");
    }
    await page.keyboard.press("/");
    assert.equal(await page.evaluate(() => document.activeElement.id), "_search", "the scripts hear the reader");
    await mkdir(path("themes/own/script"), { recursive: true });
    await writeFile(path("themes/own/script/own.js"), "const mine = setInterval(() => (document.body.dataset.mine = mine), 10);\n");
    await appendFile(path("content/site.yaml"), "theme: own\n");
    await page.locator("body[data-mine]").waitFor();
    for (const name of ["Third", "Fourth"]) assert.equal(await renamed(name), true, "what the theme began has ended");
  })));

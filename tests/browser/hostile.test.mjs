// A site in which every text is an attack: all of it stays text, on every page, in the search, while somebody works
// on it, in the feed, the calendar and the record.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { chrome, disk, visit, watch } from "./browser.mjs";
import { CORPUS, ECHOED, project, textFields, TYPED, written } from "./hostile.mjs";
import { files, kinds, load, onDisk, pages, place, program, root, schema, site } from "./place.mjs";

const browser = chrome();
const hostile = site("hostile");
const { files: sources, fields } = project(schema);
const read = (path) => readFileSync(join(hostile.folder, path), "utf8");

/** The numbers of the attacks in a text; 0 is that of none. */
const numbersOf = (text) => new Set([...text.matchAll(/pwned\((\d+)\)/g)].map(([, number]) => Number(number)).filter(Boolean));

/** Every field of the language that may hold a text. */
const all = ["site", "roster", "runbook", "release", "journal"].flatMap((kind) => textFields(schema(kind)));

/** The elements of a page, each with the attributes that it has: `a href`. Runs in the page. */
const words = () => [...document.querySelectorAll("*")].flatMap((one) => ["", ...one.getAttributeNames()].map((name) => `${one.tagName} ${name}`.toLowerCase()));

/** The words of pages that hold no attack. */
async function learned() {
  // Of the feed, which those have none of, of pages in one file, and of what opens when somebody works on a page.
  const known = new Set(["link title", "style ", "meta http-equiv", ..."mark dialog form textarea output datalist".split(" ").map((name) => `${name} `)]);
  for (const good of [site("content"), site("small")]) {
    for (const { path } of kinds(good)) (await visit(browser(), disk(good, path), (page) => page.evaluate(words))).forEach((word) => known.add(word));
  }
  return [...known];
}
let vocabulary;
const everything = async () => { vocabulary ??= await learned(); return vocabulary; };

/** What of a page is not ours: elements, attributes, addresses, frames; and what was run. Runs in the page. */
function faults(vocabulary) {
  const known = new Set(vocabulary);
  const harmless = /^(accept|aria-[a-z]+|class|data-asked|download|hidden|id|list|method|open|role|rows|spellcheck|tabindex|type|readonly)$/;
  const found = window.run.map((number) => `runs ${number}`);
  for (const one of document.querySelectorAll("*")) {
    const name = one.tagName.toLowerCase();
    const fault = (what) => found.push(`${what}: ${one.outerHTML.slice(0, 200)}`);
    if (!known.has(`${name} `)) fault(`an element ${name}`);
    if (name === "meta" && /refresh/i.test(one.httpEquiv)) fault("a meta");
    if (name === "style" && !document.querySelector("head > meta[http-equiv=Content-Security-Policy] ~ style")) fault("a style");
    if (name === "script" && !one.src && one.type !== "application/json" && !document.querySelector("meta[http-equiv=Content-Security-Policy]")) fault("a script");
    for (const { name: attribute, value } of one.attributes) {
      if (!known.has(`${name} ${attribute.toLowerCase()}`) && !harmless.test(attribute)) fault(`an attribute ${attribute} of ${name}`);
      if (/^(href|src|action|xlink:href)$/.test(attribute) && /^[\s\0-\x20]*[a-z+.-]+:/i.test(value)
        && !/^(https?|mailto|tel):/.test(value) && !(name === "link" && value.startsWith("data:image/svg+xml"))) fault("an address");
    }
  }
  return found;
}

/** Opens pages of the site, whose attacks tell when they run; `look` gets each. */
async function attacked(paths, look) {
  const known = await everything();
  const context = await browser().newContext({ viewport: { width: 1280, height: 800 } });
  const wrong = watch(context, `${pathToFileURL(hostile.folder).href}/`);
  await context.addInitScript(`window.faults = ${faults}`);
  await context.addInitScript(() => { window.run = []; window.pwned = (number) => window.run.push(number); });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    for (const path of paths) {
      await page.goto(onDisk(hostile, path));
      await look(page, path);
      (await page.evaluate(faults, known)).forEach((fault) => wrong.push(`${path}: ${fault}`));
      if (page.frames().length > 1) wrong.push(`${path}: a frame`);
    }
  } finally {
    await context.close();
  }
  assert.deepEqual(wrong, []);
}

test("every text field of the language holds an attack, or is one that takes no text", () => {
  const filled = new Set([...fields.values(), ...ECHOED, ...Object.keys(TYPED)]);
  assert.ok(all.length > 100);
  assert.deepEqual(all.filter((field) => !filled.has(field)), []);
});

test("no page has anything but its own, and every text is on one", async () => {
  const seen = new Set();
  // What stands for a page that is not there loads its style from where the site is published.
  await attacked(pages(hostile).filter((path) => path !== "404.html" && !/^single\/v\d\d/.test(path)), async (page) => {
    const text = await page.evaluate(() => document.documentElement.textContent.replaceAll(document.getElementById("_work")?.textContent ?? "\0", ""));
    numbersOf(text).forEach((number) => seen.add(number));
  });
  const missing = new Set([...numbersOf(sources.map(([, text]) => text).join("\n"))].filter((number) => !seen.has(number)).map((number) => fields.get(number)));
  // The language of a command and a signature are for programs.
  assert.deepEqual([...missing].sort(), ["Command.shell", "Event.signature"]);
});

/** Fields whose attack in `only` the program finds fault with, where it stands. */
function refused(only) {
  const types = Object.fromEntries(Object.entries(TYPED).filter(([field, value]) => value === null || !only.includes(field)));
  const { files: made, fields: numbers } = project(schema, types, 1);
  const folder = join(place, "project", "refused");
  written(folder, made);
  const { stdout } = spawnSync(program, ["check", "--root", folder, "--output-format", "json"], { encoding: "utf8", maxBuffer: 2 ** 26 });
  const { findings } = JSON.parse(stdout);
  const found = new Set();
  for (const [path, text] of made) {
    const here = findings.filter(({ file }) => file === path);
    text.split("\n").forEach((row, at) => {
      for (const { 0: value, index } of row.matchAll(/"(?:[^"\\]|\\.)*"/g)) {
        const number = Number(/pwned\((\d+)\)/.exec(value)?.[1]);
        if (here.some(({ line, column }) => line === at + 1 && column > index && column <= index + value.length)) found.add(numbers.get(number));
      }
    });
  }
  return only.filter((field) => found.has(field));
}

test("what takes no text refuses an attack where it stands", () => {
  const free = new Set([...fields.values(), ...ECHOED]);
  const typed = all.filter((field) => TYPED[field] && !free.has(field));
  assert.ok(typed.length > 50);
  // What is wrong silences what follows from it, so each field has a turn of its own.
  assert.deepEqual(typed.flatMap((field) => refused([field])), typed);
});

/** Works on the page of a release with every shape of an attack; gives the faults that came of it. Runs in the page. */
async function worked({ vocabulary, lines }) {
  const found = [];
  const pause = () => new Promise((done) => { setTimeout(done, 0); });
  const look = (where) => window.faults(vocabulary).forEach((fault) => found.push(`${where}: ${fault}`));
  const within = (text) => [...document.querySelectorAll("dialog button")].find((button) => button.textContent === text);
  const shut = () => document.querySelectorAll("dialog").forEach((dialog) => dialog.close());

  const field = document.getElementById("_search");
  field.focus();
  for (let tries = 0; document.body.dataset.search && !window.runsheetIndex && tries < 2000; tries += 1) await pause();
  for (const words of ["pwned", "script img", "onerror", "javascript", "style svg"]) {
    field.value = words;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    await pause();
    if (!document.querySelectorAll("#_hits li").length) found.push(`${words} finds nothing`);
    look(`search for ${words}`);
  }
  runsheet.work.who("<img src=x onerror=pwned(0)>");
  runsheet.work.exchange();
  document.querySelectorAll("dialog textarea")[1].value = lines;
  within("Take in").click();
  const said = document.querySelector("dialog [role=status]").textContent;
  if (!/^(16 taken in|0 taken in, 16 known)/.test(said)) found.push(said);
  look("journal");
  shut();
  document.querySelectorAll("input.tick").forEach((tick) => tick.click());
  look("ticks");
  for (const button of document.querySelectorAll(".work-buttons button")) {
    if (button.closest(".work-bar, dialog")) continue;
    button.click();
    look(button.textContent);
    await pause();
    shut();
  }
  for (const select of document.querySelectorAll(".work-filter select")) {
    select.selectedIndex = select.options.length - 1;
    select.dispatchEvent(new Event("change"));
    look("filter");
  }
  runsheet.work.read();
  const reading = document.querySelector("dialog.reading");
  for (let step = 0; step < 20; step += 1) {
    reading.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight" }));
    look("step by step");
  }
  shut();
  document.querySelectorAll("button.copy").forEach((copy) => copy.click());
  await pause();
  look("copy");
  return found;
}

test("whoever searches, records, filters and reads step by step meets nothing but text", async () => {
  const lines = CORPUS.map((text, at) => {
    const word = JSON.stringify(text(at)).replace("\u2028", "\\u2028");
    return `- { at: 2026-12-02T08:00:${10 + at}Z, by: ${word}, item: item-1, is: failed, why: ${word}, evidence: ${word}, note: ${word} }`;
  }).join("\n");
  const open = pages(hostile).filter((path) => /^(releases|single)\/v\d+\./.test(path) && read(path).includes("id=\"_work\""));
  assert.ok(open.length >= 6);
  await attacked(open, async (page, path) => {
    const found = await page.evaluate(worked, { vocabulary: await everything(), lines });
    assert.deepEqual({ path, found }, { path, found: [] });
  });
});

test("the feed and the calendars have nothing but their own", async () => {
  await attacked(["index.html"], async (page) => {
    const { error, names, text } = await page.evaluate((text) => {
      const feed = new DOMParser().parseFromString(text, "application/xml");
      return { error: feed.querySelector("parsererror")?.textContent, names: [...new Set([...feed.querySelectorAll("*")].map((one) => one.tagName))].sort(), text: feed.documentElement.textContent };
    }, read("feed.xml"));
    assert.deepEqual({ error, names }, { error: undefined, names: ["author", "entry", "feed", "id", "link", "name", "summary", "title", "updated"] });
    assert.ok(text.includes("<script>pwned(1)</script>"));
  });
  const calendars = files(hostile.folder).filter((path) => path.endsWith(".ics"));
  assert.ok(calendars.length > 20);
  for (const path of calendars) {
    const lines = read(path).split("\r\n");
    const unfolded = lines.join("\r\n").replace(/\r\n /g, "").split("\r\n").slice(0, -1);
    const names = unfolded.map((line) => line.replace(/[:;].*/s, ""));
    const known = /^(BEGIN|END|VERSION|PRODID|CALSCALE|METHOD|NAME|X-WR-CALNAME|UID|DTSTAMP|DTSTART|DTEND|DURATION|SUMMARY|DESCRIPTION|URL|LOCATION|STATUS|CATEGORIES|TRANSP|ACTION|TRIGGER|SEQUENCE|LAST-MODIFIED)$/;
    assert.deepEqual(names.filter((name) => !known.test(name)), [], path);
    assert.ok(unfolded.every((line) => !/[\r\n]/.test(line)), path);
    const events = unfolded.filter((line) => line === "BEGIN:VEVENT").length;
    assert.equal(events, unfolded.filter((line) => line.startsWith("UID:")).length, path);
  }
});

test("the records are text wherever Markdown is read, raw HTML or not", async () => {
  const markdown = load("markdown-it")({ html: true, linkify: true });
  const records = files(hostile.folder).filter((path) => /^releases\/v.*\.md$/.test(path));
  assert.equal(records.length, CORPUS.length);
  await attacked(["index.html"], async (page) => {
    for (const path of records) {
      const html = markdown.render(read(path));
      await page.setContent(`<!doctype html><title>x</title><main>${html}</main>`);
      const { found, text } = await page.evaluate((known) => ({ found: window.faults(known), text: document.body.textContent }), await everything());
      assert.deepEqual({ path, found }, { path, found: [] });
      assert.ok((text.match(/pwned\(\d+\)/g) ?? []).length > 100, path);
    }
  });
});

test("no script makes markup of a text", () => {
  const scripts = files(hostile.folder).filter((path) => path.endsWith(".js") && path !== "assets/search.js").map(read);
  assert.ok(scripts.length >= 2);
  assert.equal(scripts.filter((script) => script.startsWith("window.runsheetPeople=[[")).length, 1);
  // A whole page, as the server gives it: markup already.
  const [before, after, ...more] = readFileSync(join(root, "src/serve/live.js"), "utf8").split("document.write(text);");
  assert.deepEqual(more, []);
  for (const script of [...scripts, before + after]) {
    // The names of people are data: a string says what it likes.
    const text = script.replace(/^window\.runsheetPeople=.*\n/, "");
    assert.doesNotMatch(text, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|\beval\(|new Function|srcdoc|setAttribute\("on/);
  }
});

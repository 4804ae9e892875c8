// Every link of every page of every site: its file is there, its anchor too, nothing is loaded from elsewhere.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { test } from "node:test";
import { chrome, disk, visit } from "./browser.mjs";
import { files, load, pages, sites } from "./place.mjs";

const { parse } = load("parse5");
const browser = chrome();

/** Every element of a page as `{ name, attributes }`, in order. */
function elements(text) {
  const found = [];
  const walk = (node) => {
    if (node.tagName) found.push({ name: node.tagName, attributes: new Map(node.attrs.map(({ name, value }) => [name, value])) });
    node.childNodes?.forEach(walk);
    if (node.content) walk(node.content);
  };
  walk(parse(text));
  return found;
}

/** Attributes that hold an address, with whether the browser loads it by itself. */
const ADDRESSES = { href: false, src: true, "data-search": true, poster: true, action: false, "xlink:href": true };

for (const site of sites) {
  const all = new Map(pages(site).map((path) => [path, elements(readFileSync(join(site.folder, path), "utf8"))]));
  const anchors = new Map([...all].map(([path, list]) => [path, list.map(({ attributes }) => attributes.get("id")).filter(Boolean)]));

  /** What is wrong with an address on a page; nothing where it leads. */
  const wrong = (path, address, loads) => {
    if (/^[a-z][a-z0-9+.-]*:/i.test(address)) {
      if (loads && !address.startsWith("data:")) return "is loaded from elsewhere";
      return /^(https?|mailto|tel|data):/.test(address) ? null : "has a scheme that is not allowed";
    }
    if (address.startsWith("/")) return "is not relative";
    const [file, anchor] = address.split("#");
    const target = file ? posix.join(dirname(path), decodeURIComponent(file.split("?")[0])) : path;
    if (!existsSync(join(site.folder, target))) return "leads to no file";
    if (anchor && all.has(target) && !anchors.get(target).includes(decodeURIComponent(anchor))) return "leads to no anchor";
    return null;
  };

  test(`${site.name}: every link leads somewhere`, () => {
    const broken = [];
    for (const [path, list] of all) {
      for (const { name, attributes } of list) {
        for (const [attribute, value] of attributes) {
          if (!(attribute in ADDRESSES)) continue;
          const loads = ADDRESSES[attribute] || (name === "link" && attributes.get("rel") !== "canonical");
          const why = wrong(path, value, loads);
          if (why) broken.push(`${path}: <${name} ${attribute}="${value}"> ${why}`);
        }
      }
    }
    assert.deepEqual(broken, []);
  });

  test(`${site.name}: every anchor is there once, and every name that an attribute calls`, () => {
    const faults = [];
    for (const [path, list] of all) {
      const ids = anchors.get(path);
      ids.filter((id, at) => ids.indexOf(id) !== at).forEach((id) => faults.push(`${path}: two of #${id}`));
      for (const { name, attributes } of list) {
        for (const attribute of ["aria-labelledby", "aria-describedby", "aria-controls", "for"]) {
          const missing = (attributes.get(attribute) ?? "").split(/\s+/).filter((id) => id && !ids.includes(id));
          missing.forEach((id) => faults.push(`${path}: <${name} ${attribute}="${id}">`));
        }
      }
    }
    assert.deepEqual(faults, []);
  });

  test(`${site.name}: everything that the search finds is there`, () =>
    visit(browser(), disk(site, "index.html"), async (page) => {
      await page.locator("#_search").focus();
      await page.waitForFunction(() => window.runsheetIndex);
      const found = await page.evaluate(async () => {
        const field = document.getElementById("_search");
        const found = new Set();
        for (const letter of "abcdefghijklmnopqrstuvwxyz0123456789") {
          field.value = letter;
          field.dispatchEvent(new Event("input", { bubbles: true }));
          await new Promise((done) => setTimeout(done, 20));
          document.querySelectorAll("#_hits a").forEach((link) => found.add(link.getAttribute("href")));
        }
        return [...found];
      });
      assert.ok(found.length > 20);
      assert.deepEqual(found.map((address) => [address, wrong("index.html", address, false)]).filter(([, why]) => why), []);
    }));

  test(`${site.name}: a style sheet loads nothing`, () => {
    for (const path of files(site.folder).filter((path) => path.endsWith(".css"))) {
      const loads = readFileSync(join(site.folder, path), "utf8").match(/url\((?!["']?(data:|#))[^)]*\)|@import[^;]*/g);
      assert.equal(loads, null, path);
    }
  });
}

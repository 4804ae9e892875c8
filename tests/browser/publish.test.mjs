// A published site: what servers, search engines and feed readers get, and that the folder works at any path.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { chrome, visit } from "./browser.mjs";
import { files, pages, site } from "./place.mjs";
import { serve } from "./server.mjs";

const browser = chrome();
const published = site("published");
const BASE = "https://example.org/run/books/";
const read = (path) => readFileSync(join(published.folder, path), "utf8");

/** What another parser, that of Python, makes of an XML file: elements as `[name, text, attributes]`. */
function xml(path) {
  const script = `import json, sys, xml.etree.ElementTree as tree
print(json.dumps([[one.tag, one.text, one.attrib] for one in tree.parse(sys.argv[1]).iter()]))`;
  return JSON.parse(execFileSync("python3", ["-c", script, join(published.folder, path)], { encoding: "utf8" }));
}

test("the sitemap names every page but the one for what is not there", () => {
  const locations = xml("sitemap.xml").filter(([name]) => name.endsWith("}loc")).map(([, text]) => text);
  const expected = pages(published).filter((path) => path !== "404.html" && !path.startsWith("single/"));
  const own = expected.map((path) => BASE + path.replace(/^index\.html$/, "")).sort();
  assert.deepEqual(locations.sort(), own);
});

test("the feed has the releases with the dates of their events", () => {
  const atom = (name) => `{http://www.w3.org/2005/Atom}${name}`;
  const all = xml("feed.xml");
  const texts = (name) => all.filter(([tag]) => tag === atom(name)).map(([, text]) => text);
  assert.deepEqual(texts("id"), [`${BASE}feed.xml`, `${BASE}releases/v1.html`]);
  assert.deepEqual(texts("title"), ["Test site: Releases", "Shop & <b>checkout</b> deployment v1.0.0: NO-GO"]);
  const [first, second] = texts("updated");
  assert.equal(first, second);
  assert.match(first, /^2026-11-18T\d\d:\d\d:\d\dZ$/);
  assert.ok(all.some(([tag, , { rel, href }]) => tag === atom("link") && rel === "self" && href === `${BASE}feed.xml`));
});

test("every page says where it is and what it is", () => {
  for (const path of pages(published)) {
    const text = read(path);
    assert.ok(text.includes(`<link rel="canonical" href="${BASE}${path.replace(/^index\.html$/, "")}">`), path);
    assert.match(text, /<meta property="og:title" content="[^"]+">/, path);
    assert.ok(text.includes('type="application/atom+xml"'), path);
  }
});

test("a site without an address has neither, and search engines stay out of both", () => {
  const small = site("small");
  for (const path of ["sitemap.xml", "feed.xml"]) assert.equal(existsSync(join(small.folder, path)), false, path);
  for (const { folder } of [small, published]) {
    assert.equal(readFileSync(join(folder, "robots.txt"), "utf8"), "User-agent: *\nDisallow: /\n");
    assert.equal(readFileSync(join(folder, ".nojekyll"), "utf8"), "");
  }
});

test("style and script have their content in their names", () => {
  const assets = files(published.folder).filter((path) => path.startsWith("assets/") && path !== "assets/search.js");
  assert.ok(assets.length > 2);
  for (const path of assets) assert.match(path, /-[0-9a-f]{10}\.(css|js|svg)$/);
});

test("below a path of a server it works as at its root, and what is not there has its page", async () => {
  const server = await serve(site("small").folder, "/deep/er/");
  try {
    await visit(browser(), { address: server.address, home: server.address }, async (page) => {
      await page.locator("main a[href^='runbooks/']").first().click();
      await page.waitForURL(`${server.address}runbooks/shop.html`);
      await page.locator(".crumbs a").first().click();
      await page.waitForURL(/index\.html$/);
      const answer = await page.request.get(`${server.address}nothing.html`);
      assert.equal(answer.status(), 404);
      assert.match(await answer.text(), /Page not found/);
    });
  } finally {
    await server.close();
  }
});

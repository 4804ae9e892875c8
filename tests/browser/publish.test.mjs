// A published site: what servers, search engines and feed readers get, and that the folder works at any path.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { chrome, visit } from "./browser.mjs";
import { nginx } from "./nginx.mjs";
import { files, load, pages, root, site } from "./place.mjs";
import { serve } from "./server.mjs";

const { parse } = load("parse5");
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

test("the feed is Atom", () => {
  for (const name of ["published", "hostile"]) {
    const feed = join(site(name).folder, "feed.xml");
    const { status, stdout } = spawnSync("jing", ["-c", join(root, "tests/browser/atom.rnc"), feed], { encoding: "utf8" });
    assert.deepEqual({ status, stdout }, { status: 0, stdout: "" });
  }
});

/** The addresses that a page of a server names. */
function addresses(text, address) {
  const found = [];
  const walk = (node) => {
    const names = { a: "href", link: "href", script: "src", img: "src" };
    const value = node.attrs?.find(({ name }) => name === names[node.tagName])?.value;
    if (value) found.push(new URL(value, address).href.replace(/#.*/, ""));
    node.childNodes?.forEach(walk);
  };
  walk(parse(text));
  return found;
}

test("a plain nginx gives every page and file by links alone, compressed, with its type and its 404", async () => {
  const content = site("content");
  const server = await nginx(content.folder, "/some/path/");
  try {
    const types = {};
    const seen = new Set([server.address]);
    for (const address of seen) {
      const answer = await fetch(address);
      assert.equal(answer.status, 200, address);
      const ending = /\.(\w+)$/.exec(address)?.[1] ?? "html";
      (types[ending] ??= new Set()).add(answer.headers.get("content-type"));
      const text = await answer.text();
      if (ending !== "html") continue;
      assert.equal(answer.headers.get("content-encoding"), "gzip", address);
      addresses(text, address).filter((one) => one.startsWith(server.address)).forEach((one) => seen.add(one));
    }
    const reached = [...seen].map((address) => decodeURIComponent(address.slice(server.address.length)) || "index.html");
    // For servers and programs.
    const aside = /^(404\.html|manifest\.json|robots\.txt|\.nojekyll|assets\/search.*\.js)$/;
    assert.deepEqual(files(content.folder).filter((path) => !reached.includes(path) && !aside.test(path)), []);
    assert.deepEqual([...types.html], ["text/html"]);
    for (const ending of ["css", "js", "svg", "pdf"]) assert.equal(types[ending].size, 1, ending);
    await visit(browser(), { address: server.address, home: server.address }, async (page) => {
      await page.keyboard.press("/");
      await page.keyboard.type("rollback");
      await page.locator("#_hits li").first().waitFor();
      await page.keyboard.press("Enter");
      await page.waitForURL(/#/);
      assert.ok(page.url().startsWith(server.address));
    });
    const missing = await fetch(`${server.address}nothing.html`);
    assert.equal(missing.status, 404);
    assert.match(await missing.text(), /Page not found/);
  } finally {
    await server.close();
  }
});

test("a first visit takes less than 100 kB, the largest runbook too", async () => {
  const content = site("content");
  const server = await serve(content.folder);
  try {
    for (const [path, most] of [["index.html", 40_000], ["runbooks/aiwg.html", 100_000]]) {
      server.sent.clear();
      await visit(browser(), { address: server.address + path, home: server.address }, (page) => page.waitForLoadState("networkidle"));
      const sum = [...server.sent.values()].reduce((sum, bytes) => sum + bytes, 0);
      assert.ok(server.sent.size >= 4 && sum < most, `${path}: ${sum} bytes`);
    }
  } finally {
    await server.close();
  }
});

test("nothing is left out or made over by a host of pages", () => {
  for (const name of ["content", "published", "hostile"]) {
    const { folder } = site(name);
    const all = files(folder);
    // Jekyll drops these, and an upload drops what is hidden; on some disks two of these are one.
    assert.deepEqual(all.filter((path) => path.split("/").some((part) => /^[_.]/.test(part))), [".nojekyll"]);
    assert.equal(new Set(all.map((path) => path.toLowerCase())).size, all.length);
    for (const path of all.filter((path) => /\.(md|html)$/.test(path))) {
      assert.doesNotMatch(readFileSync(join(folder, path), "utf8"), /^---/, path);
    }
  }
});

test("the page for what is not there loads and links from where the site is published, however deep it is shown", () => {
  const all = addresses(read("404.html"), "https://elsewhere.example/a/b/c");
  assert.ok(all.length > 5);
  assert.deepEqual(all.filter((address) => !address.startsWith(BASE) && address !== "https://elsewhere.example/a/b/c"), []);
});

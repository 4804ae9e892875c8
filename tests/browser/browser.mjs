// A real Chromium, and pages that may say nothing on the console and load nothing from elsewhere.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { pathToFileURL } from "node:url";
import { load, onDisk } from "./place.mjs";
import { serve } from "./server.mjs";

const { chromium } = load("playwright-core");

const FLAGS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

/** Starts a Chromium. */
export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS, chromiumSandbox: false });

/** Starts one Chromium for the tests of a file; gives a function that returns it. */
export function chrome() {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser?.close());
  return () => browser;
}

/** Everything that goes wrong on the pages of a context, as it happens; `home` is the folder beyond which nothing may be loaded. */
export function watch(context, home) {
  const wrong = [];
  context.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(home) && !/^(data|blob):/.test(url)) wrong.push(`request to ${url}`);
  });
  context.on("console", (message) => wrong.push(`console: ${message.text()}`));
  context.on("weberror", (error) => wrong.push(`error: ${error.error().stack}`));
  context.on("dialog", (dialog) => { wrong.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  return wrong;
}

/**
 * Opens a page, gives it to `look`, and asserts that nothing went wrong meanwhile. `address` is where the page is,
 * `home` the folder beyond which nothing may be loaded; `options` are those of a browser context.
 */
export async function visit(browser, { address, home, ...options }, look) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const wrong = watch(context, home);
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    await page.goto(address);
    const given = await look(page, context);
    assert.deepEqual(wrong, [], address);
    return given;
  } finally {
    await context.close();
  }
}

/** A page on the disk: `{ address, home }` for `visit`. */
export const disk = (site, path) => ({ address: onDisk(site, path), home: `${pathToFileURL(site.folder).href}/` });

/**
 * Runs `test` once for the site on the disk and once for the site on a server below a path; `at(path)` is what
 * `visit` wants.
 */
export async function everywhere(site, test) {
  await test("file", (path) => disk(site, path));
  const server = await serve(site.folder, "/some/where/");
  try {
    await test("http", (path) => ({ address: server.address + path, home: server.address }));
  } finally {
    await server.close();
  }
}

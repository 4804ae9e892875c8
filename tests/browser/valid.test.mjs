// Every page of every site as the checker of the W3C sees it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join, relative } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { load, pages, place, sites } from "./place.mjs";

const jar = join(load.resolve("vnu-jar/package.json"), "../build/dist/vnu.jar");

/** What the checker advises against and is meant so. */
const ALLOWED = [
  // Without the role, VoiceOver does not read a list without bullets as a list.
  /^The “list” role is unnecessary for element “[uo]l”/,
  // The page of the rules is English on every site, and says so where its text begins.
  /^This document appears to be written in English but the “html” start tag has/,
  // SVG 2 has it on every basic shape; the checker knows SVG 1.1.
  /^Attribute “pathLength” not allowed on element “circle”/,
  // A label that an author gives twice, or that is also a key, is the author's.
  /“dt” name “[^”]*” (in|was here)/,
];

test("no page has an error or a warning", () => {
  const all = sites.flatMap((site) => pages(site).map((path) => join(site.folder, path)));
  assert.ok(all.length > 20);
  // The checker gives 1 where it found something; what it found is on standard error.
  const { stderr, error } = spawnSync("java", ["-Xss8m", "-jar", jar, "--format", "json", ...all], { encoding: "utf8", maxBuffer: 2 ** 26 });
  assert.equal(error, undefined);
  const messages = JSON.parse(stderr).messages.filter(({ message }) => !ALLOWED.some((allowed) => allowed.test(message)));
  const found = messages.map(({ url, lastLine, type, subType, message, extract }) =>
    `${relative(place, fileURLToPath(url))}:${lastLine}: ${subType ?? type}: ${message} ${extract?.replace(/\s+/g, " ")}`);
  assert.deepEqual(found, []);
});

// Every kind of sheet as veraPDF sees it: PDF/UA-1 and PDF/A-2a at once, and PDF/A-3a where the source is attached.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { test } from "node:test";
import { files, place, root, site } from "./place.mjs";

// veraPDF comes with the jar of another program, which leaves out the reader of its rules.
const jars = [join(place, "node_modules/@opendataloader/pdf/lib/opendataloader-pdf-cli.jar"),
  ...["jaxb-runtime", "istack-commons-runtime", "javax.activation"].map((name) => `/usr/share/java/${name}.jar`)];

/** What veraPDF says of these files, a line a file and standard, and a line a rule that is broken. */
function held(paths) {
  const program = join(root, "tests", "browser", "Conform.java");
  const said = execFileSync("java", ["-cp", jars.join(":"), program, ...paths.map((path) => join(place, path))], { encoding: "utf8", maxBuffer: 2 ** 26, stdio: ["ignore", "pipe", "ignore"] });
  return said.trim().split("\n").map((line) => relative(place, line));
}

const sheets = (name, fits) => files(site(name).folder).filter((path) => path.endsWith(".pdf") && fits(path)).map((path) => `${name}/${path}`);

test("sheets are PDF/A and PDF/UA", () => {
  // Of the largest site the packets of roles are left out: they are made of the same rows.
  const all = [...sheets("content", (path) => !path.includes(".role-")), ...sheets("small", () => true), ...sheets("german", () => true)];
  assert.ok(all.length > 30);
  assert.deepEqual(held(all), all.flatMap((path) => [`${path} 2a`, `${path} ua1`]));
});

test("for the archive a sheet carries its source", () => {
  const all = sheets("archived", () => true);
  const carries = (path) => !/\.(role-[^.]+|rollback|contacts)\.pdf$/.test(path);
  assert.ok(all.includes("archived/runbooks/hard.pdf"));
  assert.deepEqual(held(all), all.flatMap((path) => [`${path} ${carries(path) ? "3a" : "2a"}`, `${path} ua1`]));
});

test("a broken sheet is noticed", () => {
  const whole = readFileSync(join(site("small").folder, "runbooks/shop.pdf"), "latin1");
  const broken = whole.replace("/MarkInfo", "/MarkNone");
  assert.notEqual(broken, whole);
  writeFileSync(join(place, "broken.pdf"), broken, "latin1");
  const rule = "The document catalog dictionary shall include a MarkInfo dictionary containing an entry, Marked, whose value shall be true";
  assert.deepEqual(held(["broken.pdf"]), ["broken.pdf 2a", `broken.pdf 2a: 6.7.2.2-1 ${rule}`, "broken.pdf ua1", `broken.pdf ua1: 6.2-1 ${rule}`]);
});

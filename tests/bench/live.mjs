// From a save to the reloaded page in a real browser, part by part: medians of twenty saves.
//
//     node tests/bench/live.mjs PROJECT [PROGRAM]
//
// PROJECT is copied, so it stays as it is; `cargo bench --bench build -- --write DIR 1000` makes one. PROGRAM is
// target/release/runsheet unless another is named. Needs what `tests/browser/run` installs.
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { launch } from "../browser/browser.mjs";

const [project, program = "target/release/runsheet"] = process.argv.slice(2);
const SAVES = 20;
const root = mkdtempSync(join(tmpdir(), "runsheet-live-"));
cpSync(join(project, "content"), join(root, "content"), { recursive: true });
const runbooks = readdirSync(join(root, "content/runbooks")).filter((name) => name.endsWith(".yaml"));
const name = runbooks[Math.floor(runbooks.length / 3)];
const file = join(root, "content/runbooks", name);
const text = readFileSync(file, "utf8");

const server = spawn(program, ["--root", root, "serve", "--port", "0"]);
let told = "";
for (const stream of [server.stdout, server.stderr]) stream.on("data", (data) => (told += data));
while (!/http:\S+/.test(told)) await pause(20);
const address = told.match(/http:\S+/)[0];

const browser = await launch();
const page = await browser.newPage();
await page.goto(`${address}runbooks/${name.replace(".yaml", ".html")}`);
await pause(1000);

const parts = { "asked for": [], answered: [], painted: [], "ready to use": [] };
for (let save = 0; save < SAVES; save += 1) {
  const loaded = page.waitForEvent("load");
  const began = Date.now();
  writeFileSync(file, text.replace(/^title: .*/m, `title: Saved ${save}`));
  await loaded;
  await pause(300);
  const { title, ...times } = await page.evaluate(() => {
    const { requestStart, responseEnd, domContentLoadedEventEnd } = performance.getEntriesByType("navigation")[0];
    const paint = performance.getEntriesByName("first-contentful-paint")[0];
    return { title: document.querySelector("h1").textContent, origin: performance.timeOrigin,
      at: [requestStart, responseEnd, paint.startTime, domContentLoadedEventEnd] };
  });
  if (!title.includes(`Saved ${save}`)) throw new Error(`the page shows ${title} after save ${save}`);
  Object.values(parts).forEach((all, part) => all.push(times.origin + times.at[part] - began));
}
await browser.close();
server.kill("SIGINT");
rmSync(root, { recursive: true });

console.log(`${runbooks.length} runbooks; milliseconds from a save until the page is`);
for (const [part, all] of Object.entries(parts)) {
  all.sort((a, b) => a - b);
  console.log(`  ${part.padEnd(14)}${all[SAVES / 2].toFixed(0).padStart(6)} median${all[0].toFixed(0).padStart(6)} best${all.at(-1).toFixed(0).padStart(6)} worst`);
}

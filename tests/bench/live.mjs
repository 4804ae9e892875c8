// From a save to the new page in a real browser, part by part: medians of twenty saves.
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

/** In a page, before a save: the times of its parts, once the page has the title of the save. */
const seen = (title) => new Promise((tell) => {
  const observer = new MutationObserver(() => {
    if (!document.querySelector("h1")?.textContent.includes(title)) return;
    observer.disconnect();
    const loaded = new Promise((done) => addEventListener("load", () => done(performance.now())));
    // What comes after the work of a frame comes after its pixels.
    const painted = new Promise((done) => requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => done(performance.now());
      port2.postMessage(null);
    }));
    const { requestStart, responseEnd } = performance.getEntriesByName(location.href).at(-1);
    Promise.all([requestStart, responseEnd, painted, loaded]).then((at) => tell(at.map((time) => performance.timeOrigin + time)));
  });
  observer.observe(document, { childList: true, subtree: true });
});

const parts = { "asked for": [], answered: [], painted: [], "ready to use": [] };
for (let save = 0; save < SAVES; save += 1) {
  const times = page.evaluate(seen, `Saved ${save}.`);
  await pause(100);
  const began = Date.now();
  writeFileSync(file, text.replace(/^title: .*/m, `title: Saved ${save}.`));
  const at = await times;
  Object.values(parts).forEach((all, part) => all.push(at[part] - began));
  await pause(300);
}
await browser.close();
server.kill("SIGINT");
rmSync(root, { recursive: true });

console.log(`${runbooks.length} runbooks; milliseconds from a save until the page is`);
for (const [part, all] of Object.entries(parts)) {
  all.sort((a, b) => a - b);
  console.log(`  ${part.padEnd(14)}${all[SAVES / 2].toFixed(0).padStart(6)} median${all[0].toFixed(0).padStart(6)} best${all.at(-1).toFixed(0).padStart(6)} worst`);
}

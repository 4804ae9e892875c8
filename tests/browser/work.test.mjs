// Working on a page: ticks, values, filters, one step at a time, out to the journal and back, one file.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { chrome } from "./browser.mjs";
import { place, root } from "./place.mjs";
import { serve } from "./server.mjs";

const browser = chrome();
const program = join(root, "target", "debug", "runsheet");
const project = join(place, "project", "work");
const site = join(project, "output");
const plan = join(project, "content/releases/v2.yaml");
const journal = join(project, "content/releases/v2.journal.yaml");
let server;

const run = (...args) => spawnSync(program, [...args, "--root", project, "--color", "never"], { encoding: "utf8" });
const build = () => {
  const ran = run("build", "--no-pdf", "--single-file");
  assert.equal(ran.status, 0, ran.stdout + ran.stderr);
};

before(async () => {
  rmSync(project, { recursive: true, force: true });
  cpSync(join(root, "tests/site"), project, { recursive: true });
  writeFileSync(plan, "runbook: shop\nversion: v2.0.0\nwindow: { start: 2026-12-01T09:00, end: 2026-12-01T12:00, zone: Europe/Madrid }\n"
    + "roles: { lead: ana, dba: bo }\nparameters: { version: v2.0.0 }\n");
  writeFileSync(journal, "- { at: 2026-11-20T08:00:00Z, by: bo, item: certificate, actual: 90 d }\n");
  build();
  server = await serve(site);
});
after(() => server?.close());

// A page in a browser of its own; whatever it says or asks for outside the site fails the test.
const open = async (t, path, { from = "file", options = {} } = {}) => {
  const context = await browser().newContext({ viewport: { width: 1300, height: 900 }, ...options });
  const page = await context.newPage();
  const wrong = [];
  const base = from === "file" ? `${pathToFileURL(site).href}/` : server.address;
  page.on("console", (message) => wrong.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => wrong.push(String(error.stack)));
  page.on("request", (request) => { if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(base)) wrong.push(`asks for ${request.url()}`); });
  await page.goto(base + path);
  t.after(async () => {
    assert.deepEqual(wrong, []);
    await context.close();
  });
  return page;
};
const as = async (page, who) => {
  await page.locator("dialog").last().locator("select").selectOption(who);
  await page.getByRole("button", { name: "Go on" }).click();
};
const asAna = (page) => as(page, "ana");
const tick = (page, id) => page.locator(`#${id} > .item-row .tick`);
/** The state of an item, once its fields are there: they come with the first frame. */
const status = async (page, id) => {
  await tick(page, id).waitFor({ state: "attached" });
  return page.locator(`#${id} > .item-row .item-mark .mark`).getAttribute("aria-label");
};
const lines = async (page) => {
  await page.locator(".work-bar").getByRole("button", { name: /^Journal/ }).click();
  const text = await page.getByRole("textbox", { name: "Lines for the journal" }).inputValue();
  await page.keyboard.press("Escape");
  return text;
};
const without = (text) => text.replace(/at: [^,]+/g, "at: TIME");

for (const from of ["file", "http"]) {
  test(`what was ticked survives a reload (${from})`, async (t) => {
    const page = await open(t, "releases/v2.html", { from });
    await tick(page, "migrate").press(" ");
    await asAna(page);
    assert.equal(await status(page, "migrate"), "done");
    await page.reload();
    assert.equal(await status(page, "migrate"), "done");
    assert.equal(await tick(page, "migrate").isChecked(), true);
    assert.equal(await page.locator("#migrate .work-noted").first().textContent(), "Noted here: done");
    await page.getByRole("button", { name: "Undo" }).click();
    assert.equal(await status(page, "migrate"), "open");
    await page.reload();
    assert.equal(await status(page, "migrate"), "open");
  });

  test(`search finds by keyboard (${from})`, async (t) => {
    const page = await open(t, "index.html", { from });
    await page.keyboard.press("/");
    await page.keyboard.type("backup rec");
    await page.locator("#_hits li").first().waitFor();
    assert.match(await page.locator("#_hits li").first().textContent(), /1\.1 Backup is recentCheck/);
    await page.locator("#_search").fill("certifcate");
    assert.match(await page.locator("#_hits li").first().textContent(), /Certificate/);
    await page.locator("#_search").fill("naive");
    assert.match(await page.locator("#_hits li").first().textContent(), /Naïve check/);
    await page.locator("#_search").fill("restore.sh");
    await page.keyboard.press("Enter");
    await page.waitForURL(/runbooks\/shop\.html#restore$/);
  });
}

test("search stays in the release and goes away with escape", async (t) => {
  const page = await open(t, "releases/v2.html");
  await page.keyboard.press("/");
  await page.keyboard.type("3.1");
  await page.locator("#_hits li").first().waitFor();
  assert.match(await page.locator("#_hits li").first().textContent(), /^3\.1 Restore/);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await page.waitForURL(/releases\/v2\.html#restore$/);
  await page.keyboard.press("/");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".hits").isHidden(), true);
});

test("values are held against their bars at once", async (t) => {
  const page = await open(t, "releases/v2.html");
  const p95 = page.getByRole("textbox", { name: "Actual value: p95" });
  const says = () => page.locator("#watch .work-value output").first().innerText();
  for (const [value, expected] of [
    ["480 ms", "met"],
    ["0.7 s", "met, with a note 0.7 s misses < 500 ms, meets warn < 800 ms"],
    ["900 ms", "missed 900 ms misses < 500 ms"],
    ["2.5 s", "abort 2.5 s calls for abort > 2 s for 5m"],
    ["12 GB", "cannot be compared `12 GB` is an amount of data, the bar `> 2 s` is a duration"],
    ["700", "cannot be compared `700` has no unit, the bar is `> 2 s`"],
  ]) {
    await p95.fill(value);
    assert.equal((await says()).replace(/\s+/g, " ").trim(), expected);
  }
  // What cannot be compared is not recorded.
  await p95.blur();
  assert.equal(await p95.getAttribute("aria-invalid"), "true");
  assert.equal(await page.locator("dialog").count(), 0);
  await p95.fill("900 ms");
  await p95.press("Enter");
  await asAna(page);
  assert.equal(await status(page, "watch"), "failed");
  await p95.fill("300 ms");
  await p95.press("Enter");
  assert.equal(await status(page, "watch"), "open");
  await tick(page, "watch").press(" ");
  assert.equal(await status(page, "watch"), "done");
  assert.equal(without(await lines(page)).split("\n").slice(1).join("\n"),
    "- { at: TIME, by: ana, item: watch, metric: p95, actual: 300 ms }\n- { at: TIME, by: ana, item: watch, is: done }\n");
});

test("done without its value waits, and a second person has to confirm", async (t) => {
  const page = await open(t, "releases/v2.html");
  await tick(page, "backup").press(" ");
  await as(page, "bo");
  assert.equal(await status(page, "backup"), "open");
  assert.match(await page.locator("#backup .work-state").first().textContent(), /the actual value is missing/);
  await page.getByRole("textbox", { name: "Actual value: age of backup" }).fill("3 h");
  await page.keyboard.press("Tab");
  await page.getByRole("textbox", { name: "Actual value: backup size" }).fill("1 GB");
  await page.keyboard.press("Tab");
  await page.getByRole("textbox", { name: "Backup file" }).fill("orders: \"full\", 2026");
  await page.keyboard.press("Tab");
  await tick(page, "checksum-matches").press(" ");
  assert.equal(await status(page, "backup"), "done");
  const confirm = page.getByRole("button", { name: "Confirm as lead" });
  assert.match(await page.locator("#backup .work-state").first().textContent(), /to be confirmed by lead/);
  // Who did it is no second person.
  await confirm.click();
  assert.match(await page.locator("#backup .work-state").first().textContent(), /to be confirmed by lead/);
  // Nor is somebody who does not hold the role in this release.
  await page.evaluate(() => runsheet.work.who("stakeholders"));
  await confirm.click();
  assert.match(await page.locator("#backup .work-state").first().textContent(), /to be confirmed by lead/);
  await page.evaluate(() => runsheet.work.who("ana"));
  await confirm.click();
  assert.equal(await confirm.isHidden(), true);
});

test("built-in metrics follow the ticks", async (t) => {
  const page = await open(t, "releases/v2.html");
  const bar = page.locator("#readiness > .thresholds .bar");
  const says = async () => (await bar.locator(".bar-actual:visible").innerText()).replace(/\s+/g, " ");
  const built = await says();
  assert.match(built, /^actual 1\/3 /);
  await tick(page, "checksum-matches").press(" ");
  await asAna(page);
  assert.equal(await says(), "actual 2/3 cannot be compared");
  assert.equal(await bar.locator(".bar-actual:visible").getAttribute("title"), "2/3 does not meet = 100 % yet");
  await page.locator("#checksum-matches .work-buttons").getByRole("button", { name: "Record…" }).click();
  await page.getByLabel("State").last().selectOption("failed");
  await page.getByRole("button", { name: "Record", exact: true }).click();
  assert.equal(await says(), "actual 1/3 missed");
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  assert.equal(await says(), built);
});

test("a reason is asked for where the journal needs one", async (t) => {
  const page = await open(t, "releases/v2.html");
  await page.locator("#certificate .work-buttons").getByRole("button", { name: "Record…" }).click();
  await page.getByLabel("State").last().selectOption("n/a");
  await page.getByRole("button", { name: "Record", exact: true }).click();
  assert.equal(await page.locator("dialog .work-words").textContent(), "A reason is needed.");
  await page.getByLabel("Reason").fill("TLS ends at the proxy");
  await page.getByRole("button", { name: "Record", exact: true }).click();
  await asAna(page);
  assert.equal(await status(page, "certificate"), "not applicable");
  // Only what says when it applies may be recorded so.
  await page.locator("#unicode .work-buttons").getByRole("button", { name: "Record…" }).click();
  assert.equal(await page.locator("dialog option[value='n/a']").count(), 0);
});

test("filters show what fits", async (t) => {
  const page = await open(t, "releases/v2.html");
  await page.getByRole("button", { name: "Filter" }).click();
  const shown = () => page.locator(".sections .item:visible").evaluateAll((nodes) => nodes.map((node) => node.id));
  await page.locator(".work-filter").getByLabel("Owner").selectOption({ label: "Database administrator (Bo <Lind>)" });
  assert.deepEqual(await shown(), ["backup", "checksum-matches", "migrate", "restore"]);
  await page.locator(".work-filter").getByLabel("Owner").selectOption("");
  await page.locator(".work-filter").getByLabel("State").selectOption("done");
  assert.deepEqual(await shown(), ["certificate"]);
  await page.locator(".work-filter").getByLabel("State").selectOption("");
  assert.equal((await shown()).length, 7);
});

test("one step at a time by keyboard", async (t) => {
  const page = await open(t, "releases/v2.html");
  await page.getByRole("button", { name: "Step by step" }).press("Enter");
  const dialog = page.locator("dialog.reading");
  const title = () => dialog.locator(".item-title").innerText();
  assert.match(await title(), /^1\.1 Backup is recent/);
  assert.match(await dialog.locator(".reading-owner").textContent(), /Bo/);
  assert.match(await dialog.locator("pre").innerText(), /ls -l/);
  await dialog.locator(".reading-body").focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  assert.match(await title(), /Certificate/);
  await dialog.locator(".reading-body").focus();
  await page.keyboard.press("End");
  assert.match(await title(), /Restore/);
  await dialog.locator(".reading-body").focus();
  await page.keyboard.press("ArrowLeft");
  await dialog.locator(".reading-body").focus();
  await page.keyboard.press("ArrowLeft");
  assert.match(await title(), /Migrate/);
  assert.match(await dialog.locator(".warning").innerText(), /Writes are blocked/);
  assert.match(await dialog.locator(".reading-next").textContent(), /^Next: Go\/no-go/, "nobody is led past a gate");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Done, next");
  await page.keyboard.press("Enter");
  await asAna(page);
  assert.match(await title(), /Watch/);
  await dialog.locator(".reading-body").focus();
  await page.keyboard.press("ArrowLeft");
  assert.match(await dialog.locator(".reading-next").textContent(), /^Next: 2\.2 Watch/, "somebody went on");
  await dialog.locator(".reading-body").focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  assert.equal(await page.locator("#migrate > .item-row").count(), 1);
  assert.equal(await page.locator("#watch > .item-row").count(), 1);
});

test("lines go into the journal and come back as recorded", async (t) => {
  const page = await open(t, "releases/v2.html");
  await tick(page, "migrate").press(" ");
  await asAna(page);
  await page.locator(".trigger .work-buttons button").click();
  await page.getByLabel("actual").last().fill("7 %");
  await page.getByLabel("Note").fill("it's \"odd\": {really}, #1");
  await page.getByRole("button", { name: "Record", exact: true }).click();
  await page.locator("#go-no-go .work-buttons button").click();
  await page.getByRole("button", { name: "Record", exact: true }).click();
  await page.locator("#start .work-buttons button").click();
  await page.getByRole("button", { name: "Record", exact: true }).click();
  await page.locator(".work-bar").getByRole("button", { name: /^Journal/ }).click();
  await page.getByLabel("Entry for the log").fill("All hands on the call");
  await page.getByRole("button", { name: "Add" }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download" }).click()]);
  assert.equal(download.suggestedFilename(), "v2.events.yaml");
  const file = join(project, "events.yaml");
  await download.saveAs(file);
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".work-bar button").last().textContent(), "Journal");
  const before = readFileSync(journal, "utf8");
  const ran = run("import-events", "v2", file);
  assert.equal(ran.stderr.split("\n").at(-2), "imported 5 events, refused 0, 0 known before", ran.stdout + ran.stderr);
  assert.equal(without(ran.stdout), [
    "- { at: TIME, by: ana, item: migrate, is: done }",
    "- { at: TIME, by: ana, trigger: error-rate, is: fired, actual: 7 %, note: \"it's \\\"odd\\\": {really}, #1\" }",
    "- { at: TIME, by: ana, gate: go-no-go, choice: go }",
    "- { at: TIME, by: ana, message: start, is: sent }",
    "- { at: TIME, by: ana, event: All hands on the call }",
    "",
  ].join("\n"));
  // The same lines again change nothing.
  assert.match(run("import-events", "v2", file).stderr, /imported 0 events, refused 0, 5 known before/);
  build();
  await page.reload();
  assert.equal(await status(page, "migrate"), "done");
  assert.equal(await page.locator("#migrate .work-noted").first().isHidden(), true);
  assert.equal(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes("/release/")).length
    && runsheet.work.local.length), 0);
  // What the program wrote is what the page wrote.
  assert.ok(readFileSync(journal, "utf8").startsWith(before));
  writeFileSync(journal, before);
  build();
});

test("a sign-off, a waiver and an outcome are taken like those of the commands", async (t) => {
  const page = await open(t, "releases/v2.html");
  const record = () => page.getByRole("button", { name: "Record", exact: true }).last().click();
  const note = page.locator("#_verdict .work-noted");
  assert.equal(await note.isHidden(), true);
  // By a name, for the seal; what a key is for is said.
  await page.locator("#readiness-approval-1").getByRole("button", { name: /^Sign…/ }).click();
  assert.match(await page.locator("dialog .work-words").last().textContent(), /^Signed by name, for the seal [-0-9a-f]{19}\. .*sign --with ssh\.$/);
  assert.deepEqual(await page.getByLabel("Choice").locator("option").allTextContents(), ["approve", "block"]);
  await page.getByLabel("Recorded by").selectOption("bo");
  await page.getByLabel("Reason").fill("restored on staging");
  await record();
  assert.equal(await page.locator("#readiness-approval-1 .work-noted").textContent(), "Noted here: dba · approve · restored on staging");
  assert.equal(await note.isVisible(), true);
  // A waiver has a last day, nothing else has.
  await page.locator("#certificate .work-buttons").getByRole("button", { name: "Record…" }).click();
  assert.equal(await page.getByLabel("Last day").isHidden(), true);
  await page.getByLabel("State").last().selectOption("waived");
  await page.getByLabel("Last day").fill("2026-12-03");
  await page.getByLabel("Reason").fill("renewed tomorrow");
  await record();
  assert.equal(await status(page, "certificate"), "waived");
  // Somebody else signs as what they do not hold.
  await page.locator("#readiness-approval-2").getByRole("button", { name: /^Sign…/ }).click();
  await page.getByLabel("Recorded by").selectOption("ana");
  await page.locator("dialog select").nth(1).selectOption("dba");
  await page.getByLabel("Choice").selectOption("block");
  await record();
  await page.locator(".work-bar").getByRole("button", { name: /^Journal/ }).click();
  await page.getByLabel("Outcome").selectOption("rollback");
  await record();
  const file = join(project, "signed.yaml");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download" }).click()]);
  await download.saveAs(file);
  const text = readFileSync(file, "utf8");
  const seal = text.split("\n")[0].split(" ").at(-1);
  const before = readFileSync(journal, "utf8");
  const ran = run("import-events", "v2", file);
  assert.equal(ran.status, 1);
  assert.equal(without(ran.stdout), [
    `- { at: TIME, by: bo, sign: dba, choice: approve, seal: ${seal}, why: restored on staging }`,
    "- { at: TIME, by: bo, item: certificate, is: waived, why: renewed tomorrow, until: 2026-12-03 }",
    "refused line 4: `ana` does not hold `dba`, and the signature would not count",
    "- { at: TIME, by: ana, outcome: rollback }",
    "",
  ].join("\n"));
  // The page takes the same lines from somebody else.
  const other = await open(t, "releases/v2.html");
  await other.locator(".work-bar").getByRole("button", { name: /^Journal/ }).click();
  await other.getByLabel("Lines to take in").fill(text);
  await other.getByRole("button", { name: "Take in", exact: true }).click();
  assert.equal(await other.locator("dialog [role=status]").textContent(), "4 taken in, 0 known before.");
  // The approval is given once it is in the journal.
  writeFileSync(journal, readFileSync(journal, "utf8").split("\n").filter((line) => !line.includes("outcome:")).join("\n"));
  build();
  await page.keyboard.press("Escape");
  await page.reload();
  assert.match(await page.locator("#readiness-approval-1 td").last().textContent(), /^given.*approve, Bo <Lind> as Database administrator/s);
  writeFileSync(journal, before);
  build();
});

test("lines of somebody else come in", async (t) => {
  const page = await open(t, "releases/v2.html");
  const seal = await page.evaluate(() => runsheet.work.data.seal);
  const take = async (text) => {
    await page.locator(".work-bar").getByRole("button", { name: /^Journal/ }).click();
    await page.getByLabel("Lines to take in").fill(text);
    await page.getByRole("button", { name: "Take in", exact: true }).click();
    const said = await page.locator("dialog [role=status]").textContent();
    await page.keyboard.press("Escape");
    return said;
  };
  const good = "- { at: 2026-11-30T09:00:00Z, by: bo, item: migrate, is: failed, why: \"lock \\\"x\\\"\" }";
  assert.equal(await take(`# runsheet v1 ${seal}\n${good}`), "These lines are of the release v1.");
  assert.match(await take(`# runsheet v2 0000-0000-0000-0000\n${good}`), /^The runbook or the plan has changed since/);
  const text = `# runsheet v2 ${seal}\n${good}\n- { at: 2026-11-20T08:00:00Z, by: bo, item: certificate, actual: 90 d }\n`
    + "- { at: 2026-11-30T09:00:00Z, by: bo, item: nowhere, is: done }\nnonsense\n";
  assert.equal(await take(text), "1 taken in, 1 known before. 1 left out: it is about nothing on this page. No lines of a journal: 5.");
  assert.equal(await status(page, "migrate"), "failed");
  assert.match(await lines(page), /why: "lock \\"x\\""/);
});

test("a changed runbook is said and not mixed in", async (t) => {
  const page = await open(t, "releases/v2.html");
  await tick(page, "migrate").press(" ");
  await asAna(page);
  const was = readFileSync(plan, "utf8");
  writeFileSync(plan, `${was}change: CHG-2\n`);
  build();
  await page.reload();
  assert.equal(await status(page, "migrate"), "open");
  assert.match(await page.locator(".work-olds").textContent(), /^The runbook or the plan has changed\. 1 entry was noted before/);
  await page.getByRole("button", { name: "Take over" }).click();
  assert.equal(await status(page, "migrate"), "done");
  assert.equal(await page.locator(".work-olds").isHidden(), true);
  writeFileSync(plan, was);
  build();
});

test("what the journal says since then is shown beside", async (t) => {
  const page = await open(t, "releases/v2.html");
  await page.evaluate(() => {
    runsheet.work.who("ana");
    runsheet.work.take([{ at: "2026-11-29T08:00:00Z", by: "ana", item: "migrate", is: "done" }]);
  });
  const was = readFileSync(journal, "utf8");
  writeFileSync(journal, `${was}- { at: 2026-11-30T10:00:00Z, by: bo, item: migrate, is: failed }\n`);
  build();
  await page.reload();
  assert.equal(await status(page, "migrate"), "failed");
  assert.equal(await page.locator("#migrate .work-noted").first().textContent(), "Noted here: done Since then bo recorded: failed.");
  writeFileSync(journal, was);
  build();
});

test("the state of every item is what the program found", async (t) => {
  const page = await open(t, "releases/v2.html");
  const different = await page.evaluate(() => {
    const { work, judge } = runsheet;
    const { day, person, speaks } = work;
    const state = (item) => judge(item, work.recordedOf(item.id), { day, person, speaks, inside: item.checks.map((id) => state(work.index.get(id))) });
    return work.data.items.filter((item) => state(item).status !== item.status).map((item) => item.id);
  });
  assert.deepEqual(different, []);
});

test("a runbook keeps its ticks apart", async (t) => {
  const page = await open(t, "runbooks/shop.html");
  await tick(page, "migrate").press(" ");
  assert.equal(await status(page, "migrate"), "done");
  assert.equal(await page.locator(".work-bar").getByRole("button", { name: /^Journal/ }).count(), 0);
  await page.goto(page.url().replace("runbooks/shop", "releases/v2"));
  assert.equal(await status(page, "migrate"), "open");
});

test("the clock counts from T and rests where motion is not wanted", async (t) => {
  const page = await open(t, "releases/v2.html", { options: {} });
  assert.match(await page.locator(".work-clock").textContent(), /^T[−+](\d+d )?\d\d:\d\d:\d\d$/);
  assert.match(await page.locator(".work-zone").textContent(), /^\d\d:\d\d Europe\/Madrid$/);
  const still = await open(t, "releases/v2.html", { options: { reducedMotion: "reduce" } });
  assert.match(await still.locator(".work-clock").textContent(), /^T[−+](\d+d )?\d\d:\d\d$/);
});

test("one file works under its policy", async (t) => {
  const page = await open(t, "single/v2.html");
  const policy = await page.locator("meta[http-equiv]").getAttribute("content");
  assert.match(policy, /^default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; img-src data:; base-uri 'none'; form-action 'none'$/);
  const text = readFileSync(join(site, "single/v2.html"), "utf8");
  assert.doesNotMatch(text, /<(script|link|img)[^>]* (src|href)="(?!data:)/);
  assert.doesNotMatch(text, / style=| on[a-z]+=/);
  const hrefs = await page.locator("a[href]").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  assert.deepEqual(hrefs.filter((href) => !/^(#|https:|mailto:|tel:)/.test(href)), []);
  const dangling = await page.evaluate(() => [...document.querySelectorAll("a[href^='#']")]
    .filter((link) => !document.getElementById(decodeURIComponent(link.hash.slice(1)))).map((link) => link.hash));
  assert.deepEqual(dangling, []);
  assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector(".top")).position), "sticky");
  // It is its own index: a title, a command, a slip of the hand.
  for (const [text, hash] of [["migrate", "#migrate"], ["ls -l", "#backup"], ["chekcsum", "#checksum-matches"], ["2.1", "#migrate"]]) {
    await page.keyboard.press("/");
    await page.locator("#_search").fill(text);
    await page.locator("#_hits li").first().waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.hash === hash);
  }
  await tick(page, "migrate").press(" ");
  await asAna(page);
  assert.equal(await status(page, "migrate"), "done");
  assert.match(await lines(page), /^# runsheet v2 [-0-9a-f]+\n- \{ at: [^,]+, by: ana, item: migrate, is: done \}\n$/);
  await page.reload();
  assert.equal(await status(page, "migrate"), "done");
});

test("what another tab noted is kept by one that was not told of it", async (t) => {
  const page = await open(t, "releases/v2.html", { from: "http" });
  // As a tab that slept, or a page that comes back as it was left: nothing arrives.
  await page.addInitScript(() => addEventListener("storage", (event) => event.stopImmediatePropagation()));
  await page.reload();
  await page.evaluate(() => runsheet.work.who("ana"));
  const other = await page.context().newPage();
  await other.goto(page.url());
  await tick(other, "migrate").press(" ");
  await page.evaluate(() => runsheet.work.add({ item: "checksum-matches", is: "done" }));
  assert.equal(await status(page, "migrate"), "done");
  assert.equal(await status(page, "checksum-matches"), "done");
  await page.reload();
  assert.equal(await status(page, "migrate"), "done");
  assert.equal(await status(page, "checksum-matches"), "done");
});

test("a value that is still being typed survives a reload", async (t) => {
  const page = await open(t, "releases/v2.html");
  await page.evaluate(() => runsheet.work.who("bo"));
  const p95 = page.getByRole("textbox", { name: "Actual value: p95" });
  await p95.fill("480 ms");
  await page.reload();
  await p95.waitFor();
  assert.equal(await p95.inputValue(), "480 ms");
});

test("without storage it works until the page is closed", async (t) => {
  const page = await open(t, "index.html");
  await page.addInitScript(() => { Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } }); });
  await page.goto(page.url().replace("index.html", "releases/v2.html"));
  await tick(page, "migrate").press(" ");
  await asAna(page);
  assert.equal(await status(page, "migrate"), "done");
  assert.match(await page.locator(".work-old:visible").textContent(), /keeps nothing/);
});

test("without scripts the page reads in full", async (t) => {
  const page = await open(t, "releases/v2.html", { options: { javaScriptEnabled: false } });
  assert.equal(await page.locator(".sections .item:visible").count(), 7);
  assert.equal(await page.locator("input:visible").count(), 0);
});

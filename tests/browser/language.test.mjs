// What scripts add to a page is in its language: the bar, dialogs, and why a value is no match.
import assert from "node:assert/strict";
import { test } from "node:test";
import { chrome, disk, visit } from "./browser.mjs";
import { site } from "./place.mjs";

const browser = chrome();
const PAGE = "releases/v1.html";
const labels = (page) => page.evaluate(() => window.runsheetLabels);
/** Every text and name on the page. */
const texts = (page) => page.evaluate(() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest("script, code, pre")) found.push(walker.currentNode.data.trim());
  for (const node of document.querySelectorAll("[aria-label], [title]")) found.push(node.ariaLabel, node.title);
  return found;
});

for (const [name, words] of [
  ["german", { open: "Eintragen …", sign: "Unterschreiben …", journal: "Journal", filter: "Filtern", steps: "Schritt für Schritt",
    kind: "`12 GB` ist eine Datenmenge, die Schwelle `> 2 s` ist eine Dauer", miss: "900 ms verfehlt < 500 ms" }],
  ["spanish", { open: "Registrar…", sign: "Firmar…", journal: "Diario", filter: "Filtrar", steps: "Paso a paso",
    kind: "`12 GB` es una cantidad de datos, el umbral `> 2 s` es una duración", miss: "900 ms no cumple < 500 ms" }],
]) {
  test(`a ${name} page is worked on in its language`, async () => {
    const english = await visit(browser(), disk(site("small"), PAGE), labels);
    await visit(browser(), disk(site(name), PAGE), async (page) => {
      const own = await labels(page);
      const foreign = new Set(Object.keys(english).filter((key) => typeof english[key] === "string" && english[key] !== own[key]).map((key) => english[key]));
      assert.ok(foreign.size > 50);
      const value = page.locator("#watch .work-value input").first();
      for (const [typed, said] of [["12 GB", words.kind], ["900 ms", words.miss]]) {
        await value.fill(typed);
        assert.equal(await page.locator("#watch .work-words").first().textContent(), said);
      }
      const press = (text) => page.getByRole("button", { name: text }).first().click();
      for (const text of [words.filter, words.open, words.sign, words.journal, words.steps]) {
        await press(text);
        const left = (await texts(page)).filter((said) => foreign.has(said));
        assert.deepEqual(left, [], text);
        await page.keyboard.press("Escape");
      }
    });
  });
}

// Runs the scripts that evaluate bars on a corpus: node evaluate.js CORPUS SCRIPT...
// The corpus is { table, labels, bars, actuals, day, pairs }; the answers go out as JSON, one a pair.
// With { table, labels, pages }, what pages work on, out go the state of each item, the values of
// built-in metrics, who has yet to confirm and what is to be done next; the journal of a page is taken for what was noted there.
"use strict";
const fs = require("node:fs");
const vm = require("node:vm");

const [corpusPath, ...paths] = process.argv.slice(2);
const corpus = JSON.parse(fs.readFileSync(corpusPath, "utf8"));
const scripts = paths.map((path) => fs.readFileSync(path, "utf8")).join("\n");
const script = new vm.Script(`const window = globalThis;\nconst runsheet = { table };\n${scripts}\nrunsheet`);
const load = (globals) =>
  script.runInContext(vm.createContext({ TextEncoder, table: corpus.table, runsheetLabels: corpus.labels, ...globals }));

const compared = ({ bars, actuals, day, pairs }) => {
  const { threshold } = load({});
  const rates = bars.map((bar) => threshold(bar));
  return pairs.map(([bar, actual]) => {
    const { rating, words } = rates[bar](actuals[actual], day);
    return [rating, words];
  });
};

const counted = (page) => {
  const kept = { [`runsheet/${page.site}/${page.kind}/${page.name}/${page.seal}`]: JSON.stringify({ lines: page.journal }) };
  const source = { textContent: JSON.stringify({ ...page, journal: "" }) };
  const { work } = load({
    document: { getElementById: (id) => (id === "_work" ? source : null) },
    localStorage: { getItem: (name) => kept[name] ?? null, setItem() {}, removeItem() {} },
    addEventListener() {},
  });
  const told = (found) => (found && !found.missing ? [found.value, found.rating, found.words] : null);
  const item = (one) => [one.id, work.state(one).status, work.state(one).computed.map(told), work.state(one).waits];
  const found = [...work.data.items.map(item), ...work.data.sections.map((one) => [one.id, null, work.gauges(one).map(told), []])];
  const { items, gate } = work.left();
  return [found, items.map(({ id }) => id), gate && gate.id];
};

process.stdout.write(JSON.stringify(corpus.pages ? corpus.pages.map(counted) : compared(corpus)));

// Runs the scripts that evaluate bars on a corpus: node evaluate.js CORPUS SCRIPT...
// The corpus is { table, labels, bars, actuals, day, pairs }; the answers go out as JSON, one a pair.
"use strict";
const fs = require("node:fs");
const vm = require("node:vm");

const [corpusPath, ...scripts] = process.argv.slice(2);
const corpus = JSON.parse(fs.readFileSync(corpusPath, "utf8"));
const context = vm.createContext({ TextEncoder, table: corpus.table, runsheetLabels: corpus.labels });
const source = scripts.map((path) => fs.readFileSync(path, "utf8")).join("\n");
const runsheet = vm.runInContext(`const window = globalThis;\nconst runsheet = { table };\n${source}\nrunsheet`, context);
const bars = corpus.bars.map((bar) => runsheet.threshold(bar));
const answers = corpus.pairs.map(([bar, actual]) => {
  const { rating, words } = bars[bar](corpus.actuals[actual], corpus.day);
  return [rating, words];
});
process.stdout.write(JSON.stringify(answers));

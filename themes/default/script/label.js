// The words of the program in the language of the page; every label that a script names is in the table.
(() => {
  "use strict";

  // `label("copy")`, `label("first-of", { n: 20, all: 31 })`; `n` decides between one and several.
  window.label = (key, blanks = {}) => {
    const found = window.runsheetLabels[key];
    const text = typeof found === "string" ? found : String(blanks.n) === "1" ? found.one : found.other;
    return text.replace(/\{(\w+)\}/g, (whole, name) => name in blanks ? String(blanks[name]) : whole);
  };
})();

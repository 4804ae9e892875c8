// Long lists: a field that leaves only the rows that hold every word that is typed.
(() => {
  "use strict";
  for (const bar of document.querySelectorAll(".filter")) {
    const table = bar.nextElementSibling?.querySelector("table");
    if (!table) continue;
    const rows = [...table.querySelectorAll("tbody > tr:not(.is-group)")];
    const texts = rows.map((row) => `${row.dataset.product || ""} ${row.textContent}`.toLowerCase());

    const field = document.createElement("input");
    field.type = "search";
    field.className = "filter-field";
    field.placeholder = label("filter-list");
    field.setAttribute("aria-label", label("filter-list"));
    const note = document.createElement("span");
    note.className = "note";
    note.setAttribute("role", "status");

    field.addEventListener("input", () => {
      const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, at) => {
        row.hidden = !words.every((word) => texts[at].includes(word));
        if (!row.hidden) shown += 1;
      });
      for (const body of table.tBodies) {
        body.hidden = ![...body.rows].some((row) => !row.hidden && !row.classList.contains("is-group"));
      }
      note.textContent = words.length ? label("shown-of", { n: shown, all: rows.length }) : "";
    });

    bar.append(field, note);
    // A page that shows some of the rows leads here for the others.
    const asked = new URLSearchParams(location.search).get("filter");
    if (asked) {
      field.value = asked;
      field.dispatchEvent(new Event("input"));
    }
  }
})();

// The search field: what is found is listed while somebody types, chosen by arrows, opened by Enter.
(() => {
  "use strict";
  const box = document.querySelector(".search");
  const field = document.getElementById("_search");
  const { root, runbook } = document.body.dataset;
  if (!box || !field) return;
  const panel = box.querySelector(".hits");
  const list = document.getElementById("_hits");
  const note = box.querySelector(".hits-note");
  const MOST = 20;
  const KINDS = {
    runbook: label("runbook"), release: label("release"), section: label("section"), check: label("check"),
    step: label("step"), trigger: label("trigger"), message: label("message"), gate: label("gate"),
    table: label("table"), page: label("page"), role: label("role"), team: label("team"), person: label("person"),
  };
  box.hidden = false;

  const { fold, load, find, local } = window.runsheetFinder(() => { if (box.contains(document.activeElement)) show(); });

  // A release has the same anchors as its runbook: stay in the release.
  const address = (hit) => {
    const anchor = hit.anchor ? `#${encodeURIComponent(hit.anchor)}` : "";
    if (local || (runbook && anchor && hit.path === runbook)) return anchor || "#_main";
    return root + hit.path.split("/").map(encodeURIComponent).join("/") + anchor;
  };

  const marked = (text, words) => {
    const span = document.createElement("span");
    const folded = fold(text);
    const found = folded.length === text.length ? words.map((word) => [folded.indexOf(word), word.length]) : [];
    let from = 0;
    for (const [at, length] of found.filter(([at]) => at >= 0).sort((a, b) => a[0] - b[0])) {
      if (at < from) continue;
      span.append(text.slice(from, at));
      const mark = document.createElement("mark");
      mark.textContent = text.slice(at, at + length);
      span.append(mark);
      from = at + length;
    }
    span.append(text.slice(from));
    return span;
  };

  const row = (entry, words, at) => {
    const item = document.createElement("li");
    item.id = `_hit${at}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    const link = document.createElement("a");
    link.href = address(entry);
    link.tabIndex = -1;
    const title = document.createElement("span");
    if (entry.number) title.append(`${entry.number} `);
    title.append(marked(entry.title, words));
    const kind = document.createElement("span");
    kind.className = "hit-kind";
    kind.textContent = KINDS[entry.kind] || entry.kind;
    link.append(title, kind);
    const where = [entry.where === entry.title ? "" : entry.where, entry.owner].filter(Boolean).join(" · ");
    if (where) {
      const line = document.createElement("span");
      line.className = "hit-where";
      line.textContent = where;
      link.append(line);
    }
    item.append(link);
    return item;
  };

  let chosen = -1;
  const choose = (index) => {
    const items = list.children;
    if (items[chosen]) items[chosen].setAttribute("aria-selected", "false");
    chosen = items.length ? (index + items.length) % items.length : -1;
    if (chosen < 0) return field.removeAttribute("aria-activedescendant");
    items[chosen].setAttribute("aria-selected", "true");
    items[chosen].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", items[chosen].id);
  };

  const close = () => {
    panel.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };

  const show = () => {
    const result = find(field.value, MOST);
    chosen = -1;
    // What is to be found is still on its way.
    if (result === undefined) return;
    list.replaceChildren();
    if (!result) return close();
    const { words, hits, all } = result;
    list.append(...hits.map((entry, at) => row(entry, words, at)));
    note.textContent = hits.length ? (all > MOST ? label("first-of", { n: MOST, all }) : "") : label("nothing-found");
    panel.hidden = false;
    field.setAttribute("aria-expanded", "true");
    choose(0);
  };

  field.addEventListener("focus", load);
  field.addEventListener("input", () => { load(); show(); });
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen - 1);
    else if (event.key === "Enter") {
      const link = list.children[chosen]?.querySelector("a");
      if (link) link.click();
      close();
    } else if (event.key === "Escape") {
      if (panel.hidden) field.blur();
      close();
    } else return;
    event.preventDefault();
  });
  document.addEventListener("click", (event) => { if (!box.contains(event.target)) close(); });
  list.addEventListener("click", close);
  box.addEventListener("focusout", (event) => { if (!box.contains(event.relatedTarget)) close(); });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
})();

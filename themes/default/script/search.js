// Search over titles, numbers, owners, commands and bars. The index is a classic script, loaded when
// the field is first used, because browsers refuse every other way of loading data from a disk.
(() => {
  "use strict";
  const box = document.querySelector(".search");
  const field = document.getElementById("_search");
  if (!box || !field) return;
  const panel = box.querySelector(".hits");
  const list = document.getElementById("_hits");
  const note = box.querySelector(".hits-note");
  const { root, search, runbook } = document.body.dataset;
  const MOST = 20;
  const KINDS = {
    runbook: label("runbook"), release: label("release"), section: label("section"), check: label("check"),
    step: label("step"), trigger: label("trigger"), message: label("message"), gate: label("gate"),
    table: label("table"), page: label("page"), role: label("role"), team: label("team"), person: label("person"),
  };
  box.hidden = false;

  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  let entries = null;
  let loading = false;
  const load = () => {
    if (entries || loading) return;
    loading = true;
    const script = document.createElement("script");
    script.src = search;
    script.addEventListener("load", () => {
      const index = window.runsheetIndex;
      entries = index.entries.map(([page, anchor, kind, number, title, owner, more]) => {
        const [path, where] = index.pages[page];
        const name = owner < 0 ? "" : index.owners[owner];
        return { path, where, anchor, kind, number, title, owner: name, folded: fold(title), rest: fold(`${name} ${more}`) };
      });
      show();
    });
    document.head.append(script);
  };

  // Higher is better; nothing where a word is nowhere.
  const score = (entry, words) => {
    let sum = 0;
    for (const word of words) {
      const at = entry.folded.indexOf(word);
      if (at === 0) sum += 12;
      else if (at > 0) sum += /[^\p{L}\p{N}]/u.test(entry.folded[at - 1]) ? 8 : 5;
      else if (entry.number && entry.number.startsWith(word)) sum += entry.number === word ? 14 : 6;
      else if (entry.rest.includes(word)) sum += 2;
      else return 0;
    }
    if (entry.kind === "runbook" || entry.kind === "release") sum += 4;
    if (entry.kind === "section") sum += 1;
    if (runbook && entry.path === runbook) sum += 6;
    return sum - entry.folded.length / 400;
  };

  const find = (text) => {
    const words = fold(text).split(/\s+/).filter(Boolean);
    if (!words.length || !entries) return null;
    const hits = [];
    for (const entry of entries) {
      const points = score(entry, words);
      if (points > 0) hits.push([points, entry]);
    }
    hits.sort((a, b) => b[0] - a[0]);
    return { words, hits: hits.map(([, entry]) => entry) };
  };

  // A release has the same anchors as its runbook: stay in the release.
  const address = (entry) => {
    const anchor = entry.anchor ? `#${encodeURIComponent(entry.anchor)}` : "";
    if (runbook && anchor && entry.path === runbook) return anchor;
    return root + entry.path.split("/").map(encodeURIComponent).join("/") + anchor;
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

  const row = (entry, words, index) => {
    const item = document.createElement("li");
    item.id = `_hit${index}`;
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
    const result = find(field.value);
    list.replaceChildren();
    chosen = -1;
    if (!result) return close();
    const { words, hits } = result;
    list.append(...hits.slice(0, MOST).map((entry, index) => row(entry, words, index)));
    note.textContent = hits.length ? (hits.length > MOST ? label("first-of", { n: MOST, all: hits.length }) : "") : label("nothing-found");
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

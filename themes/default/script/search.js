// Search over titles, numbers, owners, commands and bars. The index is a classic script, loaded when
// the field is first used, because browsers refuse every other way of loading data from a disk.
(() => {
  "use strict";
  const box = document.querySelector(".search");
  const field = document.getElementById("_search");
  const { root, search, runbook } = document.body.dataset;
  if (!box || !field || !search) return;
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

  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const split = (text) => fold(text).match(/[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|(?:(?![\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])[\p{Alphabetic}\p{N}])+/gu) || [];

  // ---- the index
  const VALUES = new Uint8Array(128);
  [..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"].forEach((c, at) => { VALUES[c.charCodeAt(0)] = at; });
  const each = (text, take) => {
    let number = 0;
    for (let at = 0; at < text.length; at += 1) {
      const digit = VALUES[text.charCodeAt(at)];
      number = number * 32 + (digit & 31);
      if (digit < 32) { take(number); number = 0; }
    }
  };
  const numbers = (text) => { const all = []; each(text, (number) => all.push(number)); return all; };
  let index = null;
  const open = (data) => {
    let before = "";
    const words = data.words.split(" ").slice(0, -1).map((word) => {
      before = before.slice(0, parseInt(word[0], 36)) + word.slice(1);
      return before;
    });
    return { ...data, words, places: data.places.split(" "), title: numbers(data.title), owner: numbers(data.owner) };
  };
  const pageOf = (at) => {
    let [low, high] = [0, index.pages.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (index.pages[middle][2] <= at) low = middle; else high = middle - 1;
    }
    return index.pages[low];
  };
  const numberOf = (at, first) => {
    let counters = [];
    for (let here = first; here <= at; here += 1) {
      const depth = parseInt(index.depth[here], 36);
      if (depth) {
        counters = [...counters, ...Array(depth).fill(0)].slice(0, depth);
        counters[depth - 1] += 1;
        if (index.numbers[here]) counters = index.numbers[here].split(".").map(Number);
      }
    }
    return index.depth[at] === "-" ? "" : index.numbers[at] ?? counters.join(".");
  };
  const slug = (title) => (title.match(/[A-Za-z0-9]+/g) || []).join("-").toLowerCase();
  const entry = (at) => {
    const [path, where, first] = index.pages[index.pages.indexOf(pageOf(at))];
    const title = index.titles[index.title[at]];
    return { path, where, title, anchor: index.anchors[at] ?? slug(title), kind: index.kinds[index.kind[at]],
      number: numberOf(at, first), owner: index.owners[index.owner[at] - 1] || "" };
  };

  let loading = false;
  const load = () => {
    if (index || loading) return;
    loading = true;
    const script = document.createElement("script");
    script.src = search;
    script.addEventListener("load", () => { index = open(window.runsheetIndex); show(); });
    document.head.append(script);
  };

  // ---- looking up: a word, the start of one, and at most one slip of the hand
  const from = (word) => {
    let [low, high] = [0, index.words.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (index.words[middle] < word) low = middle + 1; else high = middle;
    }
    return low;
  };
  const slip = (word, term) => {
    if (Math.abs(term.length - word.length) > 1 && term.length < word.length) return false;
    let at = 0;
    while (at < word.length && word[at] === term[at]) at += 1;
    const rest = word.slice(at + 1);
    return term.startsWith(rest, at + 1) || term.startsWith(rest, at) || term.startsWith(word.slice(at), at + 1)
      || (word[at] === term[at + 1] && word[at + 1] === term[at] && term.startsWith(word.slice(at + 2), at + 2));
  };
  const terms = (word, loose) => {
    const found = [];
    for (let at = from(word); at < index.words.length && index.words[at].startsWith(word); at += 1) {
      found.push([at, index.words[at] === word ? 1 : 0.7]);
    }
    if (loose && word.length > 3) {
      index.words.forEach((term, at) => { if (!term.startsWith(word) && slip(word, term)) found.push([at, 0.3]); });
    }
    return found;
  };
  const gather = (words, loose) => {
    let all = null;
    for (const word of words) {
      const points = new Map();
      for (const [term, weight] of terms(word, loose)) {
        let at = 0;
        each(index.places[term], (code) => {
          at += code >> 1;
          const worth = weight * (code & 1 ? 10 : 2);
          if ((!all || all.has(at)) && worth > (points.get(at) || 0)) points.set(at, worth);
        });
      }
      if (all) for (const [at, worth] of points) points.set(at, worth + all.get(at));
      all = points;
    }
    return all || new Map();
  };
  const KIND_POINTS = { b: 4, r: 4, o: 3, e: 3, n: 3, s: 1 };
  const find = (text) => {
    const words = split(text);
    if (!words.length || !index) return null;
    const numbered = /^\d+(\.\d+)*$/.test(text.trim()) ? text.trim() : "";
    let found = gather(words, false);
    if (!found.size) found = gather(words, true);
    let best = [...found].map(([at, points]) => [points + (KIND_POINTS[index.kind[at]] || 0), at]);
    best.sort((a, b) => b[0] - a[0] || a[1] - b[1]);
    const all = best.length;
    const whole = fold(text.trim());
    best = best.slice(0, 400).map(([points, at]) => {
      const hit = entry(at);
      const title = fold(hit.title);
      let sum = points - title.length / 100;
      if (title.startsWith(whole)) sum += title === whole ? 12 : 6;
      if (runbook && hit.path === runbook) sum += 6;
      return [sum, hit];
    });
    if (numbered && runbook) {
      const page = index.pages.findIndex(([path]) => path === runbook);
      const end = index.pages[page + 1]?.[2] ?? index.title.length;
      for (let at = index.pages[page]?.[2] ?? end; at < end; at += 1) {
        const hit = entry(at);
        if (hit.number === numbered || hit.number.startsWith(`${numbered}.`)) best.push([hit.number === numbered ? 60 : 30, hit]);
      }
    }
    best.sort((a, b) => b[0] - a[0]);
    return { words, all: Math.max(all, best.length), hits: best.slice(0, MOST).map(([, hit]) => hit) };
  };

  // A release has the same anchors as its runbook: stay in the release.
  const address = (hit) => {
    const anchor = hit.anchor ? `#${encodeURIComponent(hit.anchor)}` : "";
    if (runbook && anchor && hit.path === runbook) return anchor;
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
    const result = find(field.value);
    list.replaceChildren();
    chosen = -1;
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

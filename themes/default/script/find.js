// What a search finds, among titles, numbers, owners, commands and bars. The index of the site is classic scripts,
// because browsers refuse every other way of loading data from a disk; of a large one only those parts are loaded that
// a search needs. A page that is one file is its own index.
window.runsheetFinder = (arrived) => {
  "use strict";
  const { search, runbook } = document.body.dataset;
  const local = !search;

  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const split = (text) => fold(text).match(/[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|(?:(?![\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])[\p{Alphabetic}\p{N}])+/gu) || [];

  // ---- what is written in digits of 32
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
  // The last one of a list in order that is not above.
  const last = (length, at, value) => {
    let [low, high] = [0, length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (at(middle) <= value) low = middle; else high = middle - 1;
    }
    return low;
  };

  // ---- the index of the site
  let index = null;
  const asked = new Set();
  const read = (path, then) => {
    if (asked.has(path)) return;
    asked.add(path);
    const script = document.createElement("script");
    script.src = path;
    script.addEventListener("load", () => { then(); arrived(); });
    document.head.append(script);
  };
  const open = (data) => {
    let before = "";
    const words = data.words.split(" ").slice(0, -1).map((word) => {
      before = before.slice(0, parseInt(word[0], 36)) + word.slice(1);
      return before;
    });
    index = { ...data, words };
  };
  // A part of the index, once it is here.
  const part = (list, at) => {
    const found = index[list][at];
    if (found === undefined) read(`${search.replace(/\.js$/, "")}-${list}-${at}.js?${index.stamp}`, () => {});
    return found;
  };
  const placesOf = (term) => {
    const { starts } = index;
    const at = last(starts.length, (one) => starts[one], term);
    let found = part("places", at);
    if (typeof found === "string") found = index.places[at] = found.split(" ");
    return found && found[term - starts[at]];
  };
  const numberOf = (entries, at, first) => {
    let counters = [];
    for (let here = first; here <= at; here += 1) {
      const depth = parseInt(entries.depth[here], 36);
      if (depth) {
        counters = [...counters, ...Array(depth).fill(0)].slice(0, depth);
        counters[depth - 1] += 1;
        if (entries.numbers[here]) counters = entries.numbers[here].split(".").map(Number);
      }
    }
    return entries.depth[at] === "-" ? "" : entries.numbers[at] ?? counters.join(".");
  };
  const slug = (title) => (title.match(/[A-Za-z0-9]+/g) || []).join("-").toLowerCase();
  const pageAt = (at) => last(index.pages.length, (one) => index.pages[one][2], at);
  const entry = (at) => {
    if (index.all) return index.all[at];
    const page = pageAt(at);
    const which = Math.floor(page / index.each);
    const entries = part("entries", which);
    if (!entries) return undefined;
    if (typeof entries.title === "string") Object.assign(entries, { title: numbers(entries.title), owner: numbers(entries.owner) });
    const [path, where, first] = index.pages[page];
    const from = index.pages[which * index.each][2];
    const title = entries.titles[entries.title[at - from]];
    return { path, where, title, anchor: entries.anchors[at - from] ?? slug(title), kind: index.kinds[entries.kind[at - from]],
      number: numberOf(entries, at - from, first - from), owner: index.owners[entries.owner[at - from] - 1] || "" };
  };

  // ---- a page as its own index
  const KINDS = { section: ".section-head > :is(h2, h3, h4, h5, h6)", step: ".item-row .item-title", trigger: ".trigger-condition",
    message: ".message-title > b", gate: ".gate-title > b", table: "caption" };
  const within = () => {
    const all = [];
    const words = new Map();
    const text = (node, sel) => [...node.querySelectorAll(sel)].map((one) => one.textContent).join(" ");
    for (const node of document.querySelectorAll("main :is(.section, .item, .trigger, .message, .gate, .table)[id]")) {
      const kind = Object.keys(KINDS).find((name) => node.classList.contains(name === "step" ? "item" : name));
      const head = node.querySelector(KINDS[kind])?.cloneNode(true);
      if (!head) continue;
      const number = head.querySelector(".number")?.textContent ?? "";
      head.querySelectorAll(".number, .level, .permalink").forEach((one) => one.remove());
      const title = head.textContent.trim();
      const near = node.querySelector(kind === "section" ? ".section-head .owners" : ".item-side .owners");
      const owner = near ? text(near, ".owner") : "";
      const row = kind === "step" ? node.querySelector(".item-row") : null;
      const more = row ? text(row, "pre, .bar") : "";
      const at = all.push({ path: "", where: "", title, anchor: node.id, number, owner,
        kind: kind === "step" && node.parentElement.classList.contains("is-checks") ? "check" : kind }) - 1;
      const titled = split(title);
      const note = (word, rank) => {
        if (!words.has(word)) words.set(word, new Map());
        words.get(word).set(at, Math.max(rank, words.get(word).get(at) || 0));
      };
      titled.forEach((word, place) => note(word, place ? 1 : titled.length > 1 ? 2 : 3));
      split(`${owner} ${more}`).forEach((word) => note(word, 0));
    }
    const sorted = [...words.keys()].sort();
    index = { all, words: sorted, found: sorted.map((word) => words.get(word)), pages: [["", "", 0]], length: all.length };
  };
  const load = () => {
    if (index) return;
    if (local) within(); else read(search, () => open(window.runsheetIndex));
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
    // One letter of a large index begins more than is worth loading: then it is a word of its own.
    const alone = index.stamp && [...word].length < 2;
    for (let at = from(word); at < index.words.length && index.words[at].startsWith(word); at += 1) {
      found.push([at, index.words[at] === word ? 1 : 0.7]);
      if (alone) break;
    }
    if (loose && word.length > 3) {
      index.words.forEach((term, at) => { if (!term.startsWith(word) && slip(word, term)) found.push([at, 0.3]); });
    }
    return found;
  };
  // How much it says that a word stands in an entry, in its title, at its beginning, and that it is the title.
  const WORTH = [2, 10, 12, 14];
  const gather = (words, loose) => {
    const wanted = words.map((word) => terms(word, loose).map(([term, weight]) => [index.found ? index.found[term] : placesOf(term), weight]));
    if (wanted.some((places) => places.some(([found]) => found === undefined))) return undefined;
    let all = null;
    for (const places of wanted) {
      const points = new Map();
      const note = (at, rank, weight) => {
        const worth = weight * WORTH[rank];
        if ((!all || all.has(at)) && worth > (points.get(at) || 0)) points.set(at, worth);
      };
      for (const [found, weight] of places) {
        let at = 0;
        if (index.found) found.forEach((rank, entry) => note(entry, rank, weight));
        else each(found, (code) => { at += code >> 2; note(at, code & 3, weight); });
      }
      if (all) for (const [at, worth] of points) points.set(at, worth + all.get(at));
      all = points;
    }
    return all || new Map();
  };
  // The entries of this page whose number is this or below it.
  const numbered = (number) => {
    const page = local ? 0 : index.pages.findIndex(([path]) => path === runbook);
    if (page < 0) return [];
    const end = index.pages[page + 1]?.[2] ?? index.length;
    const found = [];
    for (let at = index.pages[page][2]; at < end; at += 1) {
      const hit = entry(at);
      if (!hit) return [undefined];
      if (hit.number === number || hit.number.startsWith(`${number}.`)) found.push([hit.number === number ? 60 : 30, hit]);
    }
    return found;
  };
  // Gives the `most` best, `null` for a text without words, nothing while parts of the index are on their way.
  const find = (text, most) => {
    const words = split(text);
    if (!words.length) return null;
    if (!index) return undefined;
    let found = gather(words, false);
    if (found && !found.size) found = gather(words, true);
    if (!found) return undefined;
    const whole = fold(text.trim());
    const begins = (at) => !local && index.pages[pageAt(at)][2] === at;
    const best = [...found].map(([at, points]) => [points + (begins(at) ? 4 : 0), at]).sort((a, b) => b[0] - a[0] || a[1] - b[1]);
    const hits = best.slice(0, index.stamp ? most : 400).map(([points, at]) => {
      const hit = entry(at);
      if (!hit) return undefined;
      const title = fold(hit.title);
      let sum = points - title.length / 100;
      if (title.startsWith(whole)) sum += title === whole ? 12 : 6;
      if (runbook && hit.path === runbook) sum += 6;
      return [sum, hit];
    });
    if (/^\d+(\.\d+)*$/.test(text.trim())) hits.push(...numbered(text.trim()));
    if (hits.includes(undefined)) return undefined;
    hits.sort((a, b) => b[0] - a[0]);
    return { words, all: Math.max(best.length, hits.length), hits: hits.slice(0, most).map(([, hit]) => hit) };
  };
  return { fold, load, find, local };
};

// Quantities as the program reads them: exact numbers with units, ratios, versions and dates. The
// units and words come from the program (`runsheet.table`); what is wrong is thrown as its sentence.
runsheet.Flaw = class Flaw extends Error {};
runsheet.quantity = (() => {
  "use strict";
  const { table } = runsheet;
  const WORD = /[\p{Alphabetic}\p{N}]/u;
  const LETTER = /\p{Alphabetic}/u;
  const DIGIT = /[0-9]/;
  const SPACE = /\p{White_Space}/u;
  const LIMIT = 10n ** 18n;
  const SECOND = 1000000000n;
  const flaw = (message) => { throw new runsheet.Flaw(message); };
  const trim = (text) => text.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, "");
  const joined = (text) => trim(text).split(/\p{White_Space}+/u).join(" ");
  const bytes = (text) => new TextEncoder().encode(text).length;

  // The words of somebody in backticks: one line, cut, without backticks of their own.
  const quote = (text) => {
    const all = [...trim(text)];
    const words = all.slice(0, 48).map((c) => (c === "`" ? "'" : c.replace(/\p{Cc}/u, " "))).join("");
    return `\`${words}${all.length > 48 ? "…" : ""}\``;
  };

  const FOLDED = { "≦": "≤", "⩽": "≤", "≧": "≥", "⩾": "≥", "μ": "µ" };
  const fold = (text) => text.replace(/[^\0-\x7f]/gu, (c) => {
    const code = c.codePointAt(0);
    if (code >= 0xff01 && code <= 0xff5e) return String.fromCodePoint(code - 0xfee0);
    if ("\u3000\xa0\u2007\u2009\u200a\u202f".includes(c)) return " ";
    if ("\u2212\u2010\u2011".includes(c)) return "-";
    return FOLDED[c] || c;
  });

  // A place in a text; `copy` it to try something and `go` there when that worked.
  class Cursor {
    constructor(text, at = 0) { this.text = text; this.at = at; }
    get rest() { return this.text.slice(this.at); }
    get next() { const code = this.text.codePointAt(this.at); return code === undefined ? "" : String.fromCodePoint(code); }
    copy() { return new Cursor(this.text, this.at); }
    go(other) { this.at = other.at; }
    while(wanted) {
      const start = this.at;
      for (let c = this.next; c && wanted.test(c); c = this.next) this.at += c.length;
      return this.text.slice(start, this.at);
    }
    spaces() { return this.while(SPACE) !== ""; }
    eat(text) {
      const found = this.text.startsWith(text, this.at);
      if (found) this.at += text.length;
      return found;
    }
    eatWords(words) {
      const ahead = this.copy();
      for (const word of words.split(" ")) {
        ahead.spaces();
        if (ahead.text.slice(ahead.at, ahead.at + word.length).toLowerCase() !== word) return false;
        ahead.at += word.length;
      }
      const whole = !ahead.next || !(WORD.test(ahead.next) || ahead.next === "_");
      if (whole) this.go(ahead);
      return whole;
    }
    digit() { return DIGIT.test(this.next); }
    word() { const ahead = this.copy(); ahead.spaces(); return ahead.while(/\P{White_Space}/u); }
    done() { return trim(this.rest) === ""; }
  }

  // ---- units
  const units = table.units.map(([symbol, dim, factor, names]) => ({ symbol, dim, factor: factor.map(BigInt), names }));
  const lookup = (word) => {
    const exact = units.find((unit) => unit.symbol === word || unit.names.includes(word));
    const size = bytes(word);
    if (exact || size < 3 || size > 16) return exact;
    const lower = word.toLowerCase();
    return units.find((unit) => unit.names.some((name) => name.length >= 3 && /^[a-z]+$/.test(name) && name === lower));
  };
  // Optimal string alignment: insertions, deletions, substitutions, swaps of neighbours.
  const distance = (a, b) => {
    const [s, t] = [[...a], [...b]];
    const rows = [t.map((_, j) => j).concat(t.length)];
    for (let i = 1; i <= s.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= t.length; j += 1) {
        const cost = s[i - 1] === t[j - 1] ? 0 : 1;
        row[j] = Math.min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + cost);
        if (i > 1 && j > 1 && s[i - 1] === t[j - 2] && s[i - 2] === t[j - 1]) row[j] = Math.min(row[j], rows[i - 2][j - 2] + 1);
      }
      rows.push(row);
    }
    return rows[s.length][t.length];
  };
  const allNames = units.flatMap((unit) => [...unit.names, unit.symbol]).concat(table.rates.map(([name]) => name));
  const near = (word) => {
    if (bytes(word) > 16) return false;
    const lower = word.toLowerCase();
    const allowed = [...word].length < 8 ? 1 : 2;
    return allNames.some((name) => ([...name].length > 1 || name.toLowerCase() === lower) && distance(name.toLowerCase(), lower) <= allowed);
  };
  const BARE = { dim: "count", factor: [1n, 1n], suffix: "", things: null, bare: true };
  const known = (unit) => ({
    dim: unit.dim, factor: unit.factor, things: null, known: unit,
    suffix: (one) => ` ${unit.symbol}${!one && ["week", "month", "year"].includes(unit.symbol) ? "s" : ""}`,
  });
  const noun = (words) => ({ dim: "count", factor: [1n, 1n], suffix: ` ${words}`, things: words });
  const rate = (words, per) => {
    const lower = words.toLowerCase();
    const things = lower === "" ? null : ["req", "reqs", "request", "requests"].includes(lower) ? "req" : words;
    return { dim: "rate", factor: [SECOND, per.factor[0]], things, suffix: ` ${things || ""}/${per.symbol}` };
  };

  // ---- nouns
  const isStop = (word) => bytes(word) <= 10 && table.stops.includes(word.toLowerCase());
  const isState = (word) => table.states.includes(word.toLowerCase());
  const isNoun = (word) => {
    if (bytes(word) <= 6 && table.nouns.includes(word.toLowerCase())) return true;
    if (/^[A-Z]{2,6}s$/.test(word) && !lookup(word.slice(0, -1))) return true;
    return [...word].length >= 3 && /[aeiouy]|[^\0-\x7f]/i.test(word) && !isStop(word) && !lookup(word) && !near(word);
  };
  const NOUN = /[\p{Alphabetic}\p{N}_'-]/u;
  const readNoun = (cursor) => {
    const ahead = cursor.copy();
    for (let count = 0; count < 3; count += 1) {
      const next = ahead.copy();
      if (count && !next.spaces()) break;
      const word = next.while(NOUN);
      const cut = next.next && !SPACE.test(next.next) && !",;.:)?!/".includes(next.next);
      if (!LETTER.test(word[0] ? [...word][0] : "") || word.endsWith("-") || !isNoun(word) || isState(word) || cut) break;
      ahead.go(next);
    }
    if (ahead.at === cursor.at) return null;
    const words = cursor.text.slice(cursor.at, ahead.at);
    cursor.go(ahead);
    return words;
  };
  const singular = (word) => {
    const lower = word.toLowerCase();
    if (lower.endsWith("ies")) return `${lower.slice(0, -3)}y`;
    if (/(sses|shes|ches|xes)$/.test(lower)) return lower.slice(0, -2);
    return /[^s]s$/u.test(lower) && bytes(lower) > 2 ? lower.slice(0, -1) : lower;
  };
  const same = (left, right) => {
    const [a, b] = [left, right].map((words) => joined(words).split(" ").map(singular));
    return a.every((word) => b.includes(word)) || b.every((word) => a.includes(word));
  };

  // ---- what follows a number
  const sign = (ahead) => {
    const symbol = ahead.eat("%") ? "%"
      : ahead.eat("°C") || ahead.eat("℃") ? "°C"
        : ["percentage points", "percentage point", "percent points"].some((words) => ahead.eatWords(words)) ? "pp"
          : ahead.eatWords("per cent") ? "%" : "";
    return symbol && known(lookup(symbol));
  };
  const unknown = (word) => flaw(label("flaw-unknown-unit", { word: quote(word) }));
  const per = (cursor, things) => {
    const ahead = cursor.copy();
    ahead.spaces();
    const slash = ahead.eat("/");
    if (!slash && !ahead.eatWords("per")) return null;
    ahead.spaces();
    const word = ahead.while(LETTER);
    const unit = lookup(word);
    if (unit && unit.dim === "duration") {
      cursor.go(ahead);
      return rate(things, unit);
    }
    return slash && word ? unknown(word) : null;
  };
  const combined = (ahead, word, start) => {
    const named = table.rates.find(([name]) => name === word.replace(/[A-Z]/g, (c) => c.toLowerCase()));
    if (named) return rate(named[1], lookup(named[2]));
    const slash = ahead.copy();
    if (slash.eat("/") && slash.while(LETTER)) {
      const unit = lookup(slash.text.slice(start, slash.at));
      if (unit) {
        ahead.go(slash);
        return known(unit);
      }
    }
    return lookup(word) || isStop(word) ? null : per(ahead, word);
  };
  const readUnit = (cursor) => {
    let ahead = cursor.copy();
    const spaced = ahead.spaces();
    const found = sign(ahead);
    const take = (unit) => { cursor.go(ahead); return unit; };
    if (found) return take(found);
    const here = ahead.copy();
    const word = ahead.while(LETTER);
    if (!word) return per(cursor, "") || BARE;
    const made = combined(ahead, word, here.at);
    if (made) return take(made);
    const unit = lookup(word);
    if (unit && ahead.next !== "_" && ahead.next !== "-") return take(known(unit));
    const whole = here.copy().while(NOUN);
    if (spaced && (isStop(whole) || isState(whole))) return BARE;
    ahead = here;
    const words = readNoun(ahead);
    if (words === null) unknown(word);
    const result = per(ahead, words) || noun(words);
    return take(result);
  };
  const unitAfter = (cursor, version) => {
    const ahead = cursor.copy();
    try {
      const unit = readUnit(ahead);
      if (version && unit.dim === "count" && !unit.bare) return BARE;
      cursor.go(ahead);
      return unit;
    } catch (error) {
      if (version) return BARE;
      throw error;
    }
  };

  // ---- numbers: a mantissa and its decimals
  const power = (scale) => 10n ** BigInt(scale);
  const within = (number) => (number.m > -LIMIT && number.m < LIMIT ? number : null);
  const print = ({ m, scale }) => {
    const size = (m < 0n ? -m : m).toString().padStart(scale + 1, "0");
    const text = scale ? `${size.slice(0, -scale)}.${size.slice(-scale)}` : size;
    return m < 0n ? `-${text}` : text;
  };
  const groups = (ahead, start, digits) => {
    const lead = digits.length;
    let all = digits;
    for (;;) {
      const group = ahead.copy();
      if (!all || all.length > 24 || !group.eat(",") || !group.digit()) return all;
      const more = group.while(DIGIT);
      if (more.length !== 3 || lead > 3) flaw(label("flaw-not-number", { text: quote(group.text.slice(start, group.at)) }));
      all += more;
      ahead.go(group);
    }
  };
  const decimal = (cursor, grouped) => {
    const start = cursor.at;
    const ahead = cursor.copy();
    const negative = ahead.eat("-");
    if (!negative) ahead.eat("+");
    let digits = ahead.while(DIGIT);
    if (grouped) digits = groups(ahead, start, digits);
    const point = ahead.copy();
    let decimals = "";
    if (point.eat(".") && point.digit()) {
      decimals = point.while(DIGIT);
      ahead.go(point);
    }
    if (!digits && !decimals) return null;
    const size = BigInt(digits + decimals);
    if (decimals.length > 18 || size >= LIMIT) flaw(label("flaw-long-number", { text: quote(ahead.text.slice(start, ahead.at)) }));
    cursor.go(ahead);
    return { m: negative ? -size : size, scale: decimals.length };
  };
  const number = (cursor, grouped) => {
    const start = cursor.at;
    const spoken = table.numbers.findIndex((word) => cursor.eatWords(word));
    if (spoken >= 0) return { m: BigInt(spoken), scale: 0 };
    const read = decimal(cursor, grouped);
    const places = read && { k: 3, K: 3, M: 6 }[cursor.next];
    if (!places) return read;
    const ahead = cursor.copy();
    ahead.at += 1;
    if (ahead.next && WORD.test(ahead.next)) return read;
    cursor.go(ahead);
    if (read.scale >= places) return { m: read.m, scale: read.scale - places };
    return within({ m: read.m * power(places - read.scale), scale: 0 }) || tooLarge(cursor, start);
  };
  const tooLarge = (cursor, start) => flaw(label("flaw-too-large", { text: quote(cursor.text.slice(start, cursor.at)) }));

  // ---- quantities
  const counted = (n, unit) => {
    const one = n.m === power(n.scale);
    const suffix = typeof unit.suffix === "function" ? unit.suffix(one) : unit.suffix;
    const base = [n.m * unit.factor[0], power(n.scale) * unit.factor[1]];
    return { is: "number", dim: unit.dim, n, unit, base, text: print(n) + suffix };
  };
  const shared = (part, of, unit) => ({
    is: "ratio", dim: "ratio", part, of, unit, text: `${print(part)}/${print(of)}${unit.suffix}`,
    base: [part.m * power(of.scale), power(part.scale) * of.m],
  });
  const isVersion = (cursor) => {
    const ahead = cursor.copy();
    const marked = ahead.eat("v") || ahead.eat("V");
    if (!ahead.digit()) return false;
    const raw = ahead.while(/[0-9.]/);
    const numbers = raw.replace(/\.+$/, "");
    // `14.4x` is a multiple, and no version.
    const wild = numbers.includes(".") && raw.endsWith(".") && (ahead.eat("x") || ahead.eat("*"));
    return marked || !(numbers.includes("..") || (numbers.split(".").length < 3 && !wild));
  };
  const LABEL = /[A-Za-z0-9.-]/;
  const ending = (ahead) => {
    if (ahead.eat(".x") || ahead.eat(".*")) return "";
    const next = ahead.copy();
    const hyphen = next.eat("-");
    let early = "";
    if (/[A-Za-z]/.test(next.next)) early = next.while(LABEL).replace(/[.-]+$/, "");
    else if (hyphen && next.digit()) early = next.while(LABEL);
    if (early) ahead.at += (hyphen ? 1 : 0) + early.length;
    const build = ahead.copy();
    if (build.eat("+") && build.while(LABEL)) ahead.go(build);
    return early;
  };
  const version = (cursor) => {
    const ahead = cursor.copy();
    if (!ahead.eat("v")) ahead.eat("V");
    const parts = [];
    for (;;) {
      const part = ahead.while(DIGIT);
      if (!part) return null;
      if (BigInt(part) >= 2n ** 64n) flaw(label("flaw-long-part", { part: quote(part) }));
      parts.push(BigInt(part));
      const next = ahead.copy();
      if (!next.eat(".") || !next.digit()) break;
      ahead.go(next);
    }
    const early = ending(ahead);
    const text = cursor.text.slice(cursor.at, ahead.at);
    cursor.go(ahead);
    return { is: "version", dim: "version", parts, early, text, unit: BARE };
  };
  const date = (cursor) => {
    const found = /^(\d{4})-(\d\d)-(\d\d)(?!\d)/.exec(cursor.rest);
    if (!found) return null;
    const [text, year, month, day] = found;
    const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
    const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
    if (!days || day < 1 || day > days) flaw(label("flaw-no-date", { text: quote(text) }));
    cursor.at += 10;
    return { is: "date", dim: "date", text, unit: BARE };
  };
  const secondTerm = (cursor) => {
    const ahead = cursor.copy();
    ahead.spaces();
    const over = ahead.eat("/") || ahead.eatWords("of");
    ahead.spaces();
    if (!over || !ahead.digit()) return null;
    const of = decimal(ahead, false);
    if (of.m === 0n) flaw(label("flaw-over-zero"));
    cursor.go(ahead);
    return of;
  };
  const plus = (cursor) => {
    const ahead = cursor.copy();
    const found = ahead.eat("+") && !ahead.digit();
    if (found) cursor.go(ahead);
    return found;
  };
  const smaller = (ahead, larger) => {
    if (!ahead.digit()) return null;
    let read;
    try { read = decimal(ahead, false); } catch { return null; }
    ahead.spaces();
    const unit = lookup(ahead.while(LETTER));
    const fits = read && unit && unit.dim === "duration" && unit.factor[0] < larger.factor[0];
    return fits && larger.factor[0] % unit.factor[0] === 0n ? [read, unit] : null;
  };
  const compound = (cursor, first) => {
    const start = cursor.at;
    let sum = first;
    while (sum.unit.known && sum.dim === "duration") {
      const ahead = cursor.copy();
      ahead.spaces();
      const part = smaller(ahead, sum.unit.known);
      if (!part) break;
      const [more, unit] = part;
      const scale = Math.max(sum.n.scale, more.scale);
      const whole = sum.n.m * (sum.unit.known.factor[0] / unit.factor[0]) * power(scale - sum.n.scale);
      const total = within({ m: whole + more.m * power(scale - more.scale), scale });
      sum = counted(total || tooLarge(ahead, start), known(unit));
      cursor.go(ahead);
    }
    return sum;
  };
  const take = (cursor) => {
    cursor.spaces();
    const day = date(cursor);
    if (day) return [day, false];
    if (isVersion(cursor)) {
      const read = version(cursor);
      if (read) return [read, cursor.eat("+")];
    }
    const n = number(cursor, true);
    if (!n) {
      const word = cursor.word();
      flaw(word ? label("flaw-not-quantity", { word: quote(word) }) : label("flaw-no-quantity"));
    }
    const of = secondTerm(cursor);
    if (of) {
      const ahead = cursor.copy();
      ahead.spaces();
      const words = readNoun(ahead);
      if (words) cursor.go(ahead);
      return [shared(n, of, words ? noun(words) : BARE), false];
    }
    const early = plus(cursor);
    const unit = unitAfter(cursor, early && n.scale > 0);
    const quantity = compound(cursor, counted(n, unit));
    return [quantity, early || plus(cursor)];
  };

  // The whole text as one quantity.
  const parse = (text) => {
    const folded = fold(text);
    const cursor = new Cursor(folded);
    const [quantity, open] = take(cursor);
    if (open) flaw(label("flaw-bar", { text: quote(folded) }));
    if (!cursor.done()) flaw(label("flaw-unexpected", { word: quote(cursor.word()), after: quantity.text }));
    return quantity;
  };

  // A value of a bar, from the data of the page.
  const digits = (text) => { const cursor = new Cursor(text); return decimal(cursor, false); };
  const load = (data) => {
    if (data.is === "date") return { ...data, unit: BARE };
    if (data.is === "version") return version(new Cursor(data.text));
    const [dim, factor, suffix, things] = data.unit;
    const bare = dim === "count" && !suffix;
    const unit = bare ? BARE : { dim, factor: factor.map(BigInt), suffix, things };
    const base = data.base.map(BigInt);
    const text = (data.terms || [data.number]).join("/") + suffix;
    if (data.is === "number") return { ...data, base, n: digits(data.number), unit, text };
    const [part, of] = data.terms.map(digits);
    return { ...data, base, part, of, unit, text };
  };
  return { parse, load, counted, shared, version, same, joined, trim, quote, Cursor };
})();

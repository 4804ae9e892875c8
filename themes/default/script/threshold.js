// Holds a value against a bar, with the rules and the sentences of the program.
runsheet.threshold = (() => {
  "use strict";
  const { parse, load, counted, shared, version, same, joined, trim, quote, Cursor } = runsheet.quantity;
  const flaw = (message) => { throw new runsheet.Flaw(message); };
  const names = new Map(runsheet.table.dimensions);
  const cross = ([a, b], [c, d]) => { const [x, y] = [a * d, c * b]; return x < y ? -1 : x > y ? 1 : 0; };
  const isBare = (quantity) => quantity.is === "number" && quantity.unit.bare === true;
  const isZero = (quantity) => (quantity.is === "number" ? quantity.n.m : quantity.is === "ratio" ? quantity.part.m : 1n) === 0n;

  // ---- versions: part by part, a bar only as finely as it is written
  const compareParts = (a, b, length) => {
    for (let at = 0; at < length; at += 1) {
      const [x, y] = [a[at] ?? 0n, b[at] ?? 0n];
      if (x !== y) return x < y ? -1 : 1;
    }
    return 0;
  };
  const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const compareEarly = (left, right) => {
    const [a, b] = [left, right].map((text) => text.match(/\D+|\d+/g) || []);
    const pull = (list, digits) => (list.length && /\d/.test(list[0]) === digits ? list.shift() : "");
    while (a.length || b.length) {
      const letters = order(pull(a, false), pull(b, false));
      const [x, y] = [pull(a, true), pull(b, true)].map((text) => text.replace(/^0+/, ""));
      const found = letters || order(x.length, y.length) || order(x, y);
      if (found) return found;
    }
    return 0;
  };
  const compareVersions = (a, b) => {
    const parts = compareParts(a.parts, b.parts, Math.max(a.parts.length, b.parts.length));
    if (parts || (!a.early && !b.early)) return parts;
    return !a.early ? 1 : !b.early ? -1 : compareEarly(a.early, b.early);
  };
  const againstVersion = (actual, bar) => {
    const coarse = compareParts(actual.parts, bar.parts, bar.parts.length);
    if (coarse) return coarse;
    const found = compareVersions(actual, bar);
    return found > 0 && actual.parts.length > bar.parts.length ? 0 : found;
  };
  const asVersion = (quantity) => {
    if (quantity.is === "version") return quantity;
    return isBare(quantity) ? version(new Cursor(quantity.text)) : null;
  };

  // ---- comparing; `undefined` where two do not compare
  const against = (actual, bar) => {
    if (actual.is === "version" || bar.is === "version") {
      const [a, b] = [asVersion(actual), asVersion(bar)];
      return a && b ? againstVersion(a, b) : undefined;
    }
    if (actual.is === "date" && bar.is === "date") return order(actual.text, bar.text);
    const share = (quantity) => quantity.dim === "percent" || quantity.dim === "ratio";
    const [mine, theirs] = [actual.unit.things, bar.unit.things];
    const things = !mine || !theirs || same(mine, theirs);
    const converts = things && (actual.dim === bar.dim || (share(actual) && share(bar)));
    return converts && actual.base && bar.base ? cross(actual.base, bar.base) : undefined;
  };
  const mismatch = (a, b) => {
    const counts = a.dim === b.dim && a.unit.things && b.unit.things;
    const is = (one) => (counts ? label("number-of", { things: one.unit.things }) : names.get(one.dim));
    return label("flaw-mismatch", { left: a.text, this: is(a), right: b.text, that: is(b) });
  };

  const inUnitOf = (quantity, other) => (isBare(quantity) && other.is === "number" ? counted(quantity.n, other.unit) : quantity);
  const ofTerms = (actual, bar) => {
    const whole = (number) => number.scale === 0;
    const fits = cross(actual.base, [bar.of.m, 10n ** BigInt(bar.of.scale)]) <= 0 && actual.n.m >= 0n;
    const fine = whole(actual.n) || !(whole(bar.part) && whole(bar.of));
    return fits && fine ? shared(actual.n, bar.of, { suffix: "", things: null }) : null;
  };
  const day = (text) => { const date = new Date(0); const [y, m, d] = text.split("-"); date.setUTCFullYear(y, m - 1, d); return date / 86400000; };

  const compile = (data) => {
    const values = data.values.map((value) => (typeof value === "string" ? value : load(value)));
    const quantities = values.filter((value) => typeof value !== "string");
    const texts = values.filter((value) => typeof value === "string");

    const refuse = (actual) => flaw(label("flaw-kind", { text: quote(actual.text), this: names.get(actual.dim), bar: data.bar, that: names.get(data.kind) }));
    const daysUntil = (actual, today) => {
      if (!today) flaw(label("flaw-date", { text: actual.text, bar: data.bar }));
      const days = day(actual.text) - day(today);
      if (data.age && days > 0) flaw(label("flaw-future", { text: actual.text, day: today }));
      return parse(`${data.age ? -days : days} d`);
    };
    const adapt = (actual, bar, today) => {
      if (actual.is === "date" && bar.dim === "duration") return daysUntil(actual, today);
      if (!isBare(actual) || isBare(bar)) return actual;
      if (["count", "percent", "points", "temperature"].includes(bar.dim)) return inUnitOf(actual, bar);
      if (bar.dim === "ratio") {
        return ofTerms(actual, bar) || flaw(label("flaw-of-what", { text: actual.text, bar: data.bar }));
      }
      if (bar.dim === "version") return actual;
      return bar.dim === "date" ? refuse(actual) : flaw(label("flaw-no-unit", { text: actual.text, bar: data.bar }));
    };
    const orderOf = (given, bar, today) => {
      const actual = adapt(given, bar, today);
      if (isBare(bar) && isZero(bar) && !isBare(actual)) return against(actual, inUnitOf(bar, actual)) ?? refuse(actual);
      const found = against(actual, bar);
      if (found !== undefined) return found;
      return actual.dim === bar.dim ? flaw(mismatch(actual, bar)) : refuse(actual);
    };
    const HOLDS = { "<": (o) => o < 0, "<=": (o) => o <= 0, ">": (o) => o > 0, ">=": (o) => o >= 0, "!=": (o) => o !== 0 };
    const judge = (actual, today) => {
      const orders = quantities.map((bar) => orderOf(actual, bar, today));
      if (data.op === "between" && orders.length === 2) return orders[0] >= 0 && orders[1] <= 0;
      return orders.some(HOLDS[data.op] || ((o) => o === 0));
    };
    const read = (text) => {
      try { return parse(text); } catch (error) {
        if (!(error instanceof runsheet.Flaw)) throw error;
        if (texts.length) return null;
        throw error;
      }
    };
    return {
      required: data.required ?? data.bar,
      meets(text, today) {
        if (!trim(text)) flaw(label("flaw-missing"));
        const equals = texts.includes(joined(text).toLowerCase());
        if (!quantities.length || equals) return equals !== (data.op === "!=");
        const actual = read(text);
        return actual !== null && judge(actual, today);
      },
    };
  };

  // A bar of the page as a function of a value, the day and how the value is shown: `{ rating, words }`.
  return (bar) => {
    if (bar.written !== undefined) {
      return (value) => {
        if (!trim(value)) return { rating: "unknown", words: label("flaw-missing") };
        const seen = bar.state !== undefined && joined(bar.state).toLowerCase() === joined(value).toLowerCase();
        return seen ? { rating: "pass", words: label("value-seen", { value }) }
          : { rating: "unknown", words: label("value-to-hold", { value, bar: `\`${bar.written}\`` }) };
      };
    }
    const [pass, warn, abort] = [bar.pass, bar.warn, bar.abort].map((level) => level && compile(level));
    const rate = (value, today, shown) => {
      const said = (level) => ({ value: shown, bar: level.required });
      if (abort && abort.meets(value, today)) return ["abort", label("value-abort", said(abort))];
      if (pass && pass.meets(value, today)) return ["pass", label("value-meets", said(pass))];
      if (!pass && !warn) return ["pass", label("value-no-abort", said(abort))];
      if (warn && warn.meets(value, today)) {
        return ["warn", pass ? label("value-misses-meets", { ...said(pass), warn: warn.required }) : label("value-meets-warn", said(warn))];
      }
      return ["miss", pass ? label("value-misses", said(pass)) : label("value-misses-warn", said(warn))];
    };
    return (value, today, shown = value) => {
      try {
        const [rating, words] = rate(value, today, shown);
        return { rating, words };
      } catch (error) {
        if (!(error instanceof runsheet.Flaw)) throw error;
        return { rating: "unknown", words: error.message };
      }
    };
  };
})();

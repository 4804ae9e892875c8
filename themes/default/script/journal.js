// Lines of a journal: text to events and back, one event a line, as the program writes them.
runsheet.journal = (() => {
  "use strict";
  const KEYS = ["at", "by", "item", "message", "trigger", "sign", "gate", "event", "outcome", "is", "metric", "actual",
    "field", "value", "confirm", "choice", "seal", "why", "until", "evidence", "note", "signature"];
  const CANONICAL = /^(0|[1-9]\d{0,14}|\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?Z)?|[\da-fA-F]{4}(-[\da-fA-F]{4}){3})$/;
  const BARE = /^[\p{Alphabetic}\p{N}/(_$][\p{Alphabetic}\p{N} /()_$.+%'!?;@&*=<>~-]*$/u;
  const WORD = /^(y|n|yes|no|on|off|true|false|null)$/i;
  const NUMBER = /^\d([\d\s._+eETtZz:-]*$)|^0[xXoObB]/;
  const HIDDEN = /[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/gu;

  // Bare where nobody can misread it, else in double quotes.
  const scalar = (text) => {
    const bare = BARE.test(text) && !/ $| {2}/.test(text) && !WORD.test(text) && !NUMBER.test(text);
    if (CANONICAL.test(text) || bare) return text;
    const escape = (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`;
    return `"${text.replace(/["\\]/g, "\\$&").replace(HIDDEN, escape)}"`;
  };
  const format = (event) => {
    const pairs = KEYS.filter((key) => event[key] !== undefined).map((key) => `${key}: ${scalar(event[key])}`);
    return `- { ${pairs.join(", ")} }`;
  };

  const NAMED = { n: "\n", r: "\r", t: "\t", 0: "\0", a: "\x07", b: "\b", e: "\x1b", f: "\f", v: "\v", N: "\x85", _: "\xa0", L: "\u2028", P: "\u2029" };
  const ESCAPE = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|(.))/g;
  const unquote = (text) => {
    if (text[0] === "'") return text.slice(1, -1).replace(/''/g, "'");
    if (text[0] !== '"') return text.trim();
    return text.slice(1, -1).replace(ESCAPE, (_, x, u, long, c) => {
      const code = parseInt(x || u || long, 16);
      return c ? NAMED[c] ?? c : String.fromCodePoint(code <= 0x10ffff ? code : 0xfffd);
    });
  };
  // One line as an event, or `null` where it is none.
  const line = (text) => {
    const body = /^\s*-\s*\{(.*)\}\s*$/.exec(text);
    if (!body) return null;
    const event = {};
    const pair = /\s*([a-z-]+)\s*:\s+("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,{}[\]"'\s][^,{}[\]]*)\s*(,|$)/y;
    while (pair.lastIndex < body[1].length) {
      const at = pair.lastIndex;
      const found = pair.exec(body[1]);
      if (!found) return body[1].slice(at).trim() ? null : event;
      if (!KEYS.includes(found[1]) || event[found[1]] !== undefined) return null;
      event[found[1]] = unquote(found[2]);
    }
    return event.at && event.by ? event : null;
  };
  // The events of a text, the lines that are none, and the release that a comment names.
  const parse = (text) => {
    const found = { events: [], wrong: [], origin: null };
    text.split(/\r?\n/).forEach((row, at) => {
      const origin = /^# runsheet (.*?)(?: ([\da-f]{4}(?:-[\da-f]{4}){3}))?\s*$/.exec(row);
      if (origin) found.origin ??= { name: origin[1], seal: origin[2] || "" };
      if (!row.trim() || row.trim().startsWith("#")) return;
      const event = line(row);
      if (event) found.events.push(event); else found.wrong.push(at + 1);
    });
    return found;
  };
  return { format, parse };
})();

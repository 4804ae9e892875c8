// A project in which every text that people may write is an attack: made from the schemas of the language, so that a
// field that is new is filled by itself, or has to be named here as one that takes no text.

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Ways out of a text: each calls `pwned(N)` where it is run, and its number says which field it stood in. */
export const CORPUS = [
  (n) => `<script>pwned(${n})</script>`,
  (n) => `</script><script>pwned(${n})</script><!--<script>`,
  (n) => `"><img src=x onerror=pwned(${n})>`,
  (n) => `" autofocus onfocus="pwned(${n})" style="all:unset" x="`,
  (n) => `' autofocus onfocus='pwned(${n})' x='`,
  (n) => `</title></textarea></style></svg><svg onload=pwned(${n})><a xlink:href="javascript:pwned(${n})">x</a></svg>`,
  (n) => `<iframe srcdoc="<script>parent.pwned(${n})</script>"></iframe><base href=//x.example><meta http-equiv=refresh content=0>`,
  (n) => `&lt;img src=x onerror=pwned(${n})&gt; &#60;script&#62;pwned(${n})&#60;/script&#62;`,
  (n) => `\\u003cimg src=x onerror=pwned(${n})\\u003e \\x3cscript>`,
  (n) => `\`\${pwned(${n})}\` ';pwned(${n});// "-pwned(${n})-" \\`,
  (n) => `[a](javascript:pwned(${n})) [b](JaVa\tScRiPt:pwned(${n})) [c](java&#x73;cript:pwned(${n})) <javascript:pwned(${n})> pwned(${n})`,
  (n) => `[a](data:text/html,<script>pwned(${n})</script>) [b](vbscript:pwned) [c](<x"onclick="pwned(${n})>) ![d](https://x.example/i.png) pwned(${n})`,
  (n) => `javascript:pwned(${n})`,
  (n) => `{{ 7 * 7 }}{% raw %}{{ x | safe }} pwned(${n}) ]]><script/> --><script/> *<b>*`,
  (n) => `a\r\nBEGIN:VEVENT\r\nSUMMARY:pwned(${n})\r\n\r\n<img src=x onerror=pwned(${n})>`,
  (n) => `\u202e\u2028<scr\u00adipt>\ufeff<img/src=x/onerror=pwned(${n})>`,
];

/** Keys of which one leaves no room for another: each list is written once, beside what no list names. */
const VARIANTS = {
  Threshold: [["is"], ["metric", "pass", "warn", "abort", "between", "source"], ["state", "shown-by"]],
  Trigger: [["when"], ["condition"]],
  Approval: [["role"], ["any-of"], ["all-of"], ["n", "of"]],
  Decision: [["ask", "then", "else"], ["answer"]],
  Message: [["at"], ["every", "until"], ["on"]],
  Section: [["use", "with"], ["body"], ["about", "thresholds", "sections", "checks", "steps", "triggers", "messages", "approvals",
    "gate", "decide", "contacts", "log", "links", "tables"]],
  Event: [["item", "is", "until"], ["item", "metric", "actual"], ["item", "field", "value"], ["item", "confirm"],
    ["message", "is"], ["trigger", "is", "actual"], ["sign", "choice", "seal"], ["sign", "choice", "signature"],
    ["gate", "choice"], ["event"], ["outcome"]],
};

/** What takes no text but a name, an address or an amount: the value that stands there. */
export const TYPED = {
  "Site.base-url": "https://example.org/run", "Site.zone": "Europe/Madrid", "Site.language": "en", "Site.theme": "default",
  "Site.repository": "https://github.com/example/runbooks", "Site.fonts": null, "Site.rules": "off",
  "Team.members": "p1", "Role.holder": "p2", "Role.backup": "p3",
  "Runbook.owner": "r1", "Runbook.duration": "1h..2h", "Runbook.reviewed": "2026-01-01", "Severity.respond": "5m",
  "Section.id": (at) => `section-${at}`, "Section.owner": "r1", "Section.at": "T-24h", "Section.until": "T-1h",
  "Section.duration": "30m", "Section.use": "shared.yaml#shared", "Section.contacts": "all", "Section.count": null,
  "Block.contacts": "all",
  "Item.id": (at) => `item-${at}`, "Item.owner": "r2", "Item.confirm": "r3", "Item.at": "T-24h", "Item.every": "5m",
  "Item.until": "T-23h30m", "Item.duration": "1m", "Item.hold": "2m", "Item.on-failure": "section-1",
  "Trigger.id": (at) => `trigger-${at}`, "Trigger.severity": "critical", "Trigger.within": "5m", "Trigger.authority": "r1",
  "Trigger.to": "section-1",
  "Message.id": (at) => `message-${at}`, "Message.owner": "r1", "Message.at": "T-30m", "Message.every": "15m",
  "Message.until": "T+1h",
  "Approval.role": "r1", "Approval.any-of": "r2", "Approval.all-of": "r3", "Approval.of": "r4",
  "Gate.id": (at) => `gate-${at}`, "Gate.at": "T-1h", "Gate.requires": "section-1", "Gate.polls": "r1", "Gate.decides": "r1",
  "Gate.escalates": "r2", "Section.approvals": "r4", "Block.approvals": "r4", "Section.tables": null, "Block.tables": null,
  "Section.phase": (at) => ["before", "during", "after", "rollback"][at % 4],
  "Runbook.escalation": "r1", "Threshold.pass": (at) => [, undefined, "< 500 ms"][at], "Threshold.warn": (at) => [, undefined, "< 800 ms"][at],
  "Threshold.abort": (at) => [, undefined, "> 2 s"][at], "Release.roles": "p1",
  "Table.id": (at) => `table-${at}`,
  "Escalation.role": "r1", "Escalation.within": "15m", "HistoryEntry.date": "2026-01-01",
  "Release.runbook": (_, book) => `book${book}`, "Window.start": "2026-12-01T09:00", "Window.end": "2026-12-01T12:00",
  "Window.zone": "Europe/Madrid",
  "Event.at": (at) => new Date(Date.UTC(2026, 11, 1, 8, 0, at)).toISOString().replace(".000", ""),
  "Event.item": "item-1", "Event.message": "message-1", "Event.trigger": "trigger-1", "Event.gate": "gate-1", "Event.sign": "r1",
  "Event.is": (at, turn) => [["done", "failed", "blocked", "n/a", "waived"][turn % 5], "sent", "fired"][at - 1],
  "Event.confirm": (_, turn) => (turn % 2 ? "r3" : undefined), "Event.by": (at) => [, , , , "p3", , , "p2", "p2"][at],
  "Event.choice": (at) => [, undefined, undefined, "go"][at], "Event.outcome": (_, turn) => (turn % 2 ? "success" : undefined), "Event.until": "2026-12-05",
};

/** Names of entries, where they are no text. */
const NAMES = {
  "Site.rules": ["broken-link", "missing-owner", "missing-threshold"], "Roster.people": numbered("p", 4), "Roster.teams": numbered("t", 4),
  "Roster.roles": numbered("r", 4), "Roster.contacts": numbered("c", 2 * CORPUS.length), "Runbook.parameters": ["version", "host"], "Runbook.severities": ["critical", "minor"],
  "Section.with": ["host"], "Release.roles": ["r4"], "Release.parameters": ["version", "host"],
};

/** How deep something may lie in others of its kind; once where it is not named. */
const DEEPEST = { Item: 2, Decision: 2 };

function numbered(letter, length) {
  return Array.from({ length }, (_, at) => `${letter}${at + 1}`);
}

/**
 * A value of a file for its schema. `attack(where)` gives the text for a field, called as `Definition.field`; `turn`
 * says which of several words stands where only one can; `typed` says what takes no text.
 */
export function fill(schema, attack, turn, types = TYPED) {
  const counts = new Map();
  const count = (name) => { counts.set(name, (counts.get(name) ?? 0) + 1); return counts.get(name); };
  const typed = (where) => (typeof types[where] === "function" ? types[where](count(where), turn) : types[where]);
  const word = (where, otherwise) => (types[where] === null ? [] : [() => typed(where) ?? otherwise(where)]);

  const objects = (name, { properties }, within) => {
    if (within.filter((one) => one === name).length >= (DEEPEST[name] ?? 1)) return [];
    const variants = VARIANTS[name] ?? [[]];
    return variants.map((only) => () => {
      const others = variants.flat().filter((key) => !only.includes(key));
      const keys = Object.keys(properties).filter((key) => !others.includes(key));
      const values = keys.map((key) => [key, one(properties[key], `${name}.${key}`, [...within, name])]);
      return Object.fromEntries(values.filter(([, value]) => value !== undefined));
    });
  };
  const map = (inside, where, within) => () => {
    const names = NAMES[where] ?? [attack(where)];
    const all = (at) => shapes(inside, where, within).at(Math.min(at, 1) && -1);
    return Object.fromEntries(names.map((name, at) => [name, all(at)()]));
  };
  // Every shape of a value, each made when it is called.
  const shapes = (said, where, within) => {
    if (said.allOf) return shapes(said.allOf[0], where, within);
    const name = said.$ref?.split("/").at(-1) ?? said.title;
    const found = said.$ref ? schema.definitions[name] : said;
    // Beside properties `anyOf` and `oneOf` say which of them have to be there: the variants know.
    if (found.properties) return objects(name, found, within);
    const list = found.anyOf?.find(({ type }) => type === "array") ?? (found.type === "array" ? found : null);
    if (list) {
      const inside = shapes(list.items, where, within);
      return inside.length ? [() => inside.map((make) => make())] : [];
    }
    if (found.anyOf) return found.anyOf.flatMap((one) => shapes(one, where, within));
    if (found.oneOf) return where in types ? word(where) : found.oneOf.map((one) => () => one.const);
    if (found.additionalProperties) return [map(found.additionalProperties, where, within)];
    return word(where, { integer: () => 1, boolean: () => true }[found.type] ?? attack);
  };
  // Where only one can stand: they take turns.
  const one = (said, where, within) => {
    const all = shapes(said, where, within);
    return all[(turn + count(`one ${where}`)) % all.length]?.();
  };
  return one(schema, "", []);
}

const line = (text) => text.replace(/[\r\n]+/g, " ");

/** How many of the releases are under way. */
const UNDER_WAY = 6;

/** Texts of free pages: where Markdown has a place for a text that is not shown as text. */
const page = (attack) => `# ${attack}

${attack}

<div title="${attack}">${attack}</div>

## Heading ${attack}

- [ ] ${attack}

| ${attack.replace(/\|/g, "\\|")} | column |
| --- | --- |
| ${attack.replace(/\|/g, "\\|")} | \`${attack.replace(/`/g, "")}\` |

\`\`\`\`html ${attack.replace(/`/g, "")}
${attack}
\`\`\`\`

[text](https://x.example/${encodeURI(attack)} "${attack.replace(/"/g, "&quot;")}")
[${attack.replace(/[[\]]/g, "")}](javascript:${encodeURI(attack)})
![${attack.replace(/[[\]]/g, "")}](https://x.example/i.png "title")
[reference][r] [^note]

[r]: javascript:${encodeURI(attack)} 'x" onclick="pwned(0)'
[^note]: ${attack}
`;

/** What the journal names as the runbook wrote it, so that it has a number of the runbook. */
export const ECHOED = ["Event.metric", "Event.field", "Event.choice"];
function echoes(runbook) {
  const all = [];
  const walk = (value) => {
    if (value && typeof value === "object") { all.push(value); Object.values(value).forEach(walk); }
  };
  walk(runbook);
  const item = all.find(({ hold }) => hold);
  const approval = all.find(({ role, choices }) => role && choices);
  return { "Event.metric": item.thresholds.find(({ metric }) => metric).metric, "Event.field": item.record[0], "Event.choice": approval.choices[0] };
}

/**
 * The files of the project as `[path, text]`, and where each number stands. `schema(kind)` gives the schema of a kind of
 * file, `types` says what takes no text, `books` how many runbooks there are.
 */
export function project(schema, types = TYPED, books = CORPUS.length) {
  const fields = new Map();
  const turns = new Map();
  const next = (where) => fields.set(fields.size + 1, where).size;
  const attack = (where) => {
    const turn = turns.get(where) ?? 0;
    turns.set(where, turn + 1);
    return CORPUS[turn % CORPUS.length](next(where));
  };
  // All of them one after another, where a field stands in few places.
  const whole = (where) => { const number = next(where); return CORPUS.map((text) => line(text(number))).join(" "); };
  const json = (value) => `${JSON.stringify(value, null, 1)}\n`;
  const files = [];
  const add = (path, text) => files.push([`content/${path}`, text]);
  add("site.yaml", json(fill(schema("site"), whole, 0, types)));
  const few = (where) => (/^(Person|Team|Role|Roster)\.(name|title|about|people|teams|roles)$/.test(where) ? whole(where) : attack(where));
  add("roster.yaml", json(fill(schema("roster"), few, 0, types)));
  add("runbooks/shared.yaml", json({ title: "Shared", owner: "r1", parameters: { host: { default: "h" } }, sections: [{ title: "Shared", owner: "r1", checks: [{ title: "{{ host }}", run: "ping {{ host }}" }] }] }));
  // Names of files are texts too; a slash of either kind ends one, and none has a control character.
  CORPUS.map((text) => text(0).replace(/[/\\\p{Cc}]+/gu, "")).forEach((name, at) => {
    add(`pages/${name}.md`, "# A name\n");
    if (at % 4 === 2) add(`releases/${name}.yaml`, json({ runbook: `book${at}`, version: "v1" }));
  });
  CORPUS.slice(0, books).forEach((text, book) => {
    const runbook = fill(schema("runbook"), attack, book, types);
    const echo = echoes(runbook);
    add(`runbooks/book${book}.yaml`, json(runbook));
    add(`releases/v${book}.yaml`, json(fill(schema("release"), attack, book, types)));
    const events = fill(schema("journal"), (where) => echo[where] ?? attack(where), book, types);
    // A release that has ended is not worked on.
    const going = events.filter(({ outcome }) => !outcome || book >= UNDER_WAY);
    add(`releases/v${book}.journal.yaml`, going.map((event) => `- ${JSON.stringify(event)}\n`).join(""));
    add(`pages/page${book}.md`, page(line(text(next("page")))));
  });
  return { files, fields };
}

/** Writes files into an empty folder. */
export function written(folder, files) {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Every field of a schema that may hold a text, as `Definition.field`. */
export function textFields({ title, properties, definitions }) {
  const ofText = (said) => {
    const found = said.$ref ? {} : said;
    return ([found.type].flat().includes("string") && !found.const)
      || [...(found.anyOf ?? []), ...(found.allOf ?? []), found.items, found.additionalProperties].some((one) => typeof one === "object" && ofText(one));
  };
  const all = Object.entries({ ...definitions, [title]: { properties } });
  return all.flatMap(([name, { properties = {} }]) => Object.entries(properties).filter(([, said]) => ofText(said)).map(([key]) => `${name}.${key}`));
}

// What somebody does on a page: kept in the browser for this release and seal, as lines of a journal
// that is not yet the journal. The other scripts show it and add to it.
(() => {
  "use strict";
  const source = document.getElementById("_work");
  if (!source) return;
  const data = JSON.parse(source.textContent);
  const { journal, judge, tally, threshold } = runsheet;
  // What an item is called stands on the page, and is read there when it is asked for.
  const words = (head) => [...(head?.childNodes ?? [])].filter((node) => !node.matches?.(".number, .level, .permalink"))
    .map((node) => node.textContent).join("").trim();
  const number = (head) => head?.querySelector(".number")?.textContent ?? "";
  const head = ({ id }) => document.getElementById(id)?.querySelector(".item-title");
  const above = ({ id }) => document.getElementById(id)?.closest(".section")?.querySelector(":scope > .section-head > :is(h2, h3, h4, h5, h6)");
  const once = (make) => { let made; return () => made ??= make(); };
  for (const subject of [...data.items, ...data.sections, ...data.triggers]) {
    const rate = once(() => subject.bars.map((bar) => bar && threshold(bar)));
    Object.defineProperty(subject, "rate", { get: rate });
  }
  for (const subject of [...data.triggers, ...data.sections]) subject.bars ??= [];
  for (const item of data.items) {
    for (const part of ["bars", "records", "confirm", "checks"]) item[part] ??= [];
    item.fields = item.records.map(({ title }) => title);
    Object.defineProperties(item, {
      number: { get: once(() => number(head(item))) },
      title: { get: once(() => words(head(item))) },
      place: { get: once(() => `${number(above(item))} ${words(above(item))}`) },
    });
  }
  // Who may speak for a role, and who stands behind one.
  const { speakers = {}, persons = {} } = data;
  const person = (by) => (Object.hasOwn(persons, by) ? persons[by] : by);
  const speaks = (by, role) => {
    const known = by !== role && Object.hasOwn(speakers, role) && speakers[role];
    return !known || known.includes(by) || known.includes(person(by));
  };
  const base = `runsheet/${data.site}/${data.kind}/${data.name}/`;
  const key = base + data.seal;

  // Storage may be refused; then everything works until the page is closed.
  let refused = false;
  const read = (name) => { try { return localStorage.getItem(name); } catch { refused = true; return null; } };
  const write = (name, text) => {
    try {
      if (text === null) localStorage.removeItem(name); else localStorage.setItem(name, text);
    } catch { refused = true; }
  };
  const names = () => { try { return Object.keys(localStorage); } catch { refused = true; return []; } };

  const day = (at) => {
    try {
      const parts = new Intl.DateTimeFormat("en-CA", { timeZone: data.zone || undefined, year: "numeric", month: "2-digit", day: "2-digit" });
      return parts.format(new Date(at));
    } catch { return at.slice(0, 10); }
  };
  const recorded = journal.parse(data.journal).events;
  const known = new Set(recorded.map(journal.format));
  const unknown = (events) => events.filter((event) => !known.has(journal.format(event)));
  const load = (name) => {
    try {
      const { lines = "", sent = 0 } = JSON.parse(read(name) || "{}");
      const { events } = journal.parse(lines);
      const left = unknown(events);
      return { events: left, sent: Math.max(0, sent - (events.length - left.length)) };
    } catch { return { events: [], sent: 0 }; }
  };
  let { events: local, sent } = load(key);
  let kept = read(key);
  const listeners = [];
  const cache = new Map();
  const changed = () => { cache.clear(); listeners.forEach((listen) => listen()); };
  const save = () => {
    kept = local.length ? JSON.stringify({ lines: local.map(journal.format).join("\n"), sent }) : null;
    write(key, kept);
    changed();
  };
  // What another tab noted. A tab that slept, or a page that one came back to, was not told of it: so before anything is
  // written it is read, or else it would be gone.
  const refresh = () => {
    const text = read(key);
    if (refused || text === kept) return;
    kept = text;
    ({ events: local, sent } = load(key));
    changed();
  };
  addEventListener("storage", (event) => { if (event.key === key || event.key === null) refresh(); });
  addEventListener("pageshow", refresh);
  addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });

  // ---- what is known of something, recorded and local together in the order of time
  const about = (event) => event.item || event.message || event.trigger || event.gate || (event.sign && `sign ${event.sign}`);
  const cached = (name, make) => { if (!cache.has(name)) cache.set(name, make()); return cache.get(name); };
  const byId = (list) => {
    const all = new Map();
    for (const event of [...list].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))) {
      const id = about(event);
      if (all.has(id)) all.get(id).push(event); else all.set(id, [event]);
    }
    return all;
  };
  const of = (id, list) => cached(list, () => byId(list === "all" ? [...recorded, ...local] : list === "local" ? local : recorded)).get(id) || [];
  const index = new Map(data.items.map((item) => [item.id, item]));
  const checks = (item) => item.checks.map((id) => index.get(id));
  const asOf = () => cached("as of", () => [...recorded, ...local].map(({ at }) => at).reduce((a, b) => (Date.parse(a) > Date.parse(b) ? a : b), ""));
  const seconds = (events) => {
    const times = events.map(({ at }) => Math.floor(Date.parse(at) / 1000));
    return times.length ? Math.max(...times) - Math.min(...times) : null;
  };
  const says = (event) => [event.is, event.actual, event.field, event.confirm].some((part) => part !== undefined);
  // What follows from the journal, by bar; a length of an item is known once it is done.
  const ofItem = (item, events) => {
    const done = events.filter(({ is }) => is).at(-1)?.is === "done";
    const sum = tally.progress(checks(item), { state, checks });
    const one = (bar, at) => bar?.builtin && tally.compute(bar, item.rate[at], sum, done ? seconds(events.filter(says)) : null);
    return item.bars.map(one);
  };
  const state = (item) => cached(item, () => {
    const [inside, events] = [checks(item).filter((check) => !check.optional).map(state), of(item.id, "all")];
    const computed = ofItem(item, events);
    const touched = of(item.id, "local").length || inside.some((check) => check.touched);
    const found = { ...judge(item, events, { day, inside, computed, asOf: asOf(), person, speaks }), computed, touched };
    // What nobody touched here stands as the program judged it: it sees more than one item.
    return touched || !data.journal ? found : { ...found, status: item.status || found.status };
  });
  // A role that signs before the deployment and again after it signs twice.
  const roles = (approval) => approval.roles.map((at) => data.owners[at][0]);
  const before = new Set(data.approvals.filter(({ phase }) => phase === "before").flatMap(roles));
  const signed = (approval) => {
    const later = ["during", "after", "rollback"].includes(approval.phase);
    const early = (role) => (event) => later && before.has(role) && Date.parse(event.at) < Date.parse(data.start);
    return tally.signed(approval, roles(approval), { seal: data.seal, speaks, of: (role) => of(`sign ${role}`, "all").filter((event) => !early(role)(event)) });
  };
  // The built-in metrics of a section, by bar.
  const below = (item) => [item, ...checks(item).flatMap(below)];
  const gauges = (section) => cached(section, () => {
    const items = section.items.map((at) => data.items[at]);
    const sum = tally.progress(items, { state, checks });
    const spent = seconds([...section.inside, ...items.flatMap(below).map(({ id }) => id)].flatMap((id) => of(id, "all")));
    const approvals = section.approvals.map((at) => signed(data.approvals[at])).reduce((a, b) => a.map((count, at) => count + b[at]), [0, 0, 0]);
    return section.bars.map((bar, at) => bar?.builtin && tally.compute(bar, section.rate[at], sum, spent, approvals));
  });
  // What does not apply or was waived takes its sub-checks along.
  const passed = ({ own, settled }) => settled && (own === "n/a" || own === "waived");
  const covered = () => cached("covered", () => new Set(data.items.filter((item) => item.checks.length && passed(state(item))).flatMap((item) => below(item).slice(1))));
  const settled = (item) => {
    const found = state(item);
    return covered().has(item) || (found.status === "done" && !found.waits.length) || found.status === "waived" || found.status === "n/a";
  };

  // ---- adding and taking back
  const who = (set) => {
    if (set !== undefined) { write(`runsheet/${data.site}/who`, set); work.name = set; }
    return work.name;
  };
  const now = () => new Date().toISOString().replace(/\.\d+/, "");
  const same = (a, b) => ["by", "item", "trigger", "metric", "field"].every((name) => a[name] === b[name]);
  const only = (event, name) => event[name] !== undefined && event.is === undefined;
  const add = (event) => {
    refresh();
    const made = { at: now(), by: work.name || "-", ...event };
    const last = local.length > sent ? local.at(-1) : null;
    // A value typed again before anybody else saw it is one value.
    const corrects = last && same(last, made) && ["actual", "value"].some((name) => only(last, name) && only(made, name));
    if (corrects) local.pop();
    local.push(made);
    save();
  };
  const undo = () => {
    refresh();
    const gone = local.length > sent ? local.pop() : null;
    save();
    return gone;
  };
  // Takes back the newest local event that fits, if nobody has it yet.
  const drop = (fits) => {
    refresh();
    const at = local.findLastIndex(fits);
    if (at < sent || at < 0) return false;
    local.splice(at, 1);
    save();
    return true;
  };

  // ---- in and out
  const text = (events = local) => [`# runsheet ${data.name} ${data.seal}`, ...events.map(journal.format), ""].join("\n");
  const markSent = (many = local.length) => { refresh(); sent = Math.max(sent, many); save(); };
  const places = new Set([...data.items, ...data.sections, ...data.triggers, ...data.messages, ...data.gates].map(({ id }) => id));
  const signs = (approval) => roles(approval).map((role) => `sign ${role}`);
  data.approvals.flatMap(signs).forEach((sign) => places.add(sign));
  const take = (events) => {
    refresh();
    const mine = new Set(local.map(journal.format));
    const fits = events.filter((event) => (about(event) === undefined ? event.event || event.outcome : places.has(about(event))));
    const fresh = unknown(fits).filter((event) => !mine.has(journal.format(event)));
    local = [...local.slice(0, sent), ...fresh, ...local.slice(sent)];
    save();
    return { taken: fresh.length, known: fits.length - fresh.length, left: events.length - fits.length };
  };
  // What was noted before the runbook or the plan changed.
  const old = () => names().filter((name) => name.startsWith(base) && name !== key && /^[\da-f-]{19}$/.test(name.slice(base.length)))
    .map((name) => ({ name, seal: name.slice(base.length), events: load(name).events })).filter(({ events }) => events.length);
  const forget = (name) => { write(name, null); changed(); };

  const work = {
    data, name: read(`runsheet/${data.site}/who`) || "", index, day, who, person, speaks, signs, state, gauges, settled, add, undo, drop, text, take, markSent, old, forget,
    of: (id) => of(id, "all"), recordedOf: (id) => of(id, "recorded"), localOf: (id) => of(id, "local"),
    get local() { return local; }, get unsent() { return local.length - sent; }, get refused() { return refused; },
    onChange: (listen) => { listeners.push(listen); },
  };
  // What is asked for: a rollback once something is recorded in it.
  const begun = () => cached("begun", () => new Set(data.items.filter(({ back, id }) => back !== undefined && of(id, "all").some(says)).map(({ back }) => back)));
  const asked = ({ aside, back }) => !aside && (back === undefined || begun().has(back));
  work.counted = () => data.items.filter(asked);
  // In whatever case somebody typed it.
  const goes = (choice = "") => choice.trim().toLowerCase() === "go";
  // What is to be done next, as the program has it: the items that wait, up to the gate at which nobody called go unless
  // somebody went on behind it.
  work.left = () => cached("left", () => {
    const reached = Math.max(-1, ...data.items.filter(({ gate }) => gate !== undefined).filter((item) => state(item).status !== "pending").map(({ gate }) => gate));
    const at = data.kind === "release" ? data.gates.findIndex((gate, at) => at > reached && asked(gate) && !goes(of(gate.id, "all").at(-1)?.choice)) : -1;
    const waits = (item) => !covered().has(item) && (state(item).status === "pending" || state(item).waits.length);
    const items = work.counted().filter((item) => (at < 0 || (item.gate ?? -1) < at) && waits(item));
    return { items, gate: data.gates[at] ?? null };
  });
  work.next = (after) => {
    const from = after ? data.items.indexOf(after) + 1 : 0;
    const left = new Set(work.left().items);
    return data.items.find((item, at) => at >= from && left.has(item)) || null;
  };
  // What comes next in words, and where it is: an item, or the gate that is to be called.
  work.nextIs = (item) => {
    const { gate } = work.left();
    if (item) return { id: item.id, text: label("next-is", { what: [`${item.number} ${item.title}`, work.owners(item)].filter(Boolean).join(" — ") }) };
    return gate && { id: gate.id, text: label("next-is", { what: gate.title }) };
  };
  work.owners = (item) => item.owners.map((at) => { const [, title, holder] = data.owners[at]; return holder ? `${title} (${holder})` : title; }).join(", ");

  // A node with properties, listeners (`onclick`) and what is inside.
  work.el = (tag, props = {}, ...inside) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(props)) {
      if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else if (name in node && !name.startsWith("aria")) node[name] = value;
      else node.setAttribute(name, value);
    }
    node.append(...inside);
    return node;
  };
  runsheet.work = work;
})();

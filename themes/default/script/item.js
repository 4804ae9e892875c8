// Boxes to tick and blanks to fill on checks, steps, sections, triggers, messages and gates.
(() => {
  "use strict";
  const { work } = runsheet;
  if (!work) return;
  const { data, el } = work;
  const own = (node, part) => node.querySelector(`:scope > ${part}`);
  const renders = [];
  // What has a place in a section is shown when that section is filled, everything else at once.
  const later = new Map();
  const place = (node, show) => {
    const section = node?.closest(".sections .section");
    if (!section) { if (node) show(node); return; }
    if (later.has(section)) later.get(section).push(() => show(node)); else later.set(section, [() => show(node)]);
  };
  const today = () => work.day(new Date().toISOString());
  const RATINGS = { pass: () => label("rating-pass"), warn: () => label("rating-warn"), miss: () => label("rating-miss"), abort: () => label("rating-abort"), unknown: () => label("rating-unknown") };
  const KEYS = { "n/a": "not-applicable" };
  const WORDS = { done: () => label("state-done"), failed: () => label("state-failed"), blocked: () => label("state-blocked"), waived: () => label("state-waived"), "n/a": () => label("state-not-applicable"), pending: () => label("state-pending") };
  const TYPES = { date: "date", time: "time", url: "url" };

  // A blank for the actual value of a bar, with how it compares at once.
  const blank = (subject, at, node) => {
    const bar = subject.bars[at];
    if (!bar || bar.state !== undefined || bar.builtin || !node) return;
    const name = bar.metric || subject.title;
    const input = el("input", { type: "text", autocomplete: "off", spellcheck: false, "aria-label": label("actual-of", { what: name }) });
    const rating = el("span", { className: "rating" });
    const words = el("span", { className: "work-words" });
    const output = el("output", {}, rating, " ", words);
    const show = (answer) => {
      rating.className = answer ? `rating is-${answer.rating}` : "rating";
      rating.textContent = answer ? RATINGS[answer.rating]() : "";
      words.textContent = answer && answer.rating !== "pass" ? answer.words : "";
      input.setAttribute("aria-invalid", String(Boolean(answer) && bar.written === undefined && answer.rating === "unknown"));
    };
    const named = subject.bars.length > 1 && bar.metric ? { metric: bar.metric } : {};
    const mine = (event) => event.item === subject.id && event.actual !== undefined && event.metric === named.metric && !event.is;
    const latest = () => work.localOf(subject.id).findLast(mine)?.actual ?? "";
    const commit = () => {
      const value = input.value.trim();
      if (value === latest()) return;
      if (!value) return void (work.drop(mine) || render());
      // What cannot be compared is refused while it can still be typed anew, as the program does.
      if (bar.written === undefined && subject.rate[at](value, today()).rating === "unknown") return;
      work.asWhom(() => work.add({ item: subject.id, ...named, actual: value }), () => { input.value = latest(); render(); });
    };
    const render = () => {
      const value = latest();
      if (document.activeElement !== input && input.getAttribute("aria-invalid") !== "true") input.value = value;
      show(input.value.trim() ? subject.rate[at](input.value, today()) : null);
    };
    input.addEventListener("input", () => show(input.value.trim() ? subject.rate[at](input.value, today()) : null));
    input.addEventListener("change", commit);
    node.append(el("span", { className: "work-value" }, input, output));
    node.classList.add("has-value");
    renders.push(render);
  };

  // The value of a bar that follows from the journal, computed anew while something is noted here.
  const gauge = (node, find) => {
    const program = own(node, ".bar-actual");
    const [value, rating] = [el("b"), el("span")];
    const mine = el("span", { className: "bar-actual" }, el("span", { className: "bar-label", textContent: label("actual") }), " ", value, " ", rating);
    const plain = node.className;
    node.append(mine);
    renders.push(() => {
      const found = work.local.length ? find() : null;
      const on = Boolean(found) && !found.missing;
      mine.hidden = !on;
      if (program) program.hidden = on;
      node.className = on ? `bar is-${found.rating}` : plain;
      if (!on) return;
      value.textContent = found.value;
      mine.title = found.words;
      rating.className = `rating is-${found.rating}`;
      rating.textContent = RATINGS[found.rating]();
    });
  };
  const bars = (subject, nodes, find) => nodes.forEach((node, at) => (subject.bars[at]?.builtin ? gauge(node, () => find()[at]) : blank(subject, at, node)));

  // A blank of `record`.
  const fill = (item, at, node) => {
    const { title, kind } = item.records[at];
    const input = el("input", { type: TYPES[kind] || "text", autocomplete: "off", "aria-label": title, className: "work-fill" });
    const mine = (event) => event.item === item.id && event.field === title;
    const latest = () => work.localOf(item.id).findLast(mine)?.value ?? "";
    input.addEventListener("change", () => {
      const value = input.value.trim();
      if (!value) return void work.drop(mine);
      if (value !== latest()) work.asWhom(() => work.add({ item: item.id, field: title, value }), () => { input.value = latest(); });
    });
    renders.push(() => { if (document.activeElement !== input) input.value = latest(); });
    node.querySelector(".blank")?.remove();
    node.append(input);
  };

  const tick = (item, row) => {
    const box = el("input", { type: "checkbox", className: "tick", "aria-label": label("tick-of", { what: `${item.number} ${item.title}` }) });
    box.addEventListener("change", () => {
      const done = (event) => event.item === item.id && event.is === "done";
      if (!box.checked && work.drop(done)) return;
      work.asWhom(() => work.add({ item: item.id, is: box.checked ? "done" : "pending" }), () => render());
    });
    const mark = own(row, ".item-mark");
    mark.append(box);
    const render = () => { box.checked = work.state(item).said?.is === "done" || work.state(item).status === "done"; };
    renders.push(render);
    return mark.querySelector(".mark");
  };

  // What was noted here and is not in the journal yet, one line an event.
  const told = (event) => [event.sign, event.is && (WORDS[event.is]?.() ?? event.is), event.choice, event.metric, event.actual, event.field && `${event.field}: ${event.value}`,
    event.confirm && label("confirmed-as", { role: event.confirm }), event.why, event.until && label("until-when", { time: event.until }), event.evidence, event.note].filter(Boolean).join(" · ");
  const noted = (ids, after) => {
    const line = el("p", { className: "work-noted", hidden: true });
    after.after(line);
    renders.push(() => {
      const events = ids.flatMap(work.localOf);
      const since = ids.flatMap(work.recordedOf).filter((event) => event.is).at(-1);
      const last = events.filter((event) => event.is).at(-1);
      const conflict = last && since && Date.parse(since.at) > Date.parse(last.at) && since.is !== last.is;
      line.hidden = !events.length;
      line.textContent = [label("noted-here"), events.map(told).join("; ")].join(" ");
      if (conflict) line.append(el("b", { textContent: ` ${label("recorded-since", { who: since.by, state: WORDS[since.is]?.() ?? since.is })}` }));
    });
  };
  const named = (words, subject, onclick) => {
    const button = work.button(words, onclick);
    button.setAttribute("aria-label", `${words} ${[subject.number, subject.title].filter(Boolean).join(" ")}`);
    return button;
  };
  const more = (kind, subject) => named(label("record-more"), subject, () => work.ask(kind, subject));

  const item = (subject, node) => {
    const row = own(node, ".item-row");
    if (!row) return;
    const mark = tick(subject, row);
    const side = own(row, ".item-side");
    bars(subject, side.querySelectorAll(".bar"), () => work.state(subject).computed);
    row.querySelectorAll("[data-field]").forEach((part) => fill(subject, Number(part.dataset.field), part.querySelector("dd")));
    const line = el("p", { className: "work-buttons is-small" }, more("item", subject));
    for (const role of subject.confirm) {
      const confirm = work.button(label("confirm-as", { role }), () => work.asWhom(() => work.add({ item: subject.id, confirm: role })));
      renders.push(() => { confirm.hidden = !work.state(subject).waits.includes(role); });
      line.append(confirm);
    }
    side.append(line);
    const status = el("p", { className: "work-state", hidden: true });
    own(row, ".item-text").querySelector(".item-title").after(status);
    noted([subject.id], status);
    renders.push(() => {
      const found = work.state(subject);
      const key = KEYS[found.status] || found.status;
      node.className = node.className.replace(/ ?state-[\w-]+/, "") + ` state-${key}`;
      mark.className = `mark is-${key}`;
      mark.setAttribute("aria-label", WORDS[found.status]());
      const local = work.localOf(subject.id).length > 0;
      const words = [local && WORDS[found.status](), local && found.open && label("value-missing"), found.waits.length && label("waits-for", { role: found.waits.join(", ") })];
      status.hidden = !words.some(Boolean);
      status.className = `work-state state-word is-${key}`;
      status.textContent = words.filter(Boolean).join(" · ");
    });
  };
  const find = ({ id }) => document.getElementById(id);
  for (const subject of data.items) place(find(subject), (node) => item(subject, node));
  for (const section of data.sections) {
    place(find(section), (node) => bars(section, node.querySelectorAll(":scope > .thresholds .bar"), () => work.gauges(section)));
  }
  for (const kind of ["trigger", "message", "gate"]) {
    for (const subject of data[`${kind}s`]) {
      place(find(subject), (node) => {
        const line = el("p", { className: "work-buttons is-small" }, more(kind, subject));
        node.append(line);
        noted([subject.id], line);
      });
    }
  }
  for (const approval of data.approvals) {
    place(find(approval), (node) => {
      const line = el("p", { className: "work-buttons is-small" }, named(label("sign-off"), approval, () => work.sign(approval)));
      node.lastElementChild.append(line);
      noted(work.signs(approval), line);
    });
  }
  // What stands in a field when the tab is left, loaded again or closed is noted as if the field had been left.
  addEventListener("visibilitychange", () => {
    const field = document.activeElement;
    if (document.hidden && work.name && field?.matches(".work-value input, .work-fill")) field.dispatchEvent(new Event("change"));
  });
  // The verdict is the program's alone.
  const verdict = el("p", { className: "work-noted", textContent: label("verdict-after-import") });
  document.getElementById("_verdict")?.append(verdict);
  renders.push(() => { verdict.hidden = !work.local.length; });
  work.onChange(() => renders.forEach((render) => render()));
  renders.forEach((render) => render());
  runsheetSections.fill((section) => {
    const from = renders.length;
    later.get(section)?.forEach((show) => show());
    renders.slice(from).forEach((render) => render());
  });
})();

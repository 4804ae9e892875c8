// The two questions: who works here, and what is to be recorded where a tick does not say enough.
(() => {
  "use strict";
  const { work } = runsheet;
  if (!work) return;
  const { data, el } = work;
  const button = (text, onclick, type = "button") => el("button", { type, textContent: text, className: "button", onclick });
  const field = (text, input) => el("label", { className: "work-field" }, el("span", { textContent: text }), input);
  const choice = (options, value = "") => el("select", {}, ...options.map(([key, text]) => el("option", { value: key, textContent: text, selected: key === value })));

  // A dialog with a title, what is inside and buttons; gone from the page when it is closed. What
  // `submit` gives is done after that, so that another dialog may follow.
  const dialog = (title, inside, buttons, submit) => {
    const form = el("form", { method: "dialog", onsubmit: (event) => { event.preventDefault(); const go = submit(); if (go) { box.close(); go(); } } },
      el("h2", { textContent: title }), ...inside, el("p", { className: "work-buttons" }, ...buttons));
    const box = el("dialog", { className: "work-dialog", "aria-label": title, onclose: () => box.remove() }, form);
    document.body.append(box);
    box.showModal();
    return box;
  };
  const cancel = () => button(label("cancel"), (event) => event.target.closest("dialog").close());

  const person = () => (window.runsheetPeople.length
    ? choice([["", label("choose")], ...window.runsheetPeople], work.name)
    : el("input", { type: "text", value: work.name, autocomplete: "name" }));

  // Goes on once it is known who works here.
  work.asWhom = (go, stop = () => {}) => {
    if (work.name || data.kind !== "release") return go();
    const input = person();
    let said = false;
    const submit = () => {
      if (!input.value.trim()) { input.focus(); return null; }
      said = true;
      work.who(input.value.trim());
      return go;
    };
    const box = dialog(label("who-works"), [el("p", { textContent: label("who-works-text") }), field(label("person"), input)],
      [button(label("go-on"), null, "submit"), cancel()], submit);
    box.addEventListener("close", () => { if (!said) stop(); });
  };
  work.personField = () => {
    const input = person();
    input.addEventListener("change", () => work.who(input.value.trim()));
    return field(label("recorded-by"), input);
  };

  const STATES = {
    item: () => [["done", label("state-done")], ["failed", label("state-failed")], ["blocked", label("state-blocked")], ["n/a", label("state-not-applicable")],
      ["waived", label("state-waived")], ["pending", label("open-again")]],
    trigger: () => [["fired", label("fired")], ["cleared", label("cleared")]],
    message: () => [["sent", label("sent")]],
    gate: () => [["go", label("called-go")], ["no-go", label("called-no-go")]],
  };

  const blank = (type = "text") => el("input", { type, autocomplete: "off" });
  const text = (input) => input.value.trim() || undefined;
  const record = () => [button(label("record-it"), null, "submit"), cancel()];

  // Asks for a sign-off: by whom, as what, what they say.
  work.sign = (approval) => {
    const role = choice(approval.roles.map((at) => [data.owners[at][0], work.owners({ owners: [at] })]));
    const said = choice(approval.choices.map((one) => [one, one]));
    const [why, note] = [blank(), blank()];
    const submit = () => () => work.asWhom(() => work.add({ sign: role.value, choice: said.value, seal: data.seal, why: text(why), note: text(note) }));
    dialog(approval.title, [work.personField(), field(label("as"), role), field(label("choice"), said), field(label("why"), why), field(label("note"), note),
      el("p", { className: "work-words", textContent: label("sign-with-key", { seal: data.seal }) })], record(), submit);
  };

  // Asks what is to be recorded of an item, a trigger, a message or a gate.
  work.ask = (kind, subject, value = "") => {
    const states = choice(STATES[kind]().filter(([key]) => key !== "n/a" || subject.applies), value);
    const [why, evidence, note, actual, until] = [blank(), blank(), blank(), blank(), blank("date")];
    const words = el("output", { className: "work-words" });
    const rate = subject.rate?.[0];
    // The condition of a trigger is reached, not met.
    const held = (value) => {
      const answer = rate(value, work.day(new Date().toISOString()));
      const { bar, required = bar } = subject.bars[0].pass || {};
      if (answer.rating === "unknown" || !required) return answer.words;
      return answer.rating === "pass" ? label("value-is", { value, bar: required }) : label("value-is-not", { value, bar: required });
    };
    actual.addEventListener("input", () => { words.textContent = actual.value && rate ? held(actual.value) : ""; });
    const needs = () => states.value === "n/a" || states.value === "waived";
    const submit = () => {
      if (needs() && !why.value.trim()) { words.textContent = label("needs-reason"); why.focus(); return null; }
      const said = kind === "gate" ? { choice: states.value } : { is: states.value };
      const event = { [kind]: subject.id, ...said, actual: kind === "trigger" ? text(actual) : undefined, why: text(why), until: states.value === "waived" ? text(until) : undefined, evidence: text(evidence), note: text(note) };
      return () => work.asWhom(() => work.add(event));
    };
    const fields = [field(label("state"), states)];
    if (kind === "trigger" && rate) fields.push(field(label("actual"), actual));
    if (kind === "item") {
      const end = field(label("last-day"), until);
      const ends = () => { end.hidden = states.value !== "waived"; };
      states.addEventListener("change", ends);
      ends();
      fields.push(field(label("why"), why), end);
    }
    fields.push(field(label("evidence"), evidence), field(label("note"), note), words);
    dialog(subject.title, fields, record(), submit);
  };
  work.button = button;
  work.field = field;
  work.choice = choice;
  work.dialog = dialog;
})();

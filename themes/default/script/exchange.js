// Out of the page and back: what was noted as lines of a journal, for `runsheet import-events`.
(() => {
  "use strict";
  const { work } = runsheet;
  if (!work || work.data.kind !== "release") return;
  const { data, el, button } = work;

  const download = (text) => {
    const link = el("a", { href: URL.createObjectURL(new Blob([text], { type: "text/yaml" })), download: `${data.name}.events.yaml` });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    work.markSent();
  };

  const take = (text) => {
    const { events, wrong, origin } = runsheet.journal.parse(text);
    if (origin && origin.name !== data.name) return label("other-release", { name: origin.name });
    if (origin && origin.seal && origin.seal !== data.seal) return label("other-seal", { seal: origin.seal, now: data.seal });
    const { taken, known, left } = work.take(events);
    const parts = [label("taken-in", { n: taken, known })];
    if (left) parts.push(label("left-out", { n: left }));
    if (wrong.length) parts.push(label("no-lines", { lines: wrong.join(", ") }));
    return parts.join(" ");
  };

  work.exchange = () => {
    const say = el("p", { role: "status", className: "work-words" });
    const lines = el("textarea", { readOnly: true, rows: 8, spellcheck: false, value: work.text(), "aria-label": label("journal-lines") });
    const pasted = el("textarea", { rows: 3, spellcheck: false, "aria-label": label("lines-to-take") });
    const file = el("input", { type: "file", accept: ".yaml,.yml,.txt", "aria-label": label("file-to-take") });
    file.addEventListener("change", async () => { if (file.files[0]) pasted.value = await file.files[0].text(); });
    let shown = work.local.length;
    const show = () => { lines.value = work.text(); shown = work.local.length; };
    // A line of its own: a field, and the button that adds it.
    const own = (key, name, add, input = el("input", { type: "text", autocomplete: "off" })) => {
      const note = () => {
        const text = input.value.trim();
        if (text) work.asWhom(() => { work.add({ [key]: text }); input.value = ""; show(); });
      };
      input.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); note(); } });
      return [work.field(name, input), el("p", { className: "work-buttons is-small" }, button(add, note))];
    };
    const outcomes = work.choice([["", label("choose")], ["success", label("outcome-success")], ["rollback", label("outcome-rollback")], ["incident", label("outcome-incident")]]);
    const copy = async () => {
      lines.select();
      try { await navigator.clipboard.writeText(lines.value); } catch { document.execCommand("copy"); }
      work.markSent(shown);
      say.textContent = label("copied");
    };
    const command = el("code", { textContent: `runsheet import-events ${data.name} ${data.name}.events.yaml` });
    work.dialog(label("journal"), [
      work.personField(),
      ...own("event", label("log-entry"), label("add-to-log")), ...own("outcome", label("outcome"), label("record-it"), outcomes),
      el("h3", { textContent: label("to-the-journal") }), el("p", {}, command), lines,
      el("p", { className: "work-buttons" }, button(label("download"), () => download(work.text())), button(label("copy"), copy)),
      el("h3", { textContent: label("from-a-journal") }), pasted, file,
      el("p", { className: "work-buttons" }, button(label("take-in"), () => { say.textContent = take(pasted.value); show(); })), say,
    ], [button(label("close"), null, "submit")], () => () => {});
  };

  // What was noted before the runbook or the plan changed: said, and never mixed in unasked.
  work.oldNotes = (bar) => {
    const render = () => {
      bar.replaceChildren(...work.old().map(({ name, seal, events }) => {
        const discard = button(label("discard"), () => {
          if (discard.dataset.asked) return work.forget(name);
          discard.dataset.asked = "yes";
          discard.textContent = label("discard-really", { n: events.length });
        });
        const over = button(label("take-over"), () => { work.take(events); work.forget(name); });
        return el("p", { className: "work-old" }, el("span", { textContent: label("old-notes", { n: events.length, seal }) }), " ", over, " ", discard);
      }));
      bar.hidden = !bar.children.length;
    };
    work.onChange(render);
    render();
  };
})();

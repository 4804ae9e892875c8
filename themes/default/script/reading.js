// One step at a time, challenge and response: the step itself, moved into a dialog and put back after.
(() => {
  "use strict";
  const { work } = runsheet;
  if (!work) return;
  const { data, el, button } = work;
  const steps = data.items.filter((item) => document.getElementById(item.id));
  let at = 0;
  let box = null;
  let back = () => {};

  const where = el("span", { className: "reading-where" });
  const count = el("span", { className: "reading-count" });
  const owner = el("span", { className: "reading-owner" });
  const body = el("div", { className: "reading-body document", tabIndex: -1 });
  const after = el("p", { className: "reading-next", role: "status" });

  const show = (to, focus = true) => {
    back();
    at = Math.max(0, Math.min(to, steps.length - 1));
    const item = steps[at];
    const node = document.getElementById(item.id);
    const parts = [...node.children].filter((part) => part.matches(".warning, .item-row"));
    const place = document.createComment("");
    parts[0].before(place);
    body.replaceChildren(...parts);
    back = () => { place.replaceWith(...parts); back = () => {}; };
    where.textContent = item.place;
    owner.textContent = work.owners(item);
    count.textContent = label("step-of", { n: at + 1, all: steps.length });
    after.textContent = work.nextIs(work.next(item))?.text ?? label("nothing-left");
    body.scrollTop = 0;
    if (focus) (parts.flatMap((part) => [...part.querySelectorAll(".work-value input, .work-fill")]).find((input) => !input.value) || done).focus();
  };
  const forward = () => {
    const next = work.next(steps[at]);
    if (next) show(steps.indexOf(next)); else close.focus();
  };
  const done = button(label("done-and-next"), () => {
    const item = steps[at];
    if (work.state(item).said?.is === "done") return forward();
    work.asWhom(() => {
      work.add({ item: item.id, is: "done" });
      if (work.settled(item)) forward(); else show(at);
    });
  });
  done.classList.add("is-main");
  const close = button(label("close"), () => box.close());
  const keys = (event) => {
    if (event.target.matches("input:not(.tick), textarea, select") || event.ctrlKey || event.metaKey || event.altKey) {
      if (event.key === "Enter" && event.target.matches(".work-value input, .work-fill")) { event.preventDefault(); event.target.blur(); show(at); }
      return;
    }
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: steps.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    show(to);
  };

  work.read = (item) => {
    if (!steps.length) return;
    runsheetSections.all();
    box = el("dialog", { className: "work-dialog reading", "aria-label": label("step-by-step"), onkeydown: keys,
      onclose: () => { back(); box.remove(); document.getElementById(steps[at].id)?.scrollIntoView({ block: "center" }); } },
    el("header", {}, where, owner, count, close), body,
    el("footer", {}, after, el("p", { className: "work-buttons" }, button(label("step-back"), () => show(at - 1)), done, button(label("skip-step"), () => show(at + 1)))));
    document.body.append(box);
    box.showModal();
    show(Math.max(0, steps.indexOf(item || work.next() || steps[0])));
  };
})();

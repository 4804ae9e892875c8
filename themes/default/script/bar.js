// The bar at the foot of the page: the clock from T, the way to the next open step, and what can be done.
(() => {
  "use strict";
  const { work } = runsheet;
  if (!work) return;
  const { data, el, button } = work;
  const release = data.kind === "release";

  // ---- T-1d 02:03:04; without seconds for those who want less motion
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const clock = el("b", { className: "work-clock", role: "timer" });
  const zone = el("span", { className: "work-zone" });
  const two = (number) => String(number).padStart(2, "0");
  const tick = () => {
    // The clock of a page that another took the place of.
    if (!clock.isConnected) return;
    const now = Date.now();
    const far = Math.floor(now / 1000) - Math.floor(Date.parse(data.start) / 1000);
    const size = Math.abs(far);
    const days = Math.floor(size / 86400);
    const seconds = still.matches ? "" : `:${two(size % 60)}`;
    clock.textContent = `T${far < 0 ? "−" : "+"}${days ? `${days}d ` : ""}${two(Math.floor(size / 3600) % 24)}:${two(Math.floor(size / 60) % 60)}${seconds}`;
    const local = new Intl.DateTimeFormat("en-GB", { timeZone: data.zone, hour: "2-digit", minute: "2-digit" }).format(now);
    zone.textContent = `${local} ${data.zone}`;
    setTimeout(tick, still.matches ? 60000 - (now % 60000) : 1000 - (now % 1000));
  };

  const count = el("span", { className: "work-count" });
  const next = el("a", { className: "work-next" });
  const undo = button(label("undo"), () => { const gone = work.undo(); say.textContent = gone ? label("undone") : ""; });
  const filter = button(label("filter"), () => {
    work.filter.hidden = !work.filter.hidden;
    filter.setAttribute("aria-expanded", String(!work.filter.hidden));
    if (!work.filter.hidden) work.filter.querySelector("select").focus();
  });
  filter.setAttribute("aria-expanded", "false");
  const reading = button(label("step-by-step"), () => work.read());
  const journal = button(label("journal"), () => work.exchange());
  const say = el("span", { className: "sr", role: "status" });
  const old = el("div", { className: "work-olds", hidden: true });
  const refused = el("p", { className: "work-old", hidden: true, textContent: label("nothing-kept") });
  const kept = el("span", { className: "work-words", textContent: release ? "" : label("only-here") });
  const bar = el("aside", { className: "work-bar", "aria-label": label("working") }, old, refused, work.filter,
    el("div", { className: "work-row" }, ...(data.start ? [el("span", { className: "work-time" }, clock, " ", zone)] : []), count, next, kept,
      el("span", { className: "work-buttons" }, reading, filter, undo, ...(release ? [journal] : [])), say));
  // One that is there is of the page before, which another took the place of.
  document.querySelector(".work-bar")?.remove();
  document.body.append(bar);
  document.documentElement.classList.add("has-work");

  let settled = null;
  const render = () => {
    const all = work.counted();
    const done = all.filter(work.settled).length;
    count.textContent = label("settled-of", { n: done, all: all.length });
    if (settled !== null && settled !== done) say.textContent = count.textContent;
    settled = done;
    const is = work.nextIs(work.next());
    next.hidden = !is;
    if (is) {
      next.href = `#${encodeURIComponent(is.id)}`;
      next.textContent = is.text;
    }
    undo.hidden = !work.unsent;
    journal.textContent = work.unsent ? label("journal-n", { n: work.unsent }) : label("journal");
    refused.hidden = !work.refused || !work.local.length;
  };
  work.onChange(render);
  render();
  if (release) work.oldNotes(old);
  if (data.start) tick();
})();

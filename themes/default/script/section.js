// A long runbook is there at once because only what is seen of it is laid out. The rest follows while nobody waits, from
// the top, so that nothing moves when somebody scrolls to it. What other scripts add to a section is added before that.
(() => {
  "use strict";
  const rest = [...document.querySelectorAll(".sections .section")];
  const empty = new Set(rest);
  const fills = [];
  const fill = (section) => { if (empty.delete(section)) fills.forEach((does) => does(section)); };

  // `runsheetSections.each(fill)` calls `fill` once for every section, those in sight first; `all()` does not wait.
  window.runsheetSections = {
    each: (does) => fills.push(does),
    all: () => empty.forEach(fill),
  };

  const later = window.requestIdleCallback ?? ((go) => setTimeout(go, 50));
  const next = () => {
    const section = rest.shift();
    if (!section) return;
    fill(section);
    section.classList.add("is-laid-out");
    later(next);
  };
  const seen = new IntersectionObserver((all) => all.forEach(({ target, isIntersecting }) => { if (isIntersecting) fill(target); }), { rootMargin: "50%" });
  rest.forEach((section) => seen.observe(section));
  addEventListener("load", () => later(next));
  addEventListener("beforeprint", window.runsheetSections.all);
})();

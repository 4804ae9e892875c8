// A long runbook is there at once because only what is seen of it is laid out. The rest follows while nobody waits, from
// the top, so that nothing moves when somebody scrolls to it. What other scripts add to a section is added before that.
(() => {
  "use strict";
  // What is short is filled at once: so many items.
  const SHORT = 60;

  const rest = [...document.querySelectorAll(".sections .section")];
  const empty = new Set(rest);
  let does = () => {};
  const fill = (section) => { if (empty.delete(section)) does(section); };

  window.runsheetSections = {
    // Has every section filled with this: those that come into sight first, the rest later.
    fill: (how) => {
      does = how;
      if (document.querySelectorAll(".sections .item").length <= SHORT) window.runsheetSections.all();
      const seen = new IntersectionObserver((all) => all.forEach(({ target, isIntersecting }) => { if (isIntersecting) fill(target); }), { rootMargin: "50%" });
      empty.forEach((section) => seen.observe(section));
      addEventListener("beforeprint", window.runsheetSections.all);
    },
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
  addEventListener("load", () => later(next));
})();

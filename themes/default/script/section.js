// A long runbook is there at once because only what is seen of it is laid out. The rest follows while nobody waits, from
// the top, so that nothing moves when somebody scrolls to it. What other scripts add to a section is added before that.
(() => {
  "use strict";
  // What is short is filled as a whole: so many items.
  const SHORT = 60;

  const sections = [...document.querySelectorAll(".sections .section")];
  const rest = [...sections];
  const empty = new Set(sections);
  let does = () => {};
  const fill = (section) => { if (empty.delete(section)) does(section); };

  window.runsheetSections = {
    // Has every section filled with this: those that come into sight first, the rest later.
    fill: (how) => {
      does = how;
      const short = document.querySelectorAll(".sections .item").length <= SHORT;
      // With the first frame, so that it is seen complete. Fields that are there before the page is parsed are looked at
      // by the browser one by one, and each look lays out a section that nobody sees.
      if (short) requestAnimationFrame(window.runsheetSections.all);
      const seen = new IntersectionObserver((all) => all.forEach(({ target, isIntersecting }) => { if (isIntersecting) fill(target); }), { rootMargin: "50%" });
      empty.forEach((section) => seen.observe(section));
      addEventListener("beforeprint", window.runsheetSections.all);
    },
    all: () => empty.forEach(fill),
    // Nothing above this moves any more.
    settle: (node) => sections.filter((section) => section.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING)
      .forEach((section) => section.classList.add("is-laid-out")),
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

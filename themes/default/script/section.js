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
  const show = (section) => { fill(section); section.classList.add("is-laid-out"); };

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
    settle: (node) => sections.filter((section) => section.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING).forEach(show),
  };

  // Who follows a link to a place of this page, or comes to one, lands there: what is above has its height before the
  // browser goes.
  const place = (hash) => { try { return document.getElementById(decodeURIComponent(hash.slice(1))); } catch { return null; } };
  const aim = ({ hash }) => { const node = hash && place(hash); if (node) window.runsheetSections.settle(node); return node; };
  addEventListener("click", ({ target }) => { const link = target.closest?.("a[href*='#']"); if (link?.pathname === location.pathname) aim(link); }, true);
  addEventListener("hashchange", () => { if (rest.length) aim(location)?.scrollIntoView(); });
  // Who loads a page again, or comes back to it, is where they were: how far down that is the browser knows, and this what
  // has its height there. A browser that keeps nothing loses the place.
  const store = `runsheet/place${location.pathname}`;
  const keep = () => {
    const last = sections.findLast((section) => section.getBoundingClientRect().top < innerHeight);
    try { sessionStorage.setItem(store, last?.id ?? ""); } catch { /* refused */ }
  };
  const kept = () => { try { return sessionStorage.getItem(store) ?? ""; } catch { return ""; } };
  addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
  addEventListener("DOMContentLoaded", () => [location.hash, `#${encodeURIComponent(kept())}`].forEach((hash) => aim({ hash })));

  const later = window.requestIdleCallback ?? ((go) => setTimeout(go, 50));
  const next = () => {
    const section = rest.shift();
    if (!section) return;
    show(section);
    later(next);
  };
  addEventListener("load", () => later(next));
})();

// A long runbook is there at once because only what is seen of it is laid out. The rest follows while nobody waits, from
// the top, so that nothing moves when somebody scrolls to it.
(() => {
  "use strict";
  const sections = [...document.querySelectorAll(".sections .section")];
  const later = window.requestIdleCallback ?? ((go) => setTimeout(go, 50));
  const next = () => {
    sections.splice(0, 3).forEach((section) => section.classList.add("is-laid-out"));
    if (sections.length) later(next);
  };
  addEventListener("load", () => later(next));
})();

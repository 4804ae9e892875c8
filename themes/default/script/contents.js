// The table of contents: open where there is room, and showing where one is.
(() => {
  "use strict";
  const contents = document.querySelector(".contents");
  if (!contents) return;

  const wide = matchMedia("(min-width: 64rem)");
  let was = null;
  const fit = () => {
    if (wide.matches === was) return;
    was = wide.matches;
    contents.open = was;
  };
  fit();
  // A listener of the query itself would keep a page alive that another took the place of.
  addEventListener("resize", fit);
  contents.addEventListener("click", (event) => {
    if (!wide.matches && event.target.closest("a")) contents.open = false;
  });

  const links = new Map();
  for (const link of contents.querySelectorAll("a[href^='#']")) {
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (target) links.set(target, link);
  }
  const targets = [...links.keys()];
  let current = null;
  const follow = () => {
    const line = 140;
    let now = null;
    for (const target of targets) {
      if (target.getBoundingClientRect().top > line) break;
      now = target;
    }
    const link = links.get(now) || null;
    if (link === current) return;
    if (current) current.removeAttribute("aria-current");
    current = link;
    if (!current) return;
    current.setAttribute("aria-current", "true");
    const side = contents.closest(".side");
    if (wide.matches && side) {
      const place = current.offsetTop - side.offsetTop;
      if (place < side.scrollTop || place > side.scrollTop + side.clientHeight - 60) {
        side.scrollTop = place - side.clientHeight / 2;
      }
    }
  };
  let waiting = false;
  // With the next frame, which lays the page out anyway.
  const soon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; follow(); });
  };
  addEventListener("scroll", soon, { passive: true });
  soon();
})();

// Keeps this page current while its author writes; only pages that `runsheet serve` sends load it.
(() => {
  "use strict";
  const { version, inPlace } = document.currentScript.dataset;
  // A page that tells why another could not be made has no script of the site beside this one.
  const label = (key) => window.runsheetLabels[key];
  const page = location.pathname;
  const store = `runsheet-live:${page}`;

  // What a reload would lose: where the reader and the keyboard are, and what was ticked, chosen and typed. A control
  // without a name is known by its place in what has one: what is added above must not move a tick to its neighbour.
  const controls = () => {
    const places = new Map();
    return [...document.querySelectorAll("input, select, textarea, details")].map((control) => {
      if (control.id || control.name) return [control.id || control.name, control];
      const owner = control.closest("[id]")?.id ?? "";
      const place = (places.get(owner) ?? 0) + 1;
      places.set(owner, place);
      return [`${owner} ${control.localName} ${place}`, control];
    });
  };
  // The last thing with a name that begins above the middle of the window, and how far from its top.
  const anchor = () => {
    if (!scrollY) return null;
    const places = [...document.querySelectorAll("main [id]")].map((node) => [node.id, node.getBoundingClientRect()]);
    const found = places.findLast(([, { top, height }]) => height && top < innerHeight / 2);
    return found ? { id: found[0], top: found[1].top } : null;
  };
  const state = (control) =>
    control.localName === "details"
      ? control.open
      : /^(checkbox|radio)$/.test(control.type)
        ? control.checked
        : control.value;

  function keep() {
    const all = controls();
    const states = all.map(([name, control]) => [name, state(control)]);
    const focus = all.find(([, control]) => control === document.activeElement)?.[0];
    sessionStorage.setItem(store, JSON.stringify({ x: scrollX, y: scrollY, anchor: anchor(), focus, states }));
  }

  function restore() {
    const kept = sessionStorage.getItem(store);
    if (!kept) return;
    sessionStorage.removeItem(store);
    const { x, y, anchor, focus, states } = JSON.parse(kept);
    window.runsheetSections?.all();
    const named = new Map(states);
    for (const [name, control] of controls()) {
      const was = named.get(name);
      if (was === undefined || was === state(control) || control.type === "file") continue;
      if (control.localName === "details") control.open = was;
      else {
        if (typeof was === "boolean") control.checked = was;
        else control.value = was;
        control.dispatchEvent(new Event("input", { bubbles: true }));
        control.dispatchEvent(new Event("change", { bubbles: true }));
      }
    }
    controls().find(([name]) => name === focus)?.[1].focus({ preventScroll: true });
    const node = anchor && document.getElementById(anchor.id);
    if (node) window.runsheetSections?.settle(node);
    const top = node ? scrollY + node.getBoundingClientRect().top - anchor.top : y;
    scrollTo({ left: x, top, behavior: "instant" });
  }

  // The new sheet is there before the old one goes: nothing flickers.
  function swap(href) {
    const old = document.querySelector('link[rel="stylesheet"]');
    if (!old) return reload();
    const fresh = old.cloneNode();
    fresh.href = href;
    fresh.onload = () => old.remove();
    fresh.onerror = reload;
    old.after(fresh);
  }

  // The page as it is now; nothing if that is elsewhere, or tells that there is none.
  async function fetched() {
    const answer = await fetch(location.href);
    return answer.ok && !answer.redirected ? answer.text() : null;
  }

  // The first frame comes before the scripts of the page: until they bring a bar, it has that of the page before.
  function stay(bar) {
    if (!document.getElementById("_work")) return;
    bar.inert = true;
    document.body.append(bar);
    document.documentElement.classList.add("has-work");
  }

  // In the place of the old page where that leaves nothing behind: to leave one document and begin the next costs a
  // browser more than half of the time from a save to what is seen.
  let leaving = false;
  async function reload() {
    if (leaving) return;
    leaving = true;
    const text = inPlace === undefined ? null : await fetched().catch(() => null);
    keep();
    if (text === null) return location.reload();
    const place = { left: scrollX, top: scrollY, behavior: "instant" };
    const bar = document.querySelector(".work-bar");
    events.close();
    document.open();
    document.write(text);
    document.close();
    if (bar) stay(bar);
    scrollTo(place);
  }

  // In a shadow tree, so that neither the page's style nor its script reaches it.
  let overlay;
  function complain(report) {
    overlay?.remove();
    overlay = document.createElement("div");
    overlay.id = "_runsheet-report";
    const tree = overlay.attachShadow({ mode: "open" });
    const style = new CSSStyleSheet();
    style.replaceSync(`
      section { position: fixed; inset: auto 0 0; z-index: 2147483647; max-height: 60vh; overflow: auto;
        background: #1b1b1f; color: #f2f2f2; border-top: 4px solid #e5484d; padding: 12px 16px; }
      h2 { font: 600 15px/1.4 system-ui, sans-serif; margin: 0 64px 8px 0; }
      pre { font: 13px/1.45 ui-monospace, monospace; margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
      button { position: absolute; top: 10px; right: 16px; font: inherit; }
      @media print { section { display: none; } }`);
    tree.adoptedStyleSheets = [style];
    const box = document.createElement("section");
    box.setAttribute("role", "alert");
    const title = document.createElement("h2");
    title.textContent = label("serve-trouble");
    const text = document.createElement("pre");
    text.textContent = report;
    const close = document.createElement("button");
    close.textContent = label("hide");
    close.onclick = () => overlay.remove();
    box.append(close, title, text);
    tree.append(box);
    document.body.append(overlay);
  }

  // A browser has few connections for one server: a page that nobody sees holds none, and learns what became
  // of it when it is seen.
  let events;
  function listen() {
    events?.close();
    if (document.hidden) return;
    const address = new URL("/_runsheet/events", location);
    address.searchParams.set("page", page);
    address.searchParams.set("version", version);
    events = new EventSource(address);
    // What is wrong still is told anew.
    events.addEventListener("open", () => overlay?.remove());
    events.addEventListener("reload", reload);
    events.addEventListener("style", (event) => swap(event.data));
    events.addEventListener("trouble", (event) => complain(event.data));
    events.addEventListener("fine", () => overlay?.remove());
  }

  // With the next frame: the page is filled with its first.
  addEventListener("load", () => requestAnimationFrame(restore));
  document.addEventListener("visibilitychange", listen);
  // A page that is kept for the way back must not hold its connection.
  addEventListener("pagehide", () => events?.close());
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  listen();
})();

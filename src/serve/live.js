// Keeps this page current while its author writes; only pages that `runsheet serve` sends load it.
(() => {
  "use strict";
  const version = document.currentScript.dataset.version;
  // A page that tells why another could not be made has no script of the site beside this one.
  const label = (key) => window.runsheetLabels[key];
  const page = location.pathname;
  const store = `runsheet-live:${page}`;

  // What a reload would lose: where the reader is, and what was ticked, chosen and typed.
  const controls = () =>
    [...document.querySelectorAll("input, select, textarea, details")].map((control, index) => [
      control.id || control.name || `${control.localName} ${index}`,
      control,
    ]);
  const state = (control) =>
    control.localName === "details"
      ? control.open
      : /^(checkbox|radio)$/.test(control.type)
        ? control.checked
        : control.value;

  function keep() {
    const states = controls().map(([name, control]) => [name, state(control)]);
    sessionStorage.setItem(store, JSON.stringify({ x: scrollX, y: scrollY, states }));
  }

  function restore() {
    const kept = sessionStorage.getItem(store);
    if (!kept) return;
    sessionStorage.removeItem(store);
    const { x, y, states } = JSON.parse(kept);
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
    scrollTo({ left: x, top: y, behavior: "instant" });
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

  let leaving = false;
  function reload() {
    if (leaving) return;
    leaving = true;
    keep();
    location.reload();
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

  addEventListener("load", restore);
  document.addEventListener("visibilitychange", listen);
  // A page that is kept for the way back must not hold its connection.
  addEventListener("pagehide", () => events?.close());
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  listen();
})();

// A button on every block of code and every message. Without this script they are read as they are.
(() => {
  "use strict";
  if (!document.querySelectorAll) return;

  // The clipboard of the browser where it may be used, else a selection that is copied.
  const write = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      area.setAttribute("readonly", "");
      area.className = "sr";
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  };

  for (const figure of document.querySelectorAll("figure[data-copy]")) {
    const pre = figure.querySelector("pre");
    if (!pre) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = label("copy");
    button.addEventListener("click", async () => {
      await write(pre.textContent.replace(/\n$/, ""));
      button.textContent = label("copied");
      button.classList.add("is-copied");
      setTimeout(() => {
        button.textContent = label("copy");
        button.classList.remove("is-copied");
      }, 1600);
    });
    figure.prepend(button);
  }
})();

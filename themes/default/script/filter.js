// Shows only the items of a role, or in a state.
(() => {
  "use strict";
  const { work } = runsheet;
  if (!work) return;
  const { data, el } = work;
  const used = [...new Set(data.items.flatMap((item) => item.owners))];
  const role = work.choice([["", label("every-role")], ...used.map((at) => [String(at), work.owners({ owners: [at] })])]);
  const state = work.choice([["", label("every-state")], ["next", label("not-settled")], ["done", label("state-done")], ["failed", label("state-failed")],
    ["blocked", label("state-blocked")], ["waived", label("state-waived")], ["n/a", label("state-not-applicable")]]);
  const say = el("span", { role: "status", className: "work-words" });

  const fits = (item) => (!role.value || item.owners.includes(Number(role.value)))
    && (!state.value || (state.value === "next" ? !work.settled(item) : work.state(item).status === state.value));
  const apply = () => {
    const on = role.value !== "" || state.value !== "";
    document.body.classList.toggle("is-filtering", on);
    document.querySelectorAll(".is-shown").forEach((node) => node.classList.remove("is-shown"));
    const found = on ? data.items.filter(fits) : [];
    for (const item of found) {
      for (let node = document.getElementById(item.id); node; node = node.parentElement.closest(".item, .section")) node.classList.add("is-shown");
    }
    say.textContent = on ? label("shown-of", { n: found.length, all: data.items.length }) : "";
  };
  role.addEventListener("change", apply);
  state.addEventListener("change", apply);
  work.onChange(apply);
  work.filter = el("div", { className: "work-filter", hidden: true }, work.field(label("owner"), role), work.field(label("state"), state), say);
})();

// The built-in metrics: what a bar measures without anybody measuring, by the rules of the program.
// What is merely not finished is open and no miss; what can no longer be met is a miss.
runsheet.tally = (() => {
  "use strict";
  const misses = (rating) => rating === "miss" || rating === "abort";

  // `1h30m`, as the program prints a length of seconds.
  const length = (seconds) => {
    if (!seconds) return "0m";
    const days = seconds <= 72 * 3600 ? 0 : Math.floor(seconds / 86400);
    const rest = seconds - days * 86400;
    const parts = [[days, "d"], [Math.floor(rest / 3600), "h"], [Math.floor(rest / 60) % 60, "m"], [rest % 60, "s"]];
    return parts.filter(([number]) => number).map(([number, unit]) => number + unit).join("");
  };

  // `have` of `whole`, of which `left` more may come.
  const count = (bar, rate, [have, left, whole]) => {
    const levels = [bar.pass, bar.warn, bar.abort].filter(Boolean);
    const share = ["percent", "ratio"].includes(levels.find(({ kind }) => kind !== "text")?.kind);
    if (share && !whole) return { value: "0/0", rating: "pass", words: label("value-nothing"), open: false };
    const value = (number) => (share ? `${number}/${whole}` : String(number));
    const shown = `${have}/${whole}`;
    const turns = (more) => !misses(rate(value(have + more)).rating);
    const found = rate(value(have), undefined, shown);
    const open = misses(found.rating) && Array.from({ length: left }, (_, at) => at + 1).some(turns);
    if (!open) return { value: shown, ...found, open };
    return { value: shown, rating: "unknown", words: label("value-not-yet", { value: shown, bar: bar.pass?.required ?? bar.pass?.bar ?? "" }), open };
  };

  const spent = (rate, seconds, unfinished) => {
    if (seconds === null) return { missing: true };
    const value = length(seconds);
    const found = rate(`${seconds} s`, undefined, value);
    const open = unfinished && !misses(found.rating);
    return { value, ...found, words: open ? label("value-so-far", { words: found.words }) : found.words, open };
  };

  // Every required box once, sub-checks too; `state` gives what was found of an item, `checks` the
  // items below it.
  const progress = (items, { state, checks }) => {
    const sum = { total: 0, done: 0, failed: 0, blocked: 0, "n/a": 0, waived: 0, pending: 0 };
    const required = (list) => list.filter((item) => !item.optional);
    const below = (item) => required(checks(item)).reduce((all, check) => all + 1 + below(check), 0);
    const add = (item) => {
      const { own, settled } = state(item);
      const passed = settled && (own === "n/a" || own === "waived");
      const more = passed ? 1 + below(item) : 1;
      sum.total += more;
      sum[settled || own === "failed" || own === "blocked" ? own : "pending"] += more;
      // What does not apply or was waived takes its sub-checks along.
      if (!passed) required(checks(item)).forEach(add);
    };
    required(items).forEach(add);
    return sum;
  };

  // What was signed of an approval whose `roles` are ids: signatures asked for, given, and still to
  // come. The newest signature that counts speaks for a role.
  const REFUSALS = ["block", "reject", "deny", "no-go", "no"];
  const normal = (text) => text.trim().toLowerCase();
  const signed = ({ needed, sometimes, choices }, roles, { of, seal, speaks }) => {
    const words = choices.map(normal);
    const means = (said) => (said === words[0] ? "yes" : (words.length > 1 && said === words.at(-1)) || REFUSALS.includes(said) ? "no" : "");
    let [yes, no, any] = [0, 0, 0];
    for (const role of roles) {
      const newest = new Map();
      for (const event of of(role)) { newest.delete(event.by); newest.set(event.by, event); }
      any += newest.size;
      const counts = [...newest.values()].filter((event) => speaks(event.by, role) && (!event.seal || event.seal.trim() === seal));
      const said = counts.map((event) => means(normal(event.choice || ""))).filter(Boolean).at(-1);
      yes += said === "yes";
      no += said === "no";
    }
    if (sometimes && !any) return [0, 0, 0];
    const given = no ? 0 : Math.min(yes, needed);
    return [given, no ? 0 : needed - given, needed];
  };

  // The value of a bar; `seconds` from the first event to the last, `null` where there is none.
  const compute = (bar, rate, sum, seconds, approvals) => {
    const [left, whole] = [sum.pending + sum.blocked, sum.total - sum["n/a"] - sum.waived];
    if (bar.builtin === "approvals") return count(bar, rate, approvals);
    if (bar.builtin === "duration") return spent(rate, seconds, left > 0);
    return count(bar, rate, bar.builtin === "failed" ? [sum.failed, 0, whole] : [sum.done, left, whole]);
  };
  return { compute, progress, signed };
})();

// The state of an item from its events, by the rules of the program: the latest word counts, a value
// that misses fails what was called done, and a waiver covers what came before it.
runsheet.judge = (() => {
  "use strict";
  const normal = (text) => text.trim().split(/\s+/).join(" ").toLowerCase();
  const passes = (rating) => rating === "pass" || rating === "warn";
  const misses = (rating) => rating === "miss" || rating === "abort";

  // Which bars a value is for; the bars that follow from the journal are not there.
  const targets = (bars, metric) => {
    const measured = bars.flatMap((bar, at) => (bar && bar.written === undefined ? [at] : []));
    const all = measured.length ? measured : bars.flatMap((bar, at) => (bar ? [at] : []));
    const name = (at) => normal(bars[at].metric || "");
    if (metric !== undefined) {
      const named = bars.flatMap((bar, at) => (bar && name(at) && name(at) === normal(metric) ? [at] : []));
      return named.length || all.some(name) ? named : all;
    }
    return all.every((at) => at === all[0] || (name(at) && name(at) === name(all[0]))) ? all : [];
  };

  const follow = (item, events, day) => {
    const trail = { said: null, readings: item.bars.map(() => null), fields: {}, confirms: [] };
    events.forEach((event, order) => {
      if (event.is) {
        if (event.is === "pending") trail.readings.fill(null);
        if (["failed", "blocked", "pending"].includes(event.is)) trail.confirms = [];
        trail.said = { is: event.is, order, event };
      }
      if (event.actual !== undefined) {
        for (const at of targets(item.bars, event.metric)) {
          trail.readings[at] = { ...item.rate[at](event.actual, day(event.at)), value: event.actual, order, event };
        }
      }
      if (event.field !== undefined) trail.fields[normal(event.field)] = event.value || "";
      if (event.confirm) trail.confirms.push(event);
    });
    return trail;
  };

  // `inside`: the states of the sub-checks that are required.
  return (item, events, { day, inside = [] }) => {
    const trail = follow(item, events, day);
    const { said, readings } = trail;
    const seen = (at) => item.bars[at] && item.bars[at].written !== undefined;
    const missed = (since) => readings.some((one, at) => one && !seen(at) && misses(one.rating) && (since === null || one.order > since));
    const settled = (status) => ["done", "waived", "n/a"].includes(status);
    const complete = (since) => {
      const some = readings.some((one, at) => one && !seen(at)) || (since === null && (inside.length || item.fields.length));
      const good = (one, at) => !item.bars[at] || (!seen(at) && one && passes(one.rating) && (since === null || one.order > since));
      return some && inside.every(settled) && item.fields.every((field) => (trail.fields[normal(field)] || "").trim()) && readings.every(good);
    };
    const open = readings.some((one, at) => item.bars[at] && !seen(at) && (!one || one.rating === "unknown"));
    const decide = () => {
      const is = said && said.is;
      const covers = ["failed", "blocked", "n/a", "waived"].includes(is);
      if (covers && complete(said.order)) return "done";
      if (is === "failed") return "failed";
      if (is === "n/a" || is === "waived") return missed(said.order) ? "failed" : is;
      if (missed(null)) return "failed";
      if (is === "blocked") return "blocked";
      if (is === "done") return open ? "pending" : "done";
      return complete(null) ? "done" : "pending";
    };
    let status = decide();
    if (inside.includes("failed")) status = "failed";
    else if (status === "done" && !inside.every(settled)) status = "pending";
    const waits = item.confirm.filter((role) => !trail.confirms.some((event) => event.confirm === role));
    return { ...trail, status, open: said?.is === "done" && open, waits: status === "done" ? waits : [] };
  };
})();

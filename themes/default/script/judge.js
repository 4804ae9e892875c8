// The state of an item from its events, by the rules of the program: the latest word counts, a value
// that misses fails what was called done, and a waiver covers what came before it.
runsheet.judge = (() => {
  "use strict";
  const normal = (text) => text.trim().split(/\s+/).join(" ").toLowerCase();
  const passes = (rating) => rating === "pass" || rating === "warn";
  const misses = (rating) => rating === "miss" || rating === "abort";
  // How the value of a bar comes about; nothing for one that only the program computes.
  const kind = (bar) => (!bar ? "" : bar.builtin ? "computed" : bar.written === undefined ? "measured" : "seen");

  // Which bars a value is for.
  const targets = (bars, metric) => {
    const of = (wanted) => bars.flatMap((bar, at) => (kind(bar) === wanted ? [at] : []));
    const all = ["measured", "seen"].map(of).find((found) => found.length) || [];
    const name = (at) => normal(bars[at].metric || "");
    if (metric !== undefined) {
      const named = bars.flatMap((bar, at) => (bar && name(at) && name(at) === normal(metric) ? [at] : []));
      return named.length || all.some(name) ? named : all;
    }
    return all.every((at) => at === all[0] || (name(at) && name(at) === name(all[0]))) ? all : [];
  };

  const follow = (item, events, day) => {
    const trail = { said: null, doer: null, readings: item.bars.map(() => null), fields: {}, confirms: [] };
    events.forEach((event, order) => {
      if (event.is) {
        if (event.is === "pending") trail.readings.fill(null);
        if (["failed", "blocked", "pending"].includes(event.is)) trail.confirms = [];
        if (event.is === "done" && !event.confirm) trail.doer = event;
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
  const over = (until, asOf, day) => until !== undefined && (until.length > 10 ? Date.parse(until) <= Date.parse(asOf) : day(asOf) > until);

  // `inside`: what was found of the sub-checks that are required; `computed`: what follows from the
  // journal, by bar; `asOf`: a waiver that ends before is over; `person`: who stands behind a name;
  // `speaks`: whether somebody may speak for a role. `own` is its state without its
  // sub-checks, `against` what it does to its section: nothing, "open" or "failed".
  return (item, events, { day, inside = [], computed = [], asOf, person, speaks }) => {
    const trail = follow(item, events, day);
    const { said, readings } = trail;
    const gauges = item.bars.map((bar, at) => ({ kind: kind(bar), ...(kind(bar) === "computed" ? computed[at] : readings[at]) }));
    const since = (one, order) => order === null || one.order > order;
    const miss = (one, order) => misses(one.rating) && (one.kind === "measured" ? since(one, order) : one.kind === "computed" && order === null && !one.open);
    const missed = (order) => gauges.some((one) => miss(one, order));
    const complete = (order) => {
      const some = gauges.some((one) => one.kind === "measured" && one.rating) || (order === null && (inside.length || item.fields.length));
      const good = (one) => !one.kind || (passes(one.rating) && (one.kind === "measured" ? since(one, order) : one.kind === "computed" && !one.open));
      return some && inside.every((one) => !one.against) && item.fields.every((field) => (trail.fields[normal(field)] || "").trim()) && gauges.every(good);
    };
    const open = gauges.some((one) => (one.kind === "measured" && (!one.rating || one.rating === "unknown")) || (one.kind === "computed" && one.missing));
    const is = said && said.is;
    const decide = () => {
      const covers = ["failed", "blocked", "n/a", "waived"].includes(is);
      if (covers && complete(said.order)) return "done";
      if (is === "failed") return "failed";
      if (is === "n/a" || is === "waived") return missed(said.order) ? "failed" : is;
      if (missed(null)) return "failed";
      if (is === "blocked") return "blocked";
      if (is === "done") return open ? "pending" : "done";
      return complete(null) ? "done" : "pending";
    };
    const own = decide();
    const doers = is === "done" ? [trail.doer || said.event] : gauges.flatMap(({ event }) => event ?? []);
    const did = doers.map(({ by }) => person(by));
    const confirms = (role) => trail.confirms.some(({ confirm, by }) => confirm === role && !did.includes(person(by)) && speaks(by, role));
    const waits = own === "done" ? item.confirm.filter((role) => !confirms(role)) : [];
    const reasoned = () => Boolean((said.event.why || "").trim());
    const settled = (own === "done" && !waits.length) || (own === "n/a" && reasoned() && item.applies)
      || (own === "waived" && reasoned() && !over(said.event.until, asOf, day));
    // What a waiver or n/a covers is let pass: only a failure after it counts.
    const cover = own === "n/a" || own === "waived" ? Date.parse(said.event.at) : null;
    const inner = inside.map((one) => (cover === null || one.failedAt > cover ? one.against : "")).filter((one) => one && (cover === null || one === "failed"));
    const failures = [...(is === "failed" ? [said.event.at] : []), ...gauges.filter((one) => one.event && miss(one, null)).map((one) => one.event.at)];
    const failedAt = Math.max(...(own === "failed" ? failures.map(Date.parse) : []), ...inside.map((one) => one.failedAt), -Infinity);
    const against = own === "failed" || inner.includes("failed") ? "failed" : settled && !inner.length ? "" : "open";
    const status = inner.includes("failed") ? "failed" : inner.length && own === "done" ? "pending" : own;
    return { ...trail, status, own, settled, against, failedAt, open: is === "done" && open, waits };
  };
})();

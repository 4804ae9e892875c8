//! # impossible-threshold
//!
//! A bar that nothing can meet, or nothing can miss: more than 100 %, less than zero, a ratio over one, a range
//! that ends before it begins, a level that passes and aborts at once, levels of different kinds, a median that may
//! be slower than the 95th percentile; and, as a warning, a `warn` inside of `pass`. What is computed from the journal is a number or a share of items, and for
//! `duration` and `age` a time; a bar of another kind is never met.
//!
//! ```yaml
//! thresholds: tests passing >= 110 %       # wrong
//! thresholds: healthy nodes >= 21/20       # wrong
//! thresholds:                              # wrong: the median is never above the 95th percentile
//!   - p50 < 800 ms
//!   - p95 < 500 ms
//! ```

use crate::check::bars::{all, bars, metric};
use crate::check::rule::{Look, Rule, Topic, Weight, doubt, finding};
use crate::check::surroundings::Surroundings;
use crate::diagnostic::Diagnostic;
use crate::model::quantity::{Dimension, Quantity};
use crate::model::runbook::Runbook;
use crate::model::section::{Bar, Criterion};
use crate::model::threshold::{Builtin, Levels, Operator, Threshold};

pub(super) const RULE: Rule = Rule {
    name: "impossible-threshold",
    summary: "a bar that nothing can meet, or nothing can miss",
    topic: Topic::Measure,
    weight: Weight::Gap,
    source: include_str!("impossible_threshold.rs"),
    look: Look::Runbook(look),
};

fn look(_: &Surroundings<'_>, runbook: &Runbook) -> Vec<Diagnostic> {
    let sections = runbook.all_sections();
    let triggers =
        sections.iter().flat_map(|section| section.triggers()).filter_map(|trigger| trigger.bar.as_ref());
    let mut found: Vec<Diagnostic> = all(runbook).into_iter().chain(triggers).filter_map(judge).collect();
    found.extend(percentiles(runbook));
    found
}

fn judge(bar: &Bar) -> Option<Diagnostic> {
    match &bar.criterion {
        Criterion::Threshold(threshold) => impossible(bar, threshold),
        Criterion::Levels { levels, .. } => {
            let own = [&levels.pass, &levels.warn, &levels.abort].into_iter().flatten();
            let impossible = own.filter_map(|threshold| impossible(bar, threshold)).next();
            impossible.or_else(|| mixed(bar, levels)).or_else(|| muddled(bar, levels))
        }
        Criterion::State { .. } | Criterion::Blank { .. } | Criterion::Unparsed { .. } => None,
    }
}

/// Levels that overlap where they should not, or one of which no value ever reaches.
fn muddled(bar: &Bar, levels: &Levels) -> Option<Diagnostic> {
    if levels.overlap() {
        let message = format!("some values of `{}` pass and abort at once", levels.metric);
        let report = finding(bar.span, message).label("these levels overlap");
        return Some(report.help("draw the line between them once"));
    }
    levels.idle().then(|| {
        let message = format!("every value of `{}` that meets `warn` passes already", levels.metric);
        let report = finding(bar.span, message).label("nothing passes with a note");
        doubt(report.help("make `warn` wider than `pass`, or exchange the two"))
    })
}

fn impossible(bar: &Bar, threshold: &Threshold) -> Option<Diagnostic> {
    let computed = || computed(bar.builtin()?, threshold);
    let why = computed().or_else(|| threshold.impossible())?;
    Some(finding(bar.span, why).label("no value can be right here"))
}

/// A bar of another kind than what is computed for its metric.
fn computed(builtin: Builtin, threshold: &Threshold) -> Option<String> {
    let (kinds, words): (&[Dimension], &str) = match builtin {
        Builtin::Duration | Builtin::Age => (&[Dimension::Duration], "a length of time"),
        _ => (&[Dimension::Count, Dimension::Percent, Dimension::Ratio], "a number of items, or a share of them"),
    };
    let fits = |bar: &Quantity| kinds.contains(&bar.dimension()) || bar.is_zero();
    let other = threshold.values.iter().find(|value| !value.quantity().is_some_and(fits))?;
    let kind = other.quantity().map_or_else(|| "a text".to_owned(), |bar| bar.dimension().to_string());
    Some(format!("`{}` is {words}, and `{other}` is {kind}", builtin.word()))
}

/// Levels of which no value can meet one and miss another.
fn mixed(bar: &Bar, levels: &Levels) -> Option<Diagnostic> {
    let all = [&levels.pass, &levels.warn, &levels.abort];
    let mut bars = all.into_iter().flatten().filter_map(|level| level.values.first()?.quantity());
    let first = bars.next()?;
    let zero = |bar: &Quantity| bar.is_bare() && bar.is_zero();
    let other = bars.filter(|bar| !zero(bar) && !zero(first)).find_map(|bar| first.compare(bar).err())?;
    let message = format!("the levels of `{}` are of different kinds: {other}", levels.metric);
    Some(finding(bar.span, message).label("no value can be held against all of them"))
}

/// Percentiles of one runbook that are compared with each other.
const MOST: usize = 200;

/// A percentile below which so many values lie.
struct Percentile<'a> {
    rank: u32,
    of: String,
    bar: &'a Bar,
    threshold: &'a Threshold,
}

/// Lower percentiles whose bar is looser than that of higher ones.
fn percentiles(runbook: &Runbook) -> Vec<Diagnostic> {
    let ranked: Vec<Percentile<'_>> =
        bars(runbook).filter_map(|(bar, threshold)| percentile(bar, threshold)).collect();
    let mut found = Vec::new();
    for low in ranked.iter().take(MOST) {
        let above = ranked.iter().take(MOST).find(|high| {
            high.rank > low.rank
                && high.of == low.of
                && high.threshold.scope == low.threshold.scope
                && low.threshold.strictness(high.threshold).is_some_and(std::cmp::Ordering::is_lt)
        });
        if let Some(high) = above {
            let message = format!("p{} may be slower than p{}", low.rank, high.rank);
            let report =
                finding(low.bar.span, message).related(high.bar.span, format!("p{} has this bar", high.rank));
            found.push(report.help(format!("p{} is never above p{}: tighten it", low.rank, high.rank)));
        }
    }
    found
}

/// `API p95 response time < 500 ms`: 95 of `api response time`.
fn percentile<'a>(bar: &'a Bar, threshold: &'a Threshold) -> Option<Percentile<'a>> {
    if !matches!(threshold.operator, Operator::Less | Operator::AtMost) {
        return None;
    }
    let name = metric(threshold.metric()?);
    let rank =
        |word: &str| word.strip_prefix('p')?.parse::<u32>().ok().filter(|rank| (1..1000).contains(rank));
    let found = name.split(' ').find_map(rank)?;
    let of: Vec<&str> = name.split(' ').filter(|word| rank(word).is_none()).collect();
    // `p999` is 99.9 %: above `p99`, as its digits say.
    Some(Percentile { rank: found, of: of.join(" "), bar, threshold })
}
